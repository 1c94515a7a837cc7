import { useEffect } from "preact/hooks";
import { Icon } from "../workbench/Icon.tsx";
import { ToolPanel } from "../workbench/ToolPanel.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { JobGraph, type RunJob } from "./JobGraph.tsx";
import { API, change, FORGE, jsonOf, labTime, useLook } from "./looking.ts";
import { RunLog, type JobStep } from "./RunLog.tsx";
import type { RunSummary } from "./run.ts";
import { RunFiles } from "./RunFiles.tsx";
import { standing, StandingGlyph, standingWord } from "./status.tsx";

interface RunPage {
  readonly problems: readonly { file: string; line: number; column: number; message: string }[];
  readonly logs_deleted: boolean;
  readonly jobs: readonly RunJob[];
}

/** Runs of the lab's repositories: the newest one, or the one that was chosen, whole. */
export function PipelinePanel() {
  const bench = useBench();
  const t = useText();
  const { repository } = bench.place;
  const [runsLook, repositoryLook] =
    useLook([
      `${API}/repos/${repository.value}/actions/runs?per_page=50`,
      `${API}/repos/${repository.value}`,
    ]) ?? [];
  const runs = jsonOf<{ workflow_runs: RunSummary[] }>(runsLook)?.workflow_runs ?? null;
  const isPublic = jsonOf<{ visibility: string }>(repositoryLook)?.visibility === "public";
  // Evidence may name a run by its number.
  const wanted = bench.place.run.value;
  const run =
    runs?.find(({ id }) => id === wanted) ??
    runs?.find((it) => it.run_number === wanted) ??
    runs?.[0] ??
    null;
  return (
    <ToolPanel id="pipeline">
      {runs !== null && runs.length === 0 && (
        <p class="empty">
          {t("No run yet. A push, a pull request or a dispatch starts one where a workflow says so.")}
        </p>
      )}
      {run && runs && <Run run={run} runs={runs} isPublic={isPublic} />}
    </ToolPanel>
  );
}

interface RunProps {
  readonly run: RunSummary;
  readonly runs: readonly RunSummary[];
  readonly isPublic: boolean;
}

function Run({ run, runs, isPublic }: RunProps) {
  const bench = useBench();
  const { repository, job: chosen, jobName } = bench.place;
  const [look] = useLook([`${FORGE}/${repository.value}/actions/runs/${run.id}/page`]) ?? [];
  const page = jsonOf<RunPage>(look);
  const jobs = page?.jobs ?? [];
  const job =
    jobs.find(({ id }) => id === chosen.value) ??
    jobs.find(({ name }) => name === jobName.value) ??
    jobs.find(isTelling) ??
    jobs[0] ??
    null;
  return (
    <div class="run">
      <RunHead run={run} runs={runs} isPublic={isPublic} />
      {page?.problems.map((problem) => (
        <p class="run-problem" key={`${problem.line}:${problem.column}`}>
          <StandingGlyph of="failure" />{" "}
          <code>
            {problem.file}:{problem.line}:{problem.column}
          </code>{" "}
          {problem.message}
        </p>
      ))}
      {jobs.length > 0 && (
        <JobGraph jobs={jobs} selected={job?.id ?? null} onSelect={(id) => (chosen.value = id)} />
      )}
      {job && <JobLog key={job.id} run={run} job={job} logsDeleted={page?.logs_deleted ?? false} />}
      <RunFiles run={run} />
    </div>
  );
}

/** What one most likely wants to see: what failed, else what runs. */
function isTelling(job: RunJob): boolean {
  const of = standing(job.status, job.conclusion);
  return of === "failure" || of === "running" || of === "waiting";
}

