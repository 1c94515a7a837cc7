/** A structured answer as the learner wrote it: a YAML file, or the front matter of a Markdown file. */
import { parse } from "yaml";
import { toUtf8 } from "../../base/bytes.ts";
import type { Json } from "../../base/json.ts";
import type { Disk } from "../../disk/disk.ts";

const MOST_BYTES = 256 * 1024;

export type Row = { readonly [name: string]: Json };

/** By what they were read from: every check and diagnosis of an answer reads it again. */
export type Documents = WeakMap<object, Row | string>;

/** The document, or in words why it cannot be read. */
export function readAnswer(disk: Disk, path: string, known: Documents): Row | string {
  if (!disk.exists(path) || !disk.stat(path).isFile) return "it is not there";
  const bytes = disk.read(path);
  if (bytes.length > MOST_BYTES) return "it is too long";
  // Bytes on a disk never change in place. A lab's answer has one name.
  return remembered(known, bytes, () => {
    const text = toUtf8(bytes);
    const source = path.endsWith(".md") ? frontMatter(text) : text;
    return source === null ? "it has no front matter between two lines ---" : parsed(source);
  });
}

export function remembered(known: Documents, from: object, read: () => Row | string): Row | string {
  const document = known.get(from) ?? read();
  known.set(from, document);
  return document;
}

export function parsed(source: string): Row | string {
  try {
    const value = parse(source, { logLevel: "error", maxAliasCount: 20 }) as unknown;
    return isRow(value) ? value : "it is no list of names and values";
  } catch (error) {
    // The library's own words name the line; they are the same in every engine.
    return ((error as Error).message.split("\n")[0] ?? "").replace(/:$/, "");
  }
}

/** Between a first line `---` and the next one. */
function frontMatter(text: string): string | null {
  return /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[1] ?? null;
}

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Never what every object has. */
export function own(row: Row, name: string): Json | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** What stands at `a.b`; the whole document at "". */
export function at(document: Row, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path === "" ? [] : path.split(".")) value = isRow(value) ? own(value, name) : undefined;
  return value;
}

/** Rows of a list: one that is no list is one row, and a plain value is a row of its own. */
export function rowsAt(document: Row, path: string): Row[] {
  const value = at(document, path);
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item: Json) => (isRow(item) ? item : { value: item }));
}
