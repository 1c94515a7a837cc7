/** Workflows, and runs that somebody asks for. */
import { expect } from "vitest";
import { has, message, REPO, type Row } from "./setting.ts";

export const workflowsCalls: readonly Row[] = [
  // Workflows and dispatches
  [
    "workflows",
    "reader",
    (o) => o.rest.actions.listRepoWorkflows(REPO),
    200,
    {
      total_count: 2,
      workflows: [
        has({ path: ".github/workflows/ci.yml", name: ".github/workflows/ci.yml", state: "active" }),
        has({ path: ".github/workflows/deploy.yml", name: "Deploy" }),
      ],
    },
  ],
  [
    "a workflow by its file",
    "reader",
    (o) => o.rest.actions.getWorkflow({ ...REPO, workflow_id: "deploy.yml" }),
    200,
    has({ name: "Deploy", badge_url: expect.stringContaining("deploy.yml/badge.svg") }),
  ],
  [
    "a dispatch",
    "writer",
    (o) =>
      o.rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: "deploy.yml",
        ref: "main",
        inputs: { target: "staging" },
      }),
    204,
  ],
  [
    "no such ref",
    "writer",
    (o) => o.rest.actions.createWorkflowDispatch({ ...REPO, workflow_id: "deploy.yml", ref: "nowhere" }),
    422,
    message("^No ref found for: nowhere$"),
  ],
  [
    "an input too few",
    "writer",
    (o) => o.rest.actions.createWorkflowDispatch({ ...REPO, workflow_id: "deploy.yml", ref: "main" }),
    422,
    message("^Required input 'target' not provided$"),
  ],
  [
    "an input too many",
    "writer",
    (o) =>
      o.rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: "deploy.yml",
        ref: "v1",
        inputs: { target: "staging", moon: "1" },
      }),
    422,
    message('^Unexpected inputs provided: \\["moon"\\]$'),
  ],
  [
    "nothing to dispatch",
    "writer",
    (o) => o.rest.actions.createWorkflowDispatch({ ...REPO, workflow_id: "ci.yml", ref: "main" }),
    422,
    message("^Workflow does not have 'workflow_dispatch' trigger$"),
  ],
  [
    "readers dispatch nothing",
    "reader",
    (o) => o.rest.actions.createWorkflowDispatch({ ...REPO, workflow_id: "deploy.yml", ref: "main" }),
    403,
  ],
  ["disabled", "writer", (o) => o.rest.actions.disableWorkflow({ ...REPO, workflow_id: "deploy.yml" }), 204],
  [
    "a disabled workflow",
    "writer",
    (o) =>
      o.rest.actions.createWorkflowDispatch({
        ...REPO,
        workflow_id: "deploy.yml",
        ref: "main",
        inputs: { target: "staging" },
      }),
    422,
    message("disabled workflow"),
  ],
  ["enabled", "writer", (o) => o.rest.actions.enableWorkflow({ ...REPO, workflow_id: "deploy.yml" }), 204],
  [
    "a repository dispatch",
    "writer",
    (o) =>
      o.rest.repos.createDispatchEvent({ ...REPO, event_type: "rebuild", client_payload: { why: "tide" } }),
    204,
  ],
  [
    "of no type",
    "writer",
    (o) => o.rest.repos.createDispatchEvent(REPO as never),
    422,
    message('"event_type" wasn\'t supplied'),
  ],
];
