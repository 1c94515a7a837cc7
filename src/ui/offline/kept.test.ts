import { expect, test } from "vitest";
import { buildFor, cacheOf, keptBuilds } from "./kept.ts";

const played = { lab: "pwn-request", core: "c1", labDigest: "d1" };

/** Caches by name, each with the text of one lab's page. */
function storage(pages: Readonly<Record<string, string>>): CacheStorage {
  const cache = (text: string) => ({
    match: (path: string) =>
      Promise.resolve(path === "/labs/pwn-request/" ? { text: () => Promise.resolve(text) } : undefined),
  });
  return {
    keys: () => Promise.resolve(Object.keys(pages)),
    open: (name: string) => Promise.resolve(cache(pages[name] ?? "")),
  } as unknown as CacheStorage;
}

const page = (core: string, labDigest: string): string => JSON.stringify({ core, labDigest });

test("only caches of the site are builds", async () =>
  expect(await keptBuilds(storage({ [cacheOf("one")]: "", "somebody else's": "" }))).toEqual(["one"]));

test.each<readonly [why: string, pages: Readonly<Record<string, string>>, build: string | null]>([
  ["the build with the same core and lab", { one: page("c1", "d1"), two: page("c2", "d1") }, "one"],
  ["of two that can, the newer", { one: page("c1", "d1"), two: page("c1", "d1") }, "two"],
  ["another lab digest is another world", { one: page("c1", "d2") }, null],
  ["another core is another world", { one: page("c2", "d1") }, null],
  ["a build without the page", { one: "" }, null],
  ["nothing is kept", {}, null],
])("%s", async (_why, pages, build) => {
  const named = Object.fromEntries(Object.entries(pages).map(([name, text]) => [cacheOf(name), text]));
  expect(await buildFor(storage(named), played)).toBe(build);
});
