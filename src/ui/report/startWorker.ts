/** A worker of the page's own to re-grade in: the same that labs are played in. */
import { WorldClient } from "../../worker/client.ts";

export async function startWorker(): Promise<WorldClient> {
  return new WorldClient(new Worker(new URL("../../worker/worker.ts", import.meta.url), { type: "module" }));
}
