/** What audit devices write of a request and of its answer. https://openbao.org/docs/audit/#format */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import type { Reply } from "../answer.ts";
import type { Holder, StoreCall } from "../call.ts";
import { goTime } from "../fields.ts";
import { DEVICES, hashed, hashOf, writeLine, type Device } from "./devices.ts";

export interface Entry {
  readonly call: StoreCall;
  /** What was sent as a token, whether it works or not; "" for none. */
  readonly sent: string;
  readonly allowed: boolean;
  /** Null before there is one. */
  readonly reply: Reply | null;
}

/** False where there are devices and none of them could write: then the request must not be served. */
export function audit(ports: ServicePorts, entry: Entry): boolean {
  const devices = ports.tables.of(DEVICES).all();
  const written = devices.map((device) => {
    const prefix = device.options["prefix"] ?? "";
    return writeLine(ports, device, prefix + JSON.stringify(lineOf(device, entry))) === null;
  });
  return devices.length === 0 || written.includes(true);
}

function lineOf(device: Device, { call, sent, allowed, reply }: Entry): Json {
  const { holder, ports } = call;
  return {
    time: goTime(ports.now()),
    type: reply === null ? "request" : "response",
    auth: authOf(device, holder, sent, allowed),
    request: requestOf(device, call, sent),
    ...(reply === null ? {} : { response: responseOf(device, reply) }),
    ...(reply?.errors && reply.errors.length > 0 ? { error: reply.errors.join("; ") } : {}),
    ...(reply === null && !allowed ? { error: "permission denied" } : {}),
  };
}

function authOf(device: Device, holder: Holder | null, sent: string, allowed: boolean): Json {
  const results = { policy_results: { allowed } };
  if (!holder) return sent === "" ? results : { client_token: secret(device, sent), ...results };
  const { token } = holder;
  return {
    client_token: secret(device, sent),
    accessor: accessorOf(device, token.accessor),
    display_name: token.displayName,
    policies: [...token.policies],
    token_policies: [...token.policies],
    ...results,
    ...(token.entityId === "" ? {} : { entity_id: token.entityId }),
    ...(token.meta ? { metadata: token.meta } : {}),
    token_type: "service",
    token_ttl: Math.floor(token.creationTtlMs / 1000),
    token_issue_time: goTime(token.issuedAtMs),
  };
}

function requestOf(device: Device, call: StoreCall, sent: string): Json {
  const { requestId, operation, mount, path, fields, from, holder } = call;
  const isEmpty = Object.keys(fields).length === 0;
  return {
    id: requestId,
    operation,
    mount_point: mount,
    ...(sent === "" ? {} : { client_token: secret(device, sent) }),
    ...(holder ? { client_token_accessor: accessorOf(device, holder.token.accessor) } : {}),
    namespace: { id: "root" },
    path,
    ...(isEmpty ? {} : { data: hashed(device, fields as Json) }),
    remote_address: from.address,
  };
}

function responseOf(device: Device, { auth, data, lease }: Reply): Json {
  return {
    ...(auth
      ? {
          auth: {
            client_token: secret(device, auth.client_token),
            accessor: accessorOf(device, auth.accessor),
            policies: [...auth.policies],
            token_ttl: auth.lease_duration,
            token_type: auth.token_type,
          },
        }
      : {}),
    ...(lease ? { secret: { lease_id: lease.id } } : {}),
    ...(data ? { data: hashed(device, data as Json) } : {}),
  };
}

function secret(device: Device, value: string): string {
  return device.options["log_raw"] === "true" ? value : hashOf(device, value);
}

/** Accessors are hashed unless a device says otherwise. */
function accessorOf(device: Device, accessor: string): string {
  const plain = device.options["hmac_accessor"] === "false" || device.options["log_raw"] === "true";
  return plain ? accessor : hashOf(device, accessor);
}
