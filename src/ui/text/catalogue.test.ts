/** Every sentence of the interface stands in every catalogue, with the same braces, and no catalogue has others. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { LANGUAGES } from "./text.ts";
import { sentencesIn, type Said } from "./sentences.fixture.ts";

const SRC = join(import.meta.dirname, "../..");

const said: readonly Said[] = ["ui", "layouts", "pages"].flatMap((folder) =>
  readdirSync(join(SRC, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:tsx?|astro)$/.test(name) && !/\.(?:test|fixture)\.tsx?$/.test(name))
    .map((name) => join(SRC, folder, name))
    .flatMap((path) => sentencesIn(relative(SRC, path), readFileSync(path, "utf8"))),
);
const keys = new Set(said.flatMap(({ key }) => key ?? []));
const braces = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("there is something to translate, and each sentence is a literal", () => {
  expect(keys.size).toBeGreaterThan(100);
  expect(said.filter(({ key }) => key === null).map(({ at }) => at)).toEqual([]);
});

for (const language of Object.keys(LANGUAGES).filter((name) => name !== "en")) {
  const text = readFileSync(join(import.meta.dirname, `${language}.yaml`), "utf8");
  const catalogue = parse(text) as Record<string, string>;
  const entries = Object.entries(catalogue);

  test(`${language}: no sentence is missing`, () => {
    const missing = said.filter(({ key }) => key !== null && !Object.hasOwn(catalogue, key));
    expect(missing.map(({ at, key }) => `${at}: ${key}`)).toEqual([]);
  });

  test(`${language}: no sentence that nobody says`, () => {
    expect(entries.map(([key]) => key).filter((key) => !keys.has(key))).toEqual([]);
  });

  test(`${language}: every sentence says something, and has the braces of its English`, () => {
    expect(entries.filter(([, value]) => typeof value !== "string" || value.trim() === "")).toEqual([]);
    const differ = entries.filter(([key, value]) => braces(key).join() !== braces(value).join());
    expect(differ).toEqual([]);
  });

  test(`${language}: in the order of the English`, () => {
    const order = entries.map(([key]) => key);
    expect(order).toEqual([...order].sort());
  });
}

test.each([
  ['t("Run checks")', ["Run checks"]],
  ["bench.t(\n  'Two\\nlines'\n)", ["Two\nlines"]],
  ['t.many(n, "{n} place", "{n} places", { who })', ["{n} place", "{n} places"]],
  ['said("Day")', ["Day"]],
  ["<p>{t(`plain`)}</p>", ["plain"]],
  ["t(label)", []],
  ["t(LABELS[kind] ?? kind)", []],
  ["t('One' + more)", [null]],
  ["t(`Hint ${n}`)", [null]],
  ["t(open ? 'Close' : 'Open').toLowerCase()", ["Close", "Open"]],
  ['// t("in a comment")', []],
  ['next("x"); at("y"); bench.set("z")', []],
])("%s", (source, expected) => {
  expect(sentencesIn("x.tsx", source).map(({ key }) => key)).toEqual(expected);
});

test("sentences of an Astro page: in its frontmatter, its markup and its attributes", () => {
  const page =
    '---\nconst t = textOf("de");\nconst a = t("One");\n---\n<a title={t("Two")}>{t("Three")}</a>\n';
  expect(sentencesIn("x.astro", page).map(({ key }) => key)).toEqual(["One", "Two", "Three"]);
});
