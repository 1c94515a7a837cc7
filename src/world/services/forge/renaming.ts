/** A repository gets another name. Whoever asks under the old one is not led on: this forge keeps no redirects. */
import { moveActions } from "./actions/moving.ts";
import type { Forge } from "./forge.ts";
import { moveGitData } from "./git/network.ts";
import { repositoryId, type Repository } from "./model.ts";
import { REPOSITORIES } from "./store.ts";

export function renameRepository(forge: Forge, repository: Repository, name: string): Repository {
  const repositories = forge.ports.tables.of(REPOSITORIES);
  const from = repositoryId(repository);
  const to = `${repository.owner}/${name}`;
  if (from !== to) moveGitData(forge, from, to);
  moveActions(forge, from, to);
  repositories.delete(from.toLowerCase());
  return repositories.set(to.toLowerCase(), { ...repository, name });
}
