/** "Set up job": what the runner tells before the first step. */
import { logPath } from "../../world/services/forge/actions/files.ts";
import type { Job, Run, Runner } from "../../world/services/forge/actions/model.ts";
import type { World } from "../../world/world.ts";
import { Masker } from "../masking.ts";
import type { JobState } from "../step.ts";
import { StepLog } from "./log.ts";

const VERSION = "2.328.0";

export function writeSetUp(world: World, run: Run, job: Job, runner: Runner | null, state: JobState): void {
  const log = new StepLog(new Masker(state.masks), () => world.clock.now());
  log.write(`Current runner version: '${VERSION}'`);
  if (runner) {
    log.write(`Runner name: '${runner.name}'\nRunner group name: '${runner.group}'`);
    log.write(`Machine name: '${runner.machine}'`);
  } else {
    log.write("##[group]Operating System\nLeakLab\n##[endgroup]");
    log.write("##[group]Runner Image\nImage: leaklab\n##[endgroup]");
  }
  log.write(
    ["##[group]GITHUB_TOKEN Permissions", ...permissionLines(job.permissions), "##[endgroup]"].join("\n"),
  );
  log.write(`Secret source: ${run.fromFork ? "None" : "Actions"}`);
  log.write("Prepare workflow directory\nPrepare all required actions");
  log.write(`Complete job name: ${job.name}`);
  log.save(world.forge.disk, logPath(run.id, job.attempt, job.id, 0));
}

/** "PullRequests: write", sorted, as the real runner writes them. */
function permissionLines(permissions: Job["permissions"]): string[] {
  const named = Object.entries({ metadata: "read", ...permissions });
  return named
    .map(([name, level]) => {
      const words = name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      return `${words.join("")}: ${level}`;
    })
    .sort();
}
