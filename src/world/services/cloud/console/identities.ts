/** Users with their keys, roles with who may become them, and the policies of both. */
import { iamArn } from "../account.ts";
import { factsOf, historyOf } from "../cloudtrail/event.ts";
import { documentOf } from "../iam/documents.ts";
import type { Policies } from "../iam/entity.ts";
import { keysOf, lastUse } from "../keys.ts";
import { ROLES, USERS, type AccessKey, type IamRole, type IamUser } from "../model.ts";
import { isoTime, may, seen, type Looking } from "./looking.ts";
import type {
  ConsoleIdentities,
  ConsoleKey,
  ConsolePolicies,
  ConsolePolicy,
  ConsoleRole,
  ConsoleUse,
  ConsoleUser,
} from "./view.ts";

export function identities(looking: Looking): ConsoleIdentities {
  const { ports, caller } = looking;
  const { tables } = ports;
  return {
    account: caller.account,
    me: caller.kind === "user" ? caller.user : caller.session,
    users: seen(looking, "iam:ListUsers", iamArn(ports, "user/"), () =>
      sorted(tables.of(USERS).all()).map((user) => userOf(looking, user)),
    ),
    roles: seen(looking, "iam:ListRoles", iamArn(ports, "role/"), () =>
      sorted(tables.of(ROLES).all()).map((role) => roleOf(looking, role)),
    ),
  };
}

function sorted<T extends { readonly name: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function userOf(looking: Looking, user: IamUser): ConsoleUser {
  const { name, arn, createdAtMs } = user;
  return {
    name,
    arn,
    created: isoTime(createdAtMs),
    keys: seen(looking, "iam:ListAccessKeys", arn, () =>
      keysOf(looking.ports, name).map((key, i) => keyOf(looking, arn, key, i + 1)),
    ),
    policies: policiesOf(looking, "User", arn, user),
  };
}

function roleOf(looking: Looking, role: IamRole): ConsoleRole {
  const { name, arn, createdAtMs, description, trust, maxSessionS } = role;
  return {
    ...{ name, arn, description, trust, maxSessionS },
    created: isoTime(createdAtMs),
    policies: policiesOf(looking, "Role", arn, role),
  };
}

function policiesOf(
  looking: Looking,
  kind: "User" | "Role",
  owner: string,
  { attached, inline }: Policies,
): ConsolePolicies {
  return {
    attached: seen(looking, `iam:ListAttached${kind}Policies`, owner, () =>
      attached.map((arn) => managed(looking, arn)),
    ),
    inline: seen(looking, `iam:List${kind}Policies`, owner, () =>
      Object.entries(inline)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, document]) => ({
          name,
          arn: null,
          document: seen(looking, `iam:Get${kind}Policy`, owner, () => document),
        })),
    ),
  };
}

function managed(looking: Looking, arn: string): ConsolePolicy {
  const document = seen(looking, "iam:GetPolicyVersion", arn, () => documentOf(looking.ports, arn) ?? "");
  return { name: arn.slice(arn.lastIndexOf("/") + 1), arn, document };
}

function keyOf(looking: Looking, owner: string, key: AccessKey, number: number): ConsoleKey {
  const { accessKeyId: id, status, createdAtMs } = key;
  return {
    ...{ id, number, status },
    created: isoTime(createdAtMs),
    createdWith: readsTrail(looking) ? madeWith(looking, id) : null,
    lastUsed: seen(looking, "iam:GetAccessKeyLastUsed", owner, () => useOf(looking, key)),
  };
}

function readsTrail(looking: Looking): boolean {
  return may(looking, { action: "cloudtrail:LookupEvents", resource: "*" });
}

function madeWith({ ports }: Looking, id: string): string | null {
  const made = historyOf(ports).find((entry) => {
    const { eventName, response, errorCode } = factsOf(entry);
    const key = (response as { accessKey?: { accessKeyId?: unknown } } | null)?.accessKey;
    return eventName === "CreateAccessKey" && errorCode === null && key?.accessKeyId === id;
  });
  return made ? factsOf(made).accessKeyId : null;
}

/** IAM knows a last use some time later; the history of events knows it at once, and from where. */
function useOf(looking: Looking, key: AccessKey): ConsoleUse | null {
  const known = lastUse(looking.ports, key);
  const entry = readsTrail(looking)
    ? historyOf(looking.ports).findLast((it) => factsOf(it).accessKeyId === key.accessKeyId)
    : undefined;
  if (entry && (!known || entry.atMs >= known.atMs)) {
    const service = factsOf(entry).eventSource.split(".")[0] ?? "";
    return { at: isoTime(entry.atMs), service, address: entry.address };
  }
  return known ? { at: isoTime(known.atMs), service: known.service, address: null } : null;
}
