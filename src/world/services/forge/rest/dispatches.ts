/**
 * Runs that somebody asks for: https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event and
 * https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event
 */
import { judgeInputs } from "../actions/dispatch-inputs.ts";
import type { Workflow } from "../actions/model.ts";
import { readWorkflowFile } from "../actions/workflow-file.ts";
import { objectsOf, type Objects } from "../git/objects.ts";
import { happened } from "../happened.ts";
import type { Identity } from "../identity.ts";
import { missing, own, textField, unfit } from "./request-body.ts";
import { withWorkflow } from "./actions-workflows.ts";
import { failure, noContent } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const dispatchRoutes: readonly Route[] = [
  onRepository("POST", "/actions/workflows/{workflow_id}/dispatches", ["actions", "write"], (call) =>
    withWorkflow(call, (workflow) => dispatchWorkflow(call, workflow)),
  ),
  onRepository("POST", "/dispatches", ["contents", "write"], dispatchRepository),
];

function dispatchWorkflow(call: RepositoryCall, workflow: Workflow): Response {
  const { forge, repository, body, identity } = call;
  const name = textField(body, "ref");
  const given = own(body, "inputs") ?? {};
  if (name === null || name === "") return missing("ref");
  if (given === null || typeof given !== "object" || Array.isArray(given))
    return unfit(body, "inputs", "an object");
  if (workflow.state !== "active")
    return failure(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const git = objectsOf(forge, repository);
  const ref = refNamed(git, name);
  if (ref === null) return failure(422, `No ref found for: ${name}`);
  const bytes = git.file(git.resolveCommit(ref) ?? "", workflow.path);
  const file = bytes && readWorkflowFile(bytes);
  if (!file?.events.includes("workflow_dispatch"))
    return failure(422, "Workflow does not have 'workflow_dispatch' trigger");
  const judged = judgeInputs(file.inputs, new Map(Object.entries(given)));
  if (judged.problem !== null) return failure(422, judged.problem);
  const inputs = file.inputs.length > 0 ? { ...judged.inputs } : null;
  happened(forge, identity as Identity, repository, "workflow_dispatch", null, {
    inputs,
    ref,
    workflow: workflow.path,
  });
  return noContent();
}

/** A full ref, a branch, or a tag; commits cannot be dispatched on. */
function refNamed(git: Objects, name: string): string | null {
  const full = name.startsWith("refs/") ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  return full.find((ref) => /^refs\/(?:heads|tags)\//.test(ref) && git.ref(ref) !== null) ?? null;
}

const MOST_PROPERTIES = 10;
const LONGEST_TYPE = 100;

function dispatchRepository(call: RepositoryCall): Response {
  const { forge, repository, body, identity } = call;
  const type = textField(body, "event_type");
  const payload = own(body, "client_payload") ?? {};
  if (type === null || type === "") return missing("event_type");
  if (type.length > LONGEST_TYPE)
    return failure(422, `Invalid request.\n\nevent_type is too long (maximum is ${LONGEST_TYPE} characters)`);
  if (payload === null || typeof payload !== "object" || Array.isArray(payload))
    return unfit(body, "client_payload", "an object");
  const count = Object.keys(payload).length;
  if (count > MOST_PROPERTIES)
    return failure(
      422,
      `Invalid request.\n\nNo more than ${MOST_PROPERTIES} properties are allowed; ${count} were supplied.`,
    );
  happened(forge, identity as Identity, repository, "repository_dispatch", type, {
    branch: repository.defaultBranch,
    client_payload: payload,
  });
  return noContent();
}
