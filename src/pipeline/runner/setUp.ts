/** "Set up job": what the runner tells before the first step. */
import { toUtf8 } from "../../base/bytes.ts";
import { logPath } from "../../world/services/forge/actions/files.ts";
import type { Job, Run, Runner } from "../../world/services/forge/actions/model.ts";
import type { World } from "../../world/world.ts";
import { Masker } from "../masking.ts";
import type { JobState, StepRun } from "../step.ts";
import { StepLog } from "./log.ts";

const VERSION = "2.328.0";

/** `containers`: what starting them said. */
export function writeSetUp(
  world: World,
  run: Run,
  job: Job,
  runner: Runner | null,
  state: JobState,
  containers: readonly string[],
): void {
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
  if (containers.length > 0) log.write(containers.join("\n"));
  log.save(world.forge.disk, logPath(run.id, job.attempt, job.id, 0));
}

const COMPLETE = " Complete job name: ";

/**
 * Tells in "Set up job" which commit an action is, as the real runner does there: before its last line. Once for each
 * action; a log that was deleted stays so.
 */
export function noteDownload(noting: Noting, text: string): void {
  const { world, run, job } = noting.request;
  const path = logPath(run.id, job.attempt, job.id, 0);
  const { disk } = world.forge;
  if (!disk.exists(path)) return;
  const lines = toUtf8(disk.read(path)).split("\n");
  const at = lines.findIndex((line) => line.includes(COMPLETE));
  const note = noting.mask(text);
  if (at < 0 || lines.some((line) => line.endsWith(` ${note}`))) return;
  const time = lines[at]?.slice(0, lines[at].indexOf(" ")) ?? "";
  disk.write(path, [...lines.slice(0, at), `${time} ${note}`, ...lines.slice(at)].join("\n"));
}

interface Noting {
  readonly request: Pick<StepRun, "world" | "run" | "job">;
  mask(text: string): string;
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
