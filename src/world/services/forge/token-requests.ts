/**
 * Fine-grained tokens in organisations: owners approve, deny and revoke their access.
 * https://docs.github.com/en/organizations/managing-programmatic-access-to-your-organization/managing-requests-for-personal-access-tokens-in-your-organization
 */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Credential } from "../../credential.ts";
import type { Forge } from "./forge.ts";
import type { Grants } from "./identity.ts";
import { notify } from "./notifications.ts";
import { isOwner } from "./organisations.ts";
import { issueToken, type NewToken } from "./tokens.ts";

export interface TokenAccess {
  /** Number of the token. */
  readonly id: number;
  readonly credential: string;
  readonly organisation: string;
  readonly owner: string;
  readonly reason: string | null;
  readonly state: "pending" | "approved" | "denied" | "revoked";
  readonly atMs: number;
  readonly changedAtMs: number;
}

/** By id of the credential. */
export const TOKEN_ACCESSES = tableName<TokenAccess>("forge/token-accesses");

type FineGrained = Extract<Grants, { kind: "fine-grained" }>;

/** A fine-grained token for what `resourceOwner` owns; where that is an organisation it may have to wait. */
export function issueFineGrained(
  forge: Forge,
  token: Pick<NewToken, "owner" | "name" | "expiresAtMs"> & {
    readonly resourceOwner: string;
    readonly grants: Pick<FineGrained, "repositories" | "permissions">;
    readonly reason?: string | null;
  },
): Credential {
  const organisation = forge.account(token.resourceOwner);
  const isOrganisation = organisation?.type === "Organization";
  const waits =
    isOrganisation && organisation.approvesTokens && !isOwner(forge, organisation.login, token.owner);
  const grants: FineGrained = {
    kind: "fine-grained",
    ...token.grants,
    resourceOwner: token.resourceOwner,
    ...(waits ? { pending: true } : {}),
  };
  const credential = issueToken(forge, { ...token, type: "fine-grained", grants });
  if (isOrganisation) {
    const { tables, now } = forge.ports;
    tables.of(TOKEN_ACCESSES).set(credential.id, {
      id: Number(credential.id.replace(/^\D+/, "")),
      credential: credential.id,
      organisation: organisation.login,
      owner: token.owner,
      reason: token.reason ?? null,
      state: waits ? "pending" : "approved",
      atMs: now(),
      changedAtMs: now(),
    });
  }
  return credential;
}

export function accessesOf(
  forge: Forge,
  organisation: string,
  states: readonly TokenAccess["state"][],
): TokenAccess[] {
  return forge.ports.tables
    .of(TOKEN_ACCESSES)
    .filter(
      (it) => it.organisation.toLowerCase() === organisation.toLowerCase() && states.includes(it.state),
    );
}

/** What the token opens of the organisation follows at once; the owner of the token gets a letter. */
export function setAccess(forge: Forge, access: TokenAccess, state: TokenAccess["state"]): TokenAccess {
  const { tables, credentials, now } = forge.ports;
  const credential = credentials.get(access.credential);
  if (credential) {
    const { pending: _, ...grants } = credential.grants as unknown as FineGrained;
    const closed = state === "approved" ? grants : { ...grants, pending: true };
    credentials.change(credential.id, { grants: closed as unknown as Json });
  }
  notify(forge, {
    to: access.owner,
    subject: `[${access.organisation}] Your personal access token was ${state}`,
    body: `An owner of ${access.organisation} decided about the token "${credential?.scope ?? ""}": ${state}.\n`,
  });
  return tables.of(TOKEN_ACCESSES).change(access.credential, { state, changedAtMs: now() });
}
