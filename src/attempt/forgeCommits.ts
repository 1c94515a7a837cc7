/**
 * Commits that the forge shows and this machine does not have: on branches, tags and pull requests of the repository
 * and of its forks, as far as the learner may read them.
 */
import { parseCommit, type Commit } from "../world/services/forge/git/commit.ts";
import { getObject, listRefs } from "../world/services/forge/git/storage.ts";
import { repositoryId, type Repository } from "../world/services/forge/model.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";

export interface ForgeCommit {
  readonly commit: Commit;
  /** "aya/tides: main", "pull request 7"; none where only a later commit is named. */
  readonly names: readonly string[];
}

/** More than this is looked at on the forge. */
const MOST = 100;

export function forgeCommits(world: World, remote: string, known: ReadonlySet<string>): ForgeCommit[] {
  const { forge } = world;
  const main = forge.find(remote);
  if (!main) return [];
  const network = forge.repositories.filter(
    (it) => it.network === main.network && forge.role(it, LEARNER.login) !== null,
  );
  const names = namesOf(world, main, network);
  const found = new Map<string, Commit>();
  const todo = [...names.keys()];
  for (let id = todo.pop(); id !== undefined && found.size < MOST; id = todo.pop()) {
    if (known.has(id) || found.has(id)) continue;
    const object = getObject(forge.disk, remote, id);
    if (object?.type !== "commit") continue;
    const commit = parseCommit(id, object.content);
    found.set(id, commit);
    todo.push(...commit.parents);
  }
  return [...found.values()].map((commit) => ({ commit, names: names.get(commit.id) ?? [] }));
}

/** Commit id → what on the forge leads to it. */
function namesOf(
  world: World,
  main: Repository,
  network: readonly Repository[],
): ReadonlyMap<string, string[]> {
  const names = new Map<string, string[]>();
  for (const repository of network) {
    const owner = repository.id === main.id ? "" : `${repositoryId(repository)}: `;
    for (const { name, ref } of listRefs(world.forge.disk, repositoryId(repository))) {
      const shown = shownName(name);
      if (ref.type !== "direct" || shown === null) continue;
      names.set(ref.hash, [...(names.get(ref.hash) ?? []), `${owner}${shown}`]);
    }
  }
  return names;
}

function shownName(ref: string): string | null {
  const pull = /^refs\/pull\/(\d+)\/head$/.exec(ref);
  if (pull) return `pull request ${pull[1]}`;
  return /^refs\/(?:heads|tags)\/(.+)$/.exec(ref)?.[1] ?? null;
}
