/**
 * hashFiles(): SHA-256 over the SHA-256 of every file, in the order in which the folder is walked.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#hashfiles
 */
import { concat } from "../../base/bytes.ts";
import { sha256, sha256Bytes } from "../../base/digest.ts";
import type { Disk } from "../../disk/disk.ts";

/** "" where no file matches. Patterns may be separated by lines; those that begin with `!` take away. */
export function hashFiles(disk: Disk, workspace: string, patterns: readonly string[]): string {
  const lines = patterns
    .flatMap((pattern) => pattern.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const files = disk.exists(workspace) ? filesBelow(disk, workspace, "") : [];
  const hashed = files.filter((path) => isMatched(lines, path, workspace));
  if (hashed.length === 0) return "";
  return sha256(concat(hashed.map((path) => sha256Bytes(disk.read(`${workspace}/${path}`)))));
}

function isMatched(lines: readonly string[], path: string, workspace: string): boolean {
  let matched = false;
  for (const line of lines) {
    const [, not = "", pattern = ""] = /^(!*)(.*)$/s.exec(line) ?? [];
    const relative = pattern.startsWith(`${workspace}/`) ? pattern.slice(workspace.length + 1) : pattern;
    if (matches(segments(relative), path.split("/"))) matched = not.length % 2 === 0;
  }
  return matched;
}

function segments(pattern: string): string[] {
  return pattern.replace(/^\.\//, "").split("/").filter(Boolean);
}

/** A pattern that names a folder names everything below it. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  // reached[i]: the first i parts of the pattern match what was read so far.
  let reached = closure(pattern, [0]);
  for (const name of path) {
    if (reached.has(pattern.length)) return true;
    const next: number[] = [];
    for (const at of reached) {
      const part = pattern[at] as string;
      if (part === "**") next.push(at);
      else if (matchesName(part, name)) next.push(at + 1);
    }
    reached = closure(pattern, next);
  }
  return reached.has(pattern.length);
}

function closure(pattern: readonly string[], states: readonly number[]): Set<number> {
  const found = new Set(states);
  for (const at of found) if (pattern[at] === "**") found.add(at + 1);
  return found;
}

/** `*` and `?` within one name, by walking all states at once. */
function matchesName(part: string, name: string): boolean {
  const units = [...part];
  let reached = starClosure(units, [0]);
  for (const character of name) {
    const next: number[] = [];
    for (const at of reached) {
      if (units[at] === "*") next.push(at);
      else if (units[at] === "?" || units[at] === character) next.push(at + 1);
    }
    reached = starClosure(units, next);
  }
  return reached.has(units.length);
}

function starClosure(units: readonly string[], states: readonly number[]): Set<number> {
  const found = new Set(states);
  for (const at of found) if (units[at] === "*") found.add(at + 1);
  return found;
}

function filesBelow(disk: Disk, root: string, prefix: string): string[] {
  return disk.listKinds(root + (prefix && `/${prefix.slice(0, -1)}`)).flatMap(([name, kind]) => {
    const path = prefix + name;
    if (kind === "directory") return filesBelow(disk, root, `${path}/`);
    return kind === "file" ? [path] : [];
  });
}
