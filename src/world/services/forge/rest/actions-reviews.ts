/** Runs that wait for a reviewer. https://docs.github.com/en/rest/actions/workflow-runs#review-pending-deployments-for-a-workflow-run */
import type { Json } from "../../../../base/json.ts";
import { deploymentsOf } from "../actions/deployments.ts";
import { findEnvironment } from "../actions/environments.ts";
import type { DeploymentReview, Environment, Run } from "../actions/model.ts";
import { jobsOf } from "../actions/runs.ts";
import { addReview, mayReview, pendingReviews, reviewsOf } from "../actions/reviews.ts";
import type { Identity } from "../identity.ts";
import { personJson } from "../json/account.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { choiceField, missing, numbersField, own, textField, unfit } from "./request-body.ts";
import { bareEnvironmentJson, reviewersJson } from "./actions-environment-json.ts";
import { RUN, withRun } from "./actions-runs.ts";
import { deploymentJson } from "./deployments.ts";
import { failure, json, timeOrNull } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const reviewRoutes: readonly Route[] = [
  onRepository("GET", `${RUN}/pending_deployments`, ["actions", "read"], (call) =>
    withRun(call, (run) =>
      json(
        200,
        pendingReviews(call.forge, run).map((it) => pendingJson(call, run, it)),
      ),
    ),
  ),
  onRepository("POST", `${RUN}/pending_deployments`, ["deployments", "read"], (call) =>
    withRun(call, (run) => review(call, run)),
  ),
  onRepository("GET", `${RUN}/approvals`, ["actions", "read"], (call) =>
    withRun(call, (run) =>
      json(
        200,
        reviewsOf(call.forge, run).map((it) => approvalJson(call, it)),
      ),
    ),
  ),
];

function pendingJson({ forge, identity }: RepositoryCall, run: Run, environment: Environment): Json {
  const { created_at: _created, updated_at: _updated, ...shown } = bareEnvironmentJson(environment);
  const since = environment.waitMinutes > 0 ? waitingSince(forge, run, environment) : null;
  return {
    environment: shown,
    wait_timer: environment.waitMinutes,
    wait_timer_started_at: timeOrNull(since),
    current_user_can_approve: identity !== null && mayReview(forge, environment, run, identity.login),
    reviewers: reviewersJson(forge, environment),
  };
}

function waitingSince(forge: RepositoryCall["forge"], run: Run, { name }: Environment): number | null {
  const job = jobsOf(forge, run, run.attempt).find(
    (it) => it.status === "waiting" && it.environment?.toLowerCase() === name.toLowerCase(),
  );
  return job?.createdAtMs ?? null;
}

/** Reviewers need no more than reading, but a token has to be made for it. */
function tokenRefusal({ grants }: Identity): Response | null {
  if (grants.kind === "job" && grants.permissions.deployments !== "write")
    return failure(403, "Resource not accessible by integration");
  if (grants.kind === "fine-grained" && grants.permissions.deployments !== "write")
    return failure(403, "Resource not accessible by personal access token");
  return null;
}

function review(call: RepositoryCall, run: Run): Response {
  const { forge, repository, identity, body } = call;
  if (identity === null) return failure(401, "Requires authentication");
  const refusal = tokenRefusal(identity);
  if (refusal) return refusal;
  const ids = numbersField(body, "environment_ids");
  const state = choiceField(body, "state", ["approved", "rejected"]);
  const comment = textField(body, "comment");
  if (ids === null) return unfit(body, "environment_ids", "an array of integers");
  if (state === null)
    return own(body, "state") === undefined
      ? missing("state")
      : unfit(body, "state", "one of approved, rejected");
  if (comment === null) return missing("comment");
  const pending = pendingReviews(forge, run);
  const chosen = ids.map((id) => pending.find((it) => it.id === id));
  const open = chosen.filter(
    (it): it is Environment => it !== undefined && mayReview(forge, it, run, identity.login),
  );
  if (ids.length === 0 || open.length < ids.length)
    return failure(422, "There are no pending deployment requests to approve or reject");
  for (const { name } of open) {
    addReview(forge, run, { environment: name, by: identity.login, state, comment });
    const action = state === "approved" ? "workflows.approve_workflow_job" : "workflows.reject_workflow_job";
    audited(call, action, repositoryId(repository), { workflow_run_id: run.id, environment_name: name });
  }
  const names = open.map(({ name }) => name);
  const deployments = deploymentsOf(forge, repository).filter(
    (it) => it.run === run.id && names.includes(it.environment),
  );
  return json(
    200,
    deployments.map((it) => deploymentJson(forge, it)),
  );
}

function approvalJson({ forge, repository }: RepositoryCall, review: DeploymentReview): Json {
  const environment = findEnvironment(forge, repository, review.environment);
  return {
    state: review.state,
    comment: review.comment,
    environments: environment ? [bareEnvironmentJson(environment)] : [],
    user: personJson(forge, review.by),
  };
}
