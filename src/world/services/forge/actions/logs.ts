/** What jobs wrote: one file per step on the forge's disk, shown whole per job. */
import { concat, toUtf8 } from "../../../../base/bytes.ts";
import type { Forge } from "../forge.ts";
import { jobFolder, logPath } from "./files.ts";
import { JOBS, RUNS, type Job, type Run } from "./model.ts";

/** All steps' logs one after another; null where there are none (not begun, or deleted). */
export function jobLog(forge: Forge, job: Job): string | null {
  const logs = stepLogs(forge, job);
  return logs.length === 0 ? null : toUtf8(concat(logs.map(({ bytes }) => bytes)));
}

/** In the order of the steps. */
export function stepLogs(forge: Forge, job: Job): { readonly step: number; readonly bytes: Uint8Array }[] {
  const { run, attempt, id } = job;
  return numbersOf(forge, job).map((step) => ({
    step,
    bytes: forge.disk.read(logPath(run, attempt, id, step)),
  }));
}

/** Logs of all attempts go; summaries and artifacts stay. */
export function deleteLogs(forge: Forge, run: Run): void {
  for (const job of forge.ports.tables.of(JOBS).filter((it) => it.run === run.id))
    for (const step of numbersOf(forge, job)) forge.disk.remove(logPath(job.run, job.attempt, job.id, step));
  forge.ports.tables.of(RUNS).change(String(run.id), { logsDeleted: true });
}

function numbersOf(forge: Forge, job: Job): number[] {
  const folder = jobFolder(job.run, job.attempt, job.id);
  if (!forge.disk.exists(folder)) return [];
  return forge.disk
    .list(folder)
    .flatMap((name) => (/^\d+\.txt$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}
