/** A run, its jobs and their annotations as text. */
import type { GhCall } from "../call.ts";
import type { Job, Run } from "../rest.ts";
import { ago, duration } from "../text.ts";
import { isFailure } from "./logs.ts";
import { mark } from "./table.ts";

export async function headText(call: GhCall, run: Run): Promise<string> {
  const [sign, colour] = mark(run);
  const attempt = run.run_attempt > 1 ? ` (Attempt #${run.run_attempt})` : "";
  const started = ago(run.run_started_at ?? run.created_at, call.now);
  return `${call.paint(sign, colour)} ${call.paint(run.head_branch ?? "", "bold")} ${run.name ?? ""} · ${run.id}${attempt}\nTriggered via ${call.paint(run.event, "bold")} ${started}`;
}

/** Steps too where `verbose`, or where the job failed. */
export function jobsText(call: GhCall, jobs: readonly Job[], verbose: boolean): string {
  return jobs
    .map((job) => {
      const [sign, colour] = mark(job);
      const head = `${call.paint(sign, colour)} ${call.paint(job.name, "bold")}${timeOf(job)} (ID ${job.id})\n`;
      if (!verbose && !isFailure(job.conclusion)) return head;
      return head + (job.steps ?? []).map((step) => stepLine(call, step)).join("");
    })
    .join("");
}

function timeOf(job: Job): string {
  if (!job.started_at || !job.completed_at || job.status !== "completed") return "";
  return ` in ${duration(Date.parse(job.completed_at) - Date.parse(job.started_at))}`;
}

function stepLine(
  call: GhCall,
  step: { readonly name: string; readonly status: string; readonly conclusion: string | null },
): string {
  const [sign, colour] = mark(step);
  return `  ${call.paint(sign, colour)} ${step.name}\n`;
}

interface Annotation {
  readonly annotation_level: string;
  readonly message: string;
  readonly path: string;
  readonly start_line: number;
}

const LEVELS: Readonly<Record<string, readonly [string, "red" | "yellow" | "gray"]>> = {
  failure: ["X", "red"],
  warning: ["!", "yellow"],
  notice: ["-", "gray"],
};

export async function annotationsText(call: GhCall, jobs: readonly Job[]): Promise<string> {
  const at = await call.at();
  let text = "";
  for (const job of jobs) {
    if (job.status !== "completed") continue;
    const response = await (await call.client()).send("GET", `${at}/check-runs/${job.id}/annotations`);
    const found = response.ok ? ((await response.json()) as Annotation[]) : [];
    for (const { annotation_level: level, message, path, start_line: line } of found) {
      const [sign, colour] = LEVELS[level] ?? ["-", "gray"];
      text += `${call.paint(sign, colour)} ${message}\n${call.paint(`${job.name}: ${path}#${line}`, "gray")}\n\n`;
    }
  }
  return text === "" ? "" : `\n${call.paint("ANNOTATIONS", "bold")}\n${text.replace(/\n$/, "")}`;
}
