import { expect, test } from "vitest";
import { fromUtf8, toLatin1 } from "../../base/bytes.ts";
import { bytesOfCharacters } from "./readCharacters.ts";

test.each([
  ["abc", 2, 2],
  ["é🎉x", 2, 6],
  ["🎉", 1, 4],
  ["é", 3, 4],
  ["", 1, 1],
  ["abc", 0, 0],
])("bytes of %s, %i characters", (text, count, bytes) => {
  expect(bytesOfCharacters(toLatin1(fromUtf8(text)), count)).toBe(bytes);
});
