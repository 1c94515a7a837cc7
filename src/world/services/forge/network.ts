/** How git in the world reaches the forge. */
import type { GitOptions } from "just-git";

/** The forge's host; no other host exists for git. */
export const FORGE_HOST = "forge.test";
export const FORGE_ORIGIN = `https://${FORGE_HOST}`;

/** What `createGit({ network })` takes. Another host fails as a name that does not resolve. */
export function forgeNetwork(
  handle: (request: Request) => Promise<Response>,
): Exclude<GitOptions["network"], false | undefined> {
  return {
    allowed: [FORGE_HOST],
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const { hostname, protocol } = new URL(request.url);
      if (hostname !== FORGE_HOST || !/^https?:$/.test(protocol))
        throw new TypeError(`Could not resolve host: ${hostname}`);
      return handle(request);
    },
  };
}
