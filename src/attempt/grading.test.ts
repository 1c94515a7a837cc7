/** What a learner can do to a repository so that a copy is not seen, or so that the grader stumbles. */
import { describe, expect, test } from "vitest";
import { smallPlay } from "./play.fixture.ts";

const LOOSE =
  "id=$(echo x | git hash-object -w --stdin); file=.git/objects/${id:0:2}/${id:2}; chmod u+w $file";

/** A file of 49 kB, doubled so many times. */
const grown = (times: number) =>
  `seq 1 9999 > big; for i in $(seq ${times}); do cp big /tmp/half; cat /tmp/half >> big; done`;

async function verdictsAfter(lines: readonly string[]) {
  const { play, lines: go } = await smallPlay();
  await go("value=$(cat ~/value)", ...lines);
  const { checks, passed } = await play.grade();
  return { verdicts: checks.map(({ verdict }) => verdict), passed, play };
}

test("the start of the small lab is clean", async () => {
  expect((await verdictsAfter([])).verdicts).toEqual(["pass", "pass"]);
});

test("`lab check` at the end of a line grades what that line did", async () => {
  const { play, lines } = await smallPlay();
  const first = "passes      No copy in the index";
  await lines("lab check | head -n 1 > /tmp/before; cat ~/value > copy; lab check | head -n 1 > /tmp/after");
  expect(play.world.laptop.readText("/tmp/before")).toBe(`${first}\n`);
  expect(play.world.laptop.readText("/tmp/after")).toBe(`${first.replace("passes", "fails ")}\n`);
});

describe("hidden in the repository", () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    "a file among the objects": ["echo $value > .git/objects/aa"],
    "a pack that no index names": ["echo $value | base64 > .git/objects/pack/pack-1.pack"],
    "a lost blob": ["echo $value | git hash-object -w --stdin"],
    "a lost blob in a pack": [
      "echo $value > f; git add f; git commit -q -m F; git gc -q; git reset -q --hard HEAD~1",
    ],
    "an object of another length of id": [
      "mkdir .git/objects/ab; echo $value | gzip > .git/objects/ab/$(printf 'c%.0s' {1..62})",
    ],
    "written over an object": [LOOSE, "echo $value > $file"],
    "behind an object, encoded": [LOOSE, "echo $value | base64 >> $file"],
    "behind an object": [LOOSE, "echo $value >> $file"],
    "the objects moved behind a link": [
      "echo $value | git hash-object -w --stdin; mv .git/objects /tmp/o; ln -s /tmp/o .git/objects",
    ],
    "a note on the stash": [
      'echo a > README.md; git stash -q; git notes add -m "$value" stash@{0}; git notes list',
    ],
    "the message of a tag": ['git tag -a v -m "$value"'],
    "the message of a reflog": ['git update-ref -m "$value" refs/heads/x HEAD'],
    "a hook": ['mkdir -p .git/hooks; echo "# $value" > .git/hooks/pre-push'],
    "the configuration, in hex": ["git config x.y $(printf %s \"$value\" | xxd -p | tr -d '\\n')"],
    "a name in the git folder": ["p=${value#*://*:}; mkdir .git/${p%%@*}"],
    "a link in the git folder that leads nowhere": ['ln -s "$value" .git/l'],
    "a broken ref": ['echo "$value" > .git/refs/heads/broken'],
    "behind the index": ["cat .git/index > /tmp/i; printf '%s' \"$value\" >> /tmp/i; cp /tmp/i .git/index"],
  };
  test.each(Object.entries(CASES))("%s", async (_name, lines) => {
    const { verdicts, passed } = await verdictsAfter(lines);
    expect([verdicts.includes("fail"), passed]).toEqual([true, false]);
  });
});

