/**
 * The JSON protocol (1.1) of CloudTrail and ECS: the operation in `X-Amz-Target`, everything else in the body.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { CloudAnswer, CloudCall } from "./call.ts";
import { cloudError, type CloudError } from "./error.ts";
import type { CloudEvent } from "./model.ts";

export type JsonBody = Readonly<Record<string, Json | undefined>>;

/** "LookupEvents" of "….CloudTrail_20131101.LookupEvents". */
export function jsonOperation({ headers }: CloudCall): string {
  return (headers.get("x-amz-target") ?? "").split(".").at(-1) ?? "";
}

export function jsonBody({ body }: CloudCall): JsonBody | CloudError {
  const text = toUtf8(body);
  try {
    const value = (text === "" ? {} : JSON.parse(text)) as unknown;
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as JsonBody;
  } catch {
    // Below.
  }
  return cloudError("SerializationException", "The request body is not a JSON object.");
}

export function jsonAnswer({ requestId }: CloudCall, event: CloudEvent, result: Json): CloudAnswer {
  return { response: jsonResponse(200, result, requestId), event };
}

/** Errors of this protocol are 400 where nothing else is said; "AccessDenied" has another name here. */
export function jsonProblem({ requestId }: CloudCall, event: CloudEvent, given: CloudError): CloudAnswer {
  const denied = given.code === "AccessDenied";
  const error = denied ? cloudError("AccessDeniedException", given.message) : given;
  const text = denied ? { Message: error.message } : { message: error.message };
  return {
    response: jsonResponse(error.status, { __type: error.code, ...text }, requestId),
    event,
    error,
  };
}

function jsonResponse(status: number, body: Json, requestId: string): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": requestId },
  });
}
