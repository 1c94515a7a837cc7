/** Something happened on the forge: which workflows does it start? */
import type { Json } from "../../base/json.ts";
import { SETTINGS } from "../../world/services/forge/actions/model.ts";
import { settingsOf } from "../../world/services/forge/actions/settings.ts";
import { EVENTS, type ForgeEvent } from "../../world/services/forge/events.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import { common } from "../../world/services/forge/happened.ts";
import { session } from "../../world/services/forge/identity.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";
import { workflowFiles, type WorkflowFile } from "../documents.ts";
import type { Engine } from "../engine.ts";
import { createRun } from "../run/create.ts";
import { SCHEDULES } from "../run/records.ts";
import { LONGEST_CHAIN } from "../run/workflowRun.ts";
import { field } from "../workflow/node.ts";
import { skips, wants } from "./filters.ts";
import { occasionOf, record, text, type Occasion } from "./occasion.ts";
import { scan, scheduleNext } from "./registry.ts";

export async function onEvent(engine: Engine, id: string): Promise<void> {
  const { tables, forge } = engine.world;
  const event = tables.of(EVENTS).get(id);
  tables.of(EVENTS).delete(id);
  const repository = event && forge.find(event.repository);
  // While a lab's start is being made nothing starts.
  if (!event || !repository || repository.beingMade) return;
  if (event.name === "push" && event.payload["ref"] === `refs/heads/${repository.defaultBranch}`)
    await scan(engine, repository, event.actor);
  await startRuns(engine, repository, event);
  // The same webhook is two triggers.
  if (event.name === "pull_request")
    await startRuns(engine, repository, { ...event, name: "pull_request_target" });
}

async function startRuns(engine: Engine, repository: Repository, event: ForgeEvent): Promise<void> {
  const { forge } = engine.world;
  const occasion = occasionOf(forge, event);
  if (!occasion || !isEnabled(engine, repository) || isTooLong(occasion)) return;
  const objects = objectsOf(forge, repository);
  if (skips(occasion, objects)) return;
  for (const file of workflowFiles(objects, occasion.source)) {
    if (!mayMean(occasion, file)) continue;
    const parsed = await engine.documents.parse(objects, file);
    if (!parsed.ok) {
      if (reportsBrokenFiles(occasion))
        await createRun(engine, repository, occasion, file, null, parsed.problems);
    } else if (wants(field(parsed.root, "on"), occasion, objects))
      await createRun(engine, repository, occasion, file, parsed.root);
  }
}

/** Workflows of a fork rest until its owner enables them. */
function isEnabled({ world }: Engine, repository: Repository): boolean {
  const chosen = world.tables.of(SETTINGS).has(repositoryId(repository).toLowerCase());
  return settingsOf(world.forge, repository).enabled && (repository.fork === null || chosen);
}

function isTooLong({ event, payload }: Occasion): boolean {
  return (
    event === "workflow_run" && Number(record(payload["workflow_run"])["leaklab_chain"]) >= LONGEST_CHAIN
  );
}

/** A dispatch and a schedule mean one workflow. */
function mayMean({ event, payload }: Occasion, { path }: WorkflowFile): boolean {
  if (event !== "workflow_dispatch" && event !== "schedule") return true;
  const wanted = text(payload["workflow"]);
  return path === wanted || path.endsWith(`/${wanted}`);
}

/** What triggers a broken file nobody knows; a push shows that it is broken. */
function reportsBrokenFiles({ event }: Occasion): boolean {
  return event === "push" || event === "workflow_dispatch" || event === "schedule";
}

/** `pipeline/cron`: a schedule is due, unless it was changed meanwhile. */
export async function onCron(
  engine: Engine,
  { repository: id, path, cron, generation }: Readonly<Record<string, string | number | boolean>>,
  repeats = true,
): Promise<void> {
  const { world } = engine;
  const schedule = world.tables.of(SCHEDULES).get(`${id} ${path}`);
  const repository = world.forge.find(String(id));
  if (!schedule || !repository || schedule.generation !== generation) return;
  if (repeats) scheduleNext(world, schedule);
  const payload: { [key: string]: Json } = { ...common(world.forge, session(schedule.actor), repository) };
  await startRuns(engine, repository, {
    id: 0,
    atMs: world.clock.now(),
    name: "schedule",
    action: null,
    repository: repositoryId(repository),
    actor: schedule.actor,
    byJob: false,
    payload: { ...payload, schedule: String(cron), workflow: String(path) },
  });
}

/** Lets every schedule of a repository be due now; what was scheduled before goes on. */
export async function everySchedule(engine: Engine, repository: string): Promise<void> {
  const { world } = engine;
  for (const { path, crons, generation } of world.tables
    .of(SCHEDULES)
    .filter((it) => it.repository === repository))
    for (const cron of crons)
      world.queue.schedule(world.clock.now(), "pipeline/due", { repository, path, cron, generation });
}
