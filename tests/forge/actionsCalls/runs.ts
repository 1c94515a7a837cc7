/** Runs, jobs, and reviews of deployments. */
import { expect } from "vitest";
import { environmentId, FORBIDDEN, has, ID, ids, message, REPO, type Row } from "./setting.ts";

export const runsCalls: readonly Row[] = [
  // Runs and jobs
  ["runs", "job", (o) => o.rest.actions.listWorkflowRunsForRepo(REPO), 200, has({ total_count: 5 })],
  [
    "runs by event and actor",
    "reader",
    (o) => o.rest.actions.listWorkflowRunsForRepo({ ...REPO, event: "workflow_dispatch", actor: "teo" }),
    200,
    has({ total_count: 1 }),
  ],
  [
    "runs by conclusion",
    "reader",
    (o) => o.rest.actions.listWorkflowRunsForRepo({ ...REPO, status: "action_required" }),
    200,
    has({ total_count: 1 }),
  ],
  [
    "runs by branch",
    "reader",
    (o) => o.rest.actions.listWorkflowRunsForRepo({ ...REPO, branch: "topic" }),
    200,
    has({ total_count: 1 }),
  ],
  [
    "runs after a day",
    "reader",
    (o) => o.rest.actions.listWorkflowRunsForRepo({ ...REPO, created: ">2026-03-03" }),
    200,
    { total_count: 0, workflow_runs: [] },
  ],
  [
    "runs within days",
    "reader",
    (o) => o.rest.actions.listWorkflowRunsForRepo({ ...REPO, created: "2026-03-01..2026-03-03" }),
    200,
    has({ total_count: 5 }),
  ],
  [
    "a run",
    "reader",
    (o) => o.rest.actions.getWorkflowRun({ ...REPO, run_id: ids["run"] as number }),
    200,
    has({
      id: expect.any(Number),
      status: "completed",
      conclusion: "success",
      display_title: "Count the tides",
      run_attempt: 1,
      actor: has({ login: "mina" }),
      repository: has({ full_name: ID }),
      head_commit: has({ message: "Begin", author: has({ name: "Mina" }) }),
      jobs_url: expect.stringMatching(/\/actions\/runs\/\d+\/jobs$/),
    }),
  ],
  ["no run of that number", "reader", (o) => o.rest.actions.getWorkflowRun({ ...REPO, run_id: 1 }), 404],
  [
    "not for strangers",
    "nobody",
    (o) => o.rest.actions.getWorkflowRun({ ...REPO, run_id: ids["run"] as number }),
    404,
  ],
  [
    "an earlier attempt",
    "reader",
    (o) =>
      o.rest.actions.getWorkflowRunAttempt({ ...REPO, run_id: ids["second"] as number, attempt_number: 1 }),
    200,
    has({ run_attempt: 1, conclusion: "failure" }),
  ],
  [
    "no such attempt",
    "reader",
    (o) =>
      o.rest.actions.getWorkflowRunAttempt({ ...REPO, run_id: ids["second"] as number, attempt_number: 3 }),
    404,
  ],
  [
    "jobs of a run",
    "reader",
    (o) => o.rest.actions.listJobsForWorkflowRun({ ...REPO, run_id: ids["run"] as number }),
    200,
    has({
      total_count: 2,
      jobs: [
        has({
          name: "build",
          steps: [has({ name: "Say / hello", number: 1 })],
          runner_name: "GitHub Actions 1",
          labels: ["ubuntu-latest"],
        }),
        has({ name: "test (20)" }),
      ],
    }),
  ],
  [
    "jobs of the last attempt",
    "reader",
    (o) => o.rest.actions.listJobsForWorkflowRun({ ...REPO, run_id: ids["second"] as number }),
    200,
    has({ total_count: 1 }),
  ],
  [
    "jobs of all attempts",
    "reader",
    (o) => o.rest.actions.listJobsForWorkflowRun({ ...REPO, run_id: ids["second"] as number, filter: "all" }),
    200,
    has({ total_count: 2 }),
  ],
  [
    "a job",
    "reader",
    (o) => o.rest.actions.getJobForWorkflowRun({ ...REPO, job_id: ids["job"] as number }),
    200,
    has({ run_id: expect.any(Number), workflow_name: "CI" }),
  ],
  [
    "cancelled",
    "writer",
    (o) => o.rest.actions.cancelWorkflowRun({ ...REPO, run_id: ids["busy"] as number }),
    202,
    {},
  ],
  [
    "too late",
    "writer",
    (o) => o.rest.actions.cancelWorkflowRun({ ...REPO, run_id: ids["run"] as number }),
    409,
    message("^Cannot cancel a workflow run that is completed.$"),
  ],
  [
    "a job's token cannot cancel",
    "job",
    (o) => o.rest.actions.cancelWorkflowRun({ ...REPO, run_id: ids["busy"] as number }),
    403,
    FORBIDDEN,
  ],
  [
    "again",
    "writer",
    (o) =>
      o.rest.actions.reRunWorkflow({ ...REPO, run_id: ids["run"] as number, enable_debug_logging: true }),
    201,
    {},
  ],
  [
    "again, what failed",
    "writer",
    (o) => o.rest.actions.reRunWorkflowFailedJobs({ ...REPO, run_id: ids["run"] as number }),
    201,
    {},
  ],
  [
    "nothing failed",
    "writer",
    (o) => o.rest.actions.reRunWorkflowFailedJobs({ ...REPO, run_id: ids["second"] as number }),
    403,
    message("^This workflow run cannot be retried$"),
  ],
  [
    "still running",
    "writer",
    (o) => o.rest.actions.reRunWorkflow({ ...REPO, run_id: ids["busy"] as number }),
    403,
    message("^This workflow is already running$"),
  ],
  [
    "a fork's run approved",
    "writer",
    (o) => o.rest.actions.approveWorkflowRun({ ...REPO, run_id: ids["fork"] as number }),
    201,
    {},
  ],
  [
    "nothing to approve",
    "writer",
    (o) => o.rest.actions.approveWorkflowRun({ ...REPO, run_id: ids["run"] as number }),
    403,
  ],
  // Reviews of deployments
  [
    "what waits",
    "reviewer",
    (o) => o.rest.actions.getPendingDeploymentsForRun({ ...REPO, run_id: ids["waiting"] as number }),
    200,
    [
      has({
        environment: has({ name: "production" }),
        wait_timer: 5,
        current_user_can_approve: true,
        reviewers: [{ type: "User", reviewer: has({ login: "priya" }) }],
      }),
    ],
  ],
  [
    "not a reviewer",
    "writer",
    (o) =>
      o.rest.actions.reviewPendingDeploymentsForRun({
        ...REPO,
        run_id: ids["waiting"] as number,
        environment_ids: [environmentId()],
        state: "approved",
        comment: "",
      }),
    422,
    message("There are no pending deployment requests"),
  ],
  [
    "an answer without words",
    "reviewer",
    (o) =>
      o.rest.actions.reviewPendingDeploymentsForRun({
        ...REPO,
        run_id: ids["waiting"] as number,
        environment_ids: [environmentId()],
        state: "approved",
      } as never),
    422,
    message('"comment" wasn\'t supplied'),
  ],
  [
    "approved",
    "reviewer",
    (o) =>
      o.rest.actions.reviewPendingDeploymentsForRun({
        ...REPO,
        run_id: ids["waiting"] as number,
        environment_ids: [environmentId()],
        state: "approved",
        comment: "Ship it",
      }),
    200,
    [],
  ],
  [
    "nothing waits",
    "reviewer",
    (o) => o.rest.actions.getPendingDeploymentsForRun({ ...REPO, run_id: ids["waiting"] as number }),
    200,
    [],
  ],
  [
    "who approved",
    "reader",
    (o) => o.rest.actions.getReviewsForRun({ ...REPO, run_id: ids["waiting"] as number }),
    200,
    [
      has({
        state: "approved",
        comment: "Ship it",
        user: has({ login: "priya" }),
        environments: [has({ name: "production" })],
      }),
    ],
  ],
];
