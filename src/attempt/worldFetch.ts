/** How `curl` reaches hosts of the world: the same handlers that everything else speaks to. No other host exists. */
import type { Person } from "../world/person.ts";
import type { World } from "../world/world.ts";
import type { ShellHost } from "../shell/session.ts";

type Fetch = NonNullable<ShellHost["fetch"]>;

export function worldFetch(world: World, { address }: Pick<Person, "address">): Fetch {
  return async (url, options = {}) => {
    const { method = "GET", headers, body } = options;
    const request = new Request(url, {
      method,
      ...(headers ? { headers } : {}),
      ...(body && method !== "GET" && method !== "HEAD" ? { body } : {}),
    });
    // A browser would be signed in; curl is not, unless it brings a credential.
    const response = await world.network.fetch(request, { address, session: null });
    return {
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
      url,
    };
  };
}
