/** An author's mistakes: all of them at once, each with file, path, line and how to mend it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLab } from "../../src/lab/load.ts";
import { parseManifest } from "../../src/lab/parse.ts";
import { printProblem } from "../../src/lab/problem.ts";

const LAB = join(import.meta.dirname, "../../labs/unpushed-leak");
const files: Record<string, string> = Object.fromEntries(
  readdirSync(LAB, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(LAB.length + 1), readFileSync(path, "utf8")]),
);
const good = files["lab.yaml"] as string;

/** Each: what is replaced in the good manifest, where it is reported, and a word of how to mend it. */
const MISTAKES: readonly (readonly [find: string, replace: string, path: string, mend: RegExp])[] = [
  ["id: unpushed-leak", "id: Unpushed Leak", "id", /lower-case/],
  ["version: 1.0.0", "version: one", "version", /1\.0\.0/],
  ["minutes: 10", "minutes: ten", "minutes", /must be/],
  ["difficulty: easy", "difficulty: harsh", "difficulty", /one of easy, medium, hard/],
  ["setting: gentle", "mood: gentle", "mood", /not a field/],
  ["kind: postgresUrl", "kind: postgresUrI", "credentials[0].kind", /one of/],
  ["ahead: No known", "behind: No known", "ahead", /is missing; add it/],
  [
    "    variable: STAGING_DB\n",
    "    variable: STAGING_DB\n  - { id: stagingDb, kind: postgresUrl, owner: Teo, scope: none, variable: OTHER }\n",
    "credentials[1].id",
    /used twice/,
  ],
  [
    "check: pushed\n    kind: published-copy",
    "check: pulled\n    kind: published-copy",
    "diagnoses[0].check",
    /there is no check "pulled"; name one of/,
  ],
  [
    "with: { credential: stagingDb, surfaces: [stash] }",
    "with: { credential: stagingDB, surfaces: [stash] }",
    "checks[2].with.credential",
    /name one of stagingDb/,
  ],
  ["surfaces: [worktree, index]", "surfaces: [worktree, desk]", "checks[0].with.surfaces[1]", /.+/],
];

function spoiled(mistakes: typeof MISTAKES): string {
  return mistakes.reduce((text, [find, replace]) => {
    expect(text, find).toContain(find);
    return text.replace(find, replace);
  }, good);
}

test("the lab itself has none", () => {
  const lab = loadLab(files);
  expect(lab.ok ? [] : lab.error.map((problem) => printProblem("unpushed-leak", problem))).toEqual([]);
});

test("eleven mistakes are eleven errors, and the files' own come along", () => {
  const text = spoiled(MISTAKES);
  const lab = loadLab({
    ...files,
    "lab.yaml": text,
    "solutions/extra.txt": "",
    "wrong/W1-none.sh": "echo no first line",
  });
  if (lab.ok) throw new Error("the spoiled lab was accepted");
  const inManifest = lab.error.filter(({ file }) => file === "lab.yaml");
  expect(
    inManifest
      .filter(({ path }) => !/^behind$/.test(path))
      .map(({ path }) => path)
      .sort(),
  ).toEqual(MISTAKES.map(([, , path]) => path).sort());
  expect(lab.error.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["solutions/extra.txt", "wrong/W1-none.sh"]),
  );
  for (const { line, message } of inManifest) {
    expect(line, message).toBeGreaterThan(0);
    expect(message).not.toBe("");
  }
});

describe("alone, each names its line and how to mend it", () => {
  test.each(MISTAKES.map((mistake) => [mistake[2], mistake] as const))("%s", (path, mistake) => {
    const text = spoiled([mistake]);
    const parsed = parseManifest(text);
    const problem = parsed.ok ? undefined : parsed.error.find((one) => one.path === path);
    expect(problem?.message).toMatch(mistake[3]);
    const key = path.split(/[.[]/).at(-1)?.replace("]", "") as string;
    const line = text.split("\n")[(problem?.line ?? 0) - 1];
    // What is missing is reported where it should stand: at the top of what holds it.
    expect(line).toContain(path === "ahead" ? "id:" : Number.isNaN(Number(key)) ? key : "surfaces");
    expect(printProblem("unpushed-leak", problem!)).toMatch(new RegExp(`^unpushed-leak/lab\\.yaml:\\d+: `));
  });
});

const NOT_YAML: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ["a tab as indentation", `id: x\n\tversion: 1`, /not valid YAML/],
  ["a key twice", `${good}\nid: again\n`, /not valid YAML/],
  ["aliases that grow", `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`, /alias/],
  ["a list at the top", `- id: x\n`, /must be/],
  ["nothing", ``, /must be/],
  ["too long", `# ${"x".repeat(300_000)}\n${good}`, /longer than/],
  ["a tag that runs code", `id: !!js/function "function () {}"\n`, /./],
];

test.each(NOT_YAML)("%s is refused without harm", (_name, text, message) => {
  const parsed = parseManifest(text);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? "" : parsed.error.map((problem) => problem.message).join("\n")).toMatch(message);
});

test("a key that names a prototype is only a key", () => {
  const parsed = parseManifest(`${good}\n__proto__: { polluted: true }\nconstructor: 1\n`);
  expect(parsed.ok).toBe(false);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
