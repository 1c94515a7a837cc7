/** https://docs.github.com/en/rest/secret-scanning */
import type { Json } from "../../../../base/json.ts";
import { BYPASS_REASONS, type Alert } from "../git/alerts.ts";
import { bypass } from "../git/push-protection.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, list, time, timeOrNull } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const alertRoutes: readonly Route[] = [
  onRepository("GET", "/secret-scanning/alerts", ["secret_scanning_alerts", "read"], listAlerts),
  onRepository("POST", "/secret-scanning/push-protection-bypasses", ["contents", "write"], createBypass),
];

function listAlerts(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  if (!repository.secretScanning) return failure(404, "Secret scanning is disabled on this repository.");
  const state = url.searchParams.get("state");
  const alerts = forge
    .alerts(repositoryId(repository))
    .filter((alert) => state === null || alert.state === state)
    .toSorted((a, b) => b.number - a.number);
  return list(call, alerts, (alert) => alertJson(repository, alert));
}

function alertJson(repository: Repository, alert: Alert): Json {
  return {
    number: alert.number,
    created_at: time(alert.createdAtMs),
    html_url: `${FORGE_ORIGIN}/${repositoryId(repository)}/security/secret-scanning/${alert.number}`,
    state: alert.state,
    resolution: alert.resolution,
    resolved_at: timeOrNull(alert.resolvedAtMs),
    resolved_by: alert.resolvedBy === null ? null : { login: alert.resolvedBy },
    secret_type: alert.rule,
    secret_type_display_name: alert.kind,
    push_protection_bypassed: alert.bypass !== null,
    push_protection_bypassed_by: alert.bypass === null ? null : { login: alert.bypass.by },
    push_protection_bypassed_at: alert.bypass === null ? null : time(alert.bypass.atMs),
  };
}

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning#create-a-push-protection-bypass */
function createBypass(call: RepositoryCall): Response {
  const { forge, repository, identity, body, address, requestId } = call;
  const reason = BYPASS_REASONS.find((it) => it === body["reason"]);
  const placeholder = body["placeholder_id"];
  if (!identity || reason === undefined || typeof placeholder !== "string")
    return failure(422, "Bad request, input data missing or incorrect.");
  const alert = bypass(forge.ports, repository, placeholder, identity.login, reason);
  if (!alert?.bypass)
    return failure(404, "Placeholder ID not found, or push protection is disabled on this repository.");
  forge.log({
    actor: identity.login,
    identityType: identity.type,
    credentialId: identity.credentialId,
    action: "secret_scanning_push_protection.bypass",
    target: repositoryId(repository),
    result: "allowed",
    address,
    requestId,
  });
  forge.ports.event({
    who: "forge",
    kind: "push.bypassed",
    what: `${identity.login} let a secret through push protection (${reason}, ${repositoryId(repository)})`,
    data: { repository: repositoryId(repository), actor: identity.login, reason, alert: alert.number },
  });
  return json(200, {
    reason,
    expire_at: time(alert.bypass.expiresAtMs),
    token_type: alert.rule,
  });
}
