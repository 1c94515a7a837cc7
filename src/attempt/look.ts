/**
 * What a panel sees of the services: answers to GET requests, as the browser of somebody who is signed in would get
 * them, from a copy of the world that is thrown away. So looking costs nothing and leaves no trace.
 */
import { toUtf8 } from "../base/bytes.ts";
import { fromBrowser, UnknownHostError } from "../world/network.ts";
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import type { Enter } from "./realmPort.ts";

export interface Look {
  readonly url: string;
  /** 0 where the host does not exist. */
  readonly status: number;
  readonly text: string;
}

/** A redirect is followed as often as a page needs. */
const REDIRECTS = 3;

export function look(world: World, person: Person, urls: readonly string[], enter: Enter): Promise<Look[]> {
  const copy = world.fork();
  return enter(copy, async () => {
    const seen: Look[] = [];
    for (const url of urls) seen.push(await lookAt(copy, person, url));
    return seen;
  });
}

async function lookAt(world: World, person: Person, url: string): Promise<Look> {
  const { status, bytes } = await get(world, person, url, REDIRECTS);
  return { url, status, text: toUtf8(bytes) };
}

async function get(
  world: World,
  person: Person,
  url: string,
  redirects: number,
): Promise<{ status: number; bytes: Uint8Array }> {
  try {
    const response = await world.network.fetch(new Request(url), fromBrowser(person));
    const location = response.headers.get("location");
    if (location !== null && response.status >= 300 && redirects > 0)
      return await get(world, person, new URL(location, url).href, redirects - 1);
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof UnknownHostError) return { status: 0, bytes: new Uint8Array() };
    throw error;
  }
}
