/** Export, import and reset of progress. */
import type { Text } from "../text/text.ts";
import type { Added } from "./attempts.ts";
import { refresh, tellOthers, type PageState } from "./page-state.ts";
import {
  FILE_NAME,
  MAX_BYTES,
  printProgress,
  readProgress,
  REASONS,
  type ProgressFile,
  type ReadAttempt,
} from "./progress-file.ts";

/** Hands bytes or a text to the learner as a file. */
export function saveAs(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function exportProgress(state: PageState): Promise<void> {
  const [kept, attempts] = await Promise.all([state.store.all(), state.attempts.all()]);
  saveAs(FILE_NAME, printProgress(kept, attempts, Date.now()), "application/json");
}

/** The reader of attempt files with its schema is large: it comes when a file does. */
async function attemptReader(): Promise<ReadAttempt> {
  const { readSubmission } = await import("../../report/submission.ts");
  const encoder = new TextEncoder();
  return (text) => {
    const read = readSubmission("attempt", encoder.encode(text));
    return read.ok ? read.value.attempt : null;
  };
}

export interface ImportReport {
  readonly results: number;
  readonly attempts: readonly (readonly [lab: string, added: Added])[];
  readonly refused: ProgressFile["refused"];
}

const refusedWhole = (reason: keyof typeof REASONS): ImportReport => ({
  results: 0,
  attempts: [],
  refused: [{ reason, what: "" }],
});

export async function importProgress(state: PageState, file: Blob): Promise<ImportReport> {
  if (file.size > MAX_BYTES) return refusedWhole("too-large");
  const progress = readProgress(await file.text(), await attemptReader());
  const before = await state.store.all();
  const known = new Map(before.results.map((result) => [result.attempt, JSON.stringify(result)]));
  await state.store.addResults(progress.results);
  await state.store.addVisits(progress.visits);
  const attempts: (readonly [string, Added])[] = [];
  // One after another: each looks at what the one before it left.
  for (const attempt of progress.attempts)
    attempts.push([attempt.record.lab, await state.attempts.add(attempt)]);
  const after = await state.store.all();
  const results = after.results.filter((it) => known.get(it.attempt) !== JSON.stringify(it)).length;
  tellOthers();
  await refresh(state);
  return { results, attempts, refused: progress.refused };
}

/** What came in, in sentences; refusals come one by one. */
export function importSentences(t: Text, report: ImportReport): readonly string[] {
  const { results, attempts, refused } = report;
  const taken = attempts.filter(([, added]) => added !== "known").length;
  const aside = attempts.filter(([, added]) => added === "aside" || added === "apart").length;
  const whole = refused.length === 1 && refused[0]?.what === "";
  const news = [
    ...(results > 0 ? [t.many(results, "{n} result came in.", "{n} results came in.")] : []),
    ...(taken > 0 ? [t.many(taken, "{n} attempt came in.", "{n} attempts came in.")] : []),
  ];
  if (news.length === 0) news.push(t("Nothing new came in."));
  if (aside > 0)
    news.push(
      t.many(
        aside,
        "{n} of them is kept beside the attempt that you play here.",
        "{n} of them are kept beside the attempts that you play here.",
      ),
    );
  const refusals = refused.slice(0, 8).map(({ reason, what }) => t(REASONS[reason], { what }));
  const more = refused.length - refusals.length;
  if (more > 0) refusals.push(t.many(more, "{n} more was refused.", "{n} more were refused."));
  return whole ? refusals : [...news, ...refusals];
}

/** Goes on with an attempt that was set aside. */
export async function takeUp(state: PageState, attempt: string): Promise<void> {
  await state.attempts.takeUp(attempt);
  tellOthers();
  await refresh(state);
}

/** Forgets results and attempts of one lab, or of all. */
export async function reset(state: PageState, lab: string | null): Promise<void> {
  await state.store.forget(lab);
  await state.attempts.forget(lab);
  tellOthers();
  await refresh(state);
}
