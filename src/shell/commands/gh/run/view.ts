/** `gh run view`. https://cli.github.com/manual/gh_run_view */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import type { Artifact, Job, Run } from "../rest.ts";
import { type ExitCode, GhStop, usageError } from "../stop.ts";
import { browse } from "../subject.ts";
import { chosenRun, findJob, findRun, jobsOf, VIEW_FIELDS } from "./find.ts";
import { isFailure, logLines } from "./logs.ts";
import { annotationsText, headText, jobsText } from "./show.ts";

export const runView: GhCommand = {
  name: "view",
  args: "[<run-id>] [flags]",
  about: "View a run, its jobs and logs",
  takes: [0, 1],
  json: Object.keys(VIEW_FIELDS),
  flags: `-a, --attempt uint   The attempt number of the workflow run
    --exit-status   Exit with non-zero status if run failed
-j, --job string   View a specific job ID from a run
    --log   View full log for either a run or specific job
    --log-failed   View the log for any failed steps in a run or specific job
-v, --verbose   Show job steps
-w, --web   Open run in the browser`,
  run: view,
};

async function view(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  if (flags.on("log") && flags.on("log-failed"))
    throw usageError("specify only one of --log or --log-failed");
  if (flags.on("web") && (flags.on("log") || flags.on("log-failed")))
    throw usageError("specify only one of --web or --log");
  const only = flags.value("job");
  if (only !== undefined && call.args.length > 0)
    call.note("warning: both run and job IDs specified; ignoring run ID");
  const job = only === undefined ? null : await findJob(call, only);
  const run = job
    ? await findRun(call, String(job.run_id))
    : await chosenRun(call, "run or job ID required when not running interactively");
  if (flags.on("web")) {
    browse(call, job?.html_url ?? run.html_url);
    return 0;
  }
  if (await printJson(call, run, VIEW_FIELDS)) return 0;
  const jobs = job ? [job] : await jobsOf(call, run);
  if (flags.on("log") || flags.on("log-failed")) {
    if (run.status !== "completed" && job?.status !== "completed")
      throw new GhStop(
        `${job ? "job" : "run"} ${job?.id ?? run.id} is still in progress; logs will be available when it is complete`,
      );
    call.out(await logLines(call, run, jobs, flags.on("log-failed")));
  } else await show(call, run, job, jobs);
  return flags.on("exit-status") && isFailure(job?.conclusion ?? run.conclusion) ? 1 : 0;
}

async function show(call: GhCall, run: Run, job: Job | null, jobs: readonly Job[]): Promise<void> {
  const verbose = call.flags.on("verbose") || job !== null;
  call.out(`\n${await headText(call, run)}\n\n`);
  if (jobs.length === 0 && isFailure(run.conclusion)) {
    call.out(`${call.paint("X This run likely failed because of a workflow file issue.", "red")}\n`);
    call.out(`\nFor more information, see: ${run.html_url}\n`);
    return;
  }
  call.out(`${call.paint("JOBS", "bold")}\n${jobsText(call, jobs, verbose)}`);
  call.out(await annotationsText(call, jobs));
  if (job === null) call.out(await artifactsText(call, run));
  call.out(hints(run, job, jobs));
}

async function artifactsText(call: GhCall, run: Run): Promise<string> {
  const path = `${await call.at()}/actions/runs/${run.id}/artifacts`;
  const artifacts = await call.list<Artifact>(path, undefined, "artifacts");
  if (artifacts.length === 0) return "";
  const lines = artifacts.map(({ name, expired }) => `${name}${expired ? " (expired)" : ""}\n`);
  return `\n${call.paint("ARTIFACTS", "bold")}\n${lines.join("")}`;
}

function hints(run: Run, job: Job | null, jobs: readonly Job[]): string {
  const id = job?.id ?? run.id;
  const flag = job ? ` --job ${id}` : ` ${id}`;
  if (run.status === "completed" && isFailure(job?.conclusion ?? run.conclusion))
    return `\nTo see what failed, try: gh run view${flag} --log-failed\nView this run on GitHub: ${run.html_url}\n`;
  if (job)
    return `\nTo see the full job log, try: gh run view --log --job=${id}\nView this run on GitHub: ${run.html_url}\n`;
  const [first] = jobs;
  const more = jobs.length === 1 ? String(first?.id) : "<job-id>";
  return `\nFor more information about ${jobs.length === 1 ? "the job" : "a job"}, try: gh run view --job=${more}\nView this run on GitHub: ${run.html_url}\n`;
}
