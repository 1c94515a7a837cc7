/** https://docs.github.com/en/rest/deployments/environments */
import type { Json } from "../../../../base/json.ts";
import {
  deleteEnvironment,
  environmentsOf,
  findEnvironment,
  setEnvironment,
  type EnvironmentOptions,
} from "../actions/environments.ts";
import type { Environment } from "../actions/model.ts";
import { repositoryId, type Repository } from "../model.ts";
import { audited } from "./audited.ts";
import { environmentJson } from "./actions-environment-json.ts";
import { flagField, own, unfit } from "./request-body.ts";
import { reviewersOf } from "./actions-reviewers.ts";
import { counted, failure, json, noContent, notFound } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const PATH = "/environments/{environment_name}";

export const environmentRoutes: readonly Route[] = [
  onRepository("GET", "/environments", ["actions", "read"], listEnvironments),
  onRepository("GET", PATH, ["actions", "read"], (call) =>
    withEnvironment(call, (it) => json(200, environmentJson(call.forge, it))),
  ),
  onRepository("PUT", PATH, ["administration", "write"], putEnvironment),
  onRepository("DELETE", PATH, ["administration", "write"], removeEnvironment),
  onRepository("GET", `${PATH}/deployment_protection_rules`, ["actions", "read"], (call) =>
    withEnvironment(call, () => counted(call, "custom_deployment_protection_rules", [], () => null)),
  ),
];

export function withEnvironment(
  { forge, repository, params }: RepositoryCall,
  run: (environment: Environment) => Answer,
): Answer {
  const environment = findEnvironment(forge, repository, params["environment_name"] as string);
  return environment ? run(environment) : notFound();
}

function listEnvironments(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return counted(call, "environments", environmentsOf(forge, repository), (it) => environmentJson(forge, it));
}

const LONGEST_NAME = 255;

/** What the body does not name goes back to no rule. */
function putEnvironment(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const name = params["environment_name"] as string;
  if (name.length > LONGEST_NAME || /[\u0000-\u001f\u007f'"`,;\\]/.test(name))
    return failure(422, "Validation Failed: the name of the environment is invalid.");
  const old = findEnvironment(forge, repository, name);
  const options = optionsOf(call, old);
  if (options instanceof Response) return options;
  const environment = setEnvironment(forge, repository, name, options);
  record(call, repository, environment, old);
  return json(200, environmentJson(forge, environment));
}

const LONGEST_WAIT_MINUTES = 43_200;

function optionsOf(call: RepositoryCall, old: Environment | undefined): EnvironmentOptions | Response {
  const { body } = call;
  const wait = own(body, "wait_timer") ?? 0;
  if (typeof wait !== "number" || !Number.isInteger(wait) || wait < 0 || wait > LONGEST_WAIT_MINUTES)
    return unfit(body, "wait_timer", `an integer from 0 to ${LONGEST_WAIT_MINUTES}`);
  const selfReview = own(body, "prevent_self_review") ?? false;
  if (typeof selfReview !== "boolean") return unfit(body, "prevent_self_review", "a boolean");
  const reviewers = reviewersOf(call);
  if (reviewers instanceof Response) return reviewers;
  const branches = branchesOf(call, old);
  if (branches instanceof Response) return branches;
  return { waitMinutes: wait, preventSelfReview: selfReview, reviewers, branches };
}

/** Patterns that are there stay when the policy stays `custom`. */
function branchesOf(
  { body }: RepositoryCall,
  old: Environment | undefined,
): Environment["branches"] | Response {
  const policy = own(body, "deployment_branch_policy") ?? null;
  if (policy === null) return null;
  if (typeof policy !== "object" || Array.isArray(policy))
    return unfit(body, "deployment_branch_policy", "an object");
  const fields = policy as Readonly<Record<string, Json>>;
  const isProtected = flagField(fields, "protected_branches");
  const isCustom = flagField(fields, "custom_branch_policies");
  if (isProtected === null || isCustom === null)
    return unfit(body, "deployment_branch_policy", "an object with two booleans");
  if (isProtected === isCustom)
    return failure(
      422,
      "Validation Failed: `protected_branches` and `custom_branch_policies` cannot have the same value.",
    );
  if (isProtected) return "protected";
  return Array.isArray(old?.branches) ? (old.branches as Environment["branches"]) : [];
}

function record(
  call: RepositoryCall,
  repository: Repository,
  { name, reviewers, waitMinutes, preventSelfReview, branches }: Environment,
  old: Environment | undefined,
): void {
  audited(call, old ? "environment.update_protection_rule" : "environment.create", repositoryId(repository), {
    environment_name: name,
    reviewers: [...reviewers],
    wait_timer: waitMinutes,
    prevent_self_review: preventSelfReview,
    branch_policy: branches === null ? "all" : branches === "protected" ? "protected" : "custom",
  });
}

function removeEnvironment(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const name = params["environment_name"] as string;
  if (!deleteEnvironment(forge, repository, name)) return notFound();
  audited(call, "environment.delete", repositoryId(repository), { environment_name: name });
  return noContent();
}
