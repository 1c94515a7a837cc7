/**
 * What one field of a manifest cannot know: ids that must be unique, names that must exist, options that depend on a
 * kind. It reads data that may have other mistakes, so that an author learns all of them at once.
 */
import { checkKinds, diagnosisKinds } from "../grader/registry.ts";
import { personOf } from "../world/person.ts";
import { cloudGrants, databaseGrants, forgeGrants, storeGrants } from "./manifestWorld.ts";
import type { LabProblem } from "./problem.ts";
import { words } from "./words.ts";

type Row = Readonly<Record<string, unknown>>;
type At = (path: readonly PropertyKey[], message: string) => LabProblem;

const DIAGNOSIS_WORDS = 35;

export function crossCheck(data: unknown, at: At): LabProblem[] {
  const lists = [
    ["checks", "id"],
    ["diagnoses", "id"],
    ["credentials", "id"],
    ["people", "login"],
    ["repositories", "name"],
    ["stories", "file"],
  ] as const;
  const problems = lists.flatMap(([list, key]) => repeated(list, key, rows(data, list), at));
  const checks = rows(data, "checks");
  const diagnoses = rows(data, "diagnoses");
  const known: Known = {
    credential: ids(rows(data, "credentials")),
    story: new Set(rows(data, "stories").map(({ file }) => String(file))),
  };
  return [
    ...problems,
    ...checks.flatMap((row, i) => needProblems(row, i, checks.slice(0, i), at)),
    ...rows(data, "credentials").flatMap((row, i) => grantProblems(row, i, at)),
    ...keyProblems(rows(data, "credentials"), at),
    ...rows(data, "attackers").flatMap((row, i) => holdProblems(row, i, known.credential, at)),
    ...diagnoses.flatMap((row, i) => diagnosisProblems(row, i, ids(checks), at)),
    ...checks.flatMap((row, i) => optionProblems(["checks", i], row, checkKinds, known, at)),
    ...diagnoses.flatMap((row, i) => optionProblems(["diagnoses", i], row, diagnosisKinds, known, at)),
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

function repeated(list: string, key: string, items: readonly Row[], at: At): LabProblem[] {
  const used = items.map((item) => item[key]);
  const again = [...used.entries()].filter(([i, name]) => name !== undefined && used.indexOf(name) < i);
  return again.map(([i, name]) =>
    at(
      [list, i, key],
      `"${String(name)}" is used twice; ${key === "id" ? "give each its own id" : "name it once"}`,
    ),
  );
}

function needProblems({ needs }: Row, i: number, before: readonly Row[], at: At): LabProblem[] {
  const known = ids(before);
  const unknown = (Array.isArray(needs) ? needs : []).filter((id) => !known.has(String(id)));
  return unknown.map((id) =>
    at(["checks", i, "needs"], `"${String(id)}" is no check above this one; put it first`),
  );
}

/** What an attacker has from the beginning must be there. */
function holdProblems({ holds }: Row, i: number, known: ReadonlySet<string>, at: At): LabProblem[] {
  const unknown = (Array.isArray(holds) ? holds : []).filter((id) => !known.has(String(id)));
  return unknown.map((id) =>
    at(
      ["attackers", i, "holds"],
      `there is no credential "${String(id)}"; name one of ${[...known].join(", ")}`,
    ),
  );
}

/** What a credential opens must be known to who honours it; for the forge also whose it is. */
function grantProblems({ issuer, owner, kind, grants }: Row, i: number, at: At): LabProblem[] {
  if (issuer === "cloud") return cloudProblems(kind, grants, i, at);
  if (issuer === "store") return shapeProblems(storeGrants, grants ?? {}, i, at);
  if (issuer === "database" && grants) return shapeProblems(databaseGrants, grants, i, at);
  if (issuer !== "forge") return [];
  const problems: LabProblem[] = [];
  if (!personOf(String(owner)))
    problems.push(at(["credentials", i, "owner"], `must be the login of a person, for the forge honours it`));
  if (grants === undefined || grants === null) return problems;
  return [...problems, ...shapeProblems(forgeGrants, grants, i, at)];
}

/** A key of the cloud has two halves, which only one kind has. */
function cloudProblems(kind: unknown, grants: unknown, i: number, at: At): LabProblem[] {
  const wrong =
    kind === "awsKey" ? [] : [at(["credentials", i, "kind"], "must be awsKey, for the cloud honours it")];
  return [...wrong, ...shapeProblems(cloudGrants, grants ?? {}, i, at)];
}

/** A user of the cloud has two access keys at most. */
function keyProblems(credentials: readonly Row[], at: At): LabProblem[] {
  const users = credentials.map(({ issuer, grants }) =>
    issuer === "cloud" && isRow(grants) ? String(grants["user"]).toLowerCase() : null,
  );
  const before = (i: number) => users.slice(0, i).filter((user) => user === users[i]).length;
  const third = [...users.keys()].filter((i) => users[i] !== null && before(i) >= 2);
  return third.map((i) =>
    at(["credentials", i, "grants", "user"], "has two access keys above; that is all a user may have"),
  );
}

function shapeProblems(schema: OptionSchema, grants: unknown, i: number, at: At): LabProblem[] {
  const issues = schema.safeParse(grants).error?.issues ?? [];
  return issues.map(({ path, message }) => at(["credentials", i, "grants", ...path], message));
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

/** What options may name, by the field that names it. */
type Known = Readonly<Record<"credential" | "story", ReadonlySet<string>>>;

function optionProblems(
  place: readonly PropertyKey[],
  row: Row,
  kinds: Readonly<Record<string, object>>,
  known: Known,
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
  return [...problems, ...unknownNames([...place, "with"], options, known, at)];
}

/** Credentials and stories that options name, at whatever depth, but that the lab does not have. */
function unknownNames(place: readonly PropertyKey[], value: unknown, known: Known, at: At): LabProblem[] {
  if (!isRow(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const names = key === "credential" || key === "story" ? known[key] : null;
    if (!names || typeof item !== "string") return unknownNames([...place, key], item, known, at);
    if (names.has(item)) return [];
    return [at([...place, key], `there is no ${key} "${item}"; name one of ${[...names].join(", ")}`)];
  });
}
