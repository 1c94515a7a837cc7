/** Plays workflows inside the realm, as the product does: no network, no dynamic code, no ambient time and chance. */
import { parentPort } from "node:worker_threads";
import { sealImports } from "../../src/cli/sealImports.ts";
import { installRealm } from "../../src/realm/realm.ts";

const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const early: string[] = [];
let receive = (workflow: string): void => void early.push(workflow);
port.on("message", (workflow: string) => receive(workflow));
installRealm(globalThis as unknown as Record<string, unknown>);
sealImports(import.meta.url);
const { playWorkflow } = await import("./inside.ts");
receive = (workflow) =>
  void playWorkflow(workflow).then(
    (value) => port.postMessage({ value }),
    (error: unknown) => port.postMessage({ error: String((error as Error).stack) }),
  );
for (const workflow of early) receive(workflow);
