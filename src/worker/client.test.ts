import { expect, test } from "vitest";
import { WorldClient, type WorkerPort } from "./client.ts";
import type { Request, Told } from "./protocol.ts";

function fakePort() {
  const sent: Request[] = [];
  const port: WorkerPort & { ended: boolean } = {
    ended: false,
    postMessage: (message) => void sent.push(message as Request),
    terminate: () => void (port.ended = true),
    onmessage: null,
    onerror: null,
  };
  const tell = (told: Told) => port.onmessage?.({ data: told } as MessageEvent);
  return { port, sent, tell };
}

test("answers reach the ask of the same id, in any order", async () => {
  const { port, sent, tell } = fakePort();
  const client = new WorldClient(port);
  const first = client.ask({ ask: "digest" });
  const second = client.ask({ ask: "parse", text: "ls" });
  tell({ told: "answer", id: sent[1]!.id, value: "complete" });
  tell({ told: "answer", id: sent[0]!.id, value: "abc" });
  expect(await Promise.all([first, second])).toEqual(["abc", "complete"]);
});

test("a refusal carries its code", async () => {
  const { port, sent, tell } = fakePort();
  const asked = new WorldClient(port).ask({ ask: "view" });
  tell({ told: "failed", id: sent[0]!.id, code: "no-world", message: "Nothing is open." });
  await expect(asked).rejects.toMatchObject({ code: "no-world", message: "Nothing is open." });
});

test("what nobody asked for goes to the listener, until the end", () => {
  const { port, tell } = fakePort();
  const client = new WorldClient(port);
  const heard: string[] = [];
  client.onTold = (told) => heard.push(told.told);
  tell({ told: "work", terminal: 1, work: 7 });
  client.terminate();
  tell({ told: "clear", terminal: 1 });
  expect(heard).toEqual(["work"]);
});

test("ending rejects what is pending and whatever comes later", async () => {
  const { port } = fakePort();
  const client = new WorldClient(port);
  const asked = client.ask({ ask: "check" });
  client.terminate();
  await expect(asked).rejects.toMatchObject({ code: "terminated" });
  await expect(client.ask({ ask: "check" })).rejects.toMatchObject({ code: "terminated" });
  expect(port.ended).toBe(true);
});

test("a worker that breaks is told apart from one that was ended", async () => {
  const { port } = fakePort();
  const client = new WorldClient(port);
  const heard: string[] = [];
  client.onCrashed = ({ code }) => heard.push(code);
  const asked = client.ask({ ask: "check" });
  port.onerror?.({ message: "out of memory" } as ErrorEvent);
  await expect(asked).rejects.toMatchObject({ code: "crashed", message: "out of memory" });
  expect(heard).toEqual(["crashed"]);
});
