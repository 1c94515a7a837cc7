/**
 * What checks look at: the world as it stands, the world as the lab began, every copy of what was planted, and what
 * stories come to in forks. Each part is looked at when a check first asks, once per grading; nothing here can change
 * the learner's world.
 */
import type { Disk } from "../disk/disk.ts";
import type { World } from "../world/world.ts";
import { ignoresOf, type Ignores } from "./ignored.ts";
import type { GraderMemory } from "./memory.ts";
import { Repository } from "./repository.ts";
import { needlesOf, search, tracer, type Searched, type Tracer } from "./search.ts";
import type { Source, View } from "./sources/source.ts";
import { SOURCES } from "./sources/sources.ts";
import type { StoryOutcome } from "./story.ts";
import type { Surface, Unsearched } from "./surface.ts";

export interface Scene {
  readonly world: World;
  /** The world when the learner got it. */
  readonly start: World;
  /** Absolute path of the working tree, links resolved. */
  readonly work: string;
  /** owner/name on the forge of the repository that the lab is about. */
  readonly remote: string;
  /** Null where the working tree has no repository any more. */
  readonly repository: Repository | null;
  /** Null where it had none in the beginning. */
  readonly startRepository: Repository | null;
  readonly memory: GraderMemory;
  readonly traced: Tracer;
  /** All copies of all planted credentials on these surfaces, in the order of the surfaces' sources. */
  search(surfaces: readonly Surface[]): Promise<Searched>;
  /** Plays a story in a fork; whoever asks again gets the same outcome. */
  play(story: string): Promise<StoryOutcome>;
}

export interface Stage {
  readonly world: World;
  readonly start: World;
  /** Absolute path of the working tree. */
  readonly work: string;
  readonly home: string;
  /** owner/name on the forge. */
  readonly remote: string;
  readonly play: (story: string) => Promise<StoryOutcome>;
}

export function setScene({ world, start, work, home, remote, play }: Stage, memory: GraderMemory): Scene {
  const disk = world.laptop;
  const view: View = { world, disk, work: realPath(disk, work), home, memory };
  const played = new Map<string, Promise<StoryOutcome>>();
  return {
    world,
    start,
    work: view.work,
    remote,
    repository: Repository.at(disk, work, memory.objects),
    startRepository: Repository.at(start.laptop, work, memory.objects),
    memory,
    traced: tracer(needlesOf(world.credentials.planted()), memory),
    search: searcher(view),
    play: (story) => {
      const known = played.get(story) ?? play(story);
      played.set(story, known);
      return known;
    },
  };
}

/** Searches each source once; sources of many surfaces once per surface. With `at` only places that match. */
export function searcher(
  view: View,
  sought = view.world.credentials.planted(),
  at?: RegExp,
): Scene["search"] {
  const needles = needlesOf(sought);
  const ignores = ignoresOf(view.disk, view.work, Repository.at(view.disk, view.work, view.memory.objects));
  const done = new Map<string, Promise<Searched>>();
  const one = (source: Source, surface: Surface): Promise<Searched> => {
    const key = WHOLE.has(source.name) ? source.name : `${source.name} ${surface}`;
    const known =
      done.get(key) ??
      source
        .items(view, surface)
        .then((items) =>
          search(at ? items.filter(({ place }) => at.test(place)) : items, needles, view.memory),
        )
        .then((searched) => withoutIgnored(searched, ignores));
    done.set(key, known);
    return known;
  };
  return async (surfaces) => {
    const all: Searched[] = [];
    for (const source of SOURCES) all.push(...(await searchSource(source, surfaces, one)));
    return {
      copies: all.flatMap(({ copies }) => copies),
      unsearched: all.flatMap(({ unsearched }) => unsearched),
    };
  };
}

/** Sources that give the items of all their surfaces at once. */
const WHOLE = new Set(["laptop", "repositories"]);

async function searchSource(
  source: Source,
  surfaces: readonly Surface[],
  one: (source: Source, surface: Surface) => Promise<Searched>,
): Promise<Searched[]> {
  const asked = surfaces.filter((surface) => source.covers(surface));
  const first = asked[0];
  if (first === undefined) return [];
  const found: Searched[] = [];
  for (const surface of WHOLE.has(source.name) ? [first] : asked) found.push(await one(source, surface));
  const there = ({ surface }: { readonly surface: Surface }) => asked.includes(surface);
  return found.map(({ copies, unsearched }) => ({
    copies: copies.filter(there),
    unsearched: unsearched.filter(there),
  }));
}

/** The working tree may be a link by now. */
export function realPath(disk: Disk, path: string): string {
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
