import { expect, test } from "vitest";
import { parseAttempt } from "../../attempt/log.ts";
import { attemptText } from "./file.ts";
import { withLearner } from "./named.ts";

const header = {
  format: "leaklab-attempt/1",
  lab: "some-lab",
  labVersion: "1",
  labDigest: "0".repeat(64),
  core: "c",
  seed: 7,
  setting: "normal",
} as const;
const text = attemptText(
  header,
  [{ seq: 1, at: 0, input: { kind: "line", terminal: 1, text: "ls" } }],
  [],
  [1, 1],
);

test.each([
  ["Ada", "Ada"],
  ['  "Ada"\n{} ', '"Ada"\n{}'],
  ["x".repeat(999), "x".repeat(200)],
  ["  ", undefined],
])("%j", (name, learner) => {
  const read = parseAttempt(withLearner(text, name));
  expect(read).toMatchObject({ ok: true, value: { entries: [{ seq: 1 }] } });
  expect(read.ok && read.value.header.learner).toBe(learner);
});

test("checks that ran are noted after the end, each once", () => {
  expect(text.split("\n").slice(-3)).toEqual(['{"end":1}', '{"remark":"Checks ran after input 1."}', ""]);
});
