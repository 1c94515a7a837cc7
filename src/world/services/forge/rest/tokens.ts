/**
 * Tokens and sessions of an account. Making and listing them are pages on GitHub, not API: these paths stand for the
 * pages and take JSON from a browser's session only. Revoking what lies in the open is GitHub's own endpoint:
 * https://docs.github.com/en/rest/credentials/revoke
 */
import type { Json } from "../../../../base/json.ts";
import type { Credential } from "../../../credential.ts";
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import { LEVELS, PERMISSION_NAMES, type Level, type PermissionName } from "../model.ts";
import { notify } from "../notifications.ts";
import { isMember, organisationsOf } from "../organisations.ts";
import { ACCOUNTS } from "../store.ts";
import { issueFineGrained } from "../token-requests.ts";
import {
  endSession,
  endSessions,
  factsOf,
  issueToken,
  revokeExposed,
  revokeToken,
  sessionsOf,
  tokensOf,
} from "../tokens.ts";
import { audited } from "./audited.ts";
import { flagField, own, textField, textsField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time, timeOrNull } from "./answer.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const tokenRoutes: readonly Route[] = [
  onSite("GET", "/settings/tokens", "user", inBrowser(listTokens)),
  onSite("POST", "/settings/tokens", "user", inBrowser(postToken)),
  onSite("DELETE", "/settings/tokens/{id}", "user", inBrowser(destroyToken)),
  onSite("GET", "/settings/sessions", "user", inBrowser(listSessions)),
  onSite("DELETE", "/settings/sessions", "user", inBrowser(endAll)),
  onSite("DELETE", "/settings/sessions/{id}", "user", inBrowser(endOne)),
  onSite("PUT", "/settings/security", "user", inBrowser(putSecurity)),
  onSite("POST", "/credentials/revoke", "anyone", revokeInBulk),
];

type BrowserCall = Call & { readonly identity: Identity };

function inBrowser(run: (call: BrowserCall) => Response): (call: Call) => Response {
  return (call) => {
    const { identity } = call;
    if (identity?.grants.kind !== "session") return notFound();
    return run({ ...call, identity });
  };
}

function tokenJson(forge: Forge, credential: Credential): { readonly [key: string]: Json } {
  const facts = factsOf(forge, credential.id);
  const used = credential.uses.findLast(({ result }) => result === "allowed");
  const works = forge.ports.credentials.works(credential);
  return {
    id: facts?.number ?? credential.id,
    name: facts?.name ?? credential.scope,
    type: facts?.type ?? "classic",
    status: credential.status === "active" && !works ? "expired" : credential.status,
    grants: credential.grants,
    created_at: time(credential.createdAtMs),
    expires_at: timeOrNull(credential.expiresAtMs),
    last_used_at: timeOrNull(used?.atMs ?? null),
  };
}

