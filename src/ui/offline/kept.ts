/**
 * What the browser keeps of LeakLab. Each build of the site has a cache of its own, so that a tab, or an attempt that
 * is not finished, finds the files that it began with.
 */

const PREFIX = "leaklab/site/";

export const cacheOf = (build: string): string => `${PREFIX}${build}`;

/** Builds that the browser keeps something of, the oldest first. */
export async function keptBuilds(storage: CacheStorage): Promise<readonly string[]> {
  return (await storage.keys())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
}

/** What names the world that an attempt was played in. */
export interface PlayedIn {
  readonly lab: string;
  readonly core: string;
  readonly labDigest: string;
}

/** The build that can play an attempt on: its page of the lab has the same core and the same lab. */
export async function buildFor(storage: CacheStorage, played: PlayedIn): Promise<string | null> {
  for (const build of (await keptBuilds(storage)).toReversed()) {
    if (await canPlay(await storage.open(cacheOf(build)), played)) return build;
  }
  return null;
}

export async function canPlay(cache: Cache, { lab, core, labDigest }: PlayedIn): Promise<boolean> {
  const page = await cache.match(`/labs/${lab}/`);
  const text = (await page?.text()) ?? "";
  return (
    text.includes(`"core":${JSON.stringify(core)}`) &&
    text.includes(`"labDigest":${JSON.stringify(labDigest)}`)
  );
}
