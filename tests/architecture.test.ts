/** The rules of the tree: who imports whom, no cycles, nothing ambient in the core. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** Each may import those before it, and itself. */
const ORDER = ["base", "realm", "disk", "engine", "world", "shell", "pipeline", "grader", "lab", "attempt"];
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  worker: [...ORDER, "worker"],
  // Re-grading a class: the same in the command line and on a page. Outside the core, so that a report that is worded
  // anew does not make attempts old.
  report: [...ORDER, "worker", "report"],
  cli: [...ORDER, "worker", "report", "cli"],
};
/** Pages see the protocol, its client, and what is compiled at build time. */
const FACE = ["ui", "layouts", "pages"];
const SEEN_BY_FACE = [
  /^worker\/(?:protocol|client|worker)\.ts$/,
  /^attempt\/input\.ts$/,
  /^grader\/grade\.ts$/,
  /^lab\/compile\.ts$/,
  /^attempt\/core\.ts$/,
  // The report's page shows what the command line prints, made by the same code.
  /^report\/\w+\.ts$/,
];

/** Shapes that a lower part declares and a higher part fills, kept where the words live: types only. */
const TYPE_EXCEPTIONS: Readonly<Record<string, string>> = {
  "lab/manifest.ts → attempt/input.ts": "the settings of an attempt are named in a manifest",
  "lab/case.ts → attempt/input.ts": "a case script is a list of inputs",
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.(?:ts|tsx|astro)$/.test(name) && !/\.(?:test|fixture)\.tsx?$/.test(name),
);
const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(SRC, from), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map(
    (match) => match[1] as string,
  );
  return specifiers.map((specifier) => ({ from, to: normalize(join(dirname(from), specifier)) }));
});
const part = (path: string): string => path.split("/")[0] as string;

test("there is something to look at", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(100);
});

test("imports go one way", () => {
  const wrong = imports.filter(({ from, to }) => {
    const allowed = ORDER.includes(part(from))
      ? ORDER.slice(0, ORDER.indexOf(part(from)) + 1)
      : HOSTS[part(from)];
    return allowed !== undefined && !allowed.includes(part(to)) && !(`${from} → ${to}` in TYPE_EXCEPTIONS);
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test("every exception is still one", () => {
  const made = new Set(imports.map(({ from, to }) => `${from} → ${to}`));
  expect(Object.keys(TYPE_EXCEPTIONS).filter((exception) => !made.has(exception))).toEqual([]);
});

test("pages see only the protocol, the client and what is compiled", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      FACE.includes(part(from)) &&
      !FACE.includes(part(to)) &&
      !SEEN_BY_FACE.some((pattern) => pattern.test(to)),
  );
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test("no cycles, type imports included", () => {
  const next = Map.groupBy(imports, ({ from }) => from);
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open")
      return void cycles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
    state.set(file, "open");
    for (const { to } of next.get(file) ?? []) visit(to, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

describe("the core has nothing ambient", () => {
  /** What lint cannot see. */
  const AMBIENT: readonly (readonly [RegExp, string])[] = [
    [/\bnew Date\(\s*\)/, "the time of the host"],
    [/\bDate\.now\b/, "the time of the host"],
    [/\bMath\.random\b/, "the chance of the host"],
    [/\.localeCompare\(/, "the locale of the host"],
    [/\.toLocale\w*\(/, "the locale of the host"],
    [/\bglobalThis\b/, "the host"],
  ];
  const core = files.filter(
    (file) => ORDER.includes(part(file)) && part(file) !== "realm" && file !== "shell/bundling.ts",
  );
  test.each(AMBIENT)("%s", (pattern) => {
    const found = core.filter((file) => pattern.test(withoutComments(readFileSync(join(SRC, file), "utf8"))));
    expect(found).toEqual([]);
  });
});

/** What the patch of just-bash imports under one name; nothing of ours imports it. */
const BARREL_EXCEPTIONS = ["shell/builtins/builtins.ts"];

test("no barrels: no file of the core only re-exports", () => {
  const barrels = files.filter((file) => {
    if (BARREL_EXCEPTIONS.includes(file)) return false;
    const code = withoutComments(readFileSync(join(SRC, file), "utf8")).trim();
    return (
      code !== "" &&
      code
        .split(/;\s*\n/)
        .every(
          (statement) =>
            /^export (?:\*|\{[^}]*\}|type \{[^}]*\}) from/.test(statement.trim()) || statement.trim() === "",
        )
    );
  });
  expect(barrels).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
