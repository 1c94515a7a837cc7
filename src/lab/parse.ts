/** Reads lab.yaml. Every mistake is reported, all at once, with its line and how to mend it. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { z } from "zod";
import { err, ok, type Result } from "../base/result.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";
import { crossCheck } from "./crossCheck.ts";
import type { LabProblem } from "./problem.ts";

const FILE = "lab.yaml";
const MAX_BYTES = 256 * 1024;

export function parseManifest(text: string): Result<Manifest, readonly LabProblem[]> {
  return parseYaml(FILE, text, manifestSchema, crossCheck);
}

/** Makes a problem of what stands at a path of the file's data. */
export type At = (path: readonly PropertyKey[], message: string) => LabProblem;

/** One file of a lab as data. `cross` finds what a schema cannot know, in data that may have other mistakes. */
export function parseYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  cross: (data: unknown, at: At) => readonly LabProblem[],
): Result<T, readonly LabProblem[]> {
  const whole = (message: string, line = 0): LabProblem => ({ file, path: "", line, message });
  if (text.length > MAX_BYTES) return err([whole(`is longer than ${MAX_BYTES} characters; shorten it`)]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    const wrong = ({ message, pos }: (typeof document.errors)[number]) =>
      whole(`is not valid YAML: ${firstLine(message)}`, lineOf(pos[0]));
    return err(document.errors.map(wrong));
  }
  const data = plainData(document);
  if (data === undefined) return err([whole("uses aliases (*name); write each value out")]);
  const parsed = schema.safeParse(data, { reportInput: true });
  const at: At = (path, message) => ({
    file,
    path: printPath(path),
    line: lineAt(document.contents, path, lineOf),
    message,
  });
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, at));
  const problems = [...issues, ...cross(data, at)];
  return parsed.success && problems.length === 0 ? ok(parsed.data) : err(problems);
}

/** Aliases can make a small file huge; a manifest has none. */
function plainData(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0] as string;
}

/** The line of the deepest node of a path that exists. */
function lineAt(root: Node | null, path: readonly PropertyKey[], lineOf: (offset: number) => number): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    const child = childOf(node, key);
    if (!child) break;
    offset = child.offset;
    node = child.node;
  }
  return lineOf(offset);
}

function childOf(node: unknown, key: PropertyKey): { node: unknown; offset: number } | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    return pair ? { node: pair.value, offset: (pair.key as Node).range?.[0] ?? 0 } : null;
  }
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    return item ? { node: item, offset: item.range?.[0] ?? 0 } : null;
  }
  return null;
}

function problemsOf(issue: z.core.$ZodIssue, at: At): LabProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      at([...issue.path, key], `is not a field of a lab; remove it or correct its spelling`),
    );
  }
  return [at(issue.path, mend(issue))];
}

function mend(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.input === undefined)
    return `is missing; add it (${issue.expected})`;
  if (issue.code === "invalid_type") return `must be ${issue.expected}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return `is too short or small; the least is ${issue.minimum}`;
  if (issue.code === "too_big") return `is too long or large; the most is ${issue.maximum}`;
  return issue.message;
}

function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    "",
  );
}
