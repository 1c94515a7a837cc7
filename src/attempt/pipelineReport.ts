/** What came of the runs of a world, in the shape that the command line prints. */
import { logPath } from "../world/services/forge/actions/files.ts";
import { JOBS, RUNS, type Job, type Problem, type Run } from "../world/services/forge/actions/model.ts";
import type { World } from "../world/world.ts";

export interface PipelineReport {
  readonly runs: readonly {
    readonly workflow: string;
    readonly event: string;
    /** Null where it still waits: for a person, or for a runner. */
    readonly conclusion: string | null;
    readonly jobs: readonly {
      readonly id: string;
      readonly name: string;
      readonly conclusion: string | null;
      readonly steps: readonly {
        readonly name: string;
        readonly conclusion: string | null;
        readonly log: string;
      }[];
      readonly outputs: Readonly<Record<string, string>>;
    }[];
  }[];
  readonly problems: readonly Problem[];
}

/** No hidden value is in it, whoever wrote it. */
export function reportOf(world: World, hidden: readonly string[]): PipelineReport {
  const hide = hiding(hidden);
  const runs = world.tables.of(RUNS).all();
  return {
    runs: runs.map((run) => ({
      workflow: hide(run.name),
      event: run.event,
      conclusion: run.conclusion,
      jobs: jobsOf(world, run).map((job) => jobReport(world, job, hide)),
    })),
    problems: runs.flatMap(({ problems }) =>
      problems.map(({ file, line, column, message }) => ({ file, line, column, message: hide(message) })),
    ),
  };
}

function jobsOf(world: World, run: Run): Job[] {
  return world.tables.of(JOBS).filter((job) => job.run === run.id && job.attempt === run.attempt);
}

function jobReport(world: World, job: Job, hide: (text: string) => string) {
  const steps = job.steps.map(({ number, name, conclusion }) => ({
    name: hide(name),
    conclusion,
    log: hide(logOf(world, job, number)),
  }));
  // What kept a job from beginning stands in no step.
  const about = job.annotations.map(({ message }) => `${message}\n`).join("");
  const unbegun = { name: "Set up job", conclusion: job.conclusion, log: hide(about) };
  return {
    id: job.key,
    name: hide(job.name),
    conclusion: job.conclusion,
    steps: steps.length === 0 && about !== "" ? [unbegun] : steps,
    outputs: Object.fromEntries(Object.entries(job.outputs).map(([name, value]) => [name, hide(value)])),
  };
}

/** Without the times before its lines. */
function logOf({ forge }: World, job: Job, step: number): string {
  const path = logPath(job.run, job.attempt, job.id, step);
  return forge.disk.exists(path) ? forge.disk.readText(path).replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /gm, "") : "";
}

function hiding(values: readonly string[]): (text: string) => string {
  const parts = values.flatMap((value) => [value, ...value.split(/\r?\n/)]).filter((part) => part !== "");
  const longestFirst = [...new Set(parts)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((shown, part) => shown.replaceAll(part, "***"), text);
}
