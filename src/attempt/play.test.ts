/** One attempt being played, in process. */
import { describe, expect, test } from "vitest";
import { sha256 } from "../base/digest.ts";
import type { Input } from "./input.ts";
import { Play, type PlayData } from "./play.ts";
import { line, smallOptions, smallPlay, WORK } from "./play.fixture.ts";

const undo = (count = 1): Input => ({ kind: "undo", count });
const reply = (at: number, text: string | null): Input => ({
  kind: "reply",
  waiting: { terminal: 1, line: at },
  text,
});
const close = (at: number): Input => ({ kind: "close", waiting: { terminal: 1, line: at } });
const interrupt = (terminal = 1, work = 0): Input => ({ kind: "interrupt", terminal, work });
const save = (path: string, content: string, before = ""): Input => ({
  kind: "edit",
  path,
  content,
  replaces: before === "" ? "" : sha256(before),
});

/** As a page stores a play and takes it up again. */
const stored = (play: Play): PlayData => structuredClone(play.snapshot());

describe("waiting", () => {
  test("read waits, the reply reaches it, and time stands still meanwhile", async () => {
    const { play, lines, read } = await smallPlay();
    const begun = play.world.clock.now();
    const outcome = await lines("read -p 'Name? ' name; echo \"$name\" > named");
    expect(outcome.waiting).toMatchObject({
      for: "reply",
      prompt: "Name? ",
      silent: false,
      at: { terminal: 1, line: 1 },
    });
    expect(play.present.clock.now()).toBe(begun);
    const done = await play.step(reply(1, "Priya"));
    expect([done.waiting, done.exitCode]).toEqual([null, 0]);
    expect(read("named")).toBe("Priya\n");
    // Two statements.
    expect(play.world.clock.now()).toBe(begun + 30_000);
  });

  test("Ctrl-D ends the wait without an answer", async () => {
    const { play, lines } = await smallPlay();
    await lines("read name");
    expect((await play.step(reply(1, null))).exitCode).toBe(1);
  });

  test("an answer to another line, or to the wrong kind of wait, is refused and changes nothing", async () => {
    const { play, lines } = await smallPlay();
    await lines("read name");
    for (const input of [
      reply(2, "x"),
      close(1),
      { kind: "reply", waiting: { terminal: 2, line: 1 }, text: "x" } as const,
    ]) {
      const outcome = await play.step(input);
      expect([outcome.refused?.code, outcome.waiting?.for]).toEqual(["nobody-waits", "reply"]);
    }
    expect((await play.step(reply(1, "x"))).waiting).toBeNull();
  });

  test.each([
    ["line", line("ls", 2)],
    ["undo", undo()],
    ["advance", { kind: "advance", seconds: 60 } as const],
    ["request", { kind: "request", method: "GET", url: "https://forge.test/", body: "" } as const],
  ])("no %s while a command waits", async (_kind, input) => {
    const { play, lines } = await smallPlay();
    await lines("read name");
    expect((await play.step(input)).refused?.code).toBe("waits");
  });

  test("a hint and a save go through and the command still waits", async () => {
    const { play, lines, read } = await smallPlay();
    await lines("read name");
    for (const input of [{ kind: "hint", hint: 1 } as const, save(`${WORK}/new`, "x\n")])
      expect((await play.step(input)).waiting?.for).toBe("reply");
    expect(read("new")).toBe("x\n");
  });

  test("an editor waits with the file's content, and what was saved is what the command reads", async () => {
    const { play, lines, read } = await smallPlay();
    const { waiting } = await lines("git commit -q --allow-empty");
    if (waiting?.for !== "editor") throw new Error("no editor");
    expect(waiting.content).toContain("# Please enter the commit message");
    await play.step({
      kind: "edit",
      path: waiting.path,
      content: "By hand\n",
      replaces: sha256(waiting.content),
      waiting: waiting.at,
    });
    expect((await play.step(close(1))).exitCode).toBe(0);
    await lines("git log -1 --format=%s > subject");
    expect(read("subject")).toBe("By hand\n");
  });

  test("Ctrl-C ends a wait; in another terminal it does not", async () => {
    const { play, lines } = await smallPlay();
    await lines("read name");
    expect((await play.step(interrupt(2))).waiting?.for).toBe("reply");
    const outcome = await play.step(interrupt(1));
    expect([outcome.exitCode, outcome.waiting]).toEqual([130, null]);
    expect((await lines("echo on > on")).exitCode).toBe(0);
  });
});

