/** Raises an event about a repository, with the parts that every payload has. */
import type { Json } from "../../../base/json.ts";
import { raise } from "./events.ts";
import { exposeText } from "./exposures.ts";
import type { Forge } from "./forge.ts";
import type { Identity } from "./identity.ts";
import { organisationJson, personJson } from "./json/account.ts";
import { bareRepositoryJson } from "./json/repository.ts";
import { repositoryId, type Repository } from "./model.ts";

/** Events about what somebody wrote. */
const TEXTS = ["issues", "issue_comment", "pull_request", "pull_request_review_comment", "commit_comment"];

/** Whether it puts words where others read them. A release is created, published and released at once. */
function isWritten(name: string, action: string | null): boolean {
  if (name === "release") return action === "published" || action === "edited";
  return TEXTS.includes(name) && ["opened", "edited", "created"].includes(action ?? "");
}

/** While a lab's start is being made nothing is told to anybody. */
export function happened(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  name: string,
  action: string | null,
  fields: { readonly [key: string]: Json | undefined },
): void {
  if (repository.beingMade) return;
  raise(forge, identity, {
    name,
    action,
    repository: repositoryId(repository),
    payload: { ...(action === null ? {} : { action }), ...fields, ...common(forge, identity, repository) },
  });
  if (isWritten(name, action)) exposeText(forge, repository, identity.login, fields);
}

/** `repository`, `organization` and `sender`, as they stand in every payload. */
export function common(
  forge: Forge,
  identity: Identity,
  repository: Repository,
): { readonly [key: string]: Json } {
  const owner = forge.account(repository.owner);
  return {
    repository: bareRepositoryJson(forge, repository),
    ...(owner?.type === "Organization" ? { organization: organisationJson(owner) } : {}),
    sender: personJson(forge, identity.login),
  };
}
