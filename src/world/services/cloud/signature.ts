/**
 * AWS Signature Version 4, for both ends: clients sign with it, the services compare.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { fromUtf8, toHex } from "../../../base/bytes.ts";
import { sha256 } from "../../../base/digest.ts";

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** What is signed: a request without `Authorization` and the `X-Amz-…` headers of the signature. */
export interface Unsigned {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Scope {
  readonly region: string;
  /** "iam", "sts", "s3", "cloudtrail", "ecs". */
  readonly service: string;
}

/** The parts of a request that a signature covers, as whoever signed it named them. */
export interface Canonical {
  readonly method: string;
  readonly url: string;
  /** Names in lower case, sorted; with their values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** SHA-256 of the body in hex, or "UNSIGNED-PAYLOAD". */
  readonly payload: string;
}

const ALGORITHM = ["AWS4", "HMAC", "SHA256"].join("-");

/** All headers to send, `Authorization` included. `atMs`: virtual time. */
export function sign(
  { method, url, headers = {}, body = "" }: Unsigned,
  key: SigningKey,
  scope: Scope,
  atMs: number,
): Record<string, string> {
  const payload = sha256(body);
  const amzDate = amzDateOf(atMs);
  const sent: Record<string, string> = {
    ...lowerCased(headers),
    host: new URL(url).host,
    "x-amz-date": amzDate,
    "x-amz-content-sha256": payload,
    ...(key.sessionToken === undefined ? {} : { "x-amz-security-token": key.sessionToken }),
  };
  const signed = Object.entries(sent).sort(([a], [b]) => (a < b ? -1 : 1));
  const signature = signatureOf(
    { method, url, headers: signed, payload },
    key.secretAccessKey,
    scope,
    amzDate,
  );
  const names = signed.map(([name]) => name).join(";");
  const credential = `${key.accessKeyId}/${credentialScope(scope, amzDate)}`;
  const authorization = `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...sent, authorization };
}

/** What a signature with this secret has to be, in hex. `amzDate`: "20260303T090000Z". */
export function signatureOf(canonical: Canonical, secret: string, scope: Scope, amzDate: string): string {
  const text = [
    ALGORITHM,
    amzDate,
    credentialScope(scope, amzDate),
    sha256(canonicalRequest(canonical, scope)),
  ].join("\n");
  return toHex(keyed(signingKey(secret, scope, amzDate), text));
}

function signingKey(secret: string, { region, service }: Scope, amzDate: string): Uint8Array {
  const day = keyed(fromUtf8(`AWS4${secret}`), amzDate.slice(0, 8));
  return keyed(keyed(keyed(day, region), service), "aws4_request");
}

function keyed(key: Uint8Array, text: string): Uint8Array {
  return hmac(nobleSha256, key, fromUtf8(text));
}

function credentialScope({ region, service }: Scope, amzDate: string): string {
  return `${amzDate.slice(0, 8)}/${region}/${service}/aws4_request`;
}

function canonicalRequest({ method, url, headers, payload }: Canonical, { service }: Scope): string {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map((pair) => pair.join("="))
    .join("&");
  const lines = headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}\n`);
  // S3 alone does not encode a path twice.
  const path = service === "s3" ? pathname : pathname.split("/").map(encoded).join("/");
  return [method, path, query, lines.join(""), headers.map(([name]) => name).join(";"), payload].join("\n");
}

/** As RFC 3986 has it, which is more than encodeURIComponent encodes. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** "20260303T090000Z". */
export function amzDateOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
