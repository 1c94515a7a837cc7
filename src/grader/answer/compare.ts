/** One part of an answer beside the same part of the truth: what is missing, what is too much, which fields differ. */
import type { Json } from "../../base/json.ts";
import { own, rowsAt, type Row } from "./document.ts";
import { agrees, type FieldRule } from "./value.ts";

export interface Part {
  /** Where the rows stand, in the answer and in the truth: "credentials", "map.flows"; "" for the document itself. */
  readonly at?: string | undefined;
  /** Fields by which a row is found again; plain values need none. */
  readonly key?: readonly string[] | undefined;
  /** Where the truth has rows that must not be in the answer. */
  readonly not?: string | undefined;
  /** Least share of the truth's rows that are found. */
  readonly recall?: number | undefined;
  /** Least share of the answer's rows that are true. */
  readonly precision?: number | undefined;
  /** At least so many of the truth's rows are found, optional ones too. */
  readonly least?: number | undefined;
  readonly fields?: Readonly<Record<string, FieldRule>> | undefined;
}

export type Fault =
  /** A row of the truth that no row of the answer has. */
  | "missing"
  /** A row of the answer that the truth does not have. */
  | "extra"
  /** A row of the answer that the truth has among those that must not be there. */
  | "false"
  /** A field of a row that was found. */
  | "wrong";

export interface Problem {
  readonly fault: Fault;
  /** The truth's row; of an extra one the answer's. */
  readonly row: Row;
  readonly field: string | null;
  readonly given: Json | undefined;
  /** How the answer calls it, or the truth. */
  readonly key: string;
}

export interface Compared {
  readonly problems: readonly Problem[];
  readonly well: boolean;
}

const WHOLE = "";

export function compare(answer: Row, truth: Row, part: Part): Compared {
  const { at = WHOLE, fields = {} } = part;
  const keys = part.key ?? (at === WHOLE ? [] : ["value"]);
  const ours = rowsAt(answer, at);
  const theirs = rowsAt(truth, at);
  const wrongs = part.not === undefined ? [] : rowsAt(truth, part.not);
  const name = (row: Row) => keys.map((key) => firstText(own(row, key))).join(" ");
  const isOne = (given: Row, known: Row) =>
    keys.every((key) => agrees("any", own(given, key), own(known, key)));
  const problems: Problem[] = [];
  let found = 0;
  for (const row of theirs) {
    const given = ours.find((it) => isOne(it, row));
    if (given) {
      found += 1;
      problems.push(...differing(given, row, fields, name(given)));
    } else if (own(row, "optional") !== true) problems.push(problemOf("missing", row, name(row)));
  }
  let untrue = 0;
  for (const row of ours) {
    if (theirs.some((it) => isOne(row, it))) continue;
    untrue += 1;
    const known = wrongs.find((it) => isOne(row, it));
    problems.push(problemOf(known ? "false" : "extra", known ?? row, name(row)));
  }
  const needed = theirs.filter((row) => own(row, "optional") !== true).length;
  const missing = problems.filter(({ fault }) => fault === "missing").length;
  const well =
    !problems.some(({ fault }) => fault === "wrong" || fault === "false") &&
    (needed === 0 || (needed - missing) / needed >= (part.recall ?? 1)) &&
    (ours.length === 0 || (ours.length - untrue) / ours.length >= (part.precision ?? 1)) &&
    found >= (part.least ?? 0);
  if (found < (part.least ?? 0)) problems.push(problemOf("missing", {}, ""));
  return { problems, well };
}

/** As it is written. */
function firstText(value: Json | undefined): string {
  const first = Array.isArray(value) ? (value as readonly Json[])[0] : value;
  return first === undefined || first === null || typeof first === "object" ? "" : String(first).trim();
}

function problemOf(fault: Fault, row: Row, key: string): Problem {
  return { fault, row, field: null, given: undefined, key };
}

function differing(given: Row, row: Row, fields: NonNullable<Part["fields"]>, key: string): Problem[] {
  return Object.entries(fields).flatMap(([field, rule]) => {
    const value = own(given, field);
    // The truth may leave a field of a row open.
    if (own(row, field) === undefined && rule !== "filled") return [];
    return agrees(rule, value, own(row, field))
      ? []
      : [{ fault: "wrong" as const, row, field, given: value, key }];
  });
}
