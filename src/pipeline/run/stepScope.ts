/** What expressions of a running job see. */
import { githubContext, needsContext, neededBy, runnerContext, strategyContext } from "../contexts.ts";
import type { Engine } from "../engine.ts";
import type { Scope } from "../expression/evaluate.ts";
import { hashFiles } from "../expression/hashFiles.ts";
import type { Mapping } from "../workflow/node.ts";
import { callOf, jobOf, legOf, nodeOf, runOf } from "./look.ts";
import { eventFileOf } from "./paths.ts";
import type { Progress } from "./records.ts";
import { needsOf } from "./situation.ts";

/** `more` replaces or adds contexts (`env` with that of the step); `action` is the step's id. */
export function stepScope(
  engine: Engine,
  document: Mapping,
  progress: Progress,
  env: Readonly<Record<string, string>>,
  action = "",
): Scope {
  const { world } = engine;
  const job = jobOf(world, progress.job);
  const leg = legOf(world, progress.job);
  const node = nodeOf(world, leg.node);
  const run = runOf(world, job.run);
  const { machine, cancelled, failed } = progress;
  const token = world.credentials.get(machine.token)?.value ?? "";
  const github = {
    ...githubContext(world, run, token),
    job: node.key,
    action,
    workspace: machine.workspace,
    event_path: eventFileOf(machine),
  };
  const contexts = {
    github,
    inputs: callOf(world, node.call).inputs,
    vars: progress.vars,
    env,
    secrets: { ...progress.secrets, GITHUB_TOKEN: token },
    needs: needsContext(neededBy(world, node, needsOf(document, node.key))),
    matrix: leg.matrix ?? {},
    strategy: strategyContext(leg),
    steps: progress.steps,
    job: { status: cancelled ? "cancelled" : failed ? "failure" : "success", check_run_id: job.id },
    runner: runnerContext(world, job, machine),
  };
  const situation = {
    success: !failed,
    failure: failed,
    cancelled,
    hashFiles: (patterns: readonly string[]) =>
      hashFiles(world.machines.get(machine.machine), machine.workspace, patterns),
  };
  return { contexts, situation };
}
