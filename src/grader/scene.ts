/**
 * What checks look at: the world as it stands, the world as the lab began, and every copy of what was planted.
 * Everything is computed once per grading, from forks; nothing here can change the learner's world.
 */
import git from "isomorphic-git";
import { prepareNeedles, type PreparedNeedle } from "../engine/needles.ts";
import { scanObject } from "../engine/engine.ts";
import { trace, type Traced } from "../engine/trace.ts";
import type { Disk } from "../disk/disk.ts";
import type { World } from "../world/world.ts";
import { diskClient } from "./diskClient.ts";
import { diskItems } from "./diskSurfaces.ts";
import { gitItems } from "./gitSurfaces.ts";
import { remoteItems } from "./remoteSurface.ts";
import type { GraderMemory } from "./memory.ts";
import { Repository } from "./repository.ts";
import type { Copy, Item, Surface } from "./surface.ts";

export interface Scene {
  readonly world: World;
  /** The world when the learner got it. */
  readonly start: World;
  /** Absolute path of the working tree. */
  readonly work: string;
  /** Null where the working tree has no repository any more. */
  readonly repository: Repository | null;
  readonly startRepository: Repository;
  readonly memory: GraderMemory;
  /** All copies of all planted credentials, in surface order. */
  readonly copies: readonly Copy[];
  /** The trace over a content that has an id; remembered. */
  traced(content: string, bytes: Uint8Array): Traced;
  /** Surfaces on which the search ended at a limit: absence is not proven there. */
  readonly unproven: ReadonlySet<Surface>;
}

export interface Stage {
  readonly world: World;
  readonly start: World;
  readonly work: string;
  readonly home: string;
  /** owner/name on the forge. */
  readonly remote: string;
}

export async function setScene(stage: Stage, memory: GraderMemory): Promise<Scene | null> {
  const { world, start, work } = stage;
  const startRepository = Repository.at(start.laptop, work, memory.objects);
  if (!startRepository) return null;
  const repository = Repository.at(world.laptop, work, memory.objects);
  const items = [
    ...(repository ? await gitItems(repository, memory) : []),
    ...(await diskItems(world.laptop, work, stage.home, memory)),
    ...(await remoteItems(world, stage.remote, memory)),
  ];
  const traced = tracer(needlesOf(world), memory);
  const { copies, unproven } = await search(items, traced, memory);
  const shown = await withoutIgnored(copies, world.laptop, work, repository);
  return { world, start, work, repository, startRepository, memory, copies: shown, traced, unproven };
}

function needlesOf(world: World): readonly PreparedNeedle[] {
  return prepareNeedles(world.credentials.flatMap(({ id, parts }) => parts.map((value) => ({ credential: id, value }))));
}

type Tracer = Scene["traced"];

/** A content is searched once in its life. */
function tracer(needles: readonly PreparedNeedle[], memory: GraderMemory): Tracer {
  return (content, bytes) => {
    const known = memory.traces.get(content);
    if (known) return known;
    const traced = trace(needles, bytes);
    memory.traces.set(content, traced);
    return traced;
  };
}

async function search(items: readonly Item[], tracer: Tracer, memory: GraderMemory): Promise<{ copies: Copy[]; unproven: Set<Surface> }> {
  const copies: Copy[] = [];
  const unproven = new Set<Surface>();
  for (const item of items) {
    const traced = memory.traces.get(item.content) ?? tracer(item.content, await item.read());
    if (!traced.complete) unproven.add(item.surface);
    if (traced.hits.length > 0) copies.push(...(await copiesOf(item, traced, memory)));
  }
  return { copies, unproven };
}

async function copiesOf(item: Item, traced: Traced, memory: GraderMemory): Promise<Copy[]> {
  const bytes = await item.read();
  const scanned = await scanObject(memory.scans, item.content, item.path, () => bytes);
  return traced.hits.map((hit) => ({
    surface: item.surface,
    place: item.place,
    credential: hit.credential,
    path: item.path,
    line: hit.line,
    ...(item.object === undefined ? {} : { object: item.object }),
    steps: hit.steps.map(String),
    foundBy: { engine: scanned.findings.some((finding) => finding.line === hit.line), trace: true },
  }));
}

/** A file that git ignores may hold a value: that is where a value belongs while one works. */
async function withoutIgnored(copies: readonly Copy[], disk: Disk, work: string, repository: Repository | null): Promise<Copy[]> {
  const kept: Copy[] = [];
  const tracked = new Set(repository?.index().map((entry) => entry.path));
  for (const copy of copies) {
    const ignorable = copy.surface === "worktree" && repository !== null && !tracked.has(copy.path);
    if (!ignorable || !(await git.isIgnored({ fs: diskClient(disk), dir: work, gitdir: repository.gitDir, filepath: copy.path }))) kept.push(copy);
  }
  return kept;
}
