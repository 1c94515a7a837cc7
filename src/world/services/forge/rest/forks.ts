/** https://docs.github.com/en/rest/repos/forks */
import { createFork, networkOf } from "../git/network.ts";
import { happened } from "../happened.ts";
import { bareRepositoryJson, fullRepositoryJson, repositoryJson } from "../json/repository.ts";
import { repositoryId, type Repository } from "../model.ts";
import { watch } from "../notifications.ts";
import { isMember } from "../organisations.ts";
import { audited } from "./audited.ts";
import { flagField, textField } from "./request-body.ts";
import { failure, json, list, notFound } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const forkRoutes: readonly Route[] = [
  onRepository("GET", "/forks", ["metadata", "read"], listForks),
  onRepository("POST", "/forks", "user", postFork),
];

function listForks(call: RepositoryCall): Response {
  const { forge, repository, identity } = call;
  const found = networkOf(forge, repository).filter(
    (it) => it.fork === repository.id && forge.allows(identity, it, "metadata", "read"),
  );
  return list(call, found.toReversed(), (it) => repositoryJson(forge, it, identity));
}

/** Answers at once with the fork that is there already, as GitHub does. */
function postFork(call: RepositoryCall): Response {
  const { forge, repository, identity, body } = call;
  const grants = identity?.grants;
  if (!identity || !forge.allows(identity, repository, "contents", "read")) return notFound();
  if (grants?.kind === "job" || grants?.kind === "fine-grained")
    return failure(403, "Resource not accessible by personal access token");
  const owner = textField(body, "organization") ?? identity.login;
  if (owner !== identity.login && !isMember(forge, owner, identity.login)) return notFound();
  if (owner.toLowerCase() === repository.owner.toLowerCase())
    return failure(403, "You cannot fork this repository to the account that owns it.");
  const known = networkOf(forge, repository).find((it) => it.owner === owner);
  if (known) return json(202, fullRepositoryJson(forge, known, identity));
  const name = (textField(body, "name") ?? repository.name).replace(/[^\w.-]+/g, "-");
  const fork = createFork(forge, repository, {
    owner,
    name: freeName(call, owner, name),
    defaultBranchOnly: flagField(body, "default_branch_only") ?? false,
  });
  tell(call, fork);
  return json(202, fullRepositoryJson(forge, fork, identity));
}

function freeName({ forge }: RepositoryCall, owner: string, name: string): string {
  for (let number = 0; ; number += 1) {
    const wanted = number === 0 ? name : `${name}-${number}`;
    if (!forge.find(`${owner}/${wanted}`)) return wanted;
  }
}

function tell(call: RepositoryCall, fork: Repository): void {
  const { forge, repository, identity } = call;
  if (!identity) return;
  watch(forge, fork, identity.login);
  happened(forge, identity, repository, "fork", null, { forkee: bareRepositoryJson(forge, fork) });
  audited(call, "repo.create", repositoryId(fork), { fork_source: repositoryId(repository) });
}
