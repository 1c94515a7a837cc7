/** `gh run rerun`, `cancel` and `delete`. https://cli.github.com/manual/gh_run */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { GhStop, usageError } from "../stop.ts";
import { chosenRun, findJob } from "./find.ts";

export const runRerun: GhCommand = {
  name: "rerun",
  args: "[<run-id>] [flags]",
  about: "Run a run, its failed jobs or one job again",
  takes: [0, 1],
  flags: `-d, --debug   Rerun with debug logging
    --failed   Rerun only failed jobs, including dependencies
-j, --job string   Rerun a specific job ID from a run, including dependencies`,
  run: rerun,
};

export const runCancel: GhCommand = {
  name: "cancel",
  args: "[<run-id>] [flags]",
  about: "Cancel a run",
  takes: [0, 1],
  flags: "    --force   Force cancel a workflow run",
  run: cancel,
};

export const runDelete: GhCommand = {
  name: "delete",
  args: "[<run-id>] [flags]",
  about: "Delete a run",
  takes: [0, 1],
  run: remove,
};

async function rerun(call: GhCall): Promise<void> {
  const { flags } = call;
  const only = flags.value("job");
  if (only !== undefined && call.args.length > 0)
    call.note("warning: both run and job IDs specified; ignoring run ID");
  if (only !== undefined && flags.on("failed")) throw usageError("specify only one of `--failed` or `--job`");
  const body = flags.on("debug") ? { enable_debug_logging: true } : undefined;
  const at = await call.at();
  if (only !== undefined) {
    const job = await findJob(call, only);
    await call.send("POST", `${at}/actions/jobs/${job.id}/rerun`, body).catch(rerunFailed("job", job.id));
    return call.tell(`✓ Requested rerun of job ${job.id} on run ${job.run_id}`);
  }
  const run = await chosenRun(
    call,
    "`<run-id>` or `--job` required when not running interactively",
    ({ status }) => status === "completed",
  );
  const verb = flags.on("failed") ? "rerun-failed-jobs" : "rerun";
  await call.send("POST", `${at}/actions/runs/${run.id}/${verb}`, body).catch(rerunFailed("run", run.id));
  call.tell(`✓ Requested rerun${flags.on("failed") ? " (failed jobs)" : ""} of run ${run.id}`);
}

function rerunFailed(what: string, id: number) {
  return (error: unknown) => {
    if (error instanceof GhStop && error.status === 403)
      throw new GhStop(
        `${what} ${id} cannot be rerun; ${/HTTP 403: (.*) \(https/.exec(error.message)?.[1] ?? ""}`,
      );
    throw error instanceof GhStop ? new GhStop(`failed to rerun: ${error.message}`) : error;
  };
}

async function cancel(call: GhCall): Promise<void> {
  const run = await chosenRun(
    call,
    "run ID required when not running interactively",
    ({ status }) => status !== "completed",
  );
  const verb = call.flags.on("force") ? "force-cancel" : "cancel";
  await call.send("POST", `${await call.at()}/actions/runs/${run.id}/${verb}`).catch((error: unknown) => {
    if (error instanceof GhStop && error.status === 409)
      throw new GhStop("Cannot cancel a workflow run that is completed");
    throw error;
  });
  call.out("✓ Request to cancel workflow submitted.\n");
}

async function remove(call: GhCall): Promise<void> {
  const run = await chosenRun(
    call,
    "run ID required when not running interactively",
    ({ status }) => status === "completed",
  );
  await call.send("DELETE", `${await call.at()}/actions/runs/${run.id}`).catch((error: unknown) => {
    if (error instanceof GhStop && (error.status === 409 || error.status === 403))
      throw new GhStop("cannot delete a workflow run that is not completed");
    throw error;
  });
  call.out("✓ Request to delete workflow run submitted.\n");
}
