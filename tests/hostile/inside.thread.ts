/** A probe inside the worker: the realm and the whole core as the product loads them, then texts run against both. */
import { parentPort } from "node:worker_threads";
import { sealImports } from "../../src/cli/sealImports.ts";
import { installRealm } from "../../src/realm/realm.ts";
import type { Request, Told } from "../../src/worker/protocol.ts";

export type Question =
  /** The value of an expression, as JSON, or the name of the error that it throws. */
  | { readonly evaluate: string }
  /** A request to the product's own server in this thread. */
  | { readonly request: Request };

const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const early: Question[] = [];
let receive = (question: Question): void => void early.push(question);
port.on("message", (question: Question) => receive(question));

// Kept before the realm takes it away; nothing of the core ever sees it.
// oxlint-disable-next-line no-eval
const evaluate = globalThis.eval as (text: string) => unknown;
const realm = installRealm(globalThis as unknown as Record<string, unknown>);
sealImports(import.meta.url);
const { Server } = await import("../../src/worker/serve.ts");
const answers = new Map<number, (told: Told) => void>();
const server = new Server(realm, (told) => {
  if (told.told === "answer" || told.told === "failed") answers.get(told.id)?.(told);
});

function show(value: unknown): string {
  return typeof value === "function" ? "function" : (JSON.stringify(value) ?? String(value));
}

receive = (question) => {
  if ("request" in question) {
    answers.set(question.request.id, (value) => port.postMessage({ value }));
    server.receive(question.request);
    return;
  }
  const reply = (value: string) => port.postMessage({ value });
  try {
    Promise.resolve(evaluate(question.evaluate)).then(
      (value) => reply(show(value)),
      (error: unknown) => reply(`rejects: ${(error as Error).name}`),
    );
  } catch (error) {
    reply(`throws: ${(error as Error).name}`);
  }
};
for (const question of early) receive(question);
