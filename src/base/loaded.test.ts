import { expect, test } from "vitest";
import { loadedOnce } from "./loaded.ts";

test("loads once, and again after it failed", async () => {
  let asked = 0;
  const load = loadedOnce(async () => {
    asked += 1;
    if (asked === 1) throw new Error("offline");
    return { asked };
  });
  await expect(load()).rejects.toThrow("offline");
  expect(await load()).toEqual({ asked: 2 });
  expect(await load()).toBe(await load());
});
