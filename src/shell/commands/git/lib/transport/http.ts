/**
 * Smart HTTP, protocol version 0: https://git-scm.com/docs/http-protocol and https://git-scm.com/docs/gitprotocol-pack
 */
import type { GitContext, GitRepo } from "just-git";
import { concat, toUtf8 } from "../../../../../base/bytes.ts";
import type { GitCall } from "../../call.ts";
import { ZERO_ID } from "../objects.ts";
import { changeShallow, type ShallowChange, shallowIds } from "../shallow.ts";
import { Stop } from "../transcript.ts";
import { knownObjects, missingObjects } from "./closure.ts";
import type { Advertisement, Connection, PushReport, RefCommand, Service } from "./connection.ts";
import { buildPack } from "./pack.ts";
import { sender, type Send } from "./httpSend.ts";
import { demultiplex, FLUSH, packets, pktLine, remoteLines } from "./pktLine.ts";

export async function connectHttp(call: GitCall, url: string, service: Service): Promise<Connection> {
  const send = await sender(call, url);
  const advertisement = parseAdvertisement(await send(`/info/refs?service=${service}`));
  return {
    advertisement,
    fetch: (into, wants, depth) => fetchPack(send, into, wants, depth),
    push: (from, commands) => sendPack(send, advertisement, from, commands),
  };
}

function parseAdvertisement(bytes: Uint8Array): Advertisement {
  const refs: { name: string; id: string }[] = [];
  const peeled = new Map<string, string>();
  let head: Advertisement["head"] = null;
  let target: string | null = null;
  for (const packet of packets(bytes)) {
    const line = packet ? toUtf8(packet).replace(/\n$/, "") : "";
    const [ref = "", capabilities] = line.split("\0");
    target ??= /(?:^| )symref=HEAD:(\S+)/.exec(capabilities ?? "")?.[1] ?? null;
    const match = /^([0-9a-f]{40}) (\S+)$/.exec(ref);
    if (!match) continue;
    const [, id, name] = match as unknown as [string, string, string];
    if (name === "HEAD") head = { id, target };
    else if (name.endsWith("^{}")) peeled.set(name.slice(0, -3), id);
    else if (id !== ZERO_ID) refs.push({ name, id });
  }
  return { refs, head: head ?? (target === null ? null : { id: null, target }), peeled };
}

async function fetchPack(
  send: Send,
  into: GitContext,
  wants: readonly string[],
  depth: number | undefined,
): Promise<string> {
  if (wants.length === 0) return "";
  const haves = await tips(into);
  const capabilities = `side-band-64k ofs-delta no-progress${depth === undefined ? "" : " shallow include-tag"}`;
  const lines = [
    ...wants.map((id, i) => pktLine(i === 0 ? `want ${id} ${capabilities}\n` : `want ${id}\n`)),
    ...[...(await shallowIds(into))].map((id) => pktLine(`shallow ${id}\n`)),
    ...(depth === undefined ? [] : [pktLine(`deepen ${depth}\n`)]),
    FLUSH,
    ...haves.map((id) => pktLine(`have ${id}\n`)),
    pktLine("done\n"),
  ];
  const answer = await send("/git-upload-pack", { service: "git-upload-pack", bytes: concat(lines) });
  const { data, progress, error } = demultiplex(answer);
  if (error !== "") throw new Stop(`fatal: remote error: ${error}`, 128);
  if (data.length > 0) await into.objectStore.ingestPack(data);
  if (depth !== undefined) await changeShallow(into, shallowUpdate(answer));
  return progress;
}

/** https://git-scm.com/docs/gitprotocol-pack#_shallow_update: these packets come before the pack and have no band. */
function shallowUpdate(bytes: Uint8Array): ShallowChange {
  const lines = [...packets(bytes)].map((packet) =>
    packet && packet.length < 60 && (packet[0] ?? 0) > 3 ? toUtf8(packet).trim() : "",
  );
  const ids = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return { shallow: ids("shallow"), unshallow: ids("unshallow") };
}

async function tips(repo: GitRepo): Promise<string[]> {
  const refs = await repo.refStore.listRefs("refs");
  return [...new Set(refs.map((ref) => ref.hash))];
}

async function sendPack(
  send: Send,
  advertisement: Advertisement,
  from: GitContext,
  commands: readonly RefCommand[],
): Promise<PushReport> {
  const lines = commands.map(({ oldId, newId, name }, i) =>
    pktLine(`${oldId} ${newId} ${name}${i === 0 ? "\0 report-status side-band-64k agent=git/2.39.5" : ""}`),
  );
  const wants = commands.map((command) => command.newId).filter((id) => id !== ZERO_ID);
  const known = await knownObjects(
    from,
    advertisement.refs.map((ref) => ref.id),
  );
  const pack =
    wants.length === 0
      ? []
      : [
          await buildPack(
            from,
            await missingObjects(from, wants, (id) => known.has(id), await shallowIds(from)),
          ),
        ];
  const bytes = await send("/git-receive-pack", {
    service: "git-receive-pack",
    bytes: concat([...lines, FLUSH, ...pack]),
  });
  const { data, progress, error } = demultiplex(bytes);
  if (error !== "") throw new Stop(remoteLines(progress) + `fatal: remote error: ${error}`, 128);
  return { messages: progress, results: parseReport(data, commands) };
}

/** https://git-scm.com/docs/gitprotocol-pack#_report_status */
function parseReport(data: Uint8Array, commands: readonly RefCommand[]): Map<string, string | null> {
  const results = new Map<string, string | null>();
  for (const packet of packets(data)) {
    const line = packet ? toUtf8(packet).replace(/\n$/, "") : "";
    const [, verdict, name = "", reason] = /^(ok|ng) (\S+)(?: ([^]*))?$/.exec(line) ?? [];
    if (verdict === "ok") results.set(name, null);
    if (verdict === "ng") results.set(name, reason ?? "failed");
  }
  for (const { name } of commands)
    if (!results.has(name)) results.set(name, "remote failed to report status");
  return results;
}
