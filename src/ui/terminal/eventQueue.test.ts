import { describe, expect, test } from "vitest";
import { EventQueue, lastLines } from "./eventQueue.ts";

function stage(lines = 100) {
  const seen: string[] = [];
  const waiting: (() => void)[] = [];
  const write = (text: string, done: () => void) => {
    seen.push(`write ${text}`);
    waiting.push(done);
  };
  const queue = new EventQueue(
    write,
    () => seen.push("idle"),
    () => lines,
  );
  return { queue, seen, finish: () => waiting.shift()?.() };
}

describe("events", () => {
  test("come one after the other; waiting output is put together", () => {
    const { queue, seen, finish } = stage();
    queue.print("a");
    queue.print("b");
    queue.print("c");
    queue.run((done) => {
      seen.push("run");
      done();
    });
    queue.print("d");
    expect(seen).toEqual(["write a"]);
    expect(queue.busy).toBe(true);
    finish();
    finish();
    finish();
    expect(seen.filter((entry) => entry !== "idle")).toEqual(["write a", "write bc", "run", "write d"]);
    expect(seen.at(-1)).toBe("idle");
    expect(queue.busy).toBe(false);
  });

  test("that end after a reset end nothing", () => {
    const { queue, seen, finish } = stage();
    queue.print("old");
    queue.print("dropped");
    queue.reset();
    queue.print("new");
    finish();
    expect(queue.busy).toBe(true);
    finish();
    expect(seen.filter((entry) => entry !== "idle")).toEqual(["write old", "write new"]);
    expect(queue.busy).toBe(false);
  });

  test("of a flood keep the last lines", () => {
    const { queue, seen, finish } = stage(2);
    queue.print("first");
    for (let i = 0; i < 5; i++) queue.print(`${i}${"x".repeat(1_000_000)}\n`);
    finish();
    expect(seen.at(-2)?.slice(0, 8)).toBe("write 3x");
  });
});

describe("last lines", () => {
  test.each([
    ["a\nb\nc\n", 2, "b\nc\n"],
    ["a\nb\nc", 1, "b\nc"],
    ["a\nb\n", 9, "a\nb\n"],
    ["", 3, ""],
  ])("last lines of %j", (text, count, last) => {
    expect(lastLines(text, count)).toBe(last);
  });
});
