/** `git clone --depth` and what follows it, through the learner's own shell. What is expected is what git 2.39 does. */
import { expect, test } from "vitest";
import { learner } from "./learner.ts";
import { ID } from "./setting.ts";

const URL_OF_HUB = `https://forge.test/${ID}.git`;

/** Four commits on main, `v3` (lightweight) on the third and `v4` (annotated) on the last, and `other` on the second. */
async function hub() {
  const lab = learner();
  await lab.start();
  await lab.run(
    "for i in 2 3 4; do echo $i >> README.md; git commit -qam $i; [ $i = 3 ] && git tag v3; done; git tag -am four v4; git branch other HEAD~2; git push -qu origin main other --tags; cd ..",
  );
  const out = async (line: string) => (await lab.run(line)).stdout;
  return { ...lab, out };
}

const SUBJECTS = "git log --format=%s --all";
const CUT = "git log --no-walk --format=%s $(cat .git/shallow)";

test("a shallow clone has one branch, its last commits and their tags", async () => {
  const { run, out } = await hub();
  expect(await run(`git clone --depth 1 ${URL_OF_HUB} s`)).toEqual({
    stdout: "",
    stderr: "Cloning into 's'...\n",
    exitCode: 0,
  });
  await run("cd s");
  expect(await out(SUBJECTS)).toBe("4\n");
  expect(await out(CUT)).toBe("4\n");
  expect(await out("git tag; git branch -a; grep fetch .git/config; cat README.md")).toBe(
    "v4\n* main\n  remotes/origin/HEAD -> origin/main\n  remotes/origin/main\n" +
      "\tfetch = +refs/heads/main:refs/remotes/origin/main\nhello\n2\n3\n4\n",
  );
  expect(await run("git status -sb; git rev-parse --is-shallow-repository; git fsck")).toEqual({
    stdout: "## main...origin/main\ntrue\n",
    stderr: "",
    exitCode: 0,
  });
  expect((await run("git rev-parse --verify HEAD~1")).stderr).toBe("fatal: Needed a single revision\n");
});

test("it pulls, pushes, deepens and becomes whole", async () => {
  const { run, out } = await hub();
  await run(`git clone -q --depth 1 ${URL_OF_HUB} s`);
  await run("cd r; echo 5 >> README.md; git commit -qam 5; git push -q; cd ../s");
  expect((await run("git pull -q")).exitCode).toBe(0);
  expect(await out(SUBJECTS)).toBe("5\n4\n");
  expect(
    (
      await run(
        "echo 6 >> README.md; git commit -qam 6; git push -q; git push -q origin HEAD:refs/heads/topic",
      )
    ).exitCode,
  ).toBe(0);
  expect(await out("git ls-remote -q origin topic | cut -f2; git gc -q; git fsck")).toBe(
    "refs/heads/topic\n",
  );
  await run("git fetch -q --depth 2");
  expect(await out("git log --format=%s")).toBe("6\n5\n");
  await run("git fetch -q origin other");
  expect(await out("git log --format=%s FETCH_HEAD")).toBe("2\none\n");
  expect((await run("git fetch -q --unshallow")).exitCode).toBe(0);
  expect(
    await out(
      "git log --format=%s; git tag; git fsck; git rev-parse --is-shallow-repository; ls .git | grep shallow",
    ),
  ).toBe("6\n5\n4\n3\n2\none\nv3\nv4\nfalse\n");
  expect(await run("git fetch --unshallow")).toEqual({
    stdout: "",
    stderr: "fatal: --unshallow on a complete repository does not make sense\n",
    exitCode: 128,
  });
});

test.each([
  ["-b other", "2\none\n", "* other\n", "+refs/heads/other:refs/remotes/origin/other"],
  ["-b v3", "2\n3\n", "* (no branch)\n", "+refs/tags/v3:refs/tags/v3"],
  ["--no-single-branch", "2\n3\n4\none\n", "* main\n", "+refs/heads/*:refs/remotes/origin/*"],
])("--depth 2 %s", async (options, subjects, branch, followed) => {
  const { run, out } = await hub();
  expect((await run(`git clone -q --depth 2 ${options} ${URL_OF_HUB} s`)).exitCode).toBe(0);
  await run("cd s");
  expect(await out(`${SUBJECTS} | sort`)).toBe(subjects);
  expect(await out("git branch")).toBe(branch);
  expect(await out("git config remote.origin.fetch")).toBe(`${followed}\n`);
});

test.each([
  [`git clone --depth 0 ${URL_OF_HUB} s`, "fatal: depth 0 is not a positive number\n"],
  [`git clone --depth x ${URL_OF_HUB} s`, "fatal: depth x is not a positive number\n"],
  ["git -C r fetch --depth 0", "fatal: depth 0 is not a positive number\n"],
  [
    "git clone --depth 1 file:///home/lin/r s",
    "Cloning into 's'...\nfatal: shallow clones over file:// are not simulated in LeakLab\n",
  ],
])("refused: %s", async (line, stderr) => {
  const { run } = await hub();
  expect(await run(line)).toEqual({ stdout: "", stderr, exitCode: 128 });
  expect((await run("ls")).stdout).toBe("r\n");
});

test("a path is cloned whole", async () => {
  const { run, out } = await hub();
  expect((await run("git clone -q --depth 1 r s")).stderr).toBe(
    "warning: --depth is ignored in local clones; use file:// instead.\n",
  );
  expect(await out("git -C s rev-list --count HEAD")).toBe("4\n");
});
