/** Answers and errors of S3, as XML. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
import { sha256 } from "../../../../base/digest.ts";
import type { AuthenticationFailure, FailureReason } from "../authenticate.ts";
import type { CloudAnswer, CloudCall } from "../call.ts";
import { cloudError, type CloudError } from "../error.ts";
import type { CloudEvent } from "../model.ts";
import { escaped } from "../xml.ts";
import type { S3Request } from "./request.ts";

/** Elements in their order: a name, and a text or further elements. */
export type Elements = readonly (readonly [name: string, content: string | number | boolean | Elements])[];

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** What came of a request that was good. */
export interface Good {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A whole document; or bytes or a text as they are. */
  readonly body?: { readonly root: string; readonly content: string | Elements } | Uint8Array | string;
}

export function answered({ call }: S3Request, event: CloudEvent, good: Good): CloudAnswer {
  const { status = 200, headers = {}, body = "" } = good;
  const isXml = typeof body === "object" && !(body instanceof Uint8Array);
  const content = isXml ? document(body.root, body.content, ` xmlns="${NAMESPACE}"`) : body;
  const empty = status === 204 || call.method === "HEAD";
  const response = new Response(empty ? null : (content as BodyInit), {
    status,
    headers: { ...(isXml ? { "Content-Type": "application/xml" } : {}), ...ids(call), ...headers },
  });
  return { response, event };
}

export function refused({ call, bucket, key }: S3Request, event: CloudEvent, error: CloudError): CloudAnswer {
  const { code, message, status } = error;
  const more: Elements = /^NoSuchKey$/.test(code)
    ? [["Key", key]]
    : /^(?:NoSuchBucket|NoSuchBucketPolicy|BucketAlready.*|BucketNotEmpty|NoSuchPublicAccessBlockConfiguration)$/.test(
          code,
        )
      ? [["BucketName", bucket]]
      : [];
  const [request, host] = [shortId(call), hostId(call)];
  const body = document(
    "Error",
    [["Code", code], ["Message", message], ...more, ["RequestId", request], ["HostId", host]],
    "",
  );
  const response = new Response(call.method === "HEAD" ? null : body, {
    status,
    headers: { "Content-Type": "application/xml", ...ids(call) },
  });
  return { response, event, error };
}

function document(root: string, content: string | Elements, attributes: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes}>${inner(content)}</${root}>`;
}

function inner(content: string | number | boolean | Elements): string {
  if (typeof content !== "object") return escaped(String(content));
  return content.map(([name, value]) => `<${name}>${inner(value)}</${name}>`).join("");
}

function ids(call: CloudCall): Record<string, string> {
  return { "x-amz-request-id": shortId(call), "x-amz-id-2": hostId(call) };
}

function shortId({ requestId }: CloudCall): string {
  return requestId.replaceAll("-", "").slice(0, 16).toUpperCase();
}

function hostId({ requestId }: CloudCall): string {
  return sha256(`s3 host ${requestId}`).slice(0, 44);
}

const FAILURES: Readonly<Record<FailureReason, readonly [code: string, status: number, message: string]>> = {
  "unknown-key": [
    "InvalidAccessKeyId",
    403,
    "The AWS Access Key Id you provided does not exist in our records.",
  ],
  "inactive-key": [
    "InvalidAccessKeyId",
    403,
    "The AWS Access Key Id you provided does not exist in our records.",
  ],
  "wrong-signature": [
    "SignatureDoesNotMatch",
    403,
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ],
  incomplete: ["AuthorizationHeaderMalformed", 400, "The authorization header is malformed."],
  "expired-token": ["ExpiredToken", 400, "The provided token has expired."],
  "bad-token": ["InvalidToken", 400, "The provided token is malformed or otherwise invalid."],
  skewed: [
    "RequestTimeTooSkewed",
    403,
    "The difference between the request time and the current time is too large.",
  ],
};

export function s3Failure({ reason }: AuthenticationFailure): CloudError {
  const [code, status, message] = FAILURES[reason];
  return cloudError(code, message, status);
}
