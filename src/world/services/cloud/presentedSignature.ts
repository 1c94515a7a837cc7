/** The signature of a request as it came: in the Authorization header, or in the query of a presigned address. */
import { sha256 } from "../../../base/digest.ts";
import type { Canonical, Scope } from "./signature.ts";

/** What is read of a request. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface PresentedSignature {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** "20260303T090000Z", and the same in ms. */
  readonly amzDate: string;
  readonly atMs: number;
  /** For how long a presigned address holds; null for a header. */
  readonly expiresS: number | null;
  readonly sessionToken: string | null;
  readonly canonical: Canonical;
  readonly signature: string;
}

export type Presented = PresentedSignature | { readonly problem: string };

const ALGORITHM = ["AWS4", "HMAC", "SHA256"].join("-");
const LONGEST_S = 604_800;

/** Null where nobody signed. */
export function readSignature(request: Received): Presented | null {
  const header = request.headers.get("authorization");
  if (header !== null) return fromHeader(request, header);
  return request.url.searchParams.has("X-Amz-Signature") ? fromQuery(request) : null;
}

function fromHeader(request: Received, header: string): Presented {
  const [algorithm = "", ...rest] = header.trim().split(/\s+/);
  if (algorithm !== ALGORITHM)
    return { problem: `Unsupported ${ALGORITHM} 'algorithm': '${algorithm.slice(0, 40)}'.` };
  const fields = new Map(
    rest
      .join("")
      .split(",")
      .map((field) => split(field, "=")),
  );
  const missing = ["Credential", "SignedHeaders", "Signature"].filter((name) => !fields.get(name));
  if (missing.length > 0)
    return {
      problem: missing.map((name) => `Authorization header requires '${name}' parameter.`).join(" "),
    };
  const amzDate = request.headers.get("x-amz-date");
  if (amzDate === null)
    return {
      problem: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    };
  return presented(request, {
    credential: fields.get("Credential") ?? "",
    names: fields.get("SignedHeaders") ?? "",
    signature: fields.get("Signature") ?? "",
    amzDate,
    expiresS: null,
    sessionToken: request.headers.get("x-amz-security-token"),
    url: request.url,
    payload: request.headers.get("x-amz-content-sha256") ?? sha256(request.body),
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function fromQuery(request: Received): Presented {
  const query = request.url.searchParams;
  const url = new URL(request.url);
  url.searchParams.delete("X-Amz-Signature");
  const needed = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
  ];
  const missing = needed.find((name) => !query.get(name));
  const expiresS = Number(query.get("X-Amz-Expires"));
  if (missing !== undefined || query.get("X-Amz-Algorithm") !== ALGORITHM)
    return {
      problem:
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    };
  if (!Number.isInteger(expiresS) || expiresS < 1 || expiresS > LONGEST_S)
    return { problem: "X-Amz-Expires must be a number of seconds between 1 and 604800 (seven days)" };
  const credential = query.get("X-Amz-Credential") ?? "";
  const isS3 = credential.split("/")[3] === "s3";
  return presented(request, {
    credential,
    names: query.get("X-Amz-SignedHeaders") ?? "",
    signature: query.get("X-Amz-Signature") ?? "",
    amzDate: query.get("X-Amz-Date") ?? "",
    expiresS,
    sessionToken: query.get("X-Amz-Security-Token"),
    url,
    payload: isS3 ? "UNSIGNED-PAYLOAD" : sha256(request.body),
  });
}

interface Fields {
  readonly credential: string;
  /** Names of the headers that are signed. */
  readonly names: string;
  readonly signature: string;
  readonly amzDate: string;
  readonly expiresS: number | null;
  readonly sessionToken: string | null;
  readonly url: URL;
  readonly payload: string;
}

function presented(request: Received, fields: Fields): Presented {
  const { amzDate, url, payload, signature, expiresS, sessionToken } = fields;
  const [accessKeyId = "", day = "", region = "", service = "", end = "", more] =
    fields.credential.split("/");
  const atMs = timeOf(amzDate);
  if (atMs === null)
    return { problem: `Date must be in ISO-8601 'basic format'. Got '${amzDate.slice(0, 40)}'.` };
  if (end !== "aws4_request" || more !== undefined || day !== amzDate.slice(0, 8))
    return {
      problem:
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.",
    };
  const names = fields.names.split(";");
  if (!names.includes("host"))
    return { problem: "'Host' must be a 'SignedHeader' in the AWS Authorization." };
  const headers = names.map((name) => [name, headerOf(request, name)] as const);
  return {
    accessKeyId,
    scope: { region, service },
    amzDate,
    atMs,
    expiresS,
    sessionToken,
    canonical: { method: request.method, url: url.href, headers, payload },
    signature,
  };
}

/** A browser's request does not carry the two that belong to the connection; they follow from the rest. */
function headerOf({ headers, url, body }: Received, name: string): string {
  const value = isHeaderName(name) ? headers.get(name) : null;
  if (value !== null) return value;
  return name === "host" ? url.host : name === "content-length" ? String(body.length) : "";
}

function isHeaderName(name: string): boolean {
  return /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

/** ms of "20260303T090000Z"; null for anything else. */
function timeOf(text: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  if (year === undefined) return null;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return Number.isFinite(ms) ? ms : null;
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
