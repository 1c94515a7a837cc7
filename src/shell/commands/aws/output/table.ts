/** `--output table`: one box for each part of an answer. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html#table-output */
import type { Json } from "../../../../base/json.ts";
import { cell } from "./text.ts";

type Row = { readonly [name: string]: Json };

interface Section {
  readonly title: string;
  /** How many bars stand at either side. */
  readonly indent: number;
  headers: readonly string[];
  readonly rows: string[][];
}

/** What a table must fit into, or it is turned: a terminal of common width. */
const TERMINAL = 80;
const PADDING = 4;

export function tableOutput(value: Json, title: string): string {
  const sections: Section[] = [];
  addPart(sections, title, value, 0);
  if (sections.length === 0) return "";
  const wide = widest(sections) > TERMINAL;
  const shown = wide ? sections.map(turned) : sections;
  const width = widest(shown);
  return [`${"-".repeat(width)}\n`, ...shown.map((section) => drawn(section, width))].join("");
}

function addPart(sections: Section[], title: string | null, value: Json, indent: number): void {
  if (isEmpty(value)) return;
  if (title !== null) sections.push({ title, indent, headers: [], rows: [] });
  const section = sections.at(-1);
  if (!section) return;
  if (isRow(value)) addRow(sections, section, value, indent);
  else if (!Array.isArray(value)) section.rows.push([cell(value)]);
  else if (isRow(value[0] as Json)) addRows(sections, title ?? section.title, value as Row[], indent);
  else for (const item of value as readonly Json[]) addItem(sections, section, item, indent);
}

function addItem(sections: Section[], section: Section, item: Json, indent: number): void {
  if (!Array.isArray(item)) section.rows.push([cell(item)]);
  else if ((item as readonly Json[]).every((it) => it === null || typeof it !== "object"))
    section.rows.push((item as readonly Json[]).map(cell));
  else addPart(sections, null, item, indent);
}

function addRow(sections: Section[], section: Section, row: Row, indent: number): void {
  const { scalars, others } = parted([row]);
  if (scalars.length === 1)
    section.rows.push([scalars[0] as string, cell(row[scalars[0] as string] as Json)]);
  else if (scalars.length > 1) {
    section.headers = scalars;
    section.rows.push(scalars.map((name) => cell(row[name] as Json)));
  }
  for (const name of others) addPart(sections, name, row[name] as Json, indent + 1);
}

function addRows(sections: Section[], title: string, rows: readonly Row[], indent: number): void {
  const { scalars, others } = parted(rows);
  let section = sections.at(-1) as Section;
  section.headers = scalars;
  for (const [i, row] of rows.entries()) {
    if (i > 0 && others.length > 0) {
      section = { title, indent, headers: scalars, rows: [] };
      sections.push(section);
    }
    section.rows.push(scalars.map((name) => (Object.hasOwn(row, name) ? cell(row[name] as Json) : "")));
    for (const name of others)
      if (Object.hasOwn(row, name)) addPart(sections, name, row[name] as Json, indent + 1);
  }
}

function parted(rows: readonly Row[]): { scalars: string[]; others: string[] } {
  const all = rows.flatMap((row) => Object.entries(row));
  const isNested = ([, value]: readonly [string, Json]) => value !== null && typeof value === "object";
  const names = (entries: readonly (readonly [string, Json])[]) =>
    [...new Set(entries.map(([name]) => name))].sort();
  return { scalars: names(all.filter((it) => !isNested(it))), others: names(all.filter(isNested)) };
}

function isRow(value: Json | undefined): value is Row {
  return value !== null && value !== undefined && typeof value === "object" && !Array.isArray(value);
}

function isEmpty(value: Json): boolean {
  if (value === null || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A part of one row stands upright: a name and its value on each line. */
function turned(section: Section): Section {
  if (section.rows.length !== 1 || section.headers.length === 0) return section;
  const [row] = section.rows as [string[]];
  return { ...section, headers: [], rows: section.headers.map((name, i) => [name, row[i] ?? ""]) };
}

function columnWidths({ headers, rows }: Section): number[] {
  const all = [...(headers.length > 0 ? [headers] : []), ...rows];
  const columns = Math.max(0, ...all.map((row) => row.length));
  return Array.from({ length: columns }, (_, i) => Math.max(...all.map((row) => (row[i] ?? "").length)));
}

function widest(sections: readonly Section[]): number {
  return Math.max(
    ...sections.map((section) => {
      const cells = columnWidths(section).reduce((sum, width) => sum + width + PADDING, 0);
      return Math.max(section.title.length + 2, cells + 2) + 2 * section.indent;
    }),
  );
}

/** Columns are stretched until they fill the whole width. */
function stretched(section: Section, width: number): number[] {
  const natural = columnWidths(section).map((it) => it + PADDING);
  if (natural.length === 0) return [];
  const factor = width / natural.reduce((sum, it) => sum + it, 0);
  const scaled = natural.map((it) => roundEven(factor * it));
  let over = scaled.reduce((sum, it) => sum + it, 0) - width;
  for (let i = 0; over > 0; i = (i + 1) % scaled.length, over -= 1) scaled[i] = (scaled[i] as number) - 1;
  for (let i = scaled.length - 1; over < 0; i = (i + scaled.length - 1) % scaled.length, over += 1)
    scaled[i] = (scaled[i] as number) + 1;
  return scaled;
}

/** As Python rounds. */
function roundEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

function drawn(section: Section, whole: number): string {
  const width = whole - 2 * section.indent;
  const widths = stretched(section, width);
  const lines: string[] = [];
  if (section.title !== "") lines.push(centred(section.title, width, "|"));
  if (section.headers.length === 0 && section.rows.length === 0) lines.push(`+${"-".repeat(width - 2)}+`);
  if (section.headers.length > 0) {
    lines.push(rule(widths));
    lines.push(
      section.headers.map((name, i) => centred(name, widths[i] as number, i === 0 ? "|" : "")).join(""),
    );
  }
  if (section.rows.length > 0) {
    lines.push(rule(widths));
    for (const row of section.rows)
      lines.push(row.map((text, i) => aligned(text, widths[i] as number, i === 0 ? "|" : "")).join(""));
    lines.push(rule(widths));
  }
  const bars = "|".repeat(section.indent);
  return lines.map((line) => `${bars}${line}${bars}\n`).join("");
}

function rule(widths: readonly number[]): string {
  return widths
    .map((width, i) => (i === 0 ? `+${"-".repeat(width - 2)}+` : `${"-".repeat(width - 1)}+`))
    .join("");
}

function centred(text: string, width: number, left: string): string {
  const before = Math.max(0, Math.floor(width / 2) - Math.floor(text.length / 2) - 1);
  const head = `${left}${" ".repeat(before)}${text}`;
  return `${head}${" ".repeat(Math.max(0, width - 1 - head.length))}|`;
}

function aligned(text: string, width: number, left: string): string {
  const padding = width - (text.length + 2 + left.length + 1) >= 0 ? 2 : 0;
  const head = `${left}${" ".repeat(padding)}${text}`;
  return `${head}${" ".repeat(Math.max(0, width - 1 - head.length))}|`;
}
