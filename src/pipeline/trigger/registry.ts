/** The forge's list of workflows, and the schedules of those on the default branch. */
import { registerWorkflow } from "../../world/services/forge/actions/workflows.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";
import type { World } from "../../world/world.ts";
import { workflowFiles } from "../documents.ts";
import type { Engine } from "../engine.ts";
import { SCHEDULES, type Schedule } from "../run/records.ts";
import { isUtc } from "../run/unsupported.ts";
import { field, items, literalText, type Mapping } from "../workflow/node.ts";
import { nextTime } from "./cron.ts";
import { askedFor } from "./filters.ts";

export function nameOf(document: Mapping, path: string): string {
  return literalText(field(document, "name")) || path;
}

/** Looks at the default branch anew: lists its workflows, sets their schedules. */
export async function scan(engine: Engine, repository: Repository, actor: string): Promise<void> {
  const { world } = engine;
  const id = repositoryId(repository);
  const objects = objectsOf(world.forge, repository);
  const commit = objects.ref(`refs/heads/${repository.defaultBranch}`);
  const files = commit === null ? [] : workflowFiles(objects, commit);
  for (const file of files) {
    const parsed = await engine.documents.parse(objects, file);
    registerWorkflow(world.forge, repository, file.path, parsed.ok ? nameOf(parsed.root, file.path) : null);
    setSchedule(world, id, file.path, parsed.ok ? cronsOf(parsed.root) : [], actor);
  }
  const paths = files.map(({ path }) => path);
  for (const schedule of world.tables.of(SCHEDULES).filter((it) => it.repository === id))
    if (!paths.includes(schedule.path)) setSchedule(world, id, schedule.path, [], actor);
}

function cronsOf(document: Mapping): string[] {
  const asked = askedFor(field(document, "on"), "schedule");
  return items(asked?.config ?? undefined).flatMap((item) =>
    isUtc(item) ? (literalText(field(item, "cron")) ?? []) : [],
  );
}

/** What is scheduled already goes on where nothing changed. */
function setSchedule(world: World, repository: string, path: string, crons: string[], actor: string): void {
  const table = world.tables.of(SCHEDULES);
  const key = `${repository} ${path}`;
  const known = table.get(key);
  if (!known && crons.length === 0) return;
  if (known && known.crons.join("\n") === crons.join("\n")) return;
  const generation = (known?.generation ?? 0) + 1;
  scheduleNext(world, table.set(key, { repository, path, crons, actor, generation }));
}

export function scheduleNext(world: World, { repository, path, crons, generation }: Schedule): void {
  const times = crons.flatMap((cron) => {
    const at = nextTime(cron, world.clock.now());
    return at === null ? [] : [{ cron, at }];
  });
  const [first] = times.sort((a, b) => a.at - b.at);
  if (first)
    world.queue.schedule(first.at, "pipeline/cron", { repository, path, cron: first.cron, generation });
}
