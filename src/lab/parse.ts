/** Reads lab.yaml. Every mistake is reported, all at once, with its line and how to mend it. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { z } from "zod";
import { err, ok, type Result } from "../base/result.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";
import type { LabProblem } from "./problem.ts";

const FILE = "lab.yaml";
const MAX_BYTES = 256 * 1024;

export function parseManifest(text: string): Result<Manifest, readonly LabProblem[]> {
  if (text.length > MAX_BYTES) return err([{ file: FILE, path: "", line: 0, message: `is longer than ${MAX_BYTES} characters; shorten it` }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    return err(document.errors.map((error) => ({ file: FILE, path: "", line: lineOf(error.pos[0]), message: `is not valid YAML: ${firstLine(error.message)}` })));
  }
  const parsed = manifestSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  const place = (path: readonly PropertyKey[]) => lineAt(document.contents, path, lineOf);
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => problemsOf(issue, place)));
  const cross = crossCheck(parsed.data, place);
  return cross.length > 0 ? err(cross) : ok(parsed.data);
}

function firstLine(text: string): string {
  return text.split("\n")[0] as string;
}

type Place = (path: readonly PropertyKey[]) => number;

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

function problemsOf(issue: z.core.$ZodIssue, place: Place): LabProblem[] {
  const at = (path: readonly PropertyKey[], message: string): LabProblem => ({ file: FILE, path: printPath(path), line: place(path), message });
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => at([...issue.path, key], `is not a field of a lab; remove it or correct its spelling`));
  }
  return [at(issue.path, mend(issue))];
}

function mend(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.input === undefined) return `is missing; add it (${issue.expected})`;
  if (issue.code === "invalid_type") return `must be ${issue.expected}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return `is too short or small; the least is ${issue.minimum}`;
  if (issue.code === "too_big") return `is too long or large; the most is ${issue.maximum}`;
  return issue.message;
}

function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)), "");
}

/** What one field cannot know: names that must be unique, and names that must exist. */
function crossCheck(manifest: Manifest, place: Place): LabProblem[] {
  const problems: LabProblem[] = [];
  const add = (path: PropertyKey[], message: string) => problems.push({ file: FILE, path: printPath(path), line: place(path), message });
  for (const list of ["checks", "diagnoses", "credentials"] as const) {
    const seen = new Set<string>();
    manifest[list].forEach((item, i) => {
      if (seen.has(item.id)) add([list, i, "id"], `"${item.id}" is used twice; give each its own id`);
      seen.add(item.id);
    });
  }
  const checks = new Set(manifest.checks.map((check) => check.id));
  const credentials = new Set(manifest.credentials.map((credential) => credential.id));
  manifest.diagnoses.forEach((diagnosis, i) => {
    if (!checks.has(diagnosis.check)) add(["diagnoses", i, "check"], `there is no check "${diagnosis.check}"; name one of ${[...checks].join(", ")}`);
    if (words(diagnosis.message) > 35) add(["diagnoses", i, "message"], `has ${words(diagnosis.message)} words; a diagnosis has at most 35`);
  });
  [...manifest.checks.map((item, i) => ["checks", i, item] as const), ...manifest.diagnoses.map((item, i) => ["diagnoses", i, item] as const)].forEach(([list, i, item]) => {
    const credential = item.with["credential"];
    if (credential !== undefined && !credentials.has(String(credential))) add([list, i, "with", "credential"], `there is no credential "${String(credential)}"; name one of ${[...credentials].join(", ")}`);
  });
  return problems;
}

export function words(text: string): number {
  return text.trim().split(/\s+/).filter(Boolean).length;
}
