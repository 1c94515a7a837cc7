/** https://docs.github.com/en/rest/deployments/branch-policies */
import type { Json } from "../../../../base/json.ts";
import { setEnvironment } from "../actions/environments.ts";
import type { Environment } from "../actions/model.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { choiceField, missing, own, textField, unfit } from "./request-body.ts";
import { counted, json, noContent, notFound } from "./answer.ts";
import { withEnvironment } from "./environments.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const LIST = "/environments/{environment_name}/deployment-branch-policies";
const ONE = `${LIST}/{branch_policy_id}`;

type Policies = Exclude<Environment["branches"], null | "protected">;
type Policy = Policies[number];

export const branchPolicyRoutes: readonly Route[] = [
  onRepository("GET", LIST, ["actions", "read"], (call) =>
    withPolicies(call, (policies) => counted(call, "branch_policies", policies, policyJson)),
  ),
  onRepository("POST", LIST, ["administration", "write"], (call) => withPolicies(call, create(call))),
  onRepository("GET", ONE, ["actions", "read"], (call) =>
    withPolicy(call, (policy) => json(200, policyJson(policy))),
  ),
  onRepository("PUT", ONE, ["administration", "write"], (call) => withPolicy(call, rename(call))),
  onRepository("DELETE", ONE, ["administration", "write"], (call) => withPolicy(call, remove(call))),
];

/** 404 where the environment takes no patterns. */
function withPolicies(
  call: RepositoryCall,
  run: (policies: Policies, environment: Environment) => Answer,
): Answer {
  return withEnvironment(call, (environment) => {
    const { branches } = environment;
    return branches === null || branches === "protected" ? notFound() : run(branches, environment);
  });
}

function withPolicy(
  call: RepositoryCall,
  run: (policy: Policy, policies: Policies, environment: Environment) => Answer,
): Answer {
  return withPolicies(call, (policies, environment) => {
    const policy = policies.find(({ id }) => String(id) === call.params["branch_policy_id"]);
    return policy ? run(policy, policies, environment) : notFound();
  });
}

function create(call: RepositoryCall) {
  return (policies: Policies, environment: Environment): Response => {
    const name = textField(call.body, "name");
    if (name === null || name === "") return missing("name");
    const type = choiceField(call.body, "type", ["branch", "tag"]);
    if (type === null && own(call.body, "type") !== undefined)
      return unfit(call.body, "type", "one of branch, tag");
    const wanted = type ?? "branch";
    const same = policies.find((it) => it.pattern === name && it.type === wanted);
    if (same)
      return new Response(null, { status: 303, headers: { Location: `${call.url.href}/${same.id}` } });
    const policy = {
      id: call.forge.ports.tables.next("actions/branch-policy", 361_001),
      pattern: name,
      type: wanted,
    };
    save(call, environment, [...policies, policy]);
    return json(200, policyJson(policy));
  };
}

function rename(call: RepositoryCall) {
  return (policy: Policy, policies: Policies, environment: Environment): Response => {
    const name = textField(call.body, "name");
    if (name === null || name === "") return missing("name");
    const renamed = { ...policy, pattern: name };
    save(
      call,
      environment,
      policies.map((it) => (it.id === policy.id ? renamed : it)),
    );
    return json(200, policyJson(renamed));
  };
}

function remove(call: RepositoryCall) {
  return (policy: Policy, policies: Policies, environment: Environment): Response => {
    save(
      call,
      environment,
      policies.filter(({ id }) => id !== policy.id),
    );
    return noContent();
  };
}

function save(call: RepositoryCall, { name }: Environment, branches: Policies): void {
  const { forge, repository } = call;
  setEnvironment(forge, repository, name, { branches });
  audited(call, "environment.update_protection_rule", repositoryId(repository), {
    environment_name: name,
    branch_policies: branches.map(({ pattern, type }) => `${type}:${pattern}`),
  });
}

function policyJson({ id, pattern, type }: Policy): Json {
  return { id, node_id: `GBP_${id}`, name: pattern, type };
}
