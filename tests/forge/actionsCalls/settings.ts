/** Settings of Actions, of a repository and its organisation. */
import { ID, message, ORG, REPO, type Row } from "./setting.ts";

export const settingsCalls: readonly Row[] = [
  // Settings
  [
    "permissions",
    "owner",
    (o) => o.rest.actions.getGithubActionsPermissionsRepository(REPO),
    200,
    { enabled: true, allowed_actions: "all", sha_pinning_required: false },
  ],
  [
    "only selected actions",
    "owner",
    (o) =>
      o.rest.actions.setGithubActionsPermissionsRepository({
        ...REPO,
        enabled: true,
        allowed_actions: "selected",
      }),
    204,
  ],
  [
    "which",
    "owner",
    (o) =>
      o.rest.actions.setAllowedActionsRepository({
        ...REPO,
        github_owned_allowed: true,
        verified_allowed: false,
        patterns_allowed: ["lantern-tides/*"],
      }),
    204,
  ],
  [
    "as they are",
    "owner",
    (o) => o.rest.actions.getAllowedActionsRepository(REPO),
    200,
    { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ["lantern-tides/*"] },
  ],
  [
    "what a token may by default",
    "owner",
    (o) =>
      o.rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository({
        ...REPO,
        default_workflow_permissions: "write",
        can_approve_pull_request_reviews: false,
      }),
    204,
  ],
  [
    "not everything",
    "owner",
    (o) =>
      o.rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository({
        ...REPO,
        default_workflow_permissions: "admin" as never,
      }),
    422,
  ],
  [
    "only administrators see it",
    "writer",
    (o) => o.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(REPO),
    403,
    message("Must have admin rights"),
  ],
  [
    "the organisation's permissions",
    "owner",
    (o) =>
      o.rest.actions.setGithubActionsDefaultWorkflowPermissionsOrganization({
        ...ORG,
        default_workflow_permissions: "read",
      }),
    204,
  ],
  [
    "hold for its repositories",
    "owner",
    (o) => o.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(REPO),
    200,
    { default_workflow_permissions: "read", can_approve_pull_request_reviews: false },
  ],
  [
    "which cannot have more",
    "owner",
    (o) =>
      o.rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository({
        ...REPO,
        default_workflow_permissions: "write",
      }),
    409,
  ],
  [
    "approval of forks",
    "owner",
    (o) =>
      o.request("PUT /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", {
        ...REPO,
        approval_policy: "all_external_contributors",
      }),
    204,
  ],
  [
    "as it is",
    "owner",
    (o) => o.request("GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", REPO),
    200,
    { approval_policy: "all_external_contributors" },
  ],
  [
    "access",
    "owner",
    (o) => o.rest.actions.getWorkflowAccessToRepository(REPO),
    200,
    { access_level: "none" },
  ],
  [
    "the organisation's policy",
    "owner",
    (o) => o.rest.actions.getGithubActionsPermissionsOrganization(ORG),
    200,
    { enabled_repositories: "all", allowed_actions: "all", sha_pinning_required: false },
  ],
  [
    "the subject of tokens",
    "owner",
    (o) => o.rest.actions.getCustomOidcSubClaimForRepo(REPO),
    200,
    { use_default: true, use_immutable_subject: false, sub_claim_prefix: `repo:${ID}` },
  ],
  [
    "another subject",
    "owner",
    (o) =>
      o.rest.actions.setCustomOidcSubClaimForRepo({
        ...REPO,
        use_default: false,
        include_claim_keys: ["repo", "job_workflow_ref"],
      }),
    201,
    {},
  ],
  [
    "a claim that is none",
    "owner",
    (o) =>
      o.rest.actions.setCustomOidcSubClaimForRepo({
        ...REPO,
        use_default: false,
        include_claim_keys: ["constructor"],
      }),
    422,
  ],
  [
    "the organisation's template",
    "owner",
    (o) => o.rest.oidc.updateOidcCustomSubTemplateForOrg({ ...ORG, include_claim_keys: ["repo"] }),
    201,
    {},
  ],
  [
    "switched off",
    "owner",
    (o) => o.rest.actions.setGithubActionsPermissionsRepository({ ...REPO, enabled: false }),
    204,
  ],
  [
    "nothing more to say",
    "owner",
    (o) => o.rest.actions.getGithubActionsPermissionsRepository(REPO),
    200,
    { enabled: false },
  ],
  [
    "switched on",
    "owner",
    (o) => o.rest.actions.setGithubActionsPermissionsRepository({ ...REPO, enabled: true }),
    204,
  ],
  [
    "neither on nor off",
    "owner",
    (o) => o.rest.actions.setGithubActionsPermissionsRepository(REPO as never),
    422,
    message('"enabled" wasn\'t supplied'),
  ],
];