/** Never with their values. */
function listTokens(call: BrowserCall): Response {
  const { forge, identity } = call;
  return list(call, tokensOf(forge, identity.login), (it) => tokenJson(forge, it));
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

/** `expires_in_days` absent or null: no expiry for classic tokens, 30 days for the others. */
function expiryFrom(call: BrowserCall, fine: boolean): number | null | undefined {
  const days = own(call.body, "expires_in_days") ?? (fine ? 30 : null);
  if (days === null) return null;
  if (typeof days !== "number" || !Number.isSafeInteger(days) || days < 1 || days > LONGEST_DAYS)
    return undefined;
  return call.forge.now() + days * DAY_MS;
}

/** The answer is the only place where the value is ever shown. */
function postToken(call: BrowserCall): Response {
  const { forge, identity, body } = call;
  const fine = textField(body, "type") === "fine-grained";
  const name = textField(body, "name") ?? "";
  const expiresAtMs = expiryFrom(call, fine);
  if (name.trim() === "")
    return invalid({ resource: "PersonalAccessToken", field: "name", code: "missing_field" });
  if (expiresAtMs === undefined)
    return invalid({ resource: "PersonalAccessToken", field: "expires_in_days", code: "invalid" });
  const made = fine ? fineGrained(call, name, expiresAtMs) : classic(call, name, expiresAtMs);
  if (made instanceof Response) return made;
  const target = textField(body, "resource_owner") ?? identity.login;
  audited(call, fine ? "personal_access_token.create" : "oauth_access.create", target, {
    token_id: factsOf(forge, made.id)?.number ?? 0,
  });
  return json(201, { ...tokenJson(forge, made), token: made.value });
}

/** https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
export const SCOPES = [
  "repo",
  "repo:status",
  "repo_deployment",
  "public_repo",
  "repo:invite",
  "security_events",
  "workflow",
  "write:packages",
  "read:packages",
  "delete:packages",
  "admin:org",
  "write:org",
  "read:org",
  "admin:public_key",
  "admin:repo_hook",
  "write:repo_hook",
  "read:repo_hook",
  "admin:org_hook",
  "gist",
  "notifications",
  "user",
  "read:user",
  "user:email",
  "delete_repo",
  "read:audit_log",
] as const;

function classic(
  { forge, identity, body }: BrowserCall,
  name: string,
  expiresAtMs: number | null,
): Credential | Response {
  const scopes = textsField(body, "scopes") ?? [];
  if (scopes.some((scope) => !SCOPES.some((known) => known === scope)))
    return invalid({ resource: "PersonalAccessToken", field: "scopes", code: "invalid" });
  const grants = { kind: "classic", scopes } as const;
  return issueToken(forge, { owner: identity.login, name, type: "classic", grants, expiresAtMs });
}

function fineGrained(
  { forge, identity, body }: BrowserCall,
  name: string,
  expiresAtMs: number | null,
): Credential | Response {
  const resourceOwner = textField(body, "resource_owner") ?? identity.login;
  if (resourceOwner !== identity.login && !isMember(forge, resourceOwner, identity.login))
    return invalid({ resource: "PersonalAccessToken", field: "resource_owner", code: "invalid" });
  const permissions = permissionsFrom(own(body, "permissions"));
  if (permissions === null)
    return invalid({ resource: "PersonalAccessToken", field: "permissions", code: "invalid" });
  const chosen = own(body, "repositories");
  const repositories = chosen === "all" || chosen === undefined ? "all" : textsField(body, "repositories");
  if (repositories === null)
    return invalid({ resource: "PersonalAccessToken", field: "repositories", code: "invalid" });
  return issueFineGrained(forge, {
    owner: identity.login,
    name,
    expiresAtMs,
    resourceOwner,
    grants: { repositories, permissions },
    reason: textField(body, "reason"),
  });
}

function permissionsFrom(value: Json | undefined): Partial<Record<PermissionName, Level>> | null {
  if (value === undefined) return {};
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const permissions: Partial<Record<PermissionName, Level>> = {};
  for (const [key, given] of Object.entries(value)) {
    const name = PERMISSION_NAMES.find((it) => it === key);
    const level = LEVELS.find((it) => it === given);
    if (!name || !level) return null;
    permissions[name] = level;
  }
  return permissions;
}

function destroyToken(call: BrowserCall): Response {
  const { forge, identity, params } = call;
  const found = tokensOf(forge, identity.login).find(
    (it) => it.id === params["id"] || String(factsOf(forge, it.id)?.number) === params["id"],
  );
  if (!found) return notFound();
  revokeToken(forge, found.id, "deleted");
  const facts = factsOf(forge, found.id);
  const target = facts?.resourceOwner ?? identity.login;
  audited(
    call,
    facts?.type === "fine-grained" ? "personal_access_token.destroy" : "oauth_access.destroy",
    target,
    {
      token_id: facts?.number ?? 0,
    },
  );
  return noContent();
}

function listSessions(call: BrowserCall): Response {
  const { forge, identity } = call;
  return list(call, sessionsOf(forge, identity.login), ({ id, client, address, createdAtMs }) => ({
    id,
    client,
    ip: address,
    created_at: time(createdAtMs),
  }));
}

function endAll(call: BrowserCall): Response {
  const { forge, identity } = call;
  endSessions(forge, identity.login);
  audited(call, "user.sign_out_everywhere", identity.login);
  return noContent();
}

function endOne(call: BrowserCall): Response {
  const { forge, identity, params } = call;
  const session = sessionsOf(forge, identity.login).find(({ id }) => String(id) === params["id"]);
  if (!session) return notFound();
  endSession(forge, session.id);
  audited(call, "user.sign_out", identity.login, { session: session.id });
  return noContent();
}

/** `{two_factor: true}`: turns the second factor on or off. */
function putSecurity(call: BrowserCall): Response {
  const { forge, identity, body } = call;
  const account = forge.account(identity.login);
  const on = flagField(body, "two_factor");
  if (!account || on === null)
    return invalid({ resource: "Account", field: "two_factor", code: "missing_field" });
  forge.ports.tables.of(ACCOUNTS).change(account.login.toLowerCase(), { twoFactor: on });
  if (on !== account.twoFactor)
    audited(call, `two_factor_authentication.${on ? "enabled" : "disabled"}`, account.login);
  return json(200, { two_factor: on });
}

const MOST_CREDENTIALS = 1000;

/** Says nothing about what was found: 202 whatever was sent. Owners get a letter. */
function revokeInBulk(call: Call): Response {
  const { forge, body } = call;
  const values = textsField(body, "credentials");
  if (values === null || values.length === 0 || values.length > MOST_CREDENTIALS)
    return failure(422, "Validation Failed, or the endpoint has been spammed.");
  for (const credential of revokeExposed(forge, values)) tellOwner(call, credential);
  return new Response(null, { status: 202 });
}

function tellOwner(call: Call, credential: Credential): void {
  const { forge } = call;
  const token_id = factsOf(forge, credential.id)?.number ?? credential.id;
  for (const { organisation } of organisationsOf(forge, credential.owner))
    audited(call, "personal_access_token.credential_revoked", organisation, {
      user: credential.owner,
      token_id,
    });
  notify(forge, {
    to: credential.owner,
    subject: "[forge] One of your credentials was revoked",
    body: `The token "${credential.scope}" was reported as exposed and revoked. Make a new one where you need it, and look for what it was used for.\n`,
  });
}
