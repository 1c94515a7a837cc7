/** https://docs.github.com/en/rest/deployments/deployments and …/statuses */
import type { Json } from "../../../../base/json.ts";
import {
  addDeploymentStatus,
  createDeployment,
  deleteDeployment,
  deploymentsOf,
  DEPLOYMENT_STATES,
  findDeployment,
  statusesOf,
  type Deployment,
  type DeploymentStatus,
} from "../actions/deployments.ts";
import type { Forge } from "../forge.ts";
import { objectsOf } from "../git/objects.ts";
import { happened } from "../happened.ts";
import { API } from "../host.ts";
import type { Identity } from "../identity.ts";
import { personJson } from "../json/account.ts";
import { choiceField, flagField, missing, own, textField, unfit } from "./request-body.ts";
import { failure, json, list, noContent, notFound, time } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const ONE = "/deployments/{deployment_id}";

export const deploymentRoutes: readonly Route[] = [
  onRepository("GET", "/deployments", ["deployments", "read"], listDeployments),
  onRepository("POST", "/deployments", ["deployments", "write"], newDeployment),
  onRepository("GET", ONE, ["deployments", "read"], (call) =>
    withDeployment(call, (it) => json(200, deploymentJson(call.forge, it))),
  ),
  onRepository("DELETE", ONE, ["deployments", "write"], (call) =>
    withDeployment(call, (it) => remove(call, it)),
  ),
  onRepository("GET", `${ONE}/statuses`, ["deployments", "read"], (call) =>
    withDeployment(call, (it) =>
      list(call, statusesOf(call.forge, it), (status) => statusJson(call.forge, it, status)),
    ),
  ),
  onRepository("POST", `${ONE}/statuses`, ["deployments", "write"], (call) =>
    withDeployment(call, (it) => newStatus(call, it)),
  ),
  onRepository("GET", `${ONE}/statuses/{status_id}`, ["deployments", "read"], (call) =>
    withDeployment(call, (it) => {
      const status = statusesOf(call.forge, it).find(({ id }) => String(id) === call.params["status_id"]);
      return status ? json(200, statusJson(call.forge, it, status)) : notFound();
    }),
  ),
];

function withDeployment(call: RepositoryCall, run: (deployment: Deployment) => Answer): Answer {
  const found = findDeployment(call.forge, call.repository, Number(call.params["deployment_id"]));
  return found ? run(found) : notFound();
}

function listDeployments(call: RepositoryCall): Response {
  const { searchParams } = call.url;
  const matches = (name: "sha" | "ref" | "task" | "environment") => (it: Deployment) =>
    [null, "none", it[name]].includes(searchParams.get(name));
  const tests = (["sha", "ref", "task", "environment"] as const).map(matches);
  const found = deploymentsOf(call.forge, call.repository).filter((it) => tests.every((test) => test(it)));
  return list(call, found, (it) => deploymentJson(call.forge, it));
}

/** Never merges, never waits for statuses of the commit. */
function newDeployment(call: RepositoryCall): Response {
  const { forge, repository, body } = call;
  const identity = call.identity as Identity;
  const ref = textField(body, "ref");
  if (ref === null || ref === "") return missing("ref");
  const sha = objectsOf(forge, repository).resolveCommit(ref);
  if (sha === null) return failure(422, `No ref found for: ${ref}`);
  const environment = textField(body, "environment") ?? "production";
  const deployment = createDeployment(forge, repository, {
    ref,
    sha,
    environment,
    creator: identity.login,
    task: textField(body, "task") ?? "deploy",
    description: textField(body, "description"),
    payload: own(body, "payload") ?? {},
    production: flagField(body, "production_environment") ?? environment === "production",
    transient: flagField(body, "transient_environment") ?? false,
  });
  const shown = deploymentJson(forge, deployment);
  happened(forge, identity, repository, "deployment", "created", { deployment: shown });
  return json(201, shown);
}

function remove(call: RepositoryCall, deployment: Deployment): Response {
  const { forge, repository } = call;
  const isActive = statusesOf(forge, deployment)[0]?.state === "success";
  if (isActive && deploymentsOf(forge, repository).some(({ id }) => id !== deployment.id))
    return failure(
      422,
      "We cannot delete an active deployment unless it is the only deployment in a given environment.",
    );
  deleteDeployment(forge, deployment);
  return noContent();
}

function newStatus(call: RepositoryCall, deployment: Deployment): Response {
  const { forge, repository, body } = call;
  const identity = call.identity as Identity;
  const state = choiceField(body, "state", DEPLOYMENT_STATES);
  if (state === null || state === "waiting")
    return unfit(body, "state", "one of error, failure, inactive, in_progress, queued, pending, success");
  const status = addDeploymentStatus(forge, deployment, {
    state,
    creator: identity.login,
    description: textField(body, "description") ?? "",
    environmentUrl: textField(body, "environment_url") ?? "",
    logUrl: textField(body, "log_url") ?? textField(body, "target_url") ?? "",
  });
  const shown = statusJson(forge, deployment, status);
  happened(forge, identity, repository, "deployment_status", "created", {
    deployment: deploymentJson(forge, deployment),
    deployment_status: shown,
  });
  return json(201, shown);
}

export function deploymentJson(forge: Forge, it: Deployment): Json {
  const url = `${API}/repos/${it.repository}/deployments/${it.id}`;
  return {
    url,
    id: it.id,
    node_id: `DE_${it.id}`,
    sha: it.sha,
    ref: it.ref,
    task: it.task,
    payload: it.payload,
    original_environment: it.environment,
    environment: it.environment,
    description: it.description,
    creator: personJson(forge, it.creator),
    created_at: time(it.createdAtMs),
    updated_at: time(it.updatedAtMs),
    statuses_url: `${url}/statuses`,
    repository_url: `${API}/repos/${it.repository}`,
    transient_environment: it.transient,
    production_environment: it.production,
    performed_via_github_app: null,
  };
}

function statusJson(forge: Forge, deployment: Deployment, it: DeploymentStatus): Json {
  const url = `${API}/repos/${deployment.repository}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${it.id}`,
    id: it.id,
    node_id: `DES_${it.id}`,
    state: it.state,
    creator: personJson(forge, it.creator),
    description: it.description,
    environment: deployment.environment,
    target_url: it.logUrl,
    created_at: time(it.createdAtMs),
    updated_at: time(it.createdAtMs),
    deployment_url: url,
    repository_url: `${API}/repos/${deployment.repository}`,
    environment_url: it.environmentUrl,
    log_url: it.logUrl,
    performed_via_github_app: null,
  };
}
