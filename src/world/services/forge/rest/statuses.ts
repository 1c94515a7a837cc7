/** https://docs.github.com/en/rest/commits/statuses */
import { STATES } from "../check.ts";
import { objectsOf } from "../git/objects.ts";
import { API } from "../host.ts";
import { statusJson } from "../json/check.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import { repositoryId } from "../model.ts";
import { combined, createStatus, latestStatuses, statusesOf } from "../statuses.ts";
import { choiceField, textField } from "./request-body.ts";
import { failure, invalid, json, list } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const statusRoutes: readonly Route[] = [
  onRepository("POST", "/statuses/{sha}", ["statuses", "write"], postStatus),
  onRepository("GET", "/statuses/{ref+}", ["statuses", "read"], listStatuses),
  onRepository("GET", "/commits/{ref+}/statuses", ["statuses", "read"], listStatuses),
  onRepository("GET", "/commits/{ref+}/status", ["statuses", "read"], showCombined),
];

function commitIn({ forge, repository, params }: RepositoryCall): string | null {
  return objectsOf(forge, repository).resolveCommit((params["ref"] ?? params["sha"]) as string);
}

function unknown({ params }: RepositoryCall): Response {
  return failure(422, `No commit found for SHA: ${params["ref"] ?? params["sha"]}`);
}

function postStatus(call: RepositoryCall): Response {
  const { forge, repository, identity, body } = call;
  const sha = commitIn(call);
  if (sha === null || !identity) return unknown(call);
  const state = choiceField(body, "state", STATES);
  if (state === null) return invalid({ resource: "Status", field: "state", code: "invalid" });
  const status = createStatus(forge, identity, repository, sha, {
    state,
    context: textField(body, "context") ?? "default",
    description: textField(body, "description"),
    targetUrl: textField(body, "target_url"),
  });
  return json(201, statusJson(forge, repository, status));
}

function listStatuses(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const sha = commitIn(call);
  if (sha === null) return unknown(call);
  return list(call, statusesOf(forge, repository, sha), (status) => statusJson(forge, repository, status));
}

function showCombined(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const sha = commitIn(call);
  if (sha === null) return unknown(call);
  const statuses = latestStatuses(forge, repository, sha);
  const url = `${API}/repos/${repositoryId(repository)}/commits/${sha}`;
  return json(200, {
    state: combined(statuses),
    statuses: statuses.map((status) => statusJson(forge, repository, status)),
    sha,
    total_count: statuses.length,
    repository: bareRepositoryJson(forge, repository),
    commit_url: url,
    url: `${url}/status`,
  });
}