describe("undo", () => {
  test("takes back state, shell and time, again and again", async () => {
    const { play, lines } = await smallPlay();
    const digests = [play.digest()];
    for (const text of ["x=1", "cd ..", "echo a > a", "git -C work tag t"]) {
      await lines(text);
      digests.push(play.digest());
    }
    for (const expected of digests.slice(0, -1).reverse()) {
      await play.step(undo());
      expect(play.digest()).toBe(expected);
    }
    expect((await play.step(undo())).refused?.code).toBe("nothing-to-undo");
  });

  test("a line goes together with its answers and with what was saved meanwhile", async () => {
    const { play, lines } = await smallPlay();
    const before = play.digest();
    await lines("read name");
    await play.step(save(`${WORK}/new`, "x\n"));
    await play.step(reply(1, "x"));
    await play.step(undo());
    expect([play.digest(), play.waiting]).toEqual([before, null]);
  });

  test("after a restore it plays again from the beginning and comes to the same state", async () => {
    const { play, lines } = await smallPlay();
    await lines("echo a > a", "x=1");
    const before = play.digest();
    await lines("read y");
    await play.step(reply(3, "z"));
    await lines("echo $y > b");
    const restored = Play.restore(smallOptions, stored(play));
    expect(restored.digest()).toBe(play.digest());
    await restored.step(undo(3));
    expect(restored.digest()).toBe(before);
  });

  test("one that was refused takes nothing back after a restore either", async () => {
    const { play, lines } = await smallPlay();
    await lines("echo a > a", "read x");
    await play.step(undo());
    await play.step(reply(2, "x"));
    const { play: restored, lines: go } = await smallPlay(Play.restore(smallOptions, stored(play)));
    await go("echo b > b");
    const reached = async (one: Play) => {
      await one.step(undo());
      return one.digest();
    };
    expect(await reached(restored)).toBe(play.digest());
  });

  test("further back than states are kept", async () => {
    const { play, lines } = await smallPlay();
    await lines("echo first > first");
    const before = play.digest();
    for (let i = 0; i < 60; i++) await lines(`x=${i}`);
    await play.step(undo(60));
    expect(play.digest()).toBe(before);
  }, 60_000);
});

describe("a branch", () => {
  const begun = [
    "echo a > a",
    "export B=b; cd src 2> /dev/null || mkdir src",
    "git add -A; git commit -qm a",
  ];

  test.each([
    ["goes on from where both are alike", ["echo other > b", "echo $B $OLDPWD > c; git log --oneline"], 3],
    ["takes up what lies before the first difference", [], 2],
  ])("%s", async (_title, more, done) => {
    const { play, lines } = await smallPlay();
    await lines(...begun, "echo one > b");
    const inputs = [...begun.slice(0, done), ...more, "echo end"].map((text) => line(text));
    expect(play.common(inputs)).toBe(done);
    const branch = play.branch(smallOptions, done);
    const straight = await Play.begin(smallOptions);
    for (const input of inputs) await straight.step(input);
    for (const input of inputs.slice(done)) await branch.step(input);
    expect(branch.digest()).toBe(straight.digest());
    expect(branch.entries).toEqual(straight.entries);
    expect(branch.transcript).toEqual(straight.transcript);
    for (const one of [branch, straight]) await one.step(undo(inputs.length - 1));
    expect(branch.digest()).toBe(straight.digest());
  });

  test("leaves its origin as it was", async () => {
    const { play, lines } = await smallPlay();
    await lines(...begun, "echo one > b");
    const before = play.digest();
    const branch = play.branch(smallOptions, 1);
    await branch.step(line("rm -rf .git; B=c; cd /"));
    expect(play.digest()).toBe(before);
  });

  test("nothing is common where a line may have been stopped", async () => {
    const { play, lines } = await smallPlay();
    await lines("echo a", "echo b");
    expect(play.common([line("echo a"), interrupt()])).toBe(0);
    expect(play.common([line("echo a"), line("echo c")])).toBe(1);
  });
});

describe("a reload", () => {
  test("in the middle of a wait: the snapshot is from before the line, which is played again", async () => {
    const { play, lines } = await smallPlay();
    await lines("echo a > a", 'read name; echo "$name" > named');
    const data = stored(play);
    expect(data.entries).toHaveLength(1);
    const restored = Play.restore(smallOptions, data);
    await restored.replay([{ seq: 2, at: 0, input: line('read name; echo "$name" > named') }]);
    expect(restored.waiting?.at).toEqual({ terminal: 1, line: 2 });
    for (const one of [play, restored]) await one.step(reply(2, "Priya"));
    expect(restored.digest()).toBe(play.digest());
    expect(restored.present.laptop.readText("/home/learner/.bash_history").match(/read name/g)).toHaveLength(
      1,
    );
  });

  test("a busy line that was interrupted stops at the same unit of work, also with a hint in between", async () => {
    const loop = "i=0; while true; do i=$((i+1)); echo $i >> log; done";
    const { play } = await smallPlay();
    expect((await play.step(line(loop), 200)).exitCode).toBe(130);
    await play.step({ kind: "hint", hint: 1 });
    await play.step(interrupt(1, 200));
    const again = await Play.begin(smallOptions);
    await again.replay(play.entries);
    expect(again.digest()).toBe(play.digest());
  });

  test("recorded digests are compared, and the first difference is named", async () => {
    const { play, lines } = await smallPlay();
    const digests = new Map([[0, play.digest()]]);
    await lines("echo a > a");
    digests.set(1, play.digest());
    expect(await (await Play.begin(smallOptions)).replay(play.entries, digests)).toEqual({
      divergedAt: null,
    });
    expect(
      await (await Play.begin(smallOptions)).replay(play.entries, new Map([[1, "0".repeat(64)]])),
    ).toEqual({ divergedAt: 1 });
    expect(
      await (await Play.begin(smallOptions)).replay(play.entries, new Map([[0, "0".repeat(64)]])),
    ).toEqual({ divergedAt: 0 });
  });
});

