/**
 * The attempt file: one JSON value a line. The first is the header; each further one is an input, the digest of the
 * state after an input, or a remark of whoever saved the file, which nothing rests on. `{"end": n}` says that n inputs
 * were all. A file that was cut off, reordered or edited is refused with its line.
 */
import { err, ok, type Result } from "../base/result.ts";
import type { Entry, Header } from "./input.ts";
import { digestSchema, endSchema, entrySchema, headerSchema, MAX_ENTRIES, remarkSchema } from "./schema.ts";

export interface Attempt {
  readonly header: Header;
  readonly entries: readonly Entry[];
  /** After which input which state was recorded. */
  readonly digests: ReadonlyMap<number, string>;
}

export interface LogProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export function printAttempt(attempt: Attempt): string {
  const lines = [JSON.stringify(attempt.header)];
  const initial = attempt.digests.get(0);
  if (initial) lines.push(JSON.stringify({ seq: 0, digest: initial }));
  for (const entry of attempt.entries) {
    lines.push(JSON.stringify(entry));
    const digest = attempt.digests.get(entry.seq);
    if (digest) lines.push(JSON.stringify({ seq: entry.seq, digest }));
  }
  lines.push(JSON.stringify({ end: attempt.entries.length }));
  return `${lines.join("\n")}\n`;
}

export function parseAttempt(text: string): Result<Attempt, LogProblem> {
  if (!text.endsWith("\n"))
    return err({ line: text.split("\n").length, message: "the file is cut off: its last line has no end" });
  const lines = text.slice(0, -1).split("\n");
  if (lines.length > 2 * MAX_ENTRIES)
    return err({ line: 2 * MAX_ENTRIES, message: "the file has too many lines" });
  const header = headerSchema.safeParse(parseJson(lines[0] as string));
  if (!header.success)
    return err({ line: 1, message: `is not the header of an attempt: ${firstIssue(header.error.issues)}` });
  const entries: Entry[] = [];
  const digests = new Map<number, string>();
  let ended = false;
  for (let i = 1; i < lines.length; i++) {
    const end = endSchema.safeParse(parseJson(lines[i] as string));
    const problem = end.success
      ? misplacedEnd(end.data.end, entries.length, ended)
      : readLine(lines[i] as string, entries, digests, ended);
    if (problem) return err({ line: i + 1, message: problem });
    ended ||= end.success;
  }
  if (!ended)
    return err({
      line: lines.length,
      message: `the file is cut off after input ${entries.length}: its end line is missing`,
    });
  return ok({ header: header.data, entries, digests });
}

/** Adds one line to what was read; returns what is wrong with it, or null. */
function readLine(
  line: string,
  entries: Entry[],
  digests: Map<number, string>,
  ended: boolean,
): string | null {
  const value = parseJson(line);
  if (value === undefined) return "is not JSON";
  if (remarkSchema.safeParse(value).success) return null;
  if (ended) return "stands after the end";
  const last = entries.at(-1);
  if (typeof value === "object" && value !== null && "digest" in value) {
    const digest = digestSchema.safeParse(value);
    if (!digest.success) return `is not a digest: ${firstIssue(digest.error.issues)}`;
    if (digest.data.seq !== (last?.seq ?? 0))
      return `the digest is of input ${digest.data.seq}, but input ${last?.seq ?? 0} stands before it`;
    digests.set(digest.data.seq, digest.data.digest);
    return null;
  }
  const entry = entrySchema.safeParse(value);
  if (!entry.success) return `is not an input: ${firstIssue(entry.error.issues)}`;
  if (entry.data.seq !== (last?.seq ?? 0) + 1)
    return `input ${(last?.seq ?? 0) + 1} is expected here, this is ${entry.data.seq}`;
  if (last && entry.data.at < last.at && !isUndo(last)) return "the time runs backwards";
  entries.push(entry.data);
  return null;
}

function misplacedEnd(count: number, inputs: number, ended: boolean): string | null {
  if (ended) return "is a second end";
  return count === inputs ? null : `says that there are ${count} inputs, but ${inputs} stand before it`;
}

function isUndo(entry: Entry): boolean {
  return entry.input.kind === "undo";
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function firstIssue(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  return issue ? `${issue.path.map(String).join(".") || "the value"}: ${issue.message}` : "unknown";
}
