/** Entry of the browser's worker. The realm comes first: nothing else is imported before it is in force. */
import { installRealm } from "../realm/realm.ts";
import type { Request, Told } from "./protocol.ts";

interface WorkerScope {
  postMessage(message: Told): void;
  addEventListener(type: "message", listener: (event: { data: Request }) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
const post = scope.postMessage.bind(globalThis);
const early: Request[] = [];
let receive = (request: Request): void => void early.push(request);
scope.addEventListener("message", (event) => receive(event.data));

const realm = installRealm(globalThis as unknown as Record<string, unknown>);
const { Server } = await import("./serve.ts");
const server = new Server(realm, (told) => post(told));
receive = (request) => server.receive(request);
for (const request of early) server.receive(request);
