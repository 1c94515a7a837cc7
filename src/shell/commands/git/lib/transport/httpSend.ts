/**
 * Sends requests of one connection, and finds the credential that the other side asks for: in the URL, from helpers,
 * from an askpass program, from the person. As git's http.c.
 */
import type { GitOptions } from "just-git";
import { fromUtf8, toBase64, toUtf8 } from "../../../../../base/bytes.ts";
import type { GitCall } from "../../call.ts";
import { loadConfig } from "../config.ts";
import { Stop } from "../transcript.ts";
import type { Service } from "./connection.ts";
import { describeUrl, isWhole, type Credential } from "./credential.ts";
import { approve, fillCredential, reject } from "./credentialSources.ts";
import { extraHeaders } from "./extraHeaders.ts";

export type Send = (
  path: string,
  body?: { readonly service: Service; readonly bytes: Uint8Array },
) => Promise<Uint8Array>;

const USER_AGENT = "git/2.39.5";

export async function sender(call: GitCall, url: string): Promise<Send> {
  const base = withoutUser(url).replace(/\/+$/, "");
  const repository = await call.repository().catch(() => null);
  const config = await loadConfig(call, repository?.gitDir ?? null);
  const extra = extraHeaders(config, url);
  let credential: Credential = describeUrl(url);
  let approved = false;
  return async (path, body) => {
    const ask = () => request(call.network, base, path, body, extra, credential);
    let response = await ask();
    if (response.status === 401 && !isWhole(credential)) {
      credential = await fillCredential(call, config, credential);
      response = await ask();
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 401) await reject(call, config, credential);
    if (!response.ok) throw refusal(response, bytes, base);
    if (!approved && isWhole(credential)) await approve(call, config, credential);
    approved = true;
    return bytes;
  };
}

/** `https://user:word@host/path` without the user part. */
export function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/, "$1");
}

function request(
  network: GitOptions["network"],
  base: string,
  path: string,
  body: Parameters<Send>[1],
  extra: readonly (readonly [string, string])[],
  credential: Credential,
): Promise<Response> {
  const headers = new Headers({ "User-Agent": USER_AGENT });
  for (const [name, value] of extra) setHeader(headers, name, value);
  if (isWhole(credential)) {
    const { username, password } = credential;
    headers.set("Authorization", `Basic ${toBase64(fromUtf8(`${username}:${password}`))}`);
  }
  if (body) headers.set("Content-Type", `application/x-${body.service}-request`);
  const init = {
    method: body ? "POST" : "GET",
    headers,
    ...(body ? { body: body.bytes as BodyInit } : {}),
  };
  const host = /^https?:\/\/([^/:]*)/.exec(base)?.[1] ?? "";
  return reach(network, `${base}${path}`, init, () => {
    throw new Stop(`fatal: unable to access '${base}/': Could not resolve host: ${host}\n`, 128);
  });
}

/** What is no header at all is left out, as the other side could not read it either. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    // Not a header: curl would send it, and every server refuse it.
  }
}

/** A host that the world does not have cannot be resolved: the network's fetch throws, or there is no network. */
async function reach(
  network: GitOptions["network"],
  url: string,
  init: RequestInit,
  unknown: () => never,
): Promise<Response> {
  if (network === false || !network?.fetch) return unknown();
  try {
    return await network.fetch(url, init);
  } catch {
    return unknown();
  }
}

function refusal(response: Response, bytes: Uint8Array, base: string): Stop {
  const plain = response.headers.get("content-type")?.startsWith("text/plain") ?? false;
  const said = plain ? toUtf8(bytes).trim().replace(/^/gm, "remote: ") + "\n" : "";
  if (response.status === 401) return new Stop(`${said}fatal: Authentication failed for '${base}/'\n`, 128);
  if (response.status === 404) return new Stop(`${said}fatal: repository '${base}/' not found\n`, 128);
  return new Stop(
    `${said}fatal: unable to access '${base}/': The requested URL returned error: ${response.status}\n`,
    128,
  );
}
