import { describe, expect, test } from "vitest";
import { compare, type Part } from "./compare.ts";
import { parsed, type Row } from "./document.ts";

const TRUTH = `
keys:
  - { id: DEPLOY_KEY, owner: [teo, releases], uses: [release.yml, smoke.yml], at: "2026-03-03T09:01:30Z" }
  - { id: [key-1, "1"], owner: mina, uses: [], at: "2026-03-01" }
  - { id: LOG_KEY, optional: true }
dead:
  - { id: OLD_KEY, since: "2026-02-11" }
orphans: [key-1, LOG_KEY]
worries: [{ value: key-1, optional: true }, { value: DEPLOY_KEY, optional: true }]
first: { at: "2026-03-03T09:01:30Z", actor: magpie }
`;
const KEYS: Part = { at: "keys", key: ["id"], not: "dead" };

/** What is written, how it is compared, the faults in order, and whether it passes. */
const CASES: readonly (readonly [
  what: string,
  answer: string,
  part: Part,
  faults: readonly string[],
  well: boolean,
])[] = [
  ["all, in another order and other capitals", "keys: [{id: KEY-1}, {id: deploy_key}]", KEYS, [], true],
  ["another name of the same", 'keys: [{id: "1"}, {id: DEPLOY_KEY}]', KEYS, [], true],
  ["an optional one more", "keys: [{id: key-1}, {id: DEPLOY_KEY}, {id: LOG_KEY}]", KEYS, [], true],
  ["one is missing", "keys: [{id: key-1}]", KEYS, ["missing DEPLOY_KEY"], false],
  [
    "one is missing, half is enough",
    "keys: [{id: key-1}]",
    { ...KEYS, recall: 0.5 },
    ["missing DEPLOY_KEY"],
    true,
  ],
  ["one too much", "keys: [{id: key-1}, {id: DEPLOY_KEY}, {id: x}]", KEYS, ["extra x"], false],
  [
    "one too much is allowed",
    "keys: [{id: key-1}, {id: DEPLOY_KEY}, {id: x}]",
    { ...KEYS, precision: 0.6 },
    ["extra x"],
    true,
  ],
  [
    "a false one is never allowed",
    "keys: [{id: key-1}, {id: DEPLOY_KEY}, {id: OLD_KEY}]",
    { ...KEYS, precision: 0 },
    ["false OLD_KEY"],
    false,
  ],
  ["nothing at all", "other: 1", KEYS, ["missing DEPLOY_KEY", "missing key-1"], false],
  ["plain values", "orphans: [LOG_KEY, key-1]", { at: "orphans" }, [], true],
  [
    "plain values, one wrong",
    "orphans: [LOG_KEY, y]",
    { at: "orphans" },
    ["missing key-1", "extra y"],
    false,
  ],
  [
    "any of some",
    "keys: [{id: key-1, owner: mina}, {id: DEPLOY_KEY, owner: Releases}]",
    { ...KEYS, fields: { owner: "any" } },
    [],
    true,
  ],
  [
    "none of them",
    "keys: [{id: key-1, owner: bot}, {id: DEPLOY_KEY, owner: teo}]",
    { ...KEYS, fields: { owner: "any" } },
    ["wrong key-1 owner"],
    false,
  ],
  [
    "a set in any order",
    "keys: [{id: key-1}, {id: DEPLOY_KEY, uses: [smoke.yml, release.yml, smoke.yml]}]",
    { ...KEYS, fields: { uses: "set" } },
    [],
    true,
  ],
  [
    "a set with too much",
    "keys: [{id: key-1}, {id: DEPLOY_KEY, uses: [a, smoke.yml, release.yml]}]",
    { ...KEYS, fields: { uses: "set" } },
    ["wrong DEPLOY_KEY uses"],
    false,
  ],
  [
    "which holds what it must",
    "keys: [{id: key-1}, {id: DEPLOY_KEY, uses: [a, smoke.yml, release.yml]}]",
    { ...KEYS, fields: { uses: "holds" } },
    [],
    true,
  ],
  [
    "an open field that is empty",
    "keys: [{id: key-1, why: ''}, {id: DEPLOY_KEY, why: x}]",
    { ...KEYS, fields: { why: "filled" } },
    ["wrong key-1 why"],
    false,
  ],
  [
    "the document, near enough",
    "first: {at: '09:02:00', actor: Magpie}",
    { at: "first", key: ["actor"], fields: { at: { near: 60 } } },
    [],
    true,
  ],
  [
    "the document, too far away",
    "first: {at: 2026-03-03 09:03:00, actor: magpie}",
    { at: "first", key: ["actor"], fields: { at: { near: 60 } } },
    ["wrong magpie at"],
    false,
  ],
  [
    "no time at all",
    "first: {at: noon, actor: magpie}",
    { at: "first", key: ["actor"], fields: { at: { near: 60 } } },
    ["wrong magpie at"],
    false,
  ],
  [
    "names that every object has",
    "keys: [{__proto__: {id: key-1}}, {constructor: 1}]",
    KEYS,
    ["missing DEPLOY_KEY", "missing key-1", "extra ", "extra "],
    false,
  ],
  ["some of what may be there", "worries: [key-1]", { at: "worries", least: 1 }, [], true],
  ["too few of it", "worries: [key-1]", { at: "worries", least: 2 }, ["missing "], false],
  [
    "a text where a list should be",
    "keys: everything",
    KEYS,
    ["missing DEPLOY_KEY", "missing key-1", "extra "],
    false,
  ],
];

describe("an answer beside the truth", () => {
  test.each(CASES)("%s", (_what, answer, part, faults, well) => {
    const compared = compare(parsed(answer) as Row, parsed(TRUTH) as Row, part);
    const told = compared.problems.map(({ fault, key, field }) =>
      [fault, key, field].filter((it) => it !== null).join(" "),
    );
    expect({ told, well: compared.well }).toEqual({ told: faults, well });
  });
});