function RunHead({ run, runs, isPublic }: RunProps) {
  const bench = useBench();
  const t = useText();
  const of = standing(run.status, run.conclusion);
  const select = (id: number) => {
    bench.place.run.value = id;
    bench.place.job.value = null;
    bench.place.jobName.value = null;
  };
  return (
    <div class="run-head">
      <StandingGlyph of={of} />
      <h3>{t("{workflow}, run {n}", { workflow: run.name, n: run.run_number })}</h3>
      <span class="run-about">
        <code>{run.event}</code> {t("of¦event of a commit")} <code>{run.head_sha.slice(0, 7)}</code>
        {run.head_branch && (
          <>
            {" "}
            {t("on")} <code>{run.head_branch}</code>
          </>
        )}
        {run.actor && ` ${t("by {who}", { who: run.actor.login })}`}, {labTime(bench, run.created_at)},{" "}
        {t(standingWord(of))}
      </span>
      <span class="spring" />
      {isPublic && (
        <span class="reach">
          <Icon name="people" size={14} /> {t("anyone can read this log")}
        </span>
      )}
      <RunActions run={run} />
      <label class="run-choice">
        <span class="sr-only">{t("Run")}</span>
        <select
          class="panel-field"
          value={run.id}
          onChange={(event) => select(Number(event.currentTarget.value))}
        >
          {runs.map((it) => (
            <option key={it.id} value={it.id}>
              {it.name} {it.run_number}: {it.display_title.slice(0, 40)} (
              {t(standingWord(standing(it.status, it.conclusion)))})
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function RunActions({ run }: { readonly run: RunSummary }) {
  const bench = useBench();
  const t = useText();
  const at = `${API}/repos/${bench.place.repository.value}/actions/runs/${run.id}`;
  const of = standing(run.status, run.conclusion);
  const ended = run.status === "completed";
  const send = (method: "POST" | "DELETE", path: string, done: string) => () =>
    void change(bench, { method, url: `${at}${path}`, done });
  return (
    <>
      {of === "waiting" && (
        <button type="button" class="button" onClick={() => void approve(bench, at, run)}>
          {t("Approve")}
        </button>
      )}
      {!ended && of !== "waiting" && (
        <button type="button" class="quiet" onClick={send("POST", "/cancel", t("The run is asked to stop."))}>
          {t("Cancel")}
        </button>
      )}
      {ended && (
        <>
          <button type="button" class="quiet" onClick={send("POST", "/rerun", t("The run starts again."))}>
            {t("Run again")}
          </button>
          <button type="button" class="quiet" onClick={send("DELETE", "/logs", t("The logs are deleted."))}>
            {t("Delete logs")}
          </button>
        </>
      )}
    </>
  );
}

/** A fork's run is approved as a whole, a deployment by environment: every one that waits. */
async function approve(bench: ReturnType<typeof useBench>, at: string, run: RunSummary): Promise<void> {
  if (run.conclusion === "action_required") {
    await change(bench, { method: "POST", url: `${at}/approve`, done: bench.t("The run may start.") });
    return;
  }
  const [look] =
    (await bench.session.client?.ask({ ask: "look", urls: [`${at}/pending_deployments`] })) ?? [];
  const pending = jsonOf<{ environment: { id: number; name: string } }[]>(look) ?? [];
  await change(bench, {
    method: "POST",
    url: `${at}/pending_deployments`,
    body: {
      environment_ids: pending.map(({ environment }) => environment.id),
      state: "approved",
      comment: "",
    },
    done: bench.t("Approved for {environments}.", {
      environments: pending.map(({ environment }) => environment.name).join(", "),
    }),
  });
}

interface JobLogProps {
  readonly run: RunSummary;
  readonly job: RunJob;
  readonly logsDeleted: boolean;
}

function JobLog({ run, job, logsDeleted }: JobLogProps) {
  const bench = useBench();
  const t = useText();
  const [look] =
    useLook([`${FORGE}/${bench.place.repository.value}/actions/runs/${run.id}/jobs/${job.id}/page`]) ?? [];
  const steps = jsonOf<{ steps: JobStep[] }>(look)?.steps ?? null;
  useEffect(() => focusShown(bench), [steps === null, bench.shown.value]);
  if (logsDeleted) return <p class="empty">{t("The logs of this run were deleted.")}</p>;
  if (steps === null) return null;
  if (steps.length === 0) return <p class="empty">{t("{job} has not begun.", { job: job.name })}</p>;
  return <RunLog run={run} job={job.name} steps={steps} />;
}

/** "Show" of a diagnosis led here: the line takes the focus. */
function focusShown(bench: ReturnType<typeof useBench>): void {
  if (bench.shownIn.value !== "pipeline") return;
  const line = document.querySelector<HTMLElement>('#panel-pipeline [data-evidence="true"]');
  line?.scrollIntoView({ block: "center" });
  line?.focus({ preventScroll: true });
}
