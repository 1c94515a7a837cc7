/** Self-hosted runners, and deployments. */
import { expect } from "vitest";
import { changeRunner } from "../../../src/world/services/forge/actions/runners.ts";
import { forge, has, message, ORG, REPO, type Row } from "./setting.ts";

const GROUPS = "/orgs/{org}/actions/runner-groups";
const RELEASE = "lantern-tides/tides/.github/workflows/release.yml@refs/heads/main";

export const runnersCalls: readonly Row[] = [
  // Groups
  [
    "a group for one workflow",
    "owner",
    (o) =>
      o.request(`POST ${GROUPS}`, {
        ...ORG,
        name: "releases",
        restricted_to_workflows: true,
        selected_workflows: [RELEASE],
      }),
    201,
    has({ id: 2, name: "releases", allows_public_repositories: false, selected_workflows: [RELEASE] }),
  ],
  ["the same group", "owner", (o) => o.request(`POST ${GROUPS}`, { ...ORG, name: "Releases" }), 409],
  ["no group for writers", "writer", (o) => o.request(`POST ${GROUPS}`, { ...ORG, name: "mine" }), 404],
  [
    "a workflow without its ref",
    "owner",
    (o) => o.request(`PATCH ${GROUPS}/2`, { ...ORG, name: "releases", selected_workflows: ["release.yml"] }),
    422,
  ],
  [
    "open to public repositories",
    "owner",
    (o) => o.request(`PATCH ${GROUPS}/2`, { ...ORG, name: "releases", allows_public_repositories: true }),
    200,
    has({ restricted_to_workflows: true, allows_public_repositories: true }),
  ],
  ["groups", "owner", (o) => o.request(`GET ${GROUPS}`, ORG), 200, has({ total_count: 2 })],
  [
    "runners of a group",
    "owner",
    (o) => o.request(`GET ${GROUPS}/2/runners`, ORG),
    200,
    has({ total_count: 0 }),
  ],
  ["the default group stays", "owner", (o) => o.request(`DELETE ${GROUPS}/1`, ORG), 422],
  ["a group goes", "owner", (o) => o.request(`DELETE ${GROUPS}/2`, ORG), 204],
  ["and is gone", "owner", (o) => o.request(`GET ${GROUPS}/2`, ORG), 404],
  // Runners
  [
    "a runner for one job",
    "owner",
    (o) =>
      o.rest.actions.generateRunnerJitconfigForRepo({
        ...REPO,
        name: "tide-1",
        runner_group_id: 1,
        labels: ["tide"],
      }),
    201,
    has({
      runner: has({ name: "tide-1", ephemeral: true, busy: false, status: "offline" }),
      encoded_jit_config: expect.stringMatching(/^[\w+/]+=*$/),
    }),
  ],
  [
    "the same name",
    "owner",
    (o) =>
      o.rest.actions.generateRunnerJitconfigForRepo({
        ...REPO,
        name: "tide-1",
        runner_group_id: 1,
        labels: ["tide"],
      }),
    409,
  ],
  [
    "runners",
    "owner",
    (o) => o.rest.actions.listSelfHostedRunnersForRepo(REPO),
    200,
    has({ total_count: 1 }),
  ],
  [
    "one more label",
    "owner",
    (o) =>
      o.rest.actions.addCustomLabelsToSelfHostedRunnerForRepo({ ...REPO, runner_id: 21, labels: ["gpu"] }),
    200,
    { total_count: 2, labels: [has({ name: "tide", type: "custom" }), has({ name: "gpu" })] },
  ],
  [
    "a registration token",
    "owner",
    (o) => o.rest.actions.createRegistrationTokenForRepo(REPO),
    201,
    { token: expect.stringMatching(/^A[A-Z2-7]{28}$/), expires_at: expect.stringMatching(/Z$/) },
  ],
  ["not for writers", "writer", (o) => o.rest.actions.createRegistrationTokenForRepo(REPO), 403],
  [
    "a busy runner stays",
    "owner",
    (o) => (
      changeRunner(forge, 21, { job: 1 }),
      o.rest.actions.deleteSelfHostedRunnerFromRepo({ ...REPO, runner_id: 21 })
    ),
    422,
    message("is still running a job"),
  ],
  [
    "an idle one goes",
    "owner",
    (o) => (
      changeRunner(forge, 21, { job: null }),
      o.rest.actions.deleteSelfHostedRunnerFromRepo({ ...REPO, runner_id: 21 })
    ),
    204,
  ],
  [
    "no runners of the organisation",
    "owner",
    (o) => o.rest.actions.listSelfHostedRunnersForOrg(ORG),
    200,
    { total_count: 0, runners: [] },
  ],
  // Deployments
  [
    "a deployment",
    "writer",
    (o) => o.rest.repos.createDeployment({ ...REPO, ref: "main", environment: "staging" }),
    201,
    has({ id: 420_001, ref: "main", environment: "staging", task: "deploy", creator: has({ login: "teo" }) }),
  ],
  [
    "of nothing",
    "writer",
    (o) => o.rest.repos.createDeployment({ ...REPO, ref: "nowhere" }),
    422,
    message("^No ref found for: nowhere$"),
  ],
  [
    "went well",
    "writer",
    (o) => o.rest.repos.createDeploymentStatus({ ...REPO, deployment_id: 420_001, state: "success" }),
    201,
    has({ state: "success", environment: "staging" }),
  ],
  [
    "how it went",
    "reader",
    (o) => o.rest.repos.listDeploymentStatuses({ ...REPO, deployment_id: 420_001 }),
    200,
    [has({ state: "success" })],
  ],
  [
    "deployments of an environment",
    "reader",
    (o) => o.rest.repos.listDeployments({ ...REPO, environment: "staging" }),
    200,
    [has({ id: 420_001 })],
  ],
];
