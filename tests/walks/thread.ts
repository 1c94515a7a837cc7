/** Thread of walks: realm first, as in the product, then one walk after another. */
import { parentPort } from "node:worker_threads";
import { sealImports } from "../../src/cli/sealImports.ts";
import { installRealm } from "../../src/realm/realm.ts";
import type { Order } from "./walk.ts";

const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const early: Order[] = [];
let receive = (order: Order): void => void early.push(order);
port.on("message", (order: Order) => receive(order));

const realm = installRealm(globalThis as unknown as Record<string, unknown>);
sealImports(import.meta.url);
const { enterWith } = await import("../../src/attempt/realmPort.ts");
const { preloadPipeline } = await import("../../src/attempt/pipelinePort.ts");
const { takeWalk } = await import("./walk.ts");
// As the product's worker does: code that draws chance as it loads must find no world.
await preloadPipeline();
const enter = enterWith((source) => realm.enter(source));
receive = (order) => {
  takeWalk(order, enter, realm.native.performanceNow).then(
    (value) => port.postMessage({ value }),
    (error: unknown) => port.postMessage({ error: (error as Error).stack ?? String(error) }),
  );
};
for (const order of early) receive(order);
