import { expect, test } from "vitest";
import { textIn } from "../text/text.ts";
import { remaining, shortId } from "./remaining.ts";

const t = textIn("en", {});
const NOW = Date.parse("2026-03-03T09:00:00Z");
const after = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

test.each([
  [null, "for ever"],
  [after(0), "ended"],
  [after(-5), "ended"],
  [after(15), "15 s"],
  [after(255), "4 min 15 s"],
  [after(3600), "1 h"],
  [after(86_399), "23 h 59 min"],
  [after(32 * 86_400 - 1), "31 d 23 h"],
])("%s is %s", (expires, words) => expect(remaining(t, expires, NOW)).toBe(words));

test("a long id is told by its beginning", () => {
  expect(shortId("abcdefghijklmnop")).toBe("abcdefgh…");
  expect(shortId("abcdef")).toBe("abcdef");
});
