/** The network as just-bash's `curl` wants it. */
import type { Reach } from "../world/network.ts";
import type { ShellHost } from "./session.ts";

export function curlFetch(reach: Reach): NonNullable<ShellHost["fetch"]> {
  return async (url, options = {}) => {
    const { method = "GET", headers, body } = options;
    const request = new Request(url, {
      method,
      ...(headers ? { headers } : {}),
      ...(body && method !== "GET" && method !== "HEAD" ? { body } : {}),
    });
    const response = await reach(request);
    return {
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
      url,
    };
  };
}
