/**
 * The context of a request: global condition keys, and what a service adds. Names without regard to case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { ServicePorts } from "../../../service.ts";
import { REGION, ROLES, SESSIONS, USERS, type Principal } from "../model.ts";

/** Values by key, in lower case. A key that is not there has no value. */
export type Context = ReadonlyMap<string, readonly string[]>;

export interface Asking {
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly address?: string;
}

type Entries = readonly (readonly [string, string | readonly string[] | null])[];

export function contextOf(ports: ServicePorts, principal: Principal, asking: Asking): Context {
  const entries = [...ofTheWorld(ports, asking), ...ofPrincipal(ports, principal)];
  return contextFrom([...entries, ...Object.entries(asking.context ?? {})]);
}

export function contextFrom(entries: Entries): Context {
  return new Map(
    entries.flatMap(([key, value]) =>
      value === null ? [] : [[key.toLowerCase(), typeof value === "string" ? [value] : value] as const],
    ),
  );
}

function ofTheWorld({ now }: ServicePorts, { resource, address }: Asking): Entries {
  const [, , , region = "", account = ""] = resource.split(":");
  return [
    ["aws:CurrentTime", new Date(now()).toISOString()],
    ["aws:EpochTime", String(Math.floor(now() / 1000))],
    ["aws:SecureTransport", "true"],
    ["aws:RequestedRegion", region === "" ? REGION : region],
    ["aws:SourceIp", address ?? null],
    ["aws:ResourceAccount", account === "" ? null : account],
  ];
}

function ofPrincipal({ tables }: ServicePorts, principal: Principal): Entries {
  if (principal.kind === "anonymous") return [["aws:PrincipalType", "Anonymous"]];
  const common: Entries = [
    ["aws:userid", principal.id],
    ["aws:PrincipalAccount", principal.account],
  ];
  if (principal.kind === "user") {
    const tags = tables.of(USERS).get(principal.user.toLowerCase())?.tags ?? {};
    return [
      ...common,
      ["aws:PrincipalType", "User"],
      ["aws:username", principal.user],
      ["aws:PrincipalArn", principal.arn],
      ...tagEntries(tags),
    ];
  }
  const session = tables.of(SESSIONS).get(principal.accessKeyId);
  const tags = tables.of(ROLES).get(principal.role.toLowerCase())?.tags ?? {};
  return [
    ...common,
    ["aws:PrincipalType", "AssumedRole"],
    ["aws:PrincipalArn", principal.roleArn],
    ["aws:TokenIssueTime", session ? new Date(session.issuedAtMs).toISOString() : null],
    ["aws:MultiFactorAuthPresent", "false"],
    ...tagEntries(tags),
    ...Object.entries(session?.context ?? {}),
  ];
}

function tagEntries(tags: Readonly<Record<string, string>>): Entries {
  return Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const);
}
