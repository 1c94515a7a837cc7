import { InMemoryFs } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { gitCommand } from "./commands/git/git.ts";
import { Shell } from "./session.ts";

function shell(answers: (string | null)[] = []) {
  const shown: string[] = [];
  let ticks = 0;
  const terminal = {
    write: (_stream: string, text: string) => void shown.push(text),
    readLine: async () => answers.shift() ?? null,
    edit: async () => undefined,
    page: () => undefined,
    clear: () => undefined,
  };
  const host = {
    fs: new InMemoryFs({ "/tmp/.keep": "", "/home/user/.keep": "" }),
    terminal,
    commands: [gitCommand({ terminal, now: () => 0, network: false })],
    sleep: async () => undefined,
    tick: async () => void (ticks += 1),
  };
  const it = new Shell(host, { name: "lin", home: "/home/user", uid: 1000, hostname: "laptop", env: {} });
  const run = async (text: string, options = {}) => {
    shown.length = 0;
    const result = await it.run(text, options);
    return { ...result, shown: shown.join(""), parts: [...shown], ticks };
  };
  return { it, run };
}

describe("state lives on between chunks", () => {
  test.each([
    [["x=1", "echo $x"], "1\n"],
    [['f() { echo "f $1"; }', "f a"], "f a\n"],
    [["cd /tmp", "pwd"], "/tmp\n"],
    [["alias ll='echo LL'", "ll"], "LL\n"],
    [["set -u", "echo ${y-unset}"], "unset\n"],
    [["false", "echo $?"], "1\n"],
    [["export A=b", "printenv A"], "b\n"],
    [["arr=(a b)", "echo ${arr[1]}"], "b\n"],
  ])("%j → %j", async (lines, expected) => {
    const { run } = shell();
    let shown = "";
    for (const line of lines) ({ shown } = await run(line));
    expect(shown).toBe(expected);
  });
});

test("output appears as each pipeline ends, in the right order", async () => {
  const { run } = shell();
  const { parts } = await run(
    "echo a; echo b >&2; echo c | tr c C; x=$(echo in); echo $x; { echo d; echo e; } > /tmp/f; for i in 1 2; do echo $i; done",
  );
  expect(parts).toEqual(["a\n", "b\n", "C\n", "in\n", "1\n", "2\n"]);
});

test("read waits for the learner, but not in a pipe", async () => {
  const { run } = shell(["hello"]);
  expect((await run("read -p 'name? ' x; echo \"got $x\"")).shown).toBe("got hello\n");
  expect((await run('echo piped | { read y; echo "$y"; }')).shown).toBe("piped\n");
});

test("each top-level statement is one tick; a loop is one", async () => {
  const { run } = shell();
  expect((await run("echo a; for i in 1 2 3; do echo $i; done; false")).ticks).toBe(3);
});

test("Ctrl-C stops at an exact unit of work and the shell survives", async () => {
  const { run } = shell();
  const first = await run("n=0; while true; do n=$((n+1)); done", { interruptAt: 500 });
  expect(first.interrupted).toBe(true);
  expect(first.exitCode).toBe(130);
  const seen = (await run("echo $n")).shown;
  const again = shell();
  await again.run("n=0; while true; do n=$((n+1)); done", { interruptAt: 500 });
  expect((await again.run("echo $n")).shown).toBe(seen);
});

test("limits are survivable", async () => {
  const { run } = shell();
  const runaway = await run("f() { f; }; f");
  expect(runaway.limit).toMatch(/at most/);
  expect((await run("echo alive")).shown).toBe("alive\n");
  expect((await run("while true; do :; done")).limit).not.toBeNull();
  expect((await run("echo alive")).shown).toBe("alive\n");
});

test("git runs", async () => {
  const { run } = shell();
  const { shown } = await run("cd /tmp && git init -q -b main r && git -C r status --short && git --version");
  expect(shown).toBe("git version 2.39.5\n");
});