describe("shells", () => {
  test("terminals have variables and places of their own, and one disk", async () => {
    const { play, lines, read } = await smallPlay();
    await lines("x=one; cd /tmp; echo shared > shared");
    await play.step(line('echo "${x-unset} $PWD $(cat /tmp/shared)" > /tmp/seen', 2));
    expect(read("/tmp/seen")).toBe(`unset ${WORK} shared\n`);
    expect([play.prompt(1).cwd, play.prompt(2).cwd]).toEqual(["/tmp", WORK]);
  });

  test("exit begins a new shell in the same terminal", async () => {
    const { lines, read } = await smallPlay();
    await lines("x=1; cd /", "exit 3", 'echo "${x-unset} $PWD" > /tmp/seen');
    expect(read("/tmp/seen")).toBe(`unset ${WORK}\n`);
  });

  test("looking opens no terminal and moves nothing", async () => {
    const { play } = await smallPlay();
    const before = play.digest();
    play.prompt(5);
    play.shell(6);
    await play.grade();
    expect(play.digest()).toBe(before);
  });

  test("the history has every line but those that begin with a space", async () => {
    const { lines, read } = await smallPlay();
    await lines("echo a", " echo secret", "");
    expect(read("/home/learner/.bash_history")).toMatch(/echo a\n$/);
  });
});

describe("time", () => {
  const CASES: readonly (readonly [text: string, ticks: number])[] = [
    ["echo a", 1],
    ["echo a; echo b", 2],
    ["for i in 1 2 3; do echo $i; done", 1],
    ["", 0],
    ["fi", 0],
    ["lab status", 0],
    ["# only words", 0],
  ];
  test.each(CASES)("%j takes %i ticks", async (text, ticks) => {
    const { play, lines } = await smallPlay();
    const begun = play.world.clock.now();
    await lines(text);
    expect((play.world.clock.now() - begun) / 15_000).toBe(ticks);
  });
});

describe("panels", () => {
  test("a stale save, a directory and a forbidden place are refused", async () => {
    const { play } = await smallPlay();
    const codes: (string | undefined)[] = [];
    for (const input of [
      save(`${WORK}/README.md`, "x", "other"),
      save(WORK, "x"),
      save("/etc/passwd/x", "x"),
      save("/usr/x", "x"),
    ])
      codes.push((await play.step(input)).refused?.code);
    expect(codes).toEqual(["stale", "not-allowed", "not-allowed", "not-allowed"]);
  });

  test("a save makes its folders and takes no time", async () => {
    const { play, read } = await smallPlay();
    const begun = play.world.clock.now();
    await play.step(save(`${WORK}/a/b/c.txt`, "x\n"));
    expect([read("a/b/c.txt"), play.world.clock.now()]).toEqual(["x\n", begun]);
  });

  test("what is no request is refused", async () => {
    const { play } = await smallPlay();
    for (const [url, body] of [
      ["nonsense", ""],
      ["https://forge.test/", "a body"],
    ] as const) {
      expect((await play.step({ kind: "request", method: "GET", url, body })).refused?.code).toBe(
        "not-allowed",
      );
    }
  });
});

test("the transcript is bounded", async () => {
  const { play, lines } = await smallPlay();
  await lines("echo first", "seq 1 15000", "echo last");
  const [first, long, last] = play.transcript;
  expect([first?.output[0]?.text, last?.output[0]?.text]).toEqual(["first\n", "last\n"]);
  const text = long?.output.map((part) => part.text).join("") ?? "";
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text.slice(-60)).toMatch(/15000\n$/);
});

describe("node", () => {
  test("runs as the learner: on their disk, in virtual time, with nothing of another user", async () => {
    const { play, lines, read } = await smallPlay();
    await lines('node -e \'require("fs").writeFileSync("made", String(6 * 7))\'');
    expect(read("made")).toBe("42");
    const begun = play.world.clock.now();
    await lines("node -e 'setTimeout(() => {}, 60000)'");
    expect(play.world.clock.now()).toBe(begun + 60_000 + 15_000);
    const refused = await lines('node -e \'require("fs").writeFileSync("/etc/passwd", "")\' 2> told');
    expect(refused.exitCode).toBe(1);
    expect(read("told")).toContain("EACCES: permission denied, open '/etc/passwd'");
  });

  test("a program without an end is stopped, and the shell goes on", async () => {
    const { lines, read } = await smallPlay();
    await lines("node -e 'for (;;);' || echo after > named");
    expect(read("named")).toBe("after\n");
  });
});
