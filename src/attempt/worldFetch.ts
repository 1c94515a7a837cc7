/** How `curl` reaches hosts of the world: the same handlers that everything else speaks to. No other host exists. */
import { curlFetch } from "../shell/curlFetch.ts";
import type { ShellHost } from "../shell/session.ts";
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";

export function worldFetch(
  world: World,
  { address }: Pick<Person, "address">,
): NonNullable<ShellHost["fetch"]> {
  // A browser would be signed in; curl is not, unless it brings a credential.
  return curlFetch(world.network.from({ address, session: null }));
}
