/** `gh run list`. https://cli.github.com/manual/gh_run_list */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import type { Run } from "../rest.ts";
import { usageError } from "../stop.ts";
import { findWorkflow } from "../workflowFind.ts";
import { RUN_FIELDS } from "./find.ts";
import { runTable } from "./table.ts";

export const runList: GhCommand = {
  name: "list",
  aliases: ["ls"],
  about: "List recent runs",
  json: Object.keys(RUN_FIELDS),
  flags: `-a, --all   Include disabled workflows
-b, --branch string   Filter runs by branch
-c, --commit SHA   Filter runs by the SHA of the commit
    --created date   Filter runs by the date it was created
-e, --event event   Filter runs by which event triggered the run
-L, --limit int   Maximum number of runs to fetch (default 20)
-s, --status string   Filter runs by status: {queued|completed|in_progress|requested|waiting|pending|action_required|cancelled|failure|neutral|skipped|stale|startup_failure|success|timed_out}
-u, --user string   Filter runs by user who triggered the run
-w, --workflow string   Filter runs by workflow`,
  run: list,
};

const QUERY = {
  branch: "branch",
  commit: "head_sha",
  created: "created",
  event: "event",
  status: "status",
  user: "actor",
} as const;

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 20);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const query = new URLSearchParams();
  for (const [flag, parameter] of Object.entries(QUERY)) {
    const value = flags.value(flag);
    if (value !== undefined) query.set(parameter, value);
  }
  const which = flags.value("workflow");
  const workflow = which === undefined ? null : await findWorkflow(call, which, flags.on("all"));
  const at = `${await call.at()}/actions/${workflow ? `workflows/${workflow.id}/` : ""}runs`;
  const text = query.toString();
  const runs = await call.list<Run>(text === "" ? at : `${at}?${text}`, limit, "workflow_runs");
  if (await printJson(call, runs, RUN_FIELDS)) return;
  if (runs.length === 0) return call.tell("no runs found");
  runTable(call, runs);
}
