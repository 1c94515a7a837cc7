import { type CommandContext, InMemoryFs } from "just-bash/browser";
import { expect, test } from "vitest";
import { guardContext } from "./guard.ts";

function guardedContext(): { context: CommandContext; done: string[]; giveUp: () => void } {
  const done: string[] = [];
  const context = {
    fs: new InMemoryFs({ "/a": "salt" }),
    cwd: "/",
    env: new Map(),
    signal: new AbortController().signal,
    sleep: async (ms: number) => void done.push(`slept ${ms}`),
    origCommand: async (args: string[]) => ({ stdout: args.join(" "), stderr: "", exitCode: 0 }),
  } as unknown as CommandContext;
  return { context, done, giveUp: guardContext(context, "wait", (message) => new Error(message)) };
}

const LATE = "bash: wait used its context after cancellation\n";

test("a command that was given up reaches the disk no more, not even with an answer on its way", async () => {
  const { context, giveUp } = guardedContext();
  const { fs } = context;
  expect(await fs.readFile("/a")).toBe("salt");
  const { readFile } = fs;
  const late = fs.readFile("/a");
  giveUp();
  await expect(late).rejects.toThrow(LATE);
  expect(() => readFile("/a")).toThrow(LATE);
  expect(() => fs.readFile).toThrow(LATE);
});

test("…nor its shell, the world or the command behind it", async () => {
  const { context, done, giveUp } = guardedContext();
  await context.sleep?.(5);
  expect(await context.origCommand?.(["a", "b"])).toMatchObject({ stdout: "a b" });
  giveUp();
  expect(() => context.sleep?.(7)).toThrow(LATE);
  expect(() => context.origCommand?.([])).toThrow(LATE);
  expect(done).toEqual(["slept 5"]);
});

test("…and its signal says so, whenever it was asked for", () => {
  const early = guardedContext();
  const { signal } = early.context;
  expect(signal?.aborted).toBe(false);
  early.giveUp();
  expect(signal?.aborted).toBe(true);
  expect(early.context.signal).toBe(signal);
  const late = guardedContext();
  late.giveUp();
  expect(late.context.signal?.reason).toMatchObject({ message: "bash: wait context revoked\n" });
});
