/** What the subject of a job's identity token says. https://docs.github.com/en/rest/actions/oidc */
import {
  changeOrganisationSettings,
  changeSettings,
  organisationSettingsOf,
  ownSubjectOf,
  settingsOf,
} from "../actions/settings.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { audited } from "./audited.ts";
import { flagField, missing, own, textsField, unfit } from "./request-body.ts";
import { onOrganisation, type OrganisationCall } from "./actions-organisation.ts";
import { failure, json } from "./answer.ts";
import { onRepository, type Call, type RepositoryCall, type Route } from "./route.ts";

const PATH = "/actions/oidc/customization/sub";

export const oidcRoutes: readonly Route[] = [
  onRepository("GET", PATH, ["actions", "read"], showRepository),
  onRepository("PUT", PATH, ["actions", "write"], putRepository),
  onOrganisation("GET", PATH, showOrganisation),
  onOrganisation("PUT", PATH, putOrganisation),
];

/** Claims that may stand in a subject. */
const CLAIM_KEYS: readonly string[] = [
  "repo",
  "context",
  "actor",
  "actor_id",
  "base_ref",
  "check_run_id",
  "enterprise",
  "enterprise_id",
  "environment",
  "event_name",
  "head_ref",
  "job_workflow_ref",
  "job_workflow_sha",
  "ref",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "repository_visibility",
  "run_attempt",
  "run_id",
  "run_number",
  "runner_environment",
  "sha",
  "workflow",
  "workflow_ref",
  "workflow_sha",
];

/** The keys of the body; null where it names none. */
function keysOf({ body }: Call): string[] | null | Response {
  if (own(body, "include_claim_keys") === undefined) return null;
  const keys = textsField(body, "include_claim_keys");
  if (keys === null) return unfit(body, "include_claim_keys", "an array of strings");
  const unknown = keys.find((key) => !CLAIM_KEYS.includes(key));
  return unknown === undefined
    ? keys
    : failure(422, `Validation Failed: ${unknown} is not a valid claim key.`);
}

function showRepository({ forge, repository }: RepositoryCall): Response {
  const keys = ownSubjectOf(forge, repository);
  const { oidcImmutable } = settingsOf(forge, repository);
  return json(200, {
    use_default: keys === null,
    ...(keys && keys.length > 0 ? { include_claim_keys: [...keys] } : {}),
    use_immutable_subject: oidcImmutable,
    sub_claim_prefix: subjectPrefix(forge, repository, oidcImmutable),
  });
}

/** How subjects of the repository's jobs begin: with names, or with names and numbers. */
export function subjectPrefix(forge: Forge, repository: Repository, immutable: boolean): string {
  if (!immutable) return `repo:${repositoryId(repository)}`;
  const owner = forge.account(repository.owner)?.id ?? 0;
  return `repo:${repository.owner}@${owner}/${repository.name}@${repository.id}`;
}

/** Without the default and without keys of its own the organisation's template holds. */
function putRepository(call: RepositoryCall): Response {
  const { forge, repository, body } = call;
  const useDefault = flagField(body, "use_default");
  if (useDefault === null)
    return own(body, "use_default") === undefined
      ? missing("use_default")
      : unfit(body, "use_default", "a boolean");
  const keys = keysOf(call);
  if (keys instanceof Response) return keys;
  if (useDefault && keys !== null && keys.length > 0)
    return failure(422, "Validation Failed: include_claim_keys cannot be set when use_default is true.");
  const immutable = flagField(body, "use_immutable_subject");
  changeSettings(forge, repository, {
    oidcSubject: useDefault ? null : (keys ?? []),
    ...(immutable === null ? {} : { oidcImmutable: immutable }),
  });
  audited(call, "repo.update_oidc_subject_customization", repositoryId(repository), {
    use_default: useDefault,
    include_claim_keys: keys ?? [],
  });
  return json(201, {});
}

const DEFAULT_KEYS = ["repo", "context"];

function showOrganisation({ forge, organisation }: OrganisationCall): Response {
  const { oidcSubject, oidcImmutable } = organisationSettingsOf(forge, organisation.login);
  return json(200, {
    include_claim_keys: [...(oidcSubject ?? DEFAULT_KEYS)],
    use_immutable_subject: oidcImmutable,
  });
}

function putOrganisation(call: OrganisationCall): Response {
  const keys = keysOf(call);
  if (keys instanceof Response) return keys;
  const immutable = flagField(call.body, "use_immutable_subject");
  if (keys === null && immutable === null) return missing("include_claim_keys");
  changeOrganisationSettings(call.forge, call.organisation.login, {
    ...(keys === null ? {} : { oidcSubject: keys }),
    ...(immutable === null ? {} : { oidcImmutable: immutable }),
  });
  audited(call, "org.update_oidc_subject_customization", call.organisation.login, {
    include_claim_keys: keys ?? [],
  });
  return json(201, {});
}
