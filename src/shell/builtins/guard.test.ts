import { InMemoryFs } from "just-bash/browser";
import { expect, test } from "vitest";
import { guardedFs } from "./guard.ts";

test("a command that was given up reaches the disk no more, not even with an answer on its way", async () => {
  let gone = false;
  const fs = guardedFs(new InMemoryFs({ "/a": "salt" }), () => {
    if (gone) throw new Error("gone");
  });
  expect(await fs.readFile("/a")).toBe("salt");
  const { readFile } = fs;
  const late = fs.readFile("/a");
  gone = true;
  await expect(late).rejects.toThrow("gone");
  expect(() => readFile("/a")).toThrow("gone");
  expect(() => fs.readFile).toThrow("gone");
});
