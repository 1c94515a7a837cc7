/**
 * A lab in another language: `i18n/<language>/` has the same prose under the same names, and strings.yaml for the
 * strings of lab.yaml. What is missing there is shown in English, field by field. Worlds and grades stay English:
 * a translation is shown by the page and shapes nothing.
 */
import { z } from "zod";
import { sha256 } from "../base/digest.ts";
import type { LabFiles } from "./files.ts";
import type { Manifest } from "./manifest.ts";
import { parseYaml, type At } from "./parse.ts";
import type { LabProblem } from "./problem.ts";
import { lintTranslatedProse, proseOf, type Prose } from "./prose.ts";

const FILE = "strings.yaml";
const TEXT = /^(?:(?:brief|hints|debrief|question)\.md|cards\/[\w.-]+)$/;

const sentence = z.string().min(1).max(500);

const schema = z.strictObject({
  /** Name of a field or file → which English it translates: see `englishOf`. */
  of: z
    .record(
      z.string(),
      z.string().regex(/^[0-9a-f]{8}$/, "write the eight digits that `leaklab verify` names"),
    )
    .default({}),
  title: z.string().min(3).max(80).optional(),
  tasks: z.array(sentence).optional(),
  ahead: sentence.optional(),
  /** By id. */
  checks: z.record(z.string(), z.string().min(3).max(90)).default({}),
  diagnoses: z
    .record(z.string(), z.strictObject({ message: sentence, why: z.string().max(260).default("") }))
    .default({}),
  /** English sentence of the timetable, of attackers or replies → the same in this language. */
  events: z.record(z.string(), sentence).default({}),
});

export type Strings = z.infer<typeof schema>;

export interface Translation {
  readonly language: string;
  readonly prose: Partial<Prose>;
  readonly strings: Strings;
}

const NOTHING: Strings = { of: {}, checks: {}, diagnoses: {}, events: {} };

