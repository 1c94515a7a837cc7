/** What the store answers: one envelope for secrets, and lists of errors. https://openbao.org/api-docs/#api-operations */
import type { Json } from "../../../base/json.ts";
import type { Fields } from "./model.ts";

export interface AuthBlock {
  readonly client_token: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly token_policies: readonly string[];
  readonly identity_policies: null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly lease_duration: number;
  readonly renewable: boolean;
  readonly entity_id: string;
  readonly token_type: "service";
  readonly orphan: boolean;
  readonly mfa_requirement: null;
  readonly num_uses: number;
}

export interface Reply {
  readonly status: number;
  readonly data?: Fields | null;
  readonly lease?: { readonly id: string; readonly duration: number; readonly renewable: boolean };
  readonly auth?: AuthBlock;
  readonly warnings?: readonly string[];
  readonly errors?: readonly string[];
  /** A body without the envelope: health, seal status. */
  readonly plain?: Fields;
}

export function data(fields: Fields, warnings: readonly string[] = []): Reply {
  return { status: 200, data: fields, ...(warnings.length > 0 ? { warnings } : {}) };
}

export function done(warnings: readonly string[] = []): Reply {
  return warnings.length > 0 ? { status: 200, data: null, warnings } : { status: 204 };
}

export function keys(names: readonly string[], more: Fields = {}): Reply {
  return names.length === 0 ? notFound() : data({ keys: [...names], ...more });
}

export function notFound(): Reply {
  return { status: 404, errors: [] };
}

export function wrong(message: string): Reply {
  return { status: 400, errors: [message] };
}

/** How Go's multierror prints one error. */
export function oneError(message: string): string {
  return `1 error occurred:\n\t* ${message}\n\n`;
}

export function denied(): Reply {
  return { status: 403, errors: [oneError("permission denied")] };
}

/** No token, or one that works for nobody. */
export function noToken(sent: boolean): Reply {
  const message = sent
    ? "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"
    : "permission denied";
  return { status: 403, errors: [message] };
}

export function internal(): Reply {
  return { status: 500, errors: [oneError("internal error")] };
}

export function absent(what: string): Reply {
  return { status: 501, errors: [`${what}: not simulated in LeakLab`] };
}

/** Answers of these paths carry their data beside the envelope too. */
const BESIDE =
  /^sys\/(?:audit|auth|audit-hash|capabilities(?:-self|-accessor)?|mounts|policy|rotate|key-status)(?:\/|$)/;

export function responseOf(reply: Reply, path: string, requestId: string): Response {
  const body = bodyOf(reply, path, requestId);
  const headers = { "Cache-Control": "no-store", "Content-Type": "application/json" };
  return new Response(body === null ? null : `${JSON.stringify(body)}\n`, { status: reply.status, headers });
}

function bodyOf(reply: Reply, path: string, requestId: string): Json | null {
  if (reply.plain) return reply.plain as Json;
  // What is not there may still tell about itself: a deleted version of a secret.
  if (reply.errors && !reply.data) return { errors: [...reply.errors] };
  if (reply.status === 204) return null;
  const { lease, auth = null, warnings = null } = reply;
  return {
    ...(BESIDE.test(path) && reply.data ? reply.data : {}),
    request_id: requestId,
    lease_id: lease?.id ?? "",
    renewable: lease?.renewable ?? false,
    lease_duration: lease?.duration ?? 0,
    data: reply.data ?? null,
    wrap_info: null,
    warnings,
    auth,
  } as unknown as Json;
}
