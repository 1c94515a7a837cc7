import { expect, test } from "vitest";
import { attemptLock } from "./lock.ts";

/** Holders by name, with `ifAvailable` and `steal` as the specification has them. */
function fakeLocks(): LockManager {
  const holders = new Map<string, (reason: Error) => void>();
  const request = (name: string, options: LockOptions, work: (lock: Lock | null) => unknown) => {
    if (holders.has(name) && options.ifAvailable) return Promise.resolve(work(null));
    holders.get(name)?.(new Error("AbortError"));
    return new Promise((_resolve, reject) => {
      holders.set(name, reject);
      void work({ name, mode: "exclusive" });
    });
  };
  return { request } as unknown as LockManager;
}

test("the second tab does not get the lock, and taking over tells the first", async () => {
  const locks = fakeLocks();
  const lost: string[] = [];
  const first = attemptLock(locks);
  const second = attemptLock(locks);
  expect(await first.tryHold("a", () => lost.push("first"))).toBe(true);
  expect(await second.tryHold("a", () => lost.push("second"))).toBe(false);
  expect(await second.tryHold("b", () => lost.push("second"))).toBe(true);
  await second.takeOver("a", () => lost.push("second"));
  await Promise.resolve();
  expect(lost).toEqual(["first"]);
});

test("without locks every tab may try", async () => {
  expect(await attemptLock(undefined).tryHold("a", () => {})).toBe(true);
});
