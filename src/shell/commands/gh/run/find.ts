/** Finding runs and jobs, and their fields for `--json`. */
import type { GhCall } from "../call.ts";
import type { Fields } from "../json.ts";
import type { Job, Run, Workflow } from "../rest.ts";
import { GhStop, usageError } from "../stop.ts";

/** The run of the argument, or one that the person chooses. `words`: said where nobody can be asked. */
export async function chosenRun(
  call: GhCall,
  words: string,
  fits: (run: Run) => boolean = () => true,
): Promise<Run> {
  const [id] = call.args;
  if (id !== undefined) return findRun(call, id);
  if (!call.attended) throw usageError(words);
  const runs = (await call.list<Run>(`${await call.at()}/actions/runs`, 10, "workflow_runs")).filter(fits);
  if (runs.length === 0) throw new GhStop("found no runs to choose from");
  const shown = runs.map(({ id: number, display_title }) => `${number} ${display_title}`).join(", ");
  return findRun(call, (await call.ask(`Select a workflow run (${shown})`)).trim());
}

export async function findRun(call: GhCall, id: string): Promise<Run> {
  const attempt = call.flags.value("attempt");
  const path = `${await call.at()}/actions/runs/${encodeURIComponent(id)}`;
  const run = await call
    .get<Run>(attempt === undefined ? path : `${path}/attempts/${encodeURIComponent(attempt)}`)
    .catch((error: unknown) => {
      throw error instanceof GhStop && error.status !== null
        ? new GhStop(`failed to get run: ${error.message}`)
        : error;
    });
  return run;
}

export async function jobsOf(call: GhCall, run: Run): Promise<Job[]> {
  const at = `${await call.at()}/actions/runs/${run.id}`;
  const attempt = call.flags.has("attempt") ? `/attempts/${run.run_attempt}` : "";
  return call.list<Job>(`${at}${attempt}/jobs`, undefined, "jobs");
}

export async function findJob(call: GhCall, id: string): Promise<Job> {
  return call
    .get<Job>(`${await call.at()}/actions/jobs/${encodeURIComponent(id)}`)
    .catch((error: unknown) => {
      throw error instanceof GhStop && error.status !== null
        ? new GhStop(`failed to get job: ${error.message}`)
        : error;
    });
}

async function workflowOf(call: GhCall, run: Run): Promise<Workflow | null> {
  return call.find<Workflow>(`${await call.at()}/actions/workflows/${run.workflow_id}`);
}

export const RUN_FIELDS: Fields<Run> = {
  attempt: (it) => it.run_attempt,
  conclusion: (it) => it.conclusion ?? "",
  createdAt: (it) => it.created_at,
  databaseId: (it) => it.id,
  displayTitle: (it) => it.display_title,
  event: (it) => it.event,
  headBranch: (it) => it.head_branch ?? "",
  headSha: (it) => it.head_sha,
  name: (it) => it.name ?? "",
  number: (it) => it.run_number,
  startedAt: (it) => it.run_started_at ?? it.created_at,
  status: (it) => it.status ?? "",
  updatedAt: (it) => it.updated_at,
  url: (it) => it.html_url,
  workflowDatabaseId: (it) => it.workflow_id,
  workflowName: async (it, call) => (await workflowOf(call, it))?.name ?? it.name ?? "",
};

export const VIEW_FIELDS: Fields<Run> = {
  ...RUN_FIELDS,
  jobs: async (it, call) => (await jobsOf(call, it)).map(jobJson),
};

function jobJson(job: Job): unknown {
  return {
    completedAt: job.completed_at,
    conclusion: job.conclusion ?? "",
    databaseId: job.id,
    name: job.name,
    startedAt: job.started_at,
    status: job.status,
    steps: (job.steps ?? []).map(({ name, number, status, conclusion, started_at, completed_at }) => ({
      completedAt: completed_at ?? null,
      conclusion: conclusion ?? "",
      name,
      number,
      startedAt: started_at ?? null,
      status,
    })),
    url: job.html_url ?? "",
  };
}
