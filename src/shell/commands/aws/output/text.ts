/**
 * `--output text`: columns with tabs between, sorted by name; what is nested comes on lines of its own that begin with
 * the name in capital letters. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#text-output
 */
import type { Json } from "../../../../base/json.ts";

type Row = { readonly [name: string]: Json };

export function textOutput(value: Json): string {
  const lines: string[] = [];
  write(value, null, null, lines);
  return lines.map((line) => `${line}\n`).join("");
}

/** `columns`: the names that all objects of the same list have between them. */
function write(value: Json, name: string | null, columns: readonly string[] | null, lines: string[]): void {
  if (Array.isArray(value)) writeList(value as readonly Json[], name, lines);
  else if (isRow(value)) writeRow(value, name, columns, lines);
  else lines.push(cell(value));
}

function writeList(list: readonly Json[], name: string | null, lines: string[]): void {
  if (list.some(isRow)) {
    const columns = [...new Set(list.filter(isRow).flatMap(scalarNames))].sort();
    for (const item of list) write(item, name, columns, lines);
    return;
  }
  const scalars = list.filter((item) => !Array.isArray(item));
  if (scalars.length > 0) writeScalars(scalars, name, lines);
  for (const item of list) if (Array.isArray(item)) write(item, name, null, lines);
}

function writeScalars(list: readonly Json[], name: string | null, lines: string[]): void {
  if (name === null) lines.push(list.map(cell).join("\t"));
  else for (const item of list) lines.push(`${name.toUpperCase()}\t${cell(item)}`);
}

function writeRow(row: Row, name: string | null, columns: readonly string[] | null, lines: string[]): void {
  const shown = columns ?? scalarNames(row).sort();
  const cells = shown.map((column) => (Object.hasOwn(row, column) ? cell(row[column] as Json) : ""));
  if (cells.length > 0) lines.push([...(name === null ? [] : [name.toUpperCase()]), ...cells].join("\t"));
  for (const key of Object.keys(row).sort())
    if (!shown.includes(key)) write(row[key] as Json, key, null, lines);
}

function scalarNames(row: Row): string[] {
  return Object.keys(row).filter((key) => !isRow(row[key] as Json) && !Array.isArray(row[key]));
}

function isRow(value: Json): value is Row {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** As Python writes it. */
export function cell(value: Json): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
