/**
 * Forks: all repositories of a network share one pool of objects. What was pushed to one of them is readable by its id
 * through each, also after the one is gone.
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/what-happens-to-forks-when-a-repository-is-deleted-or-changes-visibility
 */
import type { Forge, RepositoryOptions } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { REPOSITORIES } from "../store.ts";
import { objectsOf } from "./objects.ts";
import { gitDirectory, joinPool, poolDirectory } from "./storage.ts";

/** The repositories of a network that are still there, the oldest first. */
export function networkOf(forge: Forge, { network }: Pick<Repository, "network">): Repository[] {
  return forge.ports.tables.of(REPOSITORIES).filter((it) => it.network === network);
}

export interface ForkOptions {
  readonly owner: string;
  /** That of the source, unless told. */
  readonly name?: string;
  readonly defaultBranchOnly?: boolean;
}

/** Makes a fork with the branches and tags of its source. The name has to be free. Nobody hears of it. */
export function createFork(forge: Forge, source: Repository, options: ForkOptions): Repository {
  const { owner, name = source.name, defaultBranchOnly = false } = options;
  const { description, visibility, defaultBranch, secretScanning, pushProtection, pushProtects } = source;
  const inherited: RepositoryOptions = {
    description,
    visibility,
    defaultBranch,
    secretScanning,
    pushProtection,
    pushProtects,
    fork: source.id,
    network: source.network,
    collaborators: {},
  };
  joinPool(forge.disk, repositoryId(source), source.network);
  const fork = forge.createRepository(`${owner}/${name}`, inherited);
  joinPool(forge.disk, repositoryId(fork), source.network);
  copyRefs(forge, source, fork, defaultBranchOnly);
  return forge.changeRepository(repositoryId(fork), {
    beingMade: source.beingMade,
    pushedAtMs: source.pushedAtMs,
  });
}

function copyRefs(forge: Forge, source: Repository, fork: Repository, defaultBranchOnly: boolean): void {
  const into = objectsOf(forge, fork);
  const only = `refs/heads/${source.defaultBranch}`;
  for (const { name, id } of objectsOf(forge, source).refs())
    if (defaultBranchOnly ? name === only : /^refs\/(heads|tags)\//.test(name)) into.setRef(name, id);
}

/** What a deleted repository leaves of git: the pool, as long as somebody of its network uses it. */
export function removeGitData(forge: Forge, repository: Repository): void {
  const others = networkOf(forge, repository).filter(({ id }) => id !== repository.id);
  forge.disk.remove(gitDirectory(repositoryId(repository)), { recursive: true, force: true });
  if (others.length > 0) return;
  const pool = poolDirectory(repository.network);
  forge.disk.remove(pool.slice(0, pool.lastIndexOf("/")), { recursive: true, force: true });
}

/** A repository is called otherwise from now on: both are `owner/name`. */
export function moveGitData(forge: Forge, from: string, to: string): void {
  const target = gitDirectory(to);
  forge.disk.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
  forge.disk.rename(gitDirectory(from), target);
}
