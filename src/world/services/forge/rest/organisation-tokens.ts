/**
 * https://docs.github.com/en/rest/orgs/personal-access-tokens
 * GitHub lets only apps call these; here an owner's browser does, as on the page of the same content.
 */
import type { Json } from "../../../../base/json.ts";
import { personJson } from "../json/account.ts";
import type { Grants } from "../identity.ts";
import { repositoryJson } from "../json/repository.ts";
import type { Account } from "../model.ts";
import { repositoriesOf } from "../organisations.ts";
import { accessesOf, setAccess, type TokenAccess } from "../token-requests.ts";
import { audited } from "./audited.ts";
import { choiceField } from "./request-body.ts";
import { failure, invalid, list, noContent, notFound, time, timeOrNull } from "./answer.ts";
import { organisationFor } from "./organisation-call.ts";
import { onSite, type Call, type Route } from "./route.ts";

const BASE = "/orgs/{org}/personal-access-token";

export const organisationTokenRoutes: readonly Route[] = [
  onSite(
    "GET",
    `${BASE}-requests`,
    "user",
    asOwner((call, org) => shown(call, accessesOf(call.forge, org.login, ["pending"]))),
  ),
  onSite("POST", `${BASE}-requests/{id}`, "user", asOwner(review)),
  onSite(
    "GET",
    `${BASE}s`,
    "user",
    asOwner((call, org) => shown(call, accessesOf(call.forge, org.login, ["approved"]))),
  ),
  onSite("POST", `${BASE}s/{id}`, "user", asOwner(revoke)),
  onSite("GET", `${BASE}s/{id}/repositories`, "user", asOwner(listRepositories)),
];

function asOwner(run: (call: Call, organisation: Account) => Response): (call: Call) => Response {
  return (call) => {
    const organisation = organisationFor(call, "owner");
    if (organisation instanceof Response) return organisation;
    if (call.identity?.grants.kind !== "session")
      return failure(403, "Resource not accessible by personal access token");
    return run(call, organisation);
  };
}

function grantsOf({ forge }: Call, { credential }: TokenAccess): Extract<Grants, { kind: "fine-grained" }> {
  return forge.ports.credentials.get(credential)?.grants as unknown as Extract<
    Grants,
    { kind: "fine-grained" }
  >;
}

function shown(call: Call, accesses: readonly TokenAccess[]): Response {
  return list(call, accesses, (access) => accessJson(call, access));
}

function accessJson(call: Call, access: TokenAccess): Json {
  const { forge } = call;
  const credential = forge.ports.credentials.get(access.credential);
  const grants = grantsOf(call, access);
  const used = credential?.uses.findLast(({ result }) => result === "allowed");
  const expired = credential !== undefined && !forge.ports.credentials.works(credential);
  const when = access.state === "pending" ? "created_at" : "access_granted_at";
  return {
    id: access.id,
    ...(access.state === "pending" ? { reason: access.reason } : {}),
    owner: personJson(forge, access.owner),
    repository_selection: grants.repositories === "all" ? "all" : "subset",
    repositories_url: `${call.url.origin}${call.url.pathname}/${access.id}/repositories`,
    permissions: { organization: {}, repository: { metadata: "read", ...grants.permissions } },
    [when]: time(access.changedAtMs),
    token_id: access.id,
    token_name: credential?.scope ?? "",
    token_expired: expired,
    token_expires_at: timeOrNull(credential?.expiresAtMs ?? null),
    token_last_used_at: timeOrNull(used?.atMs ?? null),
  };
}

function accessIn(
  { forge, params }: Call,
  { login }: Account,
  state: TokenAccess["state"],
): TokenAccess | undefined {
  return accessesOf(forge, login, [state]).find(({ id }) => String(id) === params["id"]);
}

function review(call: Call, organisation: Account): Response {
  const access = accessIn(call, organisation, "pending");
  const action = choiceField(call.body, "action", ["approve", "deny"] as const);
  if (!access) return notFound();
  if (action === null)
    return invalid({ resource: "PersonalAccessTokenRequest", field: "action", code: "invalid" });
  setAccess(call.forge, access, action === "approve" ? "approved" : "denied");
  const word = action === "approve" ? "access_granted" : "request_denied";
  audited(call, `personal_access_token.${word}`, organisation.login, {
    user: access.owner,
    token_id: access.id,
  });
  return noContent();
}

function revoke(call: Call, organisation: Account): Response {
  const access = accessIn(call, organisation, "approved");
  if (!access) return notFound();
  if (choiceField(call.body, "action", ["revoke"] as const) === null)
    return invalid({ resource: "PersonalAccessToken", field: "action", code: "invalid" });
  setAccess(call.forge, access, "revoked");
  audited(call, "personal_access_token.access_revoked", organisation.login, {
    user: access.owner,
    token_id: access.id,
  });
  return noContent();
}

function listRepositories(call: Call, organisation: Account): Response {
  const access = accessIn(call, organisation, "approved");
  if (!access) return notFound();
  const { repositories } = grantsOf(call, access);
  const chosen = repositoriesOf(call.forge, organisation.login).filter(
    ({ owner, name }) => repositories === "all" || repositories.includes(`${owner}/${name}`),
  );
  return list(call, chosen, (repository) => repositoryJson(call.forge, repository, call.identity));
}
