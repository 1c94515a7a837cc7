/**
 * https://docs.github.com/en/rest/actions/secrets. Values arrive sealed for the scope's key and are never shown again.
 */
import { openFor, keyPairOf } from "../actions/key-pair.ts";
import { SECRETS, type Scope, type Secret } from "../actions/model.ts";
import { LARGEST_VALUE, MOST_NAMES, nameProblem } from "../actions/scoped-name.ts";
import { deleteScoped, findScoped, inScope, setScoped, sharedWith } from "../actions/scoped.ts";
import { fromUtf8 } from "../../../../base/bytes.ts";
import { audited } from "./audited.ts";
import { missing, textField } from "./request-body.ts";
import { auditTarget, inThreeScopes, refused, withSharing } from "./actions-scope.ts";
import { scopedJson } from "./actions-scoped-json.ts";
import { sharingRoutes } from "./actions-sharing.ts";
import { counted, json, noContent, notFound } from "./answer.ts";
import { onRepository, type Call, type RepositoryCall, type Route } from "./route.ts";

export const secretRoutes: readonly Route[] = [
  ...inThreeScopes("GET", "secrets", "/public-key", "secrets", showKey),
  ...inThreeScopes("GET", "secrets", "", "secrets", listSecrets),
  ...inThreeScopes("GET", "secrets", "/{secret_name}", "secrets", showSecret),
  ...inThreeScopes("PUT", "secrets", "/{secret_name}", "secrets", putSecret),
  ...inThreeScopes("DELETE", "secrets", "/{secret_name}", "secrets", removeSecret),
  onRepository("GET", "/actions/organization-secrets", ["secrets", "read"], listShared),
  ...sharingRoutes("secrets", SECRETS),
];

function showKey({ forge }: Call, scope: Scope): Response {
  const { id, publicKey } = keyPairOf(forge, scope);
  return json(200, { key_id: id, key: publicKey });
}

function listSecrets(call: Call, scope: Scope): Response {
  return counted(call, "secrets", inScope(call.forge, SECRETS, scope), secretJson);
}

function listShared(call: RepositoryCall): Response {
  return counted(call, "secrets", sharedWith(call.forge, SECRETS, call.repository), secretJson);
}

function showSecret({ forge, params }: Call, scope: Scope): Response {
  const secret = findScoped(forge, SECRETS, scope, params["secret_name"] as string);
  return secret ? json(200, secretJson(secret)) : notFound();
}

function putSecret(call: Call, scope: Scope): Response {
  const { forge, params } = call;
  const name = params["secret_name"] as string;
  const old = findScoped(forge, SECRETS, scope, name);
  const problem = nameProblem("Secret", name) ?? crowdProblem(call, scope, old);
  if (problem !== null) return refused(problem);
  const value = openedValue(call, scope);
  if (value instanceof Response) return value;
  const shared = withSharing(call, scope, old?.scope ?? null);
  if (shared instanceof Response) return shared;
  setScoped(forge, SECRETS, shared, name, value);
  const [prefix, target] = auditTarget(scope);
  audited(call, `${prefix}.${old ? "update" : "create"}_actions_secret`, target, { key: name.toUpperCase() });
  return old ? noContent() : json(201, {});
}

function openedValue({ forge, body }: Call, scope: Scope): string | Response {
  const sealed = textField(body, "encrypted_value");
  const keyId = textField(body, "key_id");
  if (sealed === null) return missing("encrypted_value");
  if (keyId === null) return missing("key_id");
  const value = openFor(forge, scope, keyId, sealed);
  if (value === null) return refused("Bad request - validation failed due to an improperly encrypted secret");
  return fromUtf8(value).length > LARGEST_VALUE
    ? refused("Secret value is too large (maximum is 48 KB).")
    : value;
}

function crowdProblem({ forge }: Call, scope: Scope, old: Secret | undefined): string | null {
  const most = MOST_NAMES[scope.kind];
  const isFull = !old && inScope(forge, SECRETS, scope).length >= most;
  return isFull ? `Failed to add secret: the limit of ${most} secrets is reached.` : null;
}

function removeSecret(call: Call, scope: Scope): Response {
  const name = call.params["secret_name"] as string;
  if (!deleteScoped(call.forge, SECRETS, scope, name)) return notFound();
  const [prefix, target] = auditTarget(scope);
  audited(call, `${prefix}.remove_actions_secret`, target, { key: name.toUpperCase() });
  return noContent();
}

function secretJson(secret: Secret) {
  return scopedJson("secrets", secret);
}
