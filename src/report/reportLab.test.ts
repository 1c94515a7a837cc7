import { expect, test } from "vitest";
import { withoutValues } from "./reportLab.ts";

test.each([
  ["Commit {commit} still has it.", "Commit … still has it."],
  ["`git show {commit}` prints it: {place}.", "`git show …` prints it: …"],
  ["Used from {address}. It works.", "Used from … It works."],
  ["`$(id)` and { } stay.", "`$(id)` and { } stay."],
])("%s", (message, sentence) => expect(withoutValues(message)).toBe(sentence));
