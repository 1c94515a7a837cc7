/** https://docs.github.com/en/rest/actions/workflows */
import type { Json } from "../../../../base/json.ts";
import type { Workflow } from "../actions/model.ts";
import { runsOf } from "../actions/runs.ts";
import { changeWorkflow, findWorkflow, refreshWorkflows, workflowsOf } from "../actions/workflows.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { filteredRuns } from "./actions-run-filter.ts";
import { runJson } from "./actions-run-json.ts";
import { counted, json, noContent, notFound, time } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const ONE = "/actions/workflows/{workflow_id}";

export const workflowRoutes: readonly Route[] = [
  onRepository("GET", "/actions/workflows", ["actions", "read"], listWorkflows),
  onRepository("GET", ONE, ["actions", "read"], (call) =>
    withWorkflow(call, (workflow) => json(200, workflowJson(workflow))),
  ),
  onRepository("PUT", `${ONE}/enable`, ["actions", "write"], (call) => switchTo(call, "active")),
  onRepository("PUT", `${ONE}/disable`, ["actions", "write"], (call) => switchTo(call, "disabled_manually")),
  onRepository("GET", `${ONE}/runs`, ["actions", "read"], (call) =>
    withWorkflow(call, (workflow) => listRuns(call, workflow)),
  ),
  onRepository("GET", `${ONE}/timing`, ["actions", "read"], (call) =>
    withWorkflow(call, () => json(200, { billable: {} })),
  ),
];

export function withWorkflow(call: RepositoryCall, run: (workflow: Workflow) => Answer): Answer {
  refreshWorkflows(call.forge, call.repository);
  const workflow = findWorkflow(call.forge, call.repository, call.params["workflow_id"] as string);
  return workflow ? run(workflow) : notFound();
}

function listWorkflows(call: RepositoryCall): Response {
  refreshWorkflows(call.forge, call.repository);
  return counted(call, "workflows", workflowsOf(call.forge, call.repository), workflowJson);
}

function switchTo(call: RepositoryCall, state: Workflow["state"]): Answer {
  return withWorkflow(call, (workflow) => {
    changeWorkflow(call.forge, workflow, state);
    const action = state === "active" ? "workflows.enable_workflow" : "workflows.disable_workflow";
    audited(call, action, repositoryId(call.repository), { workflow_id: workflow.id, name: workflow.name });
    return noContent();
  });
}

function listRuns(call: RepositoryCall, { id }: Workflow): Response {
  const runs = runsOf(call.forge, call.repository).filter((run) => run.workflow === id);
  return counted(call, "workflow_runs", filteredRuns(call.url, runs), (run) => runJson(call.forge, run));
}

export function workflowJson({ id, name, path, state, repository, createdAtMs }: Workflow): Json {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return {
    id,
    node_id: `W_${id}`,
    name,
    path,
    state,
    created_at: time(createdAtMs),
    updated_at: time(createdAtMs),
    url: `${API}/repos/${repository}/actions/workflows/${id}`,
    html_url: `${FORGE_ORIGIN}/${repository}/blob/HEAD/${path}`,
    badge_url: `${FORGE_ORIGIN}/${repository}/actions/workflows/${file}/badge.svg`,
  };
}
