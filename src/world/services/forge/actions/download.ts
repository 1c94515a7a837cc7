/**
 * Addresses from which logs, artifacts and archives can be fetched for a short while by whoever knows them, as GitHub's redirects
 * lead to: signed, so that nothing has to be kept.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, fromUtf8, toHex } from "../../../../base/bytes.ts";
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";

export const DOWNLOAD_KINDS = ["run-logs", "attempt-logs", "job-logs", "artifact"] as const;
export type DownloadKind = (typeof DOWNLOAD_KINDS)[number];

export interface Download {
  readonly kind: DownloadKind;
  readonly id: number;
  /** Of `attempt-logs`; 0 otherwise. */
  readonly attempt: number;
}

const SIGNING = tableName<{ readonly key: string }>("actions/download-key");
const LIFE_MS = 60_000;

/** Path and query. */
export function downloadPath(forge: Forge, download: Download): string {
  const what = named(download);
  return `/_apis/results/${what}?${signed(forge, what)}`;
}

/** Whether the address is one that was given out and still holds. */
export function isValidDownload(forge: Forge, download: Download, query: URLSearchParams): boolean {
  return isSigned(forge, named(download), query);
}

function named({ kind, id, attempt }: Download): string {
  return `${kind}/${id}/${attempt}`;
}

/** The query with which anybody gets this for a short while. */
export function signed(forge: Forge, what: string): string {
  const expires = forge.now() + LIFE_MS;
  return `se=${expires}&sig=${signature(forge, what, expires)}`;
}

export function isSigned(forge: Forge, what: string, query: URLSearchParams): boolean {
  const expires = query.get("se") ?? "";
  if (!/^\d{1,15}$/.test(expires) || Number(expires) < forge.now()) return false;
  return query.get("sig") === signature(forge, what, Number(expires));
}

function signature(forge: Forge, what: string, expires: number): string {
  return toHex(hmac(sha256, fromHex(signingKey(forge)), fromUtf8(`${what}/${expires}`)));
}

function signingKey(forge: Forge): string {
  const { tables, random } = forge.ports;
  const known = tables.of(SIGNING).get("key") ?? { key: random(64, "0123456789abcdef") };
  return tables.of(SIGNING).set("key", known).key;
}
