/** What is remembered of a request: the use of the credential, and the entry from which CloudTrail answers. */
import type { Json } from "../../../base/json.ts";
import type { Credential } from "../../credential.ts";
import type { AuditEntry } from "../../audit.ts";
import { actorOf } from "./authenticate.ts";
import type { CloudAnswer, CloudCall } from "./call.ts";
import { isRefusal } from "./error.ts";
import type { Principal } from "./model.ts";

/** Name of the service in the audit log. */
export const CLOUD = "cloud";

/** `data` of an audit entry of the cloud: what CloudTrail adds to the common envelope. */
export interface CloudFacts {
  readonly eventSource: string;
  readonly eventName: string;
  readonly region: string;
  readonly readOnly: boolean;
  readonly management: boolean;
  readonly accessKeyId: string | null;
  /** ARN and unique id of who asked; null for nobody. */
  readonly arn: string | null;
  readonly principalId: string | null;
  readonly userAgent: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly parameters: Json;
  readonly response: Json;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

export function record(call: CloudCall, answer: CloudAnswer): void {
  const { ports, host, from, requestId, caller } = call;
  const { event, error } = answer;
  const action = `${host.service}:${event.name}`;
  const result = error && isRefusal(error) ? "denied" : "allowed";
  const credential = credentialOf(call);
  const actor = answer.actor?.name ?? (credential ? actorOf(credential) : "anonymous");
  if (credential) ports.credentials.used(credential.id, { actor, address: from.address, action, result });
  ports.audit.add({
    service: CLOUD,
    actor,
    identityType: answer.actor?.type ?? (caller.kind === "failure" ? "unknown" : caller.kind),
    credentialId: credential?.id ?? null,
    action,
    target: event.resources?.[0]?.name ?? "",
    result,
    address: from.address,
    requestId,
    data: factsOf(call, answer) as unknown as AuditEntry["data"],
  });
}

/** A key that does not work any more is known all the same. */
function credentialOf({ ports, caller }: CloudCall): Credential | undefined {
  const id = caller.kind === "anonymous" ? null : caller.credential;
  return id === null ? undefined : ports.credentials.get(id);
}

function factsOf({ host, headers, caller }: CloudCall, { event, error, actor }: CloudAnswer): CloudFacts {
  const principal: Principal | null = caller.kind === "failure" ? null : caller;
  const named = principal && principal.kind !== "anonymous" ? principal : null;
  return {
    eventSource: `${host.service}.amazonaws.com`,
    eventName: event.name,
    region: host.service === "iam" ? "us-east-1" : host.region,
    readOnly: event.readOnly,
    management: event.management ?? true,
    accessKeyId: caller.kind === "anonymous" ? null : caller.accessKeyId,
    arn: named?.arn ?? actor?.arn ?? null,
    principalId: named?.id ?? null,
    userAgent: (headers.get("x-amz-user-agent") ?? headers.get("user-agent") ?? "").slice(0, 200),
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    parameters: (event.parameters ?? null) as Json,
    response: (event.response ?? null) as Json,
    resources: event.resources ?? [],
  };
}
