import { InMemoryFs } from "just-bash/browser";
import { expect, test } from "vitest";
import { Shell } from "../session.ts";
import { unattended } from "../terminal.ts";
import { editorCommands } from "./editor.ts";
import { gitCommand } from "./git/git.ts";

function withEditor(save: (fs: InMemoryFs, path: string) => Promise<void>) {
  const opened: string[] = [];
  const fs = new InMemoryFs({ "/home/lin/a": "1\n", "/tmp/.keep": "" });
  let shown = "";
  const terminal = {
    ...unattended,
    attended: true,
    write: (_: string, text: string) => void (shown += text),
    edit: async (path: string) => {
      opened.push(path);
      await save(fs, path);
    },
  };
  const env = {
    GIT_AUTHOR_NAME: "Lin",
    GIT_AUTHOR_EMAIL: "l@lantern.example",
    GIT_COMMITTER_NAME: "Lin",
    GIT_COMMITTER_EMAIL: "l@lantern.example",
  };
  const shell = new Shell(
    {
      fs,
      terminal,
      commands: [gitCommand({ terminal, now: () => 0, network: false }), ...editorCommands(terminal)],
      sleep: async () => undefined,
      tick: async () => undefined,
    },
    { name: "lin", home: "/home/lin", uid: 1000, hostname: "laptop", env },
  );
  const run = async (line: string) => {
    shown = "";
    const { exitCode } = await shell.run(line);
    return { shown, exitCode };
  };
  return { run, opened, fs };
}

test.each([
  ["code -w a", ["/home/lin/a"]],
  ["code -g a:3:1 b", ["/home/lin/a", "/home/lin/b"]],
  ["vi +2 a", ["/home/lin/a"]],
  ["nano new/../a", ["/home/lin/a"]],
])("%s opens %j", async (line, paths) => {
  const { run, opened } = withEditor(async () => undefined);
  await run("mkdir new");
  expect((await run(line)).exitCode).toBe(0);
  expect(opened).toEqual(paths);
});

test("a new file exists only when it was saved", async () => {
  const { run, fs } = withEditor(async () => undefined);
  expect((await run("code fresh")).exitCode).toBe(0);
  expect(await fs.exists("/home/lin/fresh")).toBe(false);
  expect((await run("code nowhere/fresh")).exitCode).toBe(1);
  expect((await run("vim .")).shown).toBe("vim: .: Is a directory\n");
});

test("git commit waits for the editor", async () => {
  const { run, opened } = withEditor(async (fs, path) =>
    fs.writeFile(path, `from the editor\n${await fs.readFile(path)}`),
  );
  await run("git init -q . && git add a");
  expect((await run("git commit")).shown).toContain("] from the editor\n");
  expect(opened).toEqual(["/home/lin/.git/COMMIT_EDITMSG"]);
});
