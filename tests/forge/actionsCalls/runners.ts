/** Self-hosted runners, and deployments. */
import { expect } from "vitest";
import { changeRunner } from "../../../src/world/services/forge/actions/runners.ts";
import { forge, has, message, ORG, REPO, type Row } from "./setting.ts";

export const runnersCalls: readonly Row[] = [
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
