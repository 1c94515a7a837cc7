import { expect, test } from "vitest";
import { readSubmission } from "../../report/submission.ts";
import type { WholeAttempt } from "./attempts.ts";
import { MAX_BYTES, printProgress, readProgress, type ReadAttempt } from "./progress-file.ts";
import { header, NOON, proof, result, visit } from "./results.fixture.ts";

const readAttempt: ReadAttempt = (text) => {
  const read = readSubmission("attempt", new TextEncoder().encode(text));
  return read.ok ? read.value.attempt : null;
};
const read = (text: string) => readProgress(text, readAttempt);

const attempt: WholeAttempt = {
  record: {
    id: "open-1",
    lab: "guard-the-gate",
    header: header("guard-the-gate", 3) as WholeAttempt["record"]["header"],
    state: "open",
    last: 1,
    owner: "",
    startedAt: NOON,
    digests: [],
  },
  entries: [{ seq: 1, at: NOON, input: { kind: "line", terminal: 1, text: "ls" } }],
};
const kept = { results: [result("revoke-first")], visits: [visit("guard-the-gate")], damaged: 0 };
const printed = (): Record<string, unknown> => JSON.parse(printProgress(kept, [attempt], NOON)) as never;
const changed = (change: Record<string, unknown>) => JSON.stringify({ ...printed(), ...change });

test("a file that was exported comes in whole", () => {
  const { results, visits, attempts, refused } = read(printProgress(kept, [attempt], NOON));
  expect({ results, visits, attempts, refused }).toEqual({
    results: kept.results,
    visits: kept.visits,
    attempts: [attempt],
    refused: [],
  });
});

test.each([
  ["not-json", "{"],
  ["not-json", printProgress(kept, [attempt], NOON).slice(0, -20)],
  ["not-progress", "[]"],
  ["not-progress", "null"],
  ["not-progress", proof("revoke-first", 7).split("\n")[0] as string],
  ["not-progress", '{"__proto__": {"format": "leaklab-progress/1"}}'],
  ["not-progress", changed({ results: "all" })],
  ["not-progress", changed({ attempts: { length: 3 } })],
  ["newer", changed({ format: "leaklab-progress/2" })],
  ["too-many", changed({ visits: Array.from({ length: 5001 }, () => 0) })],
  ["too-large", " ".repeat(MAX_BYTES + 1)],
])("refused as a whole: %s", (reason, text) => {
  expect(read(text)).toEqual({ results: [], visits: [], attempts: [], refused: [{ reason, what: "" }] });
});

test("what is damaged is refused by name; the rest comes in", () => {
  const text = changed({
    results: [
      result("revoke-first"),
      { ...result("unpushed-leak"), hints: "none" },
      { ...result("unpushed-leak"), proof: proof("unpushed-leak", 7).replace('"end":1', '"end":2') },
      "revoke-first",
    ],
    attempts: [
      { id: "a", state: "open", startedAt: 0, text: "no attempt\n" },
      { id: "../a", state: "open", startedAt: 0, text: proof("revoke-first", 7) },
    ],
  });
  const { results, attempts, refused } = read(text);
  expect(results).toEqual([result("revoke-first")]);
  expect(attempts).toEqual([]);
  expect(refused).toEqual([
    { reason: "result", what: "result 2 (unpushed-leak)" },
    { reason: "proof", what: "result 3 (unpushed-leak)" },
    { reason: "result", what: "result 4" },
    { reason: "attempt", what: "attempt 1" },
    { reason: "attempt", what: "attempt 2" },
  ]);
});

test("no key of a file reaches a prototype", () => {
  const text = printProgress(kept, [], NOON).replace(
    '"results": [',
    '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "results": [',
  );
  expect(read(text).results).toEqual(kept.results);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
