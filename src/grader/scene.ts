/**
 * What checks look at: the world as it stands, the world as the lab began, and every copy of what was planted.
 * Everything is computed once per grading, from forks; nothing here can change the learner's world.
 */
import type { Disk } from "../disk/disk.ts";
import type { World } from "../world/world.ts";
import { diskItems } from "./diskSurfaces.ts";
import { gitItems } from "./gitSurfaces.ts";
import { ignoresOf, type Ignores } from "./ignored.ts";
import type { GraderMemory } from "./memory.ts";
import { remoteItems } from "./remoteSurface.ts";
import { Repository } from "./repository.ts";
import { needlesOf, search, tracer, type Searched, type Tracer } from "./search.ts";
import type { Copy, Unsearched } from "./surface.ts";

export interface Scene {
  readonly world: World;
  /** The world when the learner got it. */
  readonly start: World;
  /** owner/name on the forge. */
  readonly remote: string;
  /** Null where the working tree has no repository any more. */
  readonly repository: Repository | null;
  readonly startRepository: Repository;
  readonly memory: GraderMemory;
  /** All copies of all planted credentials, in surface order. */
  readonly copies: readonly Copy[];
  /** Where the search ended at a limit or at damage: absence is not proven there. */
  readonly unsearched: readonly Unsearched[];
  readonly traced: Tracer;
}

export interface Stage {
  readonly world: World;
  readonly start: World;
  /** Absolute path of the working tree. */
  readonly work: string;
  readonly home: string;
  /** owner/name on the forge. */
  readonly remote: string;
}

/** Null where the start has no repository: the lab is broken then. */
export async function setScene(
  { world, start, work, home, remote }: Stage,
  memory: GraderMemory,
): Promise<Scene | null> {
  const startRepository = Repository.at(start.laptop, work, memory.objects);
  if (!startRepository) return null;
  const disk = world.laptop;
  const real = realPath(disk, work);
  const repository = Repository.at(disk, work, memory.objects);
  const items = [
    ...(repository ? await gitItems(repository, memory) : []),
    ...(await diskItems({ disk, work: real, home, gitDir: repository?.gitDir ?? null }, memory)),
    ...(await remoteItems(world, remote, memory)),
  ];
  const needles = needlesOf(world.credentials.planted());
  const searched = await withoutIgnored(
    await search(items, needles, memory),
    ignoresOf(disk, real, repository),
  );
  return {
    world,
    start,
    remote,
    repository,
    startRepository,
    memory,
    ...searched,
    traced: tracer(needles, memory),
  };
}

/** The working tree may be a link by now. */
function realPath(disk: Disk, path: string): string {
  return disk.exists(path) ? disk.realpath(path) : path;
}

/** A file that git ignores may hold a value: that is where a value belongs while one works. */
async function withoutIgnored({ copies, unsearched }: Searched, ignores: Ignores): Promise<Searched> {
  return { copies: await kept(copies, ignores), unsearched: await kept(unsearched, ignores) };
}

async function kept<T extends Unsearched>(places: readonly T[], ignores: Ignores): Promise<T[]> {
  const left: T[] = [];
  for (const place of places)
    if (place.surface !== "worktree" || !(await ignores(place.path))) left.push(place);
  return left;
}
