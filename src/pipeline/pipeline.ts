/** The workflow engine: what the forge raises becomes runs, jobs and steps on the world's clock. */
import { invariant } from "../base/invariant.ts";
import { RUNS } from "../world/services/forge/actions/model.ts";
import type { Scheduled } from "../world/queue.ts";
import type { Happening, World } from "../world/world.ts";
import type { Engine, PipelineOptions } from "./engine.ts";
import { advance } from "./run/advance.ts";
import { begin, granted, rerun, reviewed } from "./run/again.ts";
import { cancelRun, displace } from "./run/cancel.ts";
import { abandon, abandonRun } from "./run/forgotten.ts";
import { passGate } from "./run/gate.ts";
import { startJob } from "./run/job.ts";
import { LEGS } from "./run/records.ts";
import { giveUp, takeQueued } from "./run/runners.ts";
import { runSteps } from "./run/steps.ts";
import { everySchedule, onCron, onEvent } from "./trigger/event.ts";
import { scan } from "./trigger/registry.ts";

type Payload = Scheduled["payload"];

const HAPPENINGS: Readonly<Record<string, (engine: Engine, payload: Payload) => void | Promise<void>>> = {
  // From the forge:
  event: (engine, { event }) => onEvent(engine, String(event)),
  rerun,
  cancel: (engine, { run }) => cancelRun(engine, Number(run)),
  review: (engine, { run }) => reviewed(engine, Number(run)),
  /** A runner came, or is online again. */
  runners: (engine) => takeQueued(engine),
  /** The default branch of a repository is to be looked at: a lab's start is made. */
  scan: (engine, { repository, actor }) => scanAgain(engine, String(repository), String(actor ?? "")),
  /** Every schedule of a repository is due at once. */
  schedules: (engine, { repository }) => everySchedule(engine, String(repository)),
  // Its own:
  cron: (engine, payload) => onCron(engine, payload),
  due: (engine, payload) => onCron(engine, payload, false),
  begin: (engine, { run }) => begin(engine, Number(run)),
  advance: (engine, { run }) => advance(engine, Number(run)),
  granted: (engine, { who }) => granted(engine, String(who)),
  displaced: (engine, { who }) => displace(engine, String(who)),
  gate: (engine, { job }) => passGate(engine, Number(job)),
  unassigned: (engine, { job }) => giveUp(engine, Number(job)),
  job: (engine, { job }) => startJob(engine, Number(job)),
  step: (engine, { job, tick }) => runSteps(engine, Number(job), Number(tick)),
};

async function scanAgain(engine: Engine, id: string, actor: string): Promise<void> {
  const repository = engine.world.forge.find(id);
  if (repository) await scan(engine, repository, actor || repository.owner);
}

/** A run or job that was deleted meanwhile, or whose repository was. */
function isGone({ tables, forge }: World, { run, job, who }: Payload): boolean {
  const leg = tables
    .of(LEGS)
    .get(String(job ?? (String(who ?? "").startsWith("leg ") ? String(who).slice(4) : "")));
  const id = run ?? leg?.run ?? (String(who ?? "").startsWith("run ") ? String(who).slice(4) : undefined);
  if (job !== undefined && !leg) return true;
  if (id === undefined) return false;
  const found = tables.of(RUNS).get(String(id));
  return !found || !forge.find(found.repository);
}

/** Everything scheduled as `pipeline/…`. */
export function pipeline(options: PipelineOptions): Happening {
  return async (world: World, { kind, payload }: Scheduled) => {
    const name = kind.slice("pipeline/".length);
    const happening = Object.hasOwn(HAPPENINGS, name) ? HAPPENINGS[name] : undefined;
    invariant(happening, `the pipeline does not know ${kind}`);
    const engine = { ...options, world };
    if (!isGone(world, payload)) await happening(engine, payload);
    else if (payload["job"] !== undefined) await abandon(engine, Number(payload["job"]));
    else if (payload["run"] !== undefined) abandonRun(engine, Number(payload["run"]));
  };
}
