/** Entry of Node's worker_thread: the same realm, the same server, the same protocol as in a browser. */
import { parentPort } from "node:worker_threads";
import { installRealm } from "../realm/realm.ts";
import type { Request } from "../worker/protocol.ts";
import { sealImports } from "./sealImports.ts";

const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const early: Request[] = [];
let receive = (request: Request): void => void early.push(request);
port.on("message", (request: Request) => receive(request));

const realm = installRealm(globalThis as unknown as Record<string, unknown>);
sealImports(import.meta.url);
const { Server } = await import("../worker/serve.ts");
const server = new Server(realm, (told) => port.postMessage(told));
receive = (request) => server.receive(request);
for (const request of early) server.receive(request);
