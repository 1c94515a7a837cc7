/** What a commit brought in, against its first parent. */
import { SUBMODULE, SUBTREE } from "./gitObject.ts";
import type { GraderMemory, Introduction } from "./memory.ts";
import type { Repository } from "./repository.ts";

/** More files than this no honest commit brings in; a tree that names itself over and over does. */
const MOST = 20_000;

interface Comparison {
  readonly found: Introduction[];
  /** False where a tree was missing: then another look may find more. */
  whole: boolean;
  visited: number;
}

/** The files whose content a commit has and its first parent has not. Remembered once all of it could be read. */
export async function introductions(
  repository: Repository,
  memory: GraderMemory,
  id: string,
): Promise<readonly Introduction[]> {
  const commit = await repository.commit(id);
  if (!commit) return [];
  const known = memory.introductions.get(id);
  if (known) return known;
  const [first] = commit.parents;
  const parent = first === undefined ? null : await repository.commit(first);
  const comparison: Comparison = { found: [], whole: first === undefined || parent !== null, visited: 0 };
  await compareTrees(repository, parent?.tree ?? null, commit.tree, "", comparison);
  if (comparison.whole) memory.introductions.set(id, comparison.found);
  return comparison.found;
}

async function compareTrees(
  repository: Repository,
  from: string | null,
  to: string,
  prefix: string,
  comparison: Comparison,
): Promise<void> {
  if (from === to || comparison.visited++ > MOST) return;
  const [before, after] = [from === null ? [] : await repository.entries(from), await repository.entries(to)];
  if (!before || !after) comparison.whole = false;
  const old = new Map((before ?? []).map((entry) => [entry.name, entry]));
  for (const entry of after ?? []) {
    const same = old.get(entry.name);
    if (same?.id === entry.id || entry.mode === SUBMODULE || comparison.found.length > MOST) continue;
    const path = prefix + entry.name;
    if (entry.mode === SUBTREE)
      await compareTrees(
        repository,
        same?.mode === SUBTREE ? same.id : null,
        entry.id,
        `${path}/`,
        comparison,
      );
    else comparison.found.push({ path, blob: entry.id });
  }
}
