/** What the worker says in English, in the language of the page as far as the lab has been translated. */
import type { Diagnosis, Grade, LabPage, View } from "../../worker/protocol.ts";
import { fill } from "../text/text.ts";

/** A grade with the page's own titles and sentences. */
export function gradeIn({ translation }: LabPage, grade: Grade): Grade {
  if (!translation) return grade;
  const { checks, diagnoses } = translation;
  const diagnosis = (it: Diagnosis): Diagnosis => {
    const known = own(diagnoses, it.id);
    return known ? { ...it, message: fill(known.message, it.values), why: known.why || it.why } : it;
  };
  return {
    ...grade,
    checks: grade.checks.map((it) => ({ ...it, title: own(checks, it.id) ?? it.title })),
    diagnoses: grade.diagnoses.map(diagnosis),
  };
}

/** What others are about to do and did, where the lab has a sentence of its own for it. */
export function viewIn({ translation }: LabPage, view: View): View {
  if (!translation) return view;
  const said = <T extends { readonly what: string }>(it: T): T => {
    const what = own(translation.events, it.what);
    return what === undefined ? it : { ...it, what };
  };
  return { ...view, events: view.events.map(said), ahead: view.ahead.map(said) };
}

type Part = NonNullable<LabPage["translation"]>["english"][number];

/** For `lang`: set where a part of the lab is not in the language of the page. */
export function langOf({ translation }: LabPage, part: Part): "en" | undefined {
  return translation?.english.includes(part) ? "en" : undefined;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
