/** The report of `leaklab pipeline` for people, and its exit code. */
import type { PipelineReport } from "../worker/protocol.ts";
import { EXIT } from "./usage.ts";

const FINE = ["success", "skipped", "neutral"];

/** 2 where a workflow is invalid, 1 where something failed or did not end, else 0. */
export function pipelineExit({ runs }: PipelineReport): number {
  if (runs.some(({ conclusion }) => conclusion === "startup_failure")) return EXIT.usage;
  return runs.every(({ conclusion }) => conclusion !== null && FINE.includes(conclusion))
    ? EXIT.ok
    : EXIT.notPassed;
}

export function pipelineText({ runs, problems }: PipelineReport): string {
  const lines = runs.flatMap((run) => [
    `${run.workflow} (${run.event}): ${run.conclusion ?? "waiting"}`,
    ...run.jobs.flatMap((job) => [
      `  ${job.name}: ${job.conclusion ?? "waiting"}`,
      ...job.steps.flatMap((step) => [
        `    ${step.name}: ${step.conclusion ?? "waiting"}`,
        ...step.log
          .split("\n")
          .filter(Boolean)
          .map((line) => `      ${line}`),
      ]),
    ]),
  ]);
  const found = problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
  if (runs.length === 0) lines.push("no workflow runs for this event");
  return [...lines, ...found].map((line) => `${line}\n`).join("");
}
