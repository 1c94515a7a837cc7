/** What was on a branch when the lab began, and what is there now. */
import { introductions } from "./introductions.ts";
import type { Repository } from "./repository.ts";
import type { Scene } from "./scene.ts";

/** First-parent commits from a branch down to a base, newest first; null where the base is not below the branch. */
export async function commitsBetween(
  repository: Repository,
  tip: string,
  base: string,
): Promise<string[] | null> {
  const ids: string[] = [];
  let at: string | undefined = tip;
  while (at !== undefined && at !== base) {
    ids.push(at);
    at = (await repository.commit(at))?.parents[0];
  }
  return at === base ? ids : null;
}

/** Every commit above a base, by any parent, newest first by walk order. */
export async function commitsAbove(repository: Repository, tip: string, base: string): Promise<string[]> {
  const below = await ancestors(repository, base);
  return [...(await ancestors(repository, tip))].filter((id) => !below.has(id));
}

export async function ancestors(repository: Repository, tip: string): Promise<Set<string>> {
  const seen = new Set<string>();
  const todo = [tip];
  while (todo.length > 0) {
    const id = todo.shift() as string;
    if (seen.has(id)) continue;
    const commit = await repository.commit(id);
    if (!commit) continue;
    seen.add(id);
    todo.push(...commit.parents);
  }
  return seen;
}

/** Where a branch is: here, or on the forge where its local name was given up after the push. Null where it is gone. */
export async function tipOf({ world, remote, repository }: Scene, branch: string): Promise<string | null> {
  const here = repository?.resolve(`refs/heads/${branch}`) ?? null;
  if (here !== null || !repository) return here;
  const there = world.forge.branch(remote, branch);
  return there !== null && (await repository.commit(there)) ? there : null;
}

/** Tip of a branch when the lab began. */
export function startTipOf({ startRepository }: Scene, branch: string): string | null {
  return startRepository?.resolve(`refs/heads/${branch}`) ?? null;
}

/** A file's content that a commit brought in. */
export interface Contribution {
  readonly path: string;
  readonly blob: string;
  readonly commit: string;
}

/** Contents without any copy that a branch's commits had brought in above a base when the lab began. */
export async function cleanWork(scene: Scene, branch: string, base: string): Promise<Contribution[]> {
  const { startRepository, memory } = scene;
  const tip = startTipOf(scene, branch);
  const from = startRepository?.resolve(base);
  if (!startRepository || !tip || !from) return [];
  const found: Contribution[] = [];
  for (const commit of (await commitsBetween(startRepository, tip, from)) ?? []) {
    for (const { path, blob } of await introductions(startRepository, memory, commit)) {
      if (!(await holdsCopy(scene, startRepository, blob))) found.push({ path, blob, commit });
    }
  }
  return found;
}

export async function holdsCopy(scene: Scene, repository: Repository, id: string): Promise<boolean> {
  const object = await repository.object(id);
  return object !== null && scene.traced(id, object.bytes).hits.length > 0;
}
