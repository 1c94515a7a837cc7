/**
 * What one field of a manifest cannot know: ids that must be unique, names that must exist, options that depend on a
 * kind. It reads data that may have other mistakes, so that an author learns all of them at once.
 */
import { checkKinds, diagnosisKinds } from "../grader/registry.ts";
import type { LabProblem } from "./problem.ts";
import { words } from "./words.ts";

type Row = Readonly<Record<string, unknown>>;
type At = (path: readonly PropertyKey[], message: string) => LabProblem;

const DIAGNOSIS_WORDS = 35;

export function crossCheck(data: unknown, at: At): LabProblem[] {
  const lists = ["checks", "diagnoses", "credentials"] as const;
  const problems = lists.flatMap((list) => repeatedIds(list, rows(data, list), at));
  const checks = rows(data, "checks");
  const diagnoses = rows(data, "diagnoses");
  const credentials = ids(rows(data, "credentials"));
  return [
    ...problems,
    ...diagnoses.flatMap((row, i) => diagnosisProblems(row, i, ids(checks), at)),
    ...checks.flatMap((row, i) => optionProblems(["checks", i], row, checkKinds, credentials, at)),
    ...diagnoses.flatMap((row, i) => optionProblems(["diagnoses", i], row, diagnosisKinds, credentials, at)),
  ];
}

/** The rows of a list, as far as there is one; a row that is none stays in its place as an empty one. */
function rows(data: unknown, list: string): Row[] {
  const value = isRow(data) ? data[list] : undefined;
  return Array.isArray(value) ? value.map((item: unknown) => (isRow(item) ? item : {})) : [];
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ids(list: readonly Row[]): Set<string> {
  return new Set(list.map(({ id }) => id).filter((id) => typeof id === "string"));
}

function repeatedIds(list: string, items: readonly Row[], at: At): LabProblem[] {
  const used = items.map(({ id }) => id);
  const repeated = [...used.entries()].filter(([i, id]) => id !== undefined && used.indexOf(id) < i);
  return repeated.map(([i, id]) =>
    at([list, i, "id"], `"${String(id)}" is used twice; give each its own id`),
  );
}

function diagnosisProblems(
  { check, message }: Row,
  i: number,
  checks: ReadonlySet<string>,
  at: At,
): LabProblem[] {
  const problems: LabProblem[] = [];
  if (typeof check === "string" && !checks.has(check))
    problems.push(
      at(["diagnoses", i, "check"], `there is no check "${check}"; name one of ${[...checks].join(", ")}`),
    );
  const count = typeof message === "string" ? words(message) : 0;
  if (count > DIAGNOSIS_WORDS)
    problems.push(
      at(["diagnoses", i, "message"], `has ${count} words; a diagnosis has at most ${DIAGNOSIS_WORDS}`),
    );
  return problems;
}

/** The part of a kind's schema that is used here. */
interface OptionSchema {
  safeParse(value: unknown): {
    readonly error?: {
      readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
    };
  };
}

function optionProblems(
  place: readonly PropertyKey[],
  row: Row,
  kinds: Readonly<Record<string, object>>,
  credentials: ReadonlySet<string>,
  at: At,
): LabProblem[] {
  const options = row["with"] ?? {};
  const kind =
    typeof row["kind"] === "string" && Object.hasOwn(kinds, row["kind"])
      ? (kinds[row["kind"]] as { options: OptionSchema })
      : null;
  const problems = (kind?.options.safeParse(options).error?.issues ?? []).map((issue) =>
    at([...place, "with", ...issue.path], issue.message),
  );
  const credential = isRow(options) ? options["credential"] : undefined;
  if (typeof credential === "string" && !credentials.has(credential)) {
    problems.push(
      at(
        [...place, "with", "credential"],
        `there is no credential "${credential}"; name one of ${[...credentials].join(", ")}`,
      ),
    );
  }
  return problems;
}
