/** https://docs.github.com/en/rest/secret-scanning */
import type { Json } from "../../../../base/json.ts";
import {
  alertKey,
  ALERTS,
  alertsOf,
  BYPASS_REASONS,
  RESOLUTIONS,
  type Alert,
  type Location,
} from "../git/alerts.ts";
import { objectsOf } from "../git/objects.ts";
import { bypass } from "../git/push-protection.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { personJson, personOrNull } from "../json/account.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, list, notFound, time, timeOrNull } from "./answer.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const alertRoutes: readonly Route[] = [
  onRepository("GET", "/secret-scanning/alerts", ["secret_scanning_alerts", "read"], listAlerts),
  onRepository("GET", "/secret-scanning/alerts/{number}", ["secret_scanning_alerts", "read"], showAlert),
  onRepository("PATCH", "/secret-scanning/alerts/{number}", ["secret_scanning_alerts", "write"], changeAlert),
  onRepository(
    "GET",
    "/secret-scanning/alerts/{number}/locations",
    ["secret_scanning_alerts", "read"],
    listLocations,
  ),
  onRepository("POST", "/secret-scanning/push-protection-bypasses", ["contents", "write"], createBypass),
  onSite("GET", "/orgs/{org}/secret-scanning/alerts", "user", listOfOrganisation),
];

const DISABLED = "Secret scanning is disabled on this repository.";

function listAlerts(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  if (!repository.secretScanning) return failure(404, DISABLED);
  const alerts = selected(alertsOf(forge.ports.tables, repository), url.searchParams);
  return list(call, alerts, (alert) => alertJson(forge, repository, alert));
}

/** Newest first, unless asked otherwise. */
function selected(alerts: readonly Alert[], query: URLSearchParams): Alert[] {
  const words = (name: string) => query.get(name)?.split(",") ?? null;
  const [state, types, resolutions] = [query.get("state"), words("secret_type"), words("resolution")];
  const found = alerts.filter(
    (alert) =>
      (state === null || alert.state === state) &&
      (types === null || types.includes(alert.rule)) &&
      (resolutions === null || resolutions.includes(alert.resolution ?? "")),
  );
  const sorted = found.toSorted((a, b) => a.createdAtMs - b.createdAtMs || a.number - b.number);
  return query.get("direction") === "asc" ? sorted : sorted.reverse();
}

function listOfOrganisation(call: Call): Response {
  const { forge, identity, params, url } = call;
  const organisation = forge.account(params["org"] as string);
  if (organisation?.type !== "Organization") return notFound();
  const owner = organisation.login.toLowerCase();
  const seen = forge.repositories.filter(
    (it) => it.owner.toLowerCase() === owner && forge.allows(identity, it, "secret_scanning_alerts", "read"),
  );
  if (seen.length === 0) return notFound();
  const byId = new Map(seen.map((repository) => [repository.id, repository]));
  const alerts = seen.flatMap((repository) => alertsOf(forge.ports.tables, repository));
  return list(call, selected(alerts, url.searchParams), (alert) => {
    const repository = byId.get(alert.repository) as Repository;
    return { ...alertJson(forge, repository, alert), repository: bareRepositoryJson(forge, repository) };
  });
}

function find({ forge, repository, params }: RepositoryCall): Alert | undefined {
  const key = `${repository.id}/${params["number"]}`;
  return repository.secretScanning ? forge.ports.tables.of(ALERTS).get(key) : undefined;
}

function showAlert(call: RepositoryCall): Response {
  const alert = find(call);
  return alert ? json(200, alertJson(call.forge, call.repository, alert)) : notFound();
}

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning#update-a-secret-scanning-alert */
function changeAlert(call: RepositoryCall): Response {
  const { forge, repository, identity, body, address, requestId } = call;
  const alert = find(call);
  if (!alert || !identity) return notFound();
  const { state, resolution, resolution_comment: comment } = body;
  const reason = RESOLUTIONS.find((it) => it === resolution) ?? null;
  const closes = state === "resolved";
  if ((!closes && state !== "open") || (closes && reason === null))
    return failure(422, "Bad request, input data missing or incorrect.");
  const changed = forge.ports.tables.of(ALERTS).change(alertKey(alert), {
    state: closes ? "resolved" : "open",
    resolution: closes ? reason : null,
    resolvedBy: closes ? identity.login : null,
    resolvedAtMs: closes ? forge.now() : null,
    comment: closes && typeof comment === "string" ? comment : null,
  });
  forge.log({
    actor: identity.login,
    identityType: identity.type,
    credentialId: identity.credentialId,
    action: closes ? "secret_scanning_alert.resolve" : "secret_scanning_alert.reopen",
    target: repositoryId(repository),
    result: "allowed",
    address,
    requestId,
    data: { number: alert.number, ...(reason === null ? {} : { resolution: reason }) },
  });
  return json(200, alertJson(forge, repository, changed));
}

function listLocations(call: RepositoryCall): Response {
  const alert = find(call);
  if (!alert) return notFound();
  return list(call, alert.locations, (location) => locationJson(call, location));
}

function locationJson({ forge, repository }: RepositoryCall, { commit, path, line }: Location): Json {
  const base = `${API}/repos/${repositoryId(repository)}/git`;
  const blob = objectsOf(forge, repository).entry(commit, path)?.id ?? "";
  return {
    type: "commit",
    details: {
      path,
      start_line: line,
      end_line: line,
      start_column: 1,
      end_column: 1,
      blob_sha: blob,
      blob_url: `${base}/blobs/${blob}`,
      commit_sha: commit,
      commit_url: `${base}/commits/${commit}`,
    },
  };
}

function alertJson(forge: Forge, repository: Repository, alert: Alert): { readonly [key: string]: Json } {
  const url = `${API}/repos/${repositoryId(repository)}/secret-scanning/alerts/${alert.number}`;
  return {
    number: alert.number,
    created_at: time(alert.createdAtMs),
    updated_at: time(alert.resolvedAtMs ?? alert.createdAtMs),
    url,
    html_url: `${FORGE_ORIGIN}/${repositoryId(repository)}/security/secret-scanning/${alert.number}`,
    locations_url: `${url}/locations`,
    state: alert.state,
    resolution: alert.resolution,
    resolved_at: timeOrNull(alert.resolvedAtMs),
    resolved_by: personOrNull(forge, alert.resolvedBy),
    resolution_comment: alert.comment ?? null,
    secret_type: alert.rule,
    secret_type_display_name: alert.kind,
    validity: "unknown",
    publicly_leaked: repository.visibility === "public",
    multi_repo: false,
    push_protection_bypassed: alert.bypass !== null,
    push_protection_bypassed_by: alert.bypass === null ? null : personJson(forge, alert.bypass.by),
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
