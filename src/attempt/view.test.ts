/** What panels show of a repository in every state that a learner can bring it into. */
import { describe, expect, test } from "vitest";
import { graderMemory } from "../grader/memory.ts";
import { START_MS } from "../world/clock.ts";
import { smallPlay, WORK } from "./play.fixture.ts";
import { viewOf, type View } from "./view.ts";

const memory = graderMemory();

async function viewAfter(...lines: string[]): Promise<View> {
  const playing = await smallPlay();
  await playing.lines(...lines);
  return viewOf({
    world: playing.play.world,
    startMs: START_MS,
    work: WORK,
    remote: "lantern-tides/work",
    memory,
  });
}

const kinds = (view: View) =>
  view.repository?.commits.map(
    ({ kind, subject, reachable, heldBy }) =>
      `${kind} ${subject}${reachable ? "" : ` (${heldBy ?? "lost"})`}`,
  );
const files = (view: View) => Object.fromEntries(view.files.map(({ path, status }) => [path, status]));

describe("commits", () => {
  test("a branch, its head and its names", async () => {
    const view = await viewAfter("git commit -q --allow-empty -m Two", "git tag t");
    const [two, start] = view.repository?.commits ?? [];
    expect(kinds(view)).toEqual(["commit Two", "commit Start"]);
    expect([two?.head, two?.refs, start?.head, start?.refs]).toEqual([
      true,
      ["refs/heads/main", "refs/tags/t"],
      false,
      [],
    ]);
    expect(view.repository?.head).toEqual({ branch: "main", id: two?.id });
  });

  test("a stash and its parts, by number", async () => {
    const view = await viewAfter("echo x >> README.md", "git stash -q", "echo y > new", "git stash -q -u");
    expect(view.repository?.commits.filter(({ kind }) => kind === "stash").map(({ stash }) => stash)).toEqual(
      [0, 1],
    );
    expect(view.repository?.commits.filter(({ kind }) => kind === "stash-part")).toHaveLength(3);
  });

  test("a dropped stash is an unreachable commit", async () => {
    const view = await viewAfter("echo x >> README.md", "git stash -q", "git stash drop -q");
    expect(kinds(view)?.filter((text) => text.endsWith("(lost)"))).toHaveLength(2);
  });

  test("notes", async () => {
    expect(kinds(await viewAfter("git notes add -m hello"))).toContain("note Notes added by 'git notes add'");
  });

  test("what only the reflog holds, and what nothing holds", async () => {
    const amended = ["git commit -q --allow-empty -m One", "git commit -q --amend --allow-empty -m Two"];
    expect(kinds(await viewAfter(...amended))).toContain("commit One (HEAD@{1})");
    expect(kinds(await viewAfter(...amended, "git reflog expire --expire=now --all"))).toContain(
      "commit One (lost)",
    );
    expect(
      kinds(await viewAfter(...amended, "git reflog expire --expire=now --all", "git gc -q --prune=now")),
    ).toEqual(["commit Two", "commit Start"]);
  });

  test("a lost blob, until it is staged", async () => {
    const lost = await viewAfter("echo lost | git hash-object -w --stdin");
    expect(lost.repository?.looseBlobs).toHaveLength(1);
    expect((await viewAfter("echo staged > s", "git add s")).repository?.looseBlobs).toEqual([]);
  });

  test("a merge, children before parents", async () => {
    const view = await viewAfter(
      "git switch -q -c side",
      "git commit -q --allow-empty -m Side",
      "git switch -q main",
      "git commit -q --allow-empty -m Main",
      "git merge -q --no-edit side",
    );
    expect(view.repository?.commits[0]?.parents).toHaveLength(2);
    expect(kinds(view)?.at(-1)).toBe("commit Start");
  });
});

describe("states", () => {
  const conflict = [
    "git switch -q -c side",
    "echo side > README.md",
    "git commit -q -a -m Side",
    "git switch -q main",
    "echo main > README.md",
    "git commit -q -a -m Main",
  ];
  const CASES: readonly (readonly [state: string, lines: readonly string[], branch: string | null])[] = [
    ["rebase", [...conflict, "git rebase side"], null],
    ["merge", [...conflict, "git merge side"], "main"],
    ["cherry-pick", [...conflict, "git cherry-pick side"], "main"],
    [
      "revert",
      [
        ...conflict,
        "git commit -q --allow-empty -m Over",
        "echo over > README.md",
        "git commit -q -a -m Over",
        "git revert HEAD~2",
      ],
      "main",
    ],
  ];
  test.each(CASES)("%s", async (state, lines, branch) => {
    const { repository } = await viewAfter(...lines);
    expect([repository?.state, repository?.head.branch]).toEqual([state, branch]);
  });

  test("a detached HEAD", async () => {
    const { repository } = await viewAfter("git switch -q --detach");
    expect([repository?.head.branch, repository?.head.id]).toEqual([null, repository?.commits[0]?.id]);
  });

  test("an unborn branch", async () => {
    const { repository } = await viewAfter("rm -rf .git", "git init -q -b first");
    expect(repository).toMatchObject({ head: { branch: "first", id: null }, commits: [] });
  });

  test("no repository, and no folder", async () => {
    const without = await viewAfter("rm -rf .git");
    expect([without.repository, files(without)]).toEqual([null, { "README.md": "untracked" }]);
    const nothing = await viewAfter("cd", "rm -rf work");
    expect([nothing.repository, nothing.files]).toEqual([null, []]);
  });
});

test("files by status", async () => {
  const view = await viewAfter(
    "echo '*.log' > .gitignore",
    "echo a > a; echo b > b; echo c > c; git add -A; git commit -q -m Files",
    "echo more >> a; rm b; git rm -q --cached c; echo n > new; git add new; echo u > untracked; echo l > x.log; mkdir d; ln -s a link",
  );
  expect(files(view)).toEqual({
    ".gitignore": "clean",
    "README.md": "clean",
    a: "modified",
    b: "deleted",
    c: "untracked",
    d: "clean",
    link: "clean",
    new: "added",
    untracked: "untracked",
    "x.log": "ignored",
  });
});

test("500 commits are shown within the time of a frame or two, and folded beyond", async () => {
  const playing = await smallPlay();
  for (let i = 0; i < 52; i++)
    await playing.lines(
      `for n in 0 1 2 3 4 5 6 7 8 9; do echo ${i}$n > f$n; git add f$n; git commit -q -m "c ${i} $n"; done`,
    );
  const look = () =>
    viewOf({
      world: playing.play.world,
      startMs: START_MS,
      work: WORK,
      remote: "lantern-tides/work",
      memory,
    });
  const cold = performance.now();
  await look();
  const first = performance.now() - cold;
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const from = performance.now();
    expect((await look()).repository?.commits).toHaveLength(500);
    times.push(performance.now() - from);
  }
  console.info(
    `view at 520 commits: first ${first.toFixed(0)} ms, then ${times.map((ms) => ms.toFixed(0)).join(" ")} ms`,
  );
  // Generous: two cores are shared with other tests.
  expect(Math.min(...times)).toBeLessThan(300);
}, 120_000);
