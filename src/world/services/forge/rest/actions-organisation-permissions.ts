/** What an organisation lets the workflows of its repositories do. https://docs.github.com/en/rest/actions/permissions */
import type { Json } from "../../../../base/json.ts";
import {
  changeOrganisationSettings,
  organisationSettingsOf,
  type OrganisationSettings,
} from "../actions/settings.ts";
import { API } from "../host.ts";
import { bareRepositoryJson } from "../json/repository.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { choiceField, missing, numbersField, own, unfit } from "./request-body.ts";
import { onOrganisation, repositoriesById, type OrganisationCall } from "./actions-organisation.ts";
import { invalidIds } from "./actions-scope.ts";
import {
  allowedFrom,
  approvalFrom,
  permissionsFrom,
  retentionFrom,
  selectedFrom,
  selectedJson,
} from "./actions-settings-body.ts";
import { counted, failure, json, noContent, notFound } from "./answer.ts";
import type { Route } from "./route.ts";

const PATH = "/actions/permissions";

type Show = (settings: OrganisationSettings, call: OrganisationCall) => Response;
type Read = (call: OrganisationCall) => Partial<OrganisationSettings> | Response;

function part(path: string, audit: string, show: Show, read: Read): Route[] {
  return [
    onOrganisation("GET", PATH + path, (call) =>
      show(organisationSettingsOf(call.forge, call.organisation.login), call),
    ),
    onOrganisation("PUT", PATH + path, (call) => save(call, audit, read(call))),
  ];
}

export const organisationPermissionRoutes: readonly Route[] = [
  ...part("", "org.update_actions_settings", showEnabled, readEnabled),
  ...part("/selected-actions", "org.update_actions_settings", showSelected, readSelected),
  ...part(
    "/workflow",
    "org.set_default_workflow_permissions",
    ({ defaultPermissions, mayApprovePulls }) =>
      json(200, {
        default_workflow_permissions: defaultPermissions,
        can_approve_pull_request_reviews: mayApprovePulls,
      }),
    ({ body }) => permissionsFrom(body),
  ),
  ...part(
    "/fork-pr-contributor-approval",
    "org.set_actions_fork_pr_approvals_policy",
    ({ forkApproval }) => json(200, { approval_policy: forkApproval }),
    ({ body }) => approvalFrom(body),
  ),
  ...part(
    "/artifact-and-log-retention",
    "org.set_actions_retention_limit",
    ({ retentionDays }) => json(200, { days: retentionDays, maximum_allowed_days: 90 }),
    ({ body }) => retentionFrom(body),
  ),
  ...part("/repositories", "org.update_actions_settings", showRepositories, readRepositories),
  onOrganisation("PUT", `${PATH}/repositories/{repository_id}`, (call) => changeOne(call, true)),
  onOrganisation("DELETE", `${PATH}/repositories/{repository_id}`, (call) => changeOne(call, false)),
];

function save(
  call: OrganisationCall,
  audit: string,
  fields: Partial<OrganisationSettings> | Response,
): Response {
  if (fields instanceof Response) return fields;
  const { login } = call.organisation;
  changeOrganisationSettings(call.forge, login, fields);
  audited(call, audit, login, fields as { readonly [key: string]: Json });
  return noContent();
}

function showEnabled(settings: OrganisationSettings, { organisation }: OrganisationCall): Response {
  const { enabledRepositories, allowedActions, shaPinningRequired } = settings;
  const url = `${API}/orgs/${organisation.login}${PATH}`;
  return json(200, {
    enabled_repositories: enabledRepositories,
    ...(enabledRepositories === "selected" ? { selected_repositories_url: `${url}/repositories` } : {}),
    ...(enabledRepositories === "none" ? {} : { allowed_actions: allowedActions }),
    ...(allowedActions === "selected" ? { selected_actions_url: `${url}/selected-actions` } : {}),
    sha_pinning_required: shaPinningRequired,
  });
}

function readEnabled({ body }: OrganisationCall): Partial<OrganisationSettings> | Response {
  const enabledRepositories = choiceField(body, "enabled_repositories", ["all", "none", "selected"]);
  if (enabledRepositories === null)
    return own(body, "enabled_repositories") === undefined
      ? missing("enabled_repositories")
      : unfit(body, "enabled_repositories", "one of all, none, selected");
  const allowed = allowedFrom(body);
  return allowed instanceof Response ? allowed : { enabledRepositories, ...allowed };
}

function showSelected({ allowedActions, selectedActions }: OrganisationSettings): Response {
  return allowedActions === "selected" ? json(200, selectedJson(selectedActions)) : notSelected("actions");
}

function readSelected({ forge, organisation, body }: OrganisationCall) {
  const { allowedActions, selectedActions } = organisationSettingsOf(forge, organisation.login);
  return allowedActions === "selected" ? selectedFrom(body, selectedActions) : notSelected("actions");
}

function showRepositories(settings: OrganisationSettings, call: OrganisationCall): Response {
  if (settings.enabledRepositories !== "selected") return notSelected("repositories");
  const repositories = settings.selectedRepositories.flatMap((id) => call.forge.find(id) ?? []);
  return counted(call, "repositories", repositories, (it) => bareRepositoryJson(call.forge, it));
}

function readRepositories(call: OrganisationCall): Partial<OrganisationSettings> | Response {
  const { enabledRepositories } = organisationSettingsOf(call.forge, call.organisation.login);
  if (enabledRepositories !== "selected") return notSelected("repositories");
  const ids = numbersField(call.body, "selected_repository_ids");
  if (ids === null) return unfit(call.body, "selected_repository_ids", "an array of integers");
  const repositories = repositoriesById(call, ids);
  return repositories ? { selectedRepositories: repositories.map(repositoryId) } : invalidIds();
}

function changeOne(call: OrganisationCall, add: boolean): Response {
  const settings = organisationSettingsOf(call.forge, call.organisation.login);
  if (settings.enabledRepositories !== "selected") return notSelected("repositories");
  const [repository] = repositoriesById(call, [Number(call.params["repository_id"])]) ?? [];
  if (!repository) return notFound();
  const id = repositoryId(repository);
  const others = settings.selectedRepositories.filter((it) => it !== id);
  return save(call, "org.update_actions_settings", { selectedRepositories: add ? [...others, id] : others });
}

function notSelected(what: string): Response {
  return failure(409, `Conflict: selected ${what} are not enabled for this organization.`);
}
