/** What a repository lets workflows do. https://docs.github.com/en/rest/actions/permissions */
import type { Json } from "../../../../base/json.ts";
import type { ActionsSettings } from "../actions/model.ts";
import { changeSettings, restrictionsOn, settingsOf } from "../actions/settings.ts";
import { API } from "../host.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { flagField, missing, own, unfit } from "./request-body.ts";
import {
  ACCESS_LEVELS,
  allowedFrom,
  approvalFrom,
  permissionsFrom,
  retentionFrom,
  selectedFrom,
  selectedJson,
} from "./actions-settings-body.ts";
import { failure, json, noContent } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

const PATH = "/actions/permissions";

type Show = (settings: ActionsSettings, call: RepositoryCall) => Response;
type Read = (call: RepositoryCall) => Partial<ActionsSettings> | Response;

/** GET shows a part of the settings, PUT replaces it. */
function part(path: string, audit: string, show: Show, read: Read): Route[] {
  return [
    onRepository("GET", PATH + path, ["administration", "read"], (call) =>
      show(settingsOf(call.forge, call.repository), call),
    ),
    onRepository("PUT", PATH + path, ["administration", "write"], (call) => {
      const fields = read(call);
      if (fields instanceof Response) return fields;
      const before = settingsOf(call.forge, call.repository);
      changeSettings(call.forge, call.repository, fields);
      const isSwitch = fields.enabled !== undefined && fields.enabled !== before.enabled;
      audited(
        call,
        isSwitch && fields.enabled ? "repo.actions_enabled" : audit,
        repositoryId(call.repository),
        fields as { readonly [key: string]: Json },
      );
      return noContent();
    }),
  ];
}

export const permissionRoutes: readonly Route[] = [
  ...part("", "repo.update_actions_settings", showEnabled, readEnabled),
  ...part("/selected-actions", "repo.update_actions_settings", showSelected, readSelected),
  ...part("/workflow", "repo.set_default_workflow_permissions", showWorkflow, readWorkflow),
  ...part("/access", "repo.update_actions_access_settings", showAccess, readAccess),
  ...part(
    "/fork-pr-contributor-approval",
    "repo.set_actions_fork_pr_approvals_policy",
    ({ forkApproval }) => json(200, { approval_policy: forkApproval }),
    ({ body }) => approvalFrom(body),
  ),
  ...part(
    "/artifact-and-log-retention",
    "repo.set_actions_retention_limit",
    ({ retentionDays }) => json(200, { days: retentionDays, maximum_allowed_days: 90 }),
    ({ body }) => retentionFrom(body),
  ),
];

function showEnabled(settings: ActionsSettings, { repository }: RepositoryCall): Response {
  const { enabled, allowedActions, shaPinningRequired } = settings;
  if (!enabled) return json(200, { enabled });
  const url = `${API}/repos/${repositoryId(repository)}${PATH}/selected-actions`;
  return json(200, {
    enabled,
    allowed_actions: allowedActions,
    ...(allowedActions === "selected" ? { selected_actions_url: url } : {}),
    sha_pinning_required: shaPinningRequired,
  });
}

function readEnabled(call: RepositoryCall): Partial<ActionsSettings> | Response {
  const { forge, repository, body } = call;
  const enabled = flagField(body, "enabled");
  if (enabled === null)
    return own(body, "enabled") === undefined ? missing("enabled") : unfit(body, "enabled", "a boolean");
  const allowed = allowedFrom(body);
  if (allowed instanceof Response) return allowed;
  const above = restrictionsOn(forge, repository);
  if (above && enabled && !settingsOf(forge, repository).enabled && above.enabledRepositories !== "all")
    return conflict("Actions is disabled for this repository by its organization.");
  if (above && above.allowedActions !== "all" && allowed.allowedActions !== undefined)
    if (allowed.allowedActions !== above.allowedActions)
      return conflict("Allowed actions are set by the organization.");
  return { enabled, ...allowed };
}

function showSelected({ allowedActions, selectedActions }: ActionsSettings): Response {
  return allowedActions === "selected" ? json(200, selectedJson(selectedActions)) : notSelected();
}

function readSelected({ forge, repository, body }: RepositoryCall): Partial<ActionsSettings> | Response {
  const settings = settingsOf(forge, repository);
  if (settings.allowedActions !== "selected") return notSelected();
  if (restrictionsOn(forge, repository)?.allowedActions === "selected")
    return conflict("Selected actions are already set by the organization.");
  return selectedFrom(body, settings.selectedActions);
}

function notSelected(): Response {
  return conflict("Selected actions are not enabled for this repository.");
}

function showWorkflow({ defaultPermissions, mayApprovePulls }: ActionsSettings): Response {
  return json(200, {
    default_workflow_permissions: defaultPermissions,
    can_approve_pull_request_reviews: mayApprovePulls,
  });
}

function readWorkflow({ forge, repository, body }: RepositoryCall): Partial<ActionsSettings> | Response {
  const fields = permissionsFrom(body);
  if (fields instanceof Response) return fields;
  const above = restrictionsOn(forge, repository);
  if (above?.defaultPermissions === "read" && fields.defaultPermissions === "write")
    return conflict("The organization restricts the default workflow permissions to read.");
  if (above && !above.mayApprovePulls && fields.mayApprovePulls)
    return conflict("The organization does not let workflows approve pull requests.");
  return fields;
}

function showAccess({ accessLevel }: ActionsSettings): Response {
  return json(200, { access_level: accessLevel });
}

function readAccess({ repository, body }: RepositoryCall): Partial<ActionsSettings> | Response {
  if (repository.visibility === "public")
    return failure(422, "Access policy only applies to internal and private repositories.");
  const accessLevel = ACCESS_LEVELS.find((level) => level === own(body, "access_level"));
  return accessLevel ? { accessLevel } : unfit(body, "access_level", `one of ${ACCESS_LEVELS.join(", ")}`);
}

function conflict(why: string): Response {
  return failure(409, `Conflict: ${why}`);
}
