/** Environments, their rules, secrets and variables. */
import { expect } from "vitest";
import { has, ids, message, policyId, PRODUCTION, REPO, sealedFor, type Row } from "./setting.ts";

export const environmentsCalls: readonly Row[] = [
  // Environments
  [
    "an environment with rules",
    "owner",
    (o) =>
      o.rest.repos.createOrUpdateEnvironment({
        ...PRODUCTION,
        wait_timer: 5,
        prevent_self_review: true,
        reviewers: [{ type: "User", id: ids["priya"] as number }],
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      }),
    200,
    has({
      name: "production",
      protection_rules: [
        has({ type: "wait_timer", wait_timer: 5 }),
        has({
          type: "required_reviewers",
          prevent_self_review: true,
          reviewers: [{ type: "User", reviewer: has({ login: "priya" }) }],
        }),
        has({ type: "branch_policy" }),
      ],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    }),
  ],
  [
    "only administrators",
    "writer",
    (o) => o.rest.repos.createOrUpdateEnvironment(PRODUCTION),
    403,
    message("Must have admin rights to Repository."),
  ],
  [
    "a reviewer who is nobody",
    "owner",
    (o) => o.rest.repos.createOrUpdateEnvironment({ ...PRODUCTION, reviewers: [{ type: "User", id: 1 }] }),
    422,
    message("Failed to create the environment protection rule"),
  ],
  [
    "both policies",
    "owner",
    (o) =>
      o.rest.repos.createOrUpdateEnvironment({
        ...PRODUCTION,
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: true },
      }),
    422,
    message("cannot have the same value"),
  ],
  [
    "a wait too long",
    "owner",
    (o) => o.rest.repos.createOrUpdateEnvironment({ ...PRODUCTION, wait_timer: 43_201 }),
    422,
  ],
  [
    "environments",
    "reader",
    (o) => o.rest.repos.getAllEnvironments(REPO),
    200,
    has({ total_count: 1, environments: [has({ name: "production" })] }),
  ],
  [
    "no environment of that name",
    "reader",
    (o) => o.rest.repos.getEnvironment({ ...REPO, environment_name: "staging" }),
    404,
  ],
  [
    "a branch policy",
    "owner",
    (o) => o.rest.repos.createDeploymentBranchPolicy({ ...PRODUCTION, name: "main" }),
    200,
    { id: expect.any(Number), node_id: expect.any(String), name: "main", type: "branch" },
  ],
  [
    "a tag policy",
    "owner",
    (o) => o.rest.repos.createDeploymentBranchPolicy({ ...PRODUCTION, name: "v*", type: "tag" }),
    200,
    has({ type: "tag" }),
  ],
  [
    "branch policies",
    "reader",
    (o) => o.rest.repos.listDeploymentBranchPolicies(PRODUCTION),
    200,
    has({ total_count: 2 }),
  ],
  [
    "a policy renamed",
    "owner",
    (o) =>
      o.rest.repos.updateDeploymentBranchPolicy({
        ...PRODUCTION,
        branch_policy_id: policyId("main"),
        name: "trunk",
      }),
    200,
    has({ name: "trunk" }),
  ],
  [
    "a policy deleted",
    "owner",
    (o) => o.rest.repos.deleteDeploymentBranchPolicy({ ...PRODUCTION, branch_policy_id: policyId("trunk") }),
    204,
  ],
  [
    "a secret of the environment",
    "owner",
    async (o) =>
      o.rest.actions.createOrUpdateEnvironmentSecret({
        ...PRODUCTION,
        secret_name: "DB_URL",
        ...(await sealedFor(o, "third", "production")),
      }),
    201,
    {},
  ],
  [
    "secrets of the environment",
    "writer",
    (o) => o.rest.actions.listEnvironmentSecrets(PRODUCTION),
    200,
    has({ total_count: 1 }),
  ],
  ["not for readers", "reader", (o) => o.rest.actions.listEnvironmentSecrets(PRODUCTION), 404],
  [
    "a variable of the environment",
    "owner",
    (o) => o.rest.actions.createEnvironmentVariable({ ...PRODUCTION, name: "ZONE", value: "prod" }),
    201,
  ],
  [
    "changed",
    "owner",
    (o) => o.rest.actions.updateEnvironmentVariable({ ...PRODUCTION, name: "ZONE", value: "prod2" }),
    204,
  ],
];
