import { expect, test } from "vitest";
import { withoutValues } from "./reportLab.ts";

test.each([
  ["Commit {commit} still has it.", "Commit ‹commit› still has it."],
  ["`git show {commit}` prints it: {place}.", "`git show ‹commit›` prints it: ‹place›."],
  ["Used from {address}. It works.", "Used from ‹address›. It works."],
  ["`$(id)` and { } stay.", "`$(id)` and { } stay."],
])("%s", (message, sentence) => expect(withoutValues(message)).toBe(sentence));
