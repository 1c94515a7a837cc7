/** The style sheets of the lab page share one page: each class is laid out by one of them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Classes that a sheet styles by themselves, not as part of something of its own. */
function classesOf(css: string): Set<string> {
  const rules = css.replace(/\/\*.*?\*\//gs, "").matchAll(/(?:^|[{}])\s*([^{}@]+)\{/g);
  const selectors = [...rules].flatMap(([, list = ""]) => list.split(","));
  return new Set(selectors.flatMap((selector) => /^\s*\.([\w-]+)/.exec(selector)?.[1] ?? []));
}

test("forge.css and workbench.css do not style the same classes", () => {
  const bench = classesOf(read("workbench.css"));
  const forge = classesOf(read("forge/forge.css"));
  expect(bench.size).toBeGreaterThan(100);
  expect(forge.size).toBeGreaterThan(30);
  expect([...forge].filter((name) => bench.has(name))).toEqual([]);
});
