/** A worker thread with a world in it, spoken to with the browser's own client. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { WorldClient, type WorkerPort } from "../worker/client.ts";
import { builtThread } from "./coreBuild.ts";

export interface CoreWorker {
  readonly client: WorldClient;
  end(): Promise<void>;
}

/**
 * Memory of one thread, in MB: a hostile world ends its thread, not its host. Most of what a statement makes is gone when
 * it ends; with room for it, little is ever copied.
 */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 192, stackSizeMb: 4 };

/**
 * Room from the beginning: a heap that has to earn its growth is looked through again and again. And what lies outside
 * of it, as the memory of QuickJS does, is no reason to look through what holds next to nothing to collect.
 */
const FLAGS = [
  "--initial-old-space-size=300",
  "--min-semi-space-size=64",
  "--external-memory-accounted-in-global-limit",
];

export async function startCoreWorker(env: Readonly<Record<string, string>> = {}): Promise<CoreWorker> {
  for (const flag of FLAGS) setFlagsFromString(flag);
  const worker = new Worker(await builtThread(), {
    resourceLimits: LIMITS,
    env: { ...process.env, ...env },
    stdout: false,
    stderr: false,
  });
  const port: WorkerPort = {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  worker.on("message", (data: unknown) => port.onmessage?.({ data } as MessageEvent));
  worker.on("error", (error: Error) =>
    port.onerror?.({ message: error.stack ?? error.message } as ErrorEvent),
  );
  const client = new WorldClient(port);
  return { client, end: async () => void (await worker.terminate()) };
}