describe("hidden in the working tree", () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    "a file without permissions": ["echo $value > f; chmod 000 f"],
    "an executable": ["printf '#!/bin/sh\\necho %s\\n' $value > run; chmod 755 run"],
    "what a link points to": ['ln -s "$value" l'],
    "a folder's name": ["p=${value#*://*:}; mkdir ${p%%@*}"],
    "a folder called .git": ["mkdir -p sub/.git; echo $value > sub/.git/notes"],
    "a hard link to a file elsewhere": ["ln ~/value kept"],
    "a large file": [grown(5), "echo $value >> big"],
    "gzip in base64": ["echo $value | gzip | base64 > f"],
  };
  test.each(Object.entries(CASES))("%s", async (_name, lines) => {
    expect((await verdictsAfter(lines)).verdicts[0]).toBe("fail");
  });

  test("what git ignores may hold a value", async () => {
    expect((await verdictsAfter(["echo .env > .gitignore; echo $value > .env"])).verdicts).toEqual([
      "pass",
      "pass",
    ]);
  });

  test("beyond what can be searched, absence is not confirmed", async () => {
    const { verdicts, passed } = await verdictsAfter([grown(7)]);
    expect([verdicts[0], passed]).toEqual(["unconfirmed", false]);
  });
});

describe("damage gives a verdict", () => {
  const CASES: Readonly<Record<string, readonly string[]>> = {
    "no repository": ["rm -rf .git"],
    "no working folder": ["cd; rm -rf work"],
    "a git file that points at itself": ["rm -rf .git; echo 'gitdir: .git' > .git"],
    "a git file that points at the working folder": ["rm -rf .git; echo 'gitdir: .' > .git"],
    "a link that leads to itself": ["rm -rf .git; ln -s .git .git"],
    "folders where files belong": [
      "rm -f .git/HEAD .git/index; mkdir .git/HEAD .git/index .git/packed-refs .git/objects/pack/x.idx .gitignore",
    ],
    "an empty HEAD": [": > .git/HEAD"],
    "a HEAD that names itself": ["echo 'ref: HEAD' > .git/HEAD"],
    "an index that promises four billion entries": [
      "printf 'DIRC\\0\\0\\0\\2\\377\\377\\377\\377%0200d' 1 > .git/index",
    ],
    "a pack index that promises four billion ids": [
      "printf '\\377tOc\\0\\0\\0\\2' > .git/objects/pack/p.idx; head -c 1020 /dev/zero >> .git/objects/pack/p.idx; printf '\\377\\377\\377\\377' >> .git/objects/pack/p.idx; touch .git/objects/pack/p.pack",
    ],
    "no objects": ["rm -rf .git/objects"],
    "a missing tree": ["id=$(git rev-parse HEAD^{tree}); rm -f .git/objects/${id:0:2}/${id:2}"],
    "a folder that links into itself": ["ln -s . .git/self; ln -s .. .git/objects/up"],
    "a commit of nonsense": [
      "git update-ref refs/heads/odd $(echo nonsense | git hash-object -t commit -w --stdin --literally)",
    ],
  };
  test.each(Object.entries(CASES))("%s", async (_name, lines) => {
    const { verdicts } = await verdictsAfter(lines);
    expect(verdicts.every((verdict) => ["pass", "fail", "unconfirmed"].includes(verdict))).toBe(true);
  });

  test("a damaged object is not taken for a clean one", async () => {
    expect((await verdictsAfter([LOOSE, ": > $file"])).verdicts).toEqual(["pass", "unconfirmed"]);
  });
});

test("a check in between changes no later grade", async () => {
  const lines = ["value=$(cat ~/value)", LOOSE];
  const swap = "echo $value > $file";
  const [looked, blind] = [await smallPlay(), await smallPlay()];
  for (const one of [looked, blind]) await one.lines(...lines);
  expect((await looked.play.grade()).passed).toBe(true);
  for (const one of [looked, blind]) await one.lines(swap);
  const grades = [await looked.play.grade(), await blind.play.grade()];
  expect(grades[0]).toEqual(grades[1]);
  expect(grades[0]?.passed).toBe(false);
});
