import { expect, test } from "vitest";
import { parse } from "./parse.ts";

const JOB = 'jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }\n';

test("texts with expressions become one expression, with their place", async () => {
  const parsed = await parse("a.yml", `on: push\nenv:\n  A: "x {y} \${{ github.ref }}"\n${JOB}`);
  const env = parsed.ok ? parsed.root.entries.find(({ key }) => key === "env") : undefined;
  expect(env?.value).toMatchObject({
    kind: "mapping",
    entries: [
      {
        key: "A",
        line: 3,
        column: 3,
        value: { kind: "expression", expression: "format('x {{y}} {0}', github.ref)", line: 3, column: 6 },
      },
    ],
  });
});

test.each(["repository_dispatch", "[push, repository_dispatch]", "{ repository_dispatch: {} }"])(
  "on: %s is known",
  async (on) => {
    expect(await parse("a.yml", `on: ${on}\n${JOB}`)).toMatchObject({ ok: true });
  },
);

test.each([
  ["on: nothing", "a.yml:1:5 Unexpected value 'nothing'"],
  ["on: push\nrepository_dispatch: 1", "a.yml:2:1 Unexpected value 'repository_dispatch'"],
  ['on: push\nenv: { A: "${{ toString() }}" }', "a.yml:2:12 Unrecognized function: 'toString'"],
  ['on: push\nname: "${{ github.ref }}"', "a.yml:2:8 Unrecognized named-value"],
])("%s is a problem with its place", async (head, expected) => {
  const parsed = await parse("a.yml", `${head}\n${JOB}`);
  const problems = parsed.ok ? [] : parsed.problems;
  const shown = problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  expect(shown.join("\n")).toContain(expected);
});

test.each(["", "null", "- 1", "? {a: b}\n: c", "on: 2026-01-01", "a: &a [*a]", "{".repeat(20_000), "\u0000"])(
  "nothing throws: %j",
  async (text) => {
    expect((await parse("a.yml", text)).ok).toBe(false);
  },
);

test.each([
  ["|", "format('a {0}\n  b\n', github.ref)"],
  [">-", "format('a {0}\n  b', github.ref)"],
])("a text of several lines (%s) has its value, not its source", async (header, expression) => {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${header}\n          a \${{ github.ref }}\n            b\n`;
  const parsed = await parse("a.yml", text);
  expect(JSON.stringify(parsed)).toContain(JSON.stringify(expression));
});
