/** What somebody may do with an organisation: their role there, cut down to what their credential grants. */
import type { Identity } from "../identity.ts";
import type { Account } from "../model.ts";
import { isMember, isOwner } from "../organisations.ts";
import { failure, notFound } from "./answer.ts";
import type { Call } from "./route.ts";

export type OrganisationNeed = "look" | "member" | "owner";

const SCOPES = {
  look: ["read:org", "write:org", "admin:org", "repo", "user"],
  member: ["read:org", "write:org", "admin:org", "repo"],
  owner: ["admin:org"],
} as const satisfies Record<OrganisationNeed, readonly string[]>;

/** The organisation of the path, or why not. */
export function organisationFor(call: Call, need: OrganisationNeed): Account | Response {
  const { forge, params, identity } = call;
  const account = forge.account(params["org"] as string);
  if (account?.type !== "Organization") return notFound();
  if (need === "look") return account;
  if (identity === null) return failure(401, "Requires authentication");
  if (need === "member" && !isMember(forge, account.login, identity.login)) return notFound();
  if (need === "owner" && !isOwner(forge, account.login, identity.login))
    return isMember(forge, account.login, identity.login)
      ? failure(403, "You must be an admin of this organization.")
      : notFound();
  return covered(identity, need) ? account : failure(403, refusalOf(identity, need));
}

function covered({ grants }: Identity, need: OrganisationNeed): boolean {
  if (grants.kind === "session") return true;
  return grants.kind === "classic" && SCOPES[need].some((scope) => grants.scopes.includes(scope));
}

function refusalOf({ grants }: Identity, need: OrganisationNeed): string {
  if (grants.kind === "classic")
    return `This API operation needs the "${need === "owner" ? "admin:org" : "read:org"}" scope.`;
  return grants.kind === "job"
    ? "Resource not accessible by integration"
    : "Resource not accessible by personal access token";
}

/** Whether private facts of an organisation are shown to the caller. */
export function seesInside({ forge, identity }: Call, organisation: string): boolean {
  return identity !== null && isMember(forge, organisation, identity.login);
}
