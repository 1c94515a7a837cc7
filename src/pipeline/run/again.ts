/** Begins a run: the first time, after an approval, or again. https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs */
import { invariant } from "../../base/invariant.ts";
import { RUNS } from "../../world/services/forge/actions/model.ts";
import type { Scheduled } from "../../world/queue.ts";
import type { Engine } from "../engine.ts";
import type { Mapping } from "../workflow/node.ts";
import { advance, letGo } from "./advance.ts";
import { beginRoot } from "./call.ts";
import { changeRun } from "./change.ts";
import { launch } from "./create.ts";
import { passGate } from "./gate.ts";
import { callOf, documentOf, jobOf, legOf, legsOfRun, nodeOf, objectsIn, runOf, stateOf } from "./look.ts";
import { LEGS, RUN_STATES } from "./records.ts";

/** `pipeline/begin`. */
export async function begin(engine: Engine, id: number): Promise<void> {
  if (runOf(engine.world, id).status === "completed") return;
  beginRoot(engine, id, await ownDocument(engine, id));
  await advance(engine, id);
}

async function ownDocument(engine: Engine, id: number): Promise<Mapping> {
  const { path, repository } = runOf(engine.world, id);
  const { blob } = stateOf(engine.world, id);
  const parsed = await engine.documents.parse(objectsIn(engine.world, repository), { path, blob });
  invariant(parsed.ok, `${path} was read before`);
  return parsed.root;
}

/** `pipeline/granted`: the concurrency group is free for "run 7" or "leg 12". */
export async function granted(engine: Engine, who: string): Promise<void> {
  const [kind, text] = who.split(" ");
  const id = Number(text);
  if (kind === "run") return begin(engine, id);
  const leg = engine.world.tables.of(LEGS).get(String(id));
  if (!leg || leg.state === "done") return;
  const document = await documentOf(engine, callOf(engine.world, nodeOf(engine.world, leg.node).call));
  await letGo(engine, document, legOf(engine.world, id).id);
}

/** `pipeline/review`: somebody answered. */
export async function reviewed(engine: Engine, id: number): Promise<void> {
  const { world } = engine;
  const run = world.tables.of(RUNS).get(String(id));
  if (!run) return;
  if (run.conclusion === "action_required") {
    changeRun(engine, id, { status: "queued", conclusion: null, startedAtMs: world.clock.now() });
    return launch(engine, id, await ownDocument(engine, id));
  }
  // Others wait for their concurrency group.
  for (const leg of legsOfRun(world, run))
    if (leg.state === "waiting" && !leg.calls && jobOf(world, leg.id).status === "waiting")
      passGate(engine, leg.id);
}

/** `pipeline/rerun {run, failedOnly, debug, actor}`. */
export async function rerun(engine: Engine, payload: Scheduled["payload"]): Promise<void> {
  const { world } = engine;
  const id = Number(payload["run"]);
  const run = world.tables.of(RUNS).get(String(id));
  if (run?.status !== "completed" || run.conclusion === "startup_failure") return;
  world.tables.of(RUN_STATES).change(String(id), {
    cancelled: false,
    rerunFailedOnly: payload["failedOnly"] === true || payload["job"] !== undefined,
    rerunJob: payload["job"] === undefined ? null : Number(payload["job"]),
  });
  changeRun(engine, id, {
    attempt: run.attempt + 1,
    triggeringActor: String(payload["actor"] ?? run.triggeringActor),
    debug: payload["debug"] === true,
    status: "queued",
    conclusion: null,
    startedAtMs: world.clock.now(),
    problems: [],
  });
  await launch(engine, id, await ownDocument(engine, id));
}
