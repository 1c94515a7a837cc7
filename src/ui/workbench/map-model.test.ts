/** The leak map from grades: marks, columns, what is off, and that nothing shows before checks have run. */
import { expect, test } from "vitest";
import type { Evidence, Grade, KeyView } from "../../worker/protocol.ts";
import { leakMap, OTHER, worksAt, type LeakMapModel, type MapFacts } from "./map-model.ts";

const START = 1_000_000;

const page = {
  planted: ["registry", "deploy", "signing"],
  traced: [{ credential: "registry", surfaces: ["ci.logs", "remote"] }],
  surfaces: ["ci.logs", "remote"],
  services: ["forge", "pipeline"],
};

function gradeWith(...evidence: Evidence[]): Grade {
  const check = {
    id: "c",
    title: "c",
    mark: "clean",
    required: true,
    verdict: "fail",
    evidence,
    places: evidence.length,
  };
  return { checks: [check], diagnoses: [] } as unknown as Grade;
}

const key = (id: string, toMs: number | null): KeyView => ({
  id,
  name: id,
  made: false,
  known: true,
  worked: [{ fromMs: START, toMs }],
});

const copy = (surface: string, at: string, by: Evidence["by"], credential?: string): Evidence => ({
  surface,
  at,
  ...(by && { by }),
  ...(credential !== undefined && { credential }),
});

const facts = (more: Partial<MapFacts> = {}): MapFacts => ({
  page,
  grade: null,
  atMs: START + 500,
  keys: [],
  ...more,
});

/** "surface column: state" for every cell that says more than that nothing is there. */
function marks({ groups }: LeakMapModel): string[] {
  const cells = groups.flatMap(({ rows }) =>
    rows.flatMap((row) => row.cells.map((cell) => ({ row: row.id, ...cell }))),
  );
  return cells
    .filter(({ state }) => !["none", "unshown", "unsearched"].includes(state))
    .map(
      ({ row, column, state, off, places }) =>
        `${row} ${column}: ${state}${off ? " off" : ""} ${places.length}`,
    );
}

test("before checks have run every cell is unsearched, and only what open checks name has a column", () => {
  const map = leakMap(facts({ keys: [key("registry", START + 1)] }));
  expect(map.columns).toEqual([{ id: "registry", works: null }]);
  expect(
    new Set(map.groups.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ state }) => state)))),
  ).toEqual(new Set(["unsearched"]));
  expect([map.surfaces, map.searched]).toEqual([0, false]);
});

test("a lab whose checks name nothing has the rows of its services and one column without a name", () => {
  const map = leakMap(facts({ page: { ...page, traced: [], surfaces: [] } }));
  expect(map.columns.map(({ id }) => id)).toEqual([OTHER]);
  expect(map.groups.map(({ name, rows }) => [name, rows.length])).toEqual([
    ["On this machine", 6],
    ["On the forge", 7],
  ]);
});

test.each([
  ["both", [copy("ci.logs", "a", "both", "registry")], "both 1"],
  ["trace", [copy("ci.logs", "a", "trace", "registry")], "trace 1"],
  ["engine", [copy("ci.logs", "a", "engine", "registry")], "engine 1"],
  [
    "each in its place",
    [copy("ci.logs", "a", "trace", "registry"), copy("ci.logs", "b", "both", "registry")],
    "both 2",
  ],
  [
    "the same place twice",
    [copy("ci.logs", "a", "trace", "registry"), copy("ci.logs", "a", "trace", "registry")],
    "trace 1",
  ],
])("found by %s", (_, evidence, expected) =>
  expect(marks(leakMap(facts({ grade: gradeWith(...evidence) })))).toEqual([`ci.logs registry: ${expected}`]),
);

test("columns come with evidence, in the order of the lab; what is not planted stands under other", () => {
  const grade = gradeWith(
    copy("ci.logs", "a", "trace", "deploy"),
    copy("ci.artifacts", "b", "engine"),
    copy("ci.artifacts", "c", "trace", "token-of-a-job"),
  );
  const map = leakMap(facts({ grade }));
  expect(map.columns.map(({ id }) => id)).toEqual(["registry", "deploy", OTHER]);
  expect(marks(map)).toEqual(["ci.logs deploy: trace 1", `ci.artifacts ${OTHER}: both 2`]);
  expect(map.surfaces).toBe(2);
});

test("with one credential a copy that does not name it is its", () => {
  const grade = gradeWith(copy("remote", "main a.txt:1", "both"));
  expect(marks(leakMap(facts({ grade })))).toEqual(["remote registry: both 1"]);
});

test("a value is off when it did not work as the checks ran, and live again when it was turned on", () => {
  const grade = gradeWith(copy("ci.logs", "a", "trace", "registry"));
  const keys = [
    {
      ...key("registry", START + 100),
      worked: [
        { fromMs: START, toMs: START + 100 },
        { fromMs: START + 600, toMs: null },
      ],
    },
  ];
  expect(marks(leakMap(facts({ grade, keys })))).toEqual(["ci.logs registry: trace off 1"]);
  expect(marks(leakMap(facts({ grade, keys, atMs: START + 700 })))).toEqual(["ci.logs registry: trace 1"]);
  expect([
    worksAt(keys, "registry", START + 50),
    worksAt(keys, "registry", START + 100),
    worksAt([], "x", 0),
  ]).toEqual([true, false, null]);
});

test("evidence that is no copy leaves the map as it is", () => {
  const grade = gradeWith({ surface: "ci.logs", at: "run 42 is missing" });
  expect(marks(leakMap(facts({ grade })))).toEqual([]);
});

test("a withheld find is not in the grade, so the map tells searched surfaces from those that nothing was shown of", () => {
  const map = leakMap(facts({ page: { ...page, surfaces: ["ci.logs", "mail"] }, grade: gradeWith() }));
  const states = map.groups.flatMap(({ rows }) => rows.map(({ id, cells }) => [id, cells[0]?.state]));
  expect(states).toEqual([
    ["ci.logs", "none"],
    ["mail", "unshown"],
  ]);
});

test("after passing, what attackers took away stands elsewhere, out of reach", () => {
  const grade = gradeWith(copy("ci.logs", "a", "trace", "registry"));
  const taken = [{ who: "magpie", credential: "registry" }];
  expect(marks(leakMap(facts({ grade, taken })))).toEqual([
    "ci.logs registry: trace 1",
    "taken:magpie registry: away 0",
  ]);
});
