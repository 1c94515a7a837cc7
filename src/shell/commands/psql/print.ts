/** How `psql` shows results. https://www.postgresql.org/docs/current/app-psql.html */
import type { Outcome } from "../../../world/services/database/sql/connection.ts";
import type { Value } from "../../../world/services/database/model.ts";
import type { Asked } from "./options.ts";

type Format = Pick<Asked, "unaligned" | "tuplesOnly" | "quiet" | "separator" | "expanded">;
export type Rows = Outcome & { readonly kind: "rows" };

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export function print(outcome: Outcome, query: string, format: Format, prefix: string): Printed {
  if (outcome.kind === "error") return { stdout: "", stderr: errorText(outcome, query, prefix) };
  if (outcome.kind === "command") return { stdout: format.quiet ? "" : `${outcome.tag}\n`, stderr: "" };
  return { stdout: table(outcome, format), stderr: "" };
}

export function shown(value: Value): string {
  if (value === null) return "";
  return typeof value === "boolean" ? (value ? "t" : "f") : String(value);
}

export function table({ columns, rows }: Rows, format: Format, title: string | null = null): string {
  const texts = rows.map((row) => row.map(shown));
  if (format.expanded) return expandedTable(columns, texts, format);
  if (format.unaligned) {
    const lines = [...(format.tuplesOnly ? [] : [columns]), ...texts].map((row) =>
      row.join(format.separator),
    );
    return [...lines, ...(format.tuplesOnly ? [] : [footer(rows.length)]), ""].join("\n");
  }
  const widths = columns.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const right = columns.map((_name, i) => rows.some((row) => typeof row[i] === "number"));
  const line = (row: readonly string[]) =>
    row
      .map((text, i) => (right[i] ? text.padStart(widths[i] as number) : text.padEnd(widths[i] as number)))
      .map((text, i, all) => (i === all.length - 1 && !right[i] ? text.trimEnd() : text))
      .join(" | ");
  const body = texts.map((row) => ` ${line(row)}`);
  if (format.tuplesOnly) return [...body, "", ""].join("\n");
  const width = widths.reduce((sum, it) => sum + it + 3, -1);
  const head = ` ${columns.map((name, i) => centred(name, widths[i] as number)).join(" | ")} `;
  const rule = widths.map((it) => "-".repeat(it + 2)).join("+");
  const above =
    title === null ? [] : [" ".repeat(Math.max(0, Math.floor((width - title.length) / 2))) + title];
  return [...above, head, rule, ...body, footer(rows.length), "", ""].join("\n");
}

function expandedTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  format: Format,
): string {
  if (rows.length === 0) return format.tuplesOnly ? "" : "(0 rows)\n\n";
  const width = Math.max(...columns.map(({ length }) => length));
  const widest = Math.max(...rows.flatMap((row) => row.map(({ length }) => length)));
  const records = rows.map((row, i) => {
    const title = `-[ RECORD ${i + 1} ]`;
    const rule = title.padEnd(width + 1, "-") + (title.length > width ? "" : "+");
    const head = format.tuplesOnly ? [] : [rule.padEnd(width + 3 + widest, "-")];
    return [...head, ...row.map((text, at) => `${(columns[at] as string).padEnd(width)} | ${text}`)].join(
      "\n",
    );
  });
  return `${records.join("\n")}\n\n`;
}

function footer(rows: number): string {
  return `(${rows} row${rows === 1 ? "" : "s"})`;
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return " ".repeat(left) + text + " ".repeat(width - text.length - left);
}

function errorText(
  { message, at, detail }: Outcome & { readonly kind: "error" },
  query: string,
  prefix: string,
): string {
  const lines = [`${prefix}ERROR:  ${message}`];
  if (at !== null) {
    const before = query.slice(0, at);
    const number = before.split("\n").length;
    const line = query.split("\n")[number - 1] ?? "";
    const label = `LINE ${number}: `;
    lines.push(label + line, `${" ".repeat(label.length + at - (before.lastIndexOf("\n") + 1))}^`);
  }
  if (detail !== null) lines.push(`DETAIL:  ${detail}`);
  return `${lines.join("\n")}\n`;
}
