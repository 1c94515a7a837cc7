/** Settings of Actions in requests and answers; the same for repositories and organisations. */
import type { Json } from "../../../../base/json.ts";
import type { ActionsSettings } from "../actions/model.ts";
import { flagField, own, textsField, unfit } from "./request-body.ts";
import type { Call } from "./route.ts";

type Body = Call["body"];
type Fields = Partial<ActionsSettings>;

export const ACCESS_LEVELS = ["none", "user", "organization"] as const;
const ALLOWED = ["all", "local_only", "selected"] as const;
const APPROVALS = [
  "first_time_contributors_new_to_github",
  "first_time_contributors",
  "all_external_contributors",
] as const;

export function allowedFrom(body: Body): Fields | Response {
  const allowed = own(body, "allowed_actions");
  const allowedActions = ALLOWED.find((it) => it === allowed);
  if (allowed !== undefined && !allowedActions)
    return unfit(body, "allowed_actions", `one of ${ALLOWED.join(", ")}`);
  const shaPinningRequired = flagField(body, "sha_pinning_required");
  if (shaPinningRequired === null && own(body, "sha_pinning_required") !== undefined)
    return unfit(body, "sha_pinning_required", "a boolean");
  return {
    ...(allowedActions ? { allowedActions } : {}),
    ...(shaPinningRequired === null ? {} : { shaPinningRequired }),
  };
}

type Selected = ActionsSettings["selectedActions"];

export function selectedJson({ githubOwned, verified, patterns }: Selected): Json {
  return { github_owned_allowed: githubOwned, verified_allowed: verified, patterns_allowed: [...patterns] };
}

export function selectedFrom(body: Body, old: Selected): Fields | Response {
  const patterns =
    own(body, "patterns_allowed") === undefined ? old.patterns : textsField(body, "patterns_allowed");
  if (patterns === null) return unfit(body, "patterns_allowed", "an array of strings");
  for (const name of ["github_owned_allowed", "verified_allowed"])
    if (own(body, name) !== undefined && flagField(body, name) === null)
      return unfit(body, name, "a boolean");
  return {
    selectedActions: {
      githubOwned: flagField(body, "github_owned_allowed") ?? old.githubOwned,
      verified: flagField(body, "verified_allowed") ?? old.verified,
      patterns,
    },
  };
}

export function permissionsFrom(body: Body): Fields | Response {
  const given = own(body, "default_workflow_permissions");
  if (given !== undefined && given !== "read" && given !== "write")
    return unfit(body, "default_workflow_permissions", "one of read, write");
  const mayApprovePulls = flagField(body, "can_approve_pull_request_reviews");
  if (mayApprovePulls === null && own(body, "can_approve_pull_request_reviews") !== undefined)
    return unfit(body, "can_approve_pull_request_reviews", "a boolean");
  return {
    ...(given === undefined ? {} : { defaultPermissions: given }),
    ...(mayApprovePulls === null ? {} : { mayApprovePulls }),
  };
}

export function approvalFrom(body: Body): Fields | Response {
  const forkApproval = APPROVALS.find((it) => it === own(body, "approval_policy"));
  return forkApproval ? { forkApproval } : unfit(body, "approval_policy", `one of ${APPROVALS.join(", ")}`);
}

const LONGEST_DAYS = 90;

export function retentionFrom(body: Body): Fields | Response {
  const days = own(body, "days");
  if (typeof days !== "number" || !Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
    return unfit(body, "days", `an integer from 1 to ${LONGEST_DAYS}`);
  return { retentionDays: days };
}