/** The languages that a lab has texts in, beside English. */
export function languagesOf(files: LabFiles): string[] {
  const names = Object.keys(files).map((path) => /^i18n\/([^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** What there is of a lab in a language, with everything its translator got wrong. */
export function translationOf(
  files: LabFiles,
  manifest: Manifest,
  language: string,
): { readonly translation: Translation; readonly problems: readonly LabProblem[] } {
  const folder = `i18n/${language}/`;
  const here = below(files, folder);
  const file = `${folder}${FILE}`;
  const parsed = parseYaml(file, here[FILE] ?? "{}", schema, (data, at) =>
    crossCheck(data, manifest, files, at),
  );
  const stray = Object.keys(here).filter((name) => name !== FILE && files[name] === undefined);
  const problems = [
    ...(parsed.ok ? [] : parsed.error),
    ...stray.map((name) => whole(`${folder}${name}`, "translates no file of the lab; correct its name")),
    ...lintTranslatedProse(here).map((problem) => ({ ...problem, file: `${folder}${problem.file}` })),
  ];
  return {
    translation: { language, prose: partOf(here), strings: parsed.ok ? parsed.value : NOTHING },
    problems,
  };
}

/** What changed in English since it was translated, or was never said to be of which English. */
export function translationDrift(files: LabFiles, manifest: Manifest): LabProblem[] {
  return languagesOf(files).flatMap((language) => {
    const { strings } = translationOf(files, manifest, language).translation;
    const here = below(files, `i18n/${language}/`);
    const english = englishOf(files, manifest);
    return [...Object.keys(here).filter((name) => TEXT.test(name)), ...namesIn(strings)].flatMap((name) => {
      const now = english.get(name);
      const known = strings.of[name];
      if (now === undefined || known === now) return [];
      const said = known === undefined ? "does not say which English it translates" : "English changed since";
      const message = `${said}; once both agree, write \`${name}: "${now}"\` below \`of\``;
      return [{ file: `i18n/${language}/${FILE}`, path: `of.${name}`, line: 0, message }];
    });
  });
}

/** The English of each field and file that can be translated, as eight digits of its SHA-256. */
function englishOf(
  files: LabFiles,
  { title, tasks, ahead, checks, diagnoses }: Manifest,
): Map<string, string> {
  const texts: (readonly [string, string])[] = [
    ...Object.entries(files).filter(([path]) => TEXT.test(path)),
    ["title", title],
    ["tasks", tasks.join("\n")],
    ["ahead", ahead],
    ...checks.map((check) => [`checks.${check.id}`, check.title] as const),
    ...diagnoses.map(({ id, message, why }) => [`diagnoses.${id}`, `${message}\n${why}`] as const),
  ];
  return new Map(texts.map(([name, text]) => [name, sha256(text.trim()).slice(0, 8)]));
}

function namesIn({ title, tasks, ahead, checks, diagnoses }: Strings): string[] {
  const single = Object.entries({ title, tasks, ahead }).filter(([, value]) => value !== undefined);
  return [
    ...single.map(([name]) => name),
    ...Object.keys(checks).map((id) => `checks.${id}`),
    ...Object.keys(diagnoses).map((id) => `diagnoses.${id}`),
  ];
}

function crossCheck(data: unknown, manifest: Manifest, files: LabFiles, at: At): LabProblem[] {
  const strings = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const { tasks } = strings;
  const english = englishOf(files, manifest);
  const count = manifest.tasks.length;
  return [
    ...unknownKeys("of", strings, new Set(english.keys()), at),
    ...unknownKeys("checks", strings, new Set(manifest.checks.map(({ id }) => id)), at),
    ...unknownKeys("diagnoses", strings, new Set(manifest.diagnoses.map(({ id }) => id)), at),
    ...unknownKeys("events", strings, new Set(sentencesOf(manifest)), at),
    ...(Array.isArray(tasks) && tasks.length !== count
      ? [at(["tasks"], `has ${tasks.length} tasks, and the lab has ${count}; translate each`)]
      : []),
    ...manifest.diagnoses.flatMap(({ id, message }) => strayBraces(id, message, strings, at)),
  ];
}

function unknownKeys(
  field: string,
  strings: Record<string, unknown>,
  known: ReadonlySet<string>,
  at: At,
): LabProblem[] {
  const unknown = keysOf(strings[field]).filter((key) => !known.has(key));
  return unknown.map((key) => at([field, key], "is nothing that this lab has; correct it or take it out"));
}

/** A value that the English sentence does not have is not known to the page. */
function strayBraces(id: string, english: string, strings: Record<string, unknown>, at: At): LabProblem[] {
  const rows = strings["diagnoses"] as Record<string, { message?: unknown } | null> | undefined;
  const message = keysOf(rows).includes(id) ? rows?.[id]?.message : undefined;
  if (typeof message !== "string") return [];
  const known = new Set(bracesOf(english));
  const stray = bracesOf(message).filter((name) => !known.has(name));
  return stray.map((name) =>
    at(["diagnoses", id, "message"], `has {${name}}, which the English sentence lacks`),
  );
}

function bracesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

/** What the clock and the timeline say of others. */
function sentencesOf({ timetable, attackers, replies }: Manifest): string[] {
  const rows: readonly object[] = [...timetable, ...attackers, ...replies];
  const said = rows.flatMap((row) =>
    ["known", "what"].map((field) => (row as Record<string, unknown>)[field]),
  );
  return said.filter((text) => typeof text === "string");
}

function partOf(here: LabFiles): Partial<Prose> {
  const { brief, hints, debrief, question, cards } = proseOf(here);
  return {
    ...(here["brief.md"] !== undefined && { brief }),
    ...(here["hints.md"] !== undefined && { hints }),
    ...(here["debrief.md"] !== undefined && { debrief }),
    ...(here["question.md"] !== undefined && { question }),
    ...(cards.length > 0 && { cards }),
  };
}

function below(files: LabFiles, folder: string): Record<string, string> {
  const paths = Object.keys(files).filter((path) => path.startsWith(folder));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), files[path] as string]));
}

function whole(file: string, message: string): LabProblem {
  return { file, path: "", line: 0, message };
}
