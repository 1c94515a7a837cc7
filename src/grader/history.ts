/** The history of a repository on the forge: what its branches and tags lead to, when the lab began and now. */
import { toUtf8 } from "../base/bytes.ts";
import type { World } from "../world/world.ts";
import { linksOf } from "./gitObject.ts";
import { introductions } from "./introductions.ts";
import type { Introduction } from "./memory.ts";
import { Repository } from "./repository.ts";
import type { Scene } from "./scene.ts";
import { ancestors } from "./work.ts";

/** Annotated tags may name tags. */
const TAG_DEPTH = 10;

/** Null where the forge has no repository of that name. */
export function hosted({ memory }: Pick<Scene, "memory">, world: World, id: string): Repository | null {
  const gitDir = world.forge.gitDir(id);
  return gitDir === null ? null : new Repository(world.forge.disk, gitDir, memory.objects);
}

/** Branches and tags by full name, and the commits that they lead to. */
export async function publicRefs(repository: Repository): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [name, id] of repository.refs()) {
    const commit = /^refs\/(heads|tags)\//.test(name) ? await peel(repository, id) : null;
    if (commit !== null) found.set(name, commit);
  }
  return found;
}

async function peel(repository: Repository, id: string): Promise<string | null> {
  let object = await repository.object(id);
  for (let depth = 0; object?.type === "tag" && depth < TAG_DEPTH; depth += 1)
    object = await repository.object(linksOf(object)[0] ?? "");
  return object?.type === "commit" ? object.id : null;
}

/** A file with a copy in it, and the commit that brought it in. */
export interface Tainted extends Introduction {
  readonly commit: string;
}

/** What the history below a commit brings in that holds a credential; the newest first. */
export async function taintedBelow(
  scene: Pick<Scene, "memory" | "traced">,
  repository: Repository,
  tip: string,
  credential: string,
): Promise<Tainted[]> {
  const found: Tainted[] = [];
  for (const commit of await ancestors(repository, tip))
    for (const { path, blob } of await introductions(repository, scene.memory, commit)) {
      const bytes = (await repository.object(blob))?.bytes;
      const hits = bytes ? scene.traced(blob, bytes).hits : [];
      if (hits.some((hit) => hit.credential === credential)) found.push({ path, blob, commit });
    }
  return found;
}

/** A commit without its id and parents: who, when, which words, which files besides some paths. */
export async function likeness(
  { memory }: Pick<Scene, "memory">,
  repository: Repository,
  commit: string,
  without: ReadonlySet<string>,
): Promise<{ readonly text: string; readonly empty: boolean }> {
  const source = toUtf8((await repository.object(commit))?.bytes ?? new Uint8Array());
  const author = /^author .*$/m.exec(source)?.[0] ?? "";
  const message = source.slice(source.indexOf("\n\n")).trimEnd();
  const brings = (await introductions(repository, memory, commit))
    .filter(({ path }) => !without.has(path))
    .map(({ path, blob }) => `${blob} ${path}`)
    .sort();
  return { text: [author, message, ...brings].join("\n"), empty: brings.length === 0 };
}

/** Path → "mode id" of a commit's files, some paths left out. */
export async function treeWithout(
  repository: Repository,
  commit: string,
  without: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const files = await repository.filesOf(commit);
  return new Map(
    [...files].flatMap(([path, { mode, id }]) =>
      without.has(path) ? [] : [[path, `${mode} ${id}`] as const],
    ),
  );
}
