/** https://docs.github.com/en/rest/actions/self-hosted-runner-groups */
import type { Json } from "../../../../base/json.ts";
import { dropGroup, groupsOf, keepGroup, type RunnerGroup } from "../actions/runner-groups.ts";
import { changeRunner, runnersAt } from "../actions/runners.ts";
import { onOrganisation, repositoriesById, type OrganisationCall } from "./actions-organisation.ts";
import { runnerJson } from "./actions-runners.ts";
import { counted, failure, json, noContent, notFound } from "./answer.ts";
import { audited } from "./audited.ts";
import { choiceField, flagField, missing, numbersField, textField, textsField } from "./request-body.ts";
import type { Answer, Route } from "./route.ts";

const GROUPS = "/actions/runner-groups";
const ONE = `${GROUPS}/{group_id}`;

export const runnerGroupRoutes: readonly Route[] = [
  onOrganisation("GET", GROUPS, (call) =>
    counted(call, "runner_groups", groupsOf(call.forge, call.organisation.login), groupJson),
  ),
  onOrganisation("POST", GROUPS, create),
  onOrganisation("GET", ONE, (call) => withGroup(call, (group) => json(200, groupJson(group)))),
  onOrganisation("PATCH", ONE, (call) => withGroup(call, (group) => change(call, group))),
  onOrganisation("DELETE", ONE, (call) => withGroup(call, (group) => remove(call, group))),
  onOrganisation("GET", `${ONE}/runners`, (call) =>
    withGroup(call, ({ name }) =>
      counted(call, "runners", runnersIn(call, name), (it) => runnerJson(it, call)),
    ),
  ),
  onOrganisation("PUT", `${ONE}/runners/{runner_id}`, (call) =>
    withGroup(call, ({ name }) => move(call, name)),
  ),
];

function withGroup(call: OrganisationCall, run: (group: RunnerGroup) => Answer): Answer {
  const found = groupsOf(call.forge, call.organisation.login).find(
    ({ id }) => String(id) === call.params["group_id"],
  );
  return found ? run(found) : notFound();
}

function runnersIn({ forge, organisation }: OrganisationCall, name: string) {
  return runnersAt(forge, organisation.login).filter(({ group }) => group === name);
}

function create(call: OrganisationCall): Response {
  const { forge, organisation, body } = call;
  const name = textField(body, "name")?.trim() ?? "";
  if (name === "") return missing("name");
  if (groupsOf(forge, organisation.login).some((it) => it.name.toLowerCase() === name.toLowerCase()))
    return failure(409, "Runner group name already exists");
  const fields = fieldsOf(call);
  if (fields instanceof Response) return fields;
  const group = keepGroup(forge, {
    organisation: organisation.login,
    name,
    visibility: "all",
    repositories: [],
    allowsPublic: false,
    restricted: false,
    workflows: [],
    ...fields,
  });
  for (const id of numbersField(body, "runners") ?? [])
    if (runnersAt(forge, organisation.login).some((it) => it.id === id))
      changeRunner(forge, id, { group: name });
  audited(call, "org.runner_group_created", organisation.login, { runner_group_id: group.id, name });
  return json(201, groupJson(group));
}

/** What the body sets; the rest stays. */
function fieldsOf(call: OrganisationCall): Partial<RunnerGroup> | Response {
  const { body } = call;
  const visibility = choiceField(body, "visibility", ["all", "selected", "private"] as const);
  const repositories = numbersField(body, "selected_repository_ids");
  if (repositories && !repositoriesById(call, repositories)) return notFound();
  const allowsPublic = flagField(body, "allows_public_repositories");
  const restricted = flagField(body, "restricted_to_workflows");
  const workflows = textsField(body, "selected_workflows");
  if (workflows?.some((it) => !/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[^@]+@.+$/.test(it)))
    return failure(
      422,
      "Validation Failed: selected_workflows must be OWNER/REPO/.github/workflows/FILE@REF.",
    );
  return {
    ...(visibility ? { visibility } : {}),
    ...(repositories ? { repositories, ...(visibility ? {} : { visibility: "selected" as const }) } : {}),
    ...(allowsPublic === null ? {} : { allowsPublic }),
    ...(restricted === null ? {} : { restricted }),
    ...(workflows ? { workflows } : {}),
  };
}

function change(call: OrganisationCall, group: RunnerGroup): Response {
  const { forge, organisation, body } = call;
  const fields = fieldsOf(call);
  if (fields instanceof Response) return fields;
  const name = textField(body, "name")?.trim() || group.name;
  for (const runner of runnersIn(call, group.name)) changeRunner(forge, runner.id, { group: name });
  const changed = keepGroup(forge, { ...group, ...fields, name });
  audited(call, "org.runner_group_updated", organisation.login, { runner_group_id: group.id, name });
  return json(200, groupJson(changed));
}

/** Its runners fall back to "Default". */
function remove(call: OrganisationCall, group: RunnerGroup): Response {
  const { forge, organisation } = call;
  if (group.id === 1) return failure(422, "The default runner group cannot be removed.");
  for (const runner of runnersIn(call, group.name)) changeRunner(forge, runner.id, { group: "Default" });
  dropGroup(forge, group);
  audited(call, "org.runner_group_removed", organisation.login, {
    runner_group_id: group.id,
    name: group.name,
  });
  return noContent();
}

function move(call: OrganisationCall, name: string): Response {
  const { forge, organisation, params } = call;
  const runner = runnersAt(forge, organisation.login).find(({ id }) => String(id) === params["runner_id"]);
  if (!runner) return notFound();
  changeRunner(forge, runner.id, { group: name });
  return noContent();
}

function groupJson(group: RunnerGroup): Json {
  return {
    id: group.id,
    name: group.name,
    visibility: group.visibility,
    default: group.id === 1,
    inherited: false,
    allows_public_repositories: group.allowsPublic,
    restricted_to_workflows: group.restricted,
    selected_workflows: [...group.workflows],
    workflow_restrictions_read_only: false,
  };
}
