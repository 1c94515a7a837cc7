/** Objects of a fork network that no ref of any of its repositories leads to. */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { networkOf } from "./network.ts";
import { objectsOf, parseTree, type GitObject } from "./objects.ts";

/** Sorted ids. */
export function unreachable(forge: Forge, repository: Repository): string[] {
  const objects = objectsOf(forge, repository);
  const tips = networkOf(forge, repository).flatMap((it) =>
    objectsOf(forge, it)
      .refs()
      .map(({ id }) => id),
  );
  const seen = reachableFrom(forge, repository, tips);
  return objects.ids().filter((id) => !seen.has(id));
}

/** Everything that some objects lead to, themselves included, as far as it is there. */
export function reachableFrom(forge: Forge, repository: Repository, ids: readonly string[]): Set<string> {
  const objects = objectsOf(forge, repository);
  const todo = [...ids];
  const seen = new Set<string>();
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const object = seen.has(id) ? null : objects.object(id);
    if (!object) continue;
    seen.add(id);
    todo.push(...linksOf(object));
  }
  return seen;
}

function linksOf({ type, content }: GitObject): string[] {
  if (type === "blob") return [];
  if (type === "tree") return parseTree(content).flatMap(({ mode, id }) => (mode === "160000" ? [] : [id]));
  const text = toUtf8(content);
  const header = text.slice(0, text.indexOf("\n\n") + 1);
  return [...header.matchAll(/^(?:tree|parent|object) ([0-9a-f]{40})$/gm)].map((match) => match[1] as string);
}

export function removeObjects(forge: Forge, repository: Repository, ids: readonly string[]): void {
  const objects = objectsOf(forge, repository);
  for (const id of ids) objects.forget(id);
}
