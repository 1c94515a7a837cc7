import { expect, test } from "vitest";
import { textIn } from "../text/text.ts";
import { afterTelling, offlineFrom, type Kept } from "./state.ts";
import { offlineWords } from "./words.ts";

const kept = (change: Partial<Kept>): Kept => ({
  told: "kept",
  build: "now",
  done: 3,
  all: 3,
  away: false,
  ...change,
});

test.each<readonly [why: string, kept: Kept | null, online: boolean, at: string, words: string | null]>([
  ["no service worker", null, true, "unknown", null],
  ["some files", kept({ done: 1 }), true, "filling", "Getting ready, 1 of 3"],
  ["all files", kept({}), true, "kept", "Saved, works offline"],
  ["all files, no network", kept({}), false, "offline", "Offline"],
  ["all files, no server", kept({ away: true }), true, "offline", "Offline"],
  ["some files, no network", kept({ done: 1 }), false, "partly", "Offline, 1 of 3 files are here"],
  ["some files, no server", kept({ done: 1, away: true }), true, "partly", "Offline, 1 of 3 files are here"],
  ["all files of another build", kept({ build: "later" }), true, "newer", "New version from the next lab on"],
  ["another build, no network", kept({ build: "later" }), false, "offline", "Offline"],
])("%s", (_why, given, online, at, words) => {
  const state = offlineFrom(given, "now", online);
  expect(state.at).toBe(at);
  expect(offlineWords(textIn("en", {}), state)).toBe(words);
});

const own = kept({});
const newer = kept({ build: "later" });
const arriving = kept({ build: "later", done: 1 });

test.each<readonly [why: string, before: Kept | null, told: Kept, after: Kept]>([
  ["the first that is heard", null, own, own],
  ["a newer build is whole", own, newer, newer],
  ["the replaced worker tells late", newer, own, newer],
  ["a newer build did not become whole", arriving, own, own],
  ["one more build", newer, arriving, arriving],
])("%s", (_why, before, told, after) => expect(afterTelling(before, told, "now")).toBe(after));
