/**
 * Identity tokens of others: read, and verified with the keys that their issuer publishes.
 * https://www.rfc-editor.org/rfc/rfc7519  https://openid.net/specs/openid-connect-discovery-1_0.html
 */
import { fromBase64, fromUtf8, toUtf8Strict } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import { err, ok, type Result } from "../../../../base/result.ts";
import type { Reach } from "../../../network.ts";

export type Claims = { readonly [name: string]: Json | undefined };

interface Key {
  readonly kty?: unknown;
  readonly crv?: unknown;
  readonly kid?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
}

export interface Issuer {
  readonly issuer: string;
  readonly keysAt: string;
}

async function fetched(reach: Reach, url: string): Promise<{ readonly [key: string]: unknown } | null> {
  try {
    const response = await reach(new Request(url));
    const body = (await response.json()) as unknown;
    return response.ok && body !== null && typeof body === "object"
      ? (body as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What an issuer says of itself; null where nobody answers as one. */
export async function discover(reach: Reach, url: string): Promise<Issuer | null> {
  if (!URL.canParse(url)) return null;
  const body = await fetched(reach, `${url.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!body || typeof body["issuer"] !== "string" || typeof body["jwks_uri"] !== "string") return null;
  return { issuer: body["issuer"], keysAt: body["jwks_uri"] };
}

export async function keysOf(reach: Reach, url: string): Promise<readonly Key[]> {
  const keys = URL.canParse(url) ? (await fetched(reach, url))?.["keys"] : undefined;
  return Array.isArray(keys) ? keys.filter((it): it is Key => it !== null && typeof it === "object") : [];
}

/** The claims, if one of the keys signed them. */
export async function verified(text: string, keys: readonly Key[]): Promise<Result<Claims>> {
  const [head = "", body = "", signature = "", ...more] = text.split(".");
  const [header, claims] = [objectOf(head), objectOf(body)];
  const bytes = bytesOf(signature);
  if (!header || !claims || !bytes || more.length > 0) return err("malformed jwt: must have three parts");
  if (header["alg"] !== "ES256")
    return err(`unsupported signing algorithm: ${JSON.stringify(header["alg"] ?? null)}`);
  const { p256 } = await import("@noble/curves/nist.js");
  const signed = fromUtf8(`${head}.${body}`);
  const right = keys.some((key) => {
    const point = pointOf(key);
    try {
      return point !== null && p256.verify(bytes, signed, point);
    } catch {
      return false;
    }
  });
  return right ? ok(claims) : err("failed to verify id token signature");
}

function pointOf({ kty, crv, x, y }: Key): Uint8Array | null {
  if (kty !== "EC" || crv !== "P-256" || typeof x !== "string" || typeof y !== "string") return null;
  const [left, right] = [bytesOf(x), bytesOf(y)];
  return left && right ? Uint8Array.of(4, ...left, ...right) : null;
}

function bytesOf(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text)) return null;
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  try {
    return fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
  } catch {
    return null;
  }
}

function objectOf(part: string): Claims | null {
  const bytes = bytesOf(part);
  const text = bytes === null ? null : toUtf8Strict(bytes);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}
