/**
 * One host of a world on a port of 127.0.0.1, for real clients: git, Octokit, curl. The world knows itself by its own
 * name; addresses that it puts into headers and JSON are rewritten to the port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Reach } from "../world/network.ts";

export interface Loopback {
  /** "http://127.0.0.1:40123". */
  readonly origin: string;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** The name under which the world knows the host. */
  readonly host?: string;
  /** 0: a free one. */
  readonly port?: number;
}

/** Requests are answered one after another: one world, one thing at a time. */
export async function listen(
  reach: Reach,
  { host = "forge.test", port = 0 }: LoopbackOptions = {},
): Promise<Loopback> {
  let turn: Promise<unknown> = Promise.resolve();
  let origin = "";
  const server = createServer((message, reply) => {
    turn = turn
      .then(() => answer(reach, message, reply, { host, origin }))
      .catch((problem: unknown) => fail(reply, problem));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, close };
}

interface Names {
  readonly host: string;
  readonly origin: string;
}

async function answer(
  reach: Reach,
  message: IncomingMessage,
  reply: ServerResponse,
  { host, origin }: Names,
): Promise<void> {
  const body = await bodyOf(message);
  const init = {
    method: message.method ?? "GET",
    headers: headersOf(message),
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  };
  const response = await reach(new Request(`https://${host}${message.url}`, init));
  const inside = `https://${host}`;
  const headers = [...response.headers].map(
    ([name, value]) => [name, value.replaceAll(inside, origin)] as const,
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
  reply.writeHead(response.status, Object.fromEntries(headers));
  reply.end(isJson ? bytes.toString("utf8").replaceAll(inside, origin) : bytes);
}

/** git packs long requests. */
async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  return message.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

/** What belongs to the connection, and not to the request. `Host` stays as it was sent: signatures cover it. */
const HOP = new Set(["connection", "content-length", "content-encoding", "transfer-encoding", "expect"]);

function headersOf(message: IncomingMessage): [string, string][] {
  return Object.entries(message.headers)
    .filter(([name]) => !HOP.has(name))
    .map(([name, value]) => [name, String(value)]);
}

function fail(reply: ServerResponse, problem: unknown): void {
  if (!reply.headersSent) reply.writeHead(502, { "Content-Type": "text/plain" });
  reply.end(`${problem instanceof Error ? problem.message : String(problem)}\n`);
}
