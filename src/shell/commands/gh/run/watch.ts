/** `gh run watch`: virtual time passes until the run is done. https://cli.github.com/manual/gh_run_watch */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import type { Run } from "../rest.ts";
import { type ExitCode, GhStop } from "../stop.ts";
import { chosenRun, findRun, jobsOf } from "./find.ts";
import { annotationsText, headText, jobsText } from "./show.ts";
import { isFailure } from "./logs.ts";
import { mark } from "./table.ts";

export const runWatch: GhCommand = {
  name: "watch",
  args: "<run-id> [flags]",
  about: "Watch a run until it completes, showing its progress",
  takes: [0, 1],
  flags: `    --compact   Show only relevant/failed steps
    --exit-status   Exit with non-zero status if run fails
-i, --interval int   Refresh interval in seconds (default 3)`,
  run: watch,
};

/** A run that waits for a reviewer would be watched for ever: a virtual day is enough. */
const LONGEST_WATCH = 86_400;

async function watch(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  let run = await chosenRun(
    call,
    "run ID required when not running interactively",
    ({ status }) => status !== "completed",
  );
  if (run.status === "completed") {
    const [sign] = mark(run);
    call.out(
      `Run ${call.paint(run.name ?? "", "bold")} (${run.id}) has already completed with '${run.conclusion ?? ""}'\n`,
    );
    return flags.on("exit-status") && sign === "X" ? 1 : 0;
  }
  const interval = Math.max(1, flags.number("interval", 3));
  let shown = await state(call, run);
  call.out(`${refreshLine(interval)}${shown}`);
  for (let waited = 0; run.status !== "completed"; waited += interval) {
    if (waited >= LONGEST_WATCH)
      throw new GhStop(`run ${run.id} is still not complete after a day of virtual time`);
    await call.sleep(interval);
    run = await findRun(call, String(run.id));
    const next = await state(call, run);
    // A real terminal is drawn again each time; here only what changed is shown.
    if (next !== shown) call.out(`${refreshLine(interval)}${next}`);
    shown = next;
  }
  if (call.screen.tty) {
    const [sign, colour] = mark(run);
    call.out(
      `\n${call.paint(sign, colour)} Run ${call.paint(run.name ?? "", "bold")} (${run.id}) completed with '${run.conclusion ?? ""}'\n`,
    );
  }
  return flags.on("exit-status") && (isFailure(run.conclusion) || run.conclusion === "cancelled") ? 1 : 0;
}

function refreshLine(interval: number): string {
  return `Refreshing run status every ${interval} seconds. Press Ctrl+C to quit.\n\n`;
}

async function state(call: GhCall, run: Run): Promise<string> {
  const jobs = await jobsOf(call, run);
  const annotations = run.status === "completed" ? await annotationsText(call, jobs) : "";
  return `${await headText(call, run)}\n\n${call.paint("JOBS", "bold")}\n${jobsText(call, jobs, true)}${annotations}\n`;
}
