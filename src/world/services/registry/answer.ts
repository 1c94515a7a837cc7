/** Answers of the registry in npm's shapes. https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md */
import type { Json } from "../../../base/json.ts";

export function json(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

/** npm prints `error` behind the status. */
export function failure(status: number, error: string): Response {
  return json(status, { error });
}

/** A token that works no more, or none where one is needed. */
export function unauthorized(presented: boolean): Response {
  const notice = { "npm-notice": "Access token expired or revoked. Please try logging in again." };
  return json(401, { message: "Unauthorized" }, presented ? notice : {});
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
