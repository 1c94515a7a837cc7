/** The style sheets that meet on a page share its classes: each class is laid out by one of them. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const all = readdirSync(new URL(".", import.meta.url), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".css"),
);

/** Sheets of pages of the site; the others are the lab's. The tokens are everybody's. */
const SITE = /^(?:site\.css|site\/|report\/|search\/|progress\/progress)/;
const EVERYWHERE = /^tokens\.css$/;

/** Classes that a sheet styles by themselves: not as part of something, and not only on paper. */
function classesOf(css: string): Set<string> {
  const screen = css
    .replace(/\/\*.*?\*\//gs, "")
    // What stands in parentheses may hold commas, and makes the rule one for special cases.
    .replace(/\([^()]*\)/g, "( )")
    .replace(/@media print \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  const rules = screen.matchAll(/(?:^|[{}])\s*([^{}@]+)\{/g);
  const selectors = [...rules].flatMap(([, list = ""]) => list.split(","));
  return new Set(selectors.flatMap((selector) => /^\s*\.([\w-]+)[^\s>+~]*\s*$/.exec(selector)?.[1] ?? []));
}

/** "class: sheet, sheet" for each class that two sheets style. */
function shared(names: readonly string[]): string[] {
  const sheets = new Map<string, string[]>();
  for (const name of names)
    for (const style of classesOf(read(name))) sheets.set(style, [...(sheets.get(style) ?? []), name]);
  return [...sheets].filter(([, of]) => of.length > 1).map(([style, of]) => `${style}: ${of.join(", ")}`);
}

test("there is something to look at", () => {
  expect(all.length).toBeGreaterThan(5);
  expect(classesOf(read("workbench.css")).size).toBeGreaterThan(50);
});

test.each([
  ["the lab", all.filter((name) => !SITE.test(name) && !EVERYWHERE.test(name))],
  ["the site", all.filter((name) => SITE.test(name))],
])("no class of %s is styled by two sheets", (_page, names) => {
  expect(shared(names)).toEqual([]);
});
