import { expect, test } from "vitest";
import { Prepared } from "./prepared.ts";

test("prepares a text once, an error each time, and all anew when the limit is reached", () => {
  const asked: string[] = [];
  const prepared = new Prepared<number>(8);
  const lengthOf = (text: string) =>
    prepared.of(text, () => {
      asked.push(text);
      if (text === "bad") throw new Error("bad");
      return text.length;
    });
  expect([lengthOf("abcd"), lengthOf("ab"), lengthOf("abcd"), lengthOf("ab")]).toEqual([4, 2, 4, 2]);
  expect(() => lengthOf("bad")).toThrow("bad");
  expect(() => lengthOf("bad")).toThrow("bad");
  expect(asked.splice(0)).toEqual(["abcd", "ab", "bad", "bad"]);
  expect([lengthOf("xyz"), lengthOf("xyz"), lengthOf("abcd")]).toEqual([3, 3, 4]);
  expect(asked).toEqual(["xyz", "abcd"]);
});
