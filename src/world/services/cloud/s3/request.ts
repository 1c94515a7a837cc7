/** What a request to S3 is about: a bucket, an object of it, and a part of it that has a name of its own. */
import { concat, toUtf8 } from "../../../../base/bytes.ts";
import type { CloudCall } from "../call.ts";

export interface S3Request {
  readonly call: CloudCall;
  /** Empty: the service itself. */
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  /** "policy", "publicAccessBlock"…; empty where none is named. */
  readonly part: string;
  readonly query: URLSearchParams;
  /** Without the frames of aws-chunked. */
  readonly body: Uint8Array;
}

/** Names in a query that are no part of what is meant. */
const PLAIN: ReadonlySet<string> = new Set([
  "list-type",
  "prefix",
  "delimiter",
  "max-keys",
  "continuation-token",
  "start-after",
  "marker",
  "encoding-type",
  "fetch-owner",
  "max-buckets",
  "bucket-region",
  "x-id",
  "partNumber",
  "versionId",
]);

export function readRequest(call: CloudCall): S3Request {
  const { url, host, headers } = call;
  const path = decoded(url.pathname.slice(1));
  const slash = path.indexOf("/");
  const first = slash < 0 ? path : path.slice(0, slash);
  const rest = slash < 0 ? "" : path.slice(slash + 1);
  const [bucket, key] = host.bucket === null ? [first, rest] : [host.bucket, path];
  const part = [...url.searchParams.keys()].find(
    (name) => !PLAIN.has(name) && !/^(?:x-amz|response)-/i.test(name),
  );
  const chunked = /\baws-chunked\b/.test(headers.get("content-encoding") ?? "") || isStreaming(headers);
  return {
    call,
    bucket,
    key,
    part: part ?? "",
    query: url.searchParams,
    body: chunked ? unchunked(call.body) : call.body,
  };
}

function isStreaming(headers: Headers): boolean {
  return (headers.get("x-amz-content-sha256") ?? "").startsWith("STREAMING-");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `SIZE[;chunk-signature=…]\r\n` before each piece. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
function unchunked(body: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf(0x0a, at);
    if (end < 0) break;
    const size = Number.parseInt(toUtf8(body.subarray(at, end)), 16);
    if (!(size > 0)) break;
    pieces.push(body.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 2;
  }
  return concat(pieces);
}
