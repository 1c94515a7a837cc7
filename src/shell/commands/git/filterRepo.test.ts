import { InMemoryFs } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { Shell } from "../../session.ts";
import { unattended } from "../../terminal.ts";
import { gitCommand } from "./git.ts";

/** Ids and texts below are those of git-filter-repo itself on the same history. */
const START = Date.UTC(2026, 0, 1) / 1000;
const PERSON = {
  GIT_AUTHOR_NAME: "Lin",
  GIT_AUTHOR_EMAIL: "lin@lantern.example",
  GIT_COMMITTER_NAME: "Lin",
  GIT_COMMITTER_EMAIL: "lin@lantern.example",
};

function terminalShell() {
  let shown = "";
  const terminal = { ...unattended, write: (_: string, text: string) => void (shown += text) };
  const shell = new Shell(
    {
      fs: new InMemoryFs({ "/home/lin/.gitconfig": "[init]\n\tdefaultBranch = main\n", "/tmp/.keep": "" }),
      terminal,
      commands: [gitCommand({ terminal, now: () => START * 1000, network: false })],
      sleep: async () => undefined,
      tick: async () => undefined,
    },
    {
      name: "lin",
      home: "/home/lin",
      uid: 1000,
      hostname: "laptop",
      env: { ...PERSON, GIT_AUTHOR_DATE: `${START} +0000`, GIT_COMMITTER_DATE: `${START} +0000` },
    },
  );
  return async (line: string) => {
    shown = "";
    const { exitCode } = await shell.run(line);
    return { shown, exitCode };
  };
}

async function repository() {
  const run = terminalShell();
  for (const line of [
    "git init -q r",
    "cd r",
    "echo key=abc > s; echo 1 > f; git add .; git commit -qm one",
    "echo key=def > s; git commit -qam 'only s'",
    "echo 2 > f; git commit -qam two",
  ]) {
    expect((await run(line)).exitCode).toBe(0);
  }
  return run;
}

describe("git filter-repo", () => {
  test("refuses what is no fresh clone, and changes nothing", async () => {
    const run = await repository();
    const { shown, exitCode } = await run("git filter-repo --path s --invert-paths");
    expect(exitCode).toBe(1);
    expect(shown).toContain(
      "Aborting: Refusing to destructively overwrite repo history since\nthis does not look like a fresh clone.\n  (expected at most one entry in the reflog for HEAD)\n",
    );
    expect((await run("git log --oneline -- s")).shown.split("\n")).toHaveLength(3);
  });

  test("takes a path out of all commits, and commits that become empty with it", async () => {
    const run = await repository();
    expect((await run("git filter-repo --path s --invert-paths --force")).exitCode).toBe(0);
    expect((await run("git log --format=%s")).shown).toBe("two\none\n");
    expect((await run("git cat-file --batch-all-objects --batch-check")).shown.match(/ blob /g)).toHaveLength(
      2,
    );
    expect((await run("git reflog; ls")).shown).toBe("f\n");
  });

  test("replaces text everywhere, and the old text is gone from the object store", async () => {
    const run = await repository();
    await run("printf 'abc\\nregex:d(e)f==>\\\\1\\n' > ../rules");
    await run("git filter-repo --replace-text ../rules --force");
    expect((await run("git show HEAD:s HEAD~2:s")).shown).toBe("key=e\nkey=***REMOVED***\n");
    expect((await run("git fsck --strict")).exitCode).toBe(0);
  });

  test("names the first changed commit and keeps the stash", async () => {
    const run = await repository();
    const first = (await run("git rev-parse HEAD~2")).shown.trim();
    await run("echo 3 > f; git stash -q");
    const { shown } = await run("git filter-repo --sensitive-data-removal --path s --invert-paths --force");
    expect(shown).toContain(`NOTE: First Changed Commit(s) is/are:\n  ${first}\n`);
    expect(shown).toContain("Rewrote the stash.\n");
    expect((await run("git stash list")).shown).toMatch(/^stash@\{0\}: WIP on main: /);
    expect((await run("git stash pop && cat f")).shown).toMatch(/3\n$/);
  });

  test("says what it does not know", async () => {
    const run = await repository();
    expect(await run("git filter-repo --mailmap x")).toMatchObject({ exitCode: 2 });
    expect(await run("git filter-repo")).toMatchObject({ exitCode: 1, shown: "No arguments specified.\n" });
  });
});
