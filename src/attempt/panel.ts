/** What the editor saves and what a panel asks a service for. */
import { fromUtf8 } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import { DiskError } from "../disk/error.ts";
import { fromBrowser } from "../world/network.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import type { Input } from "./input.ts";
import type { Refusal } from "./refusal.ts";

/** Saves a file as the learner, unless it changed on disk since it was opened. Returns why not, or null. */
export function saveFile(
  { laptop }: World,
  { path, content, replaces }: Input & { kind: "edit" },
): Refusal | null {
  const user = { name: LEARNER.login };
  try {
    const before = laptop.exists(path) ? sha256(laptop.read(path)) : "";
    if (before !== replaces)
      return { code: "stale", message: `${path} changed on disk since it was opened.` };
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (folder && !laptop.exists(folder)) laptop.mkdir(folder, { recursive: true }, user);
    laptop.write(path, fromUtf8(content), user);
    return null;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return { code: "not-allowed", message: `${path} cannot be written: ${error.reason}` };
  }
}

/** Sends a request as the learner; null where it is none that could be sent. */
export async function send(
  world: World,
  { method, url, body }: Input & { kind: "request" },
): Promise<Response | null> {
  const request = requestOf(method, url, body);
  return request && world.network.fetch(request, fromBrowser(LEARNER));
}

function requestOf(method: string, url: string, body: string): Request | null {
  try {
    return new Request(url, { method, ...(body === "" ? {} : { body }) });
  } catch {
    return null;
  }
}
