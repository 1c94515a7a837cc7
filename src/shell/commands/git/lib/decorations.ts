/** Names beside commits: https://git-scm.com/docs/git-log#Documentation/git-log.txt---decorateshortfullautono */
import { readObject, parseTag } from "./objects.ts";
import { listRefs, readHead } from "./refs.ts";
import type { Repository } from "./repository.ts";

export interface Decoration {
  /** `refs/heads/main`, or HEAD. */
  readonly name: string;
  /** The branch that HEAD points to. */
  readonly branch?: string;
}

export type Decorations = ReadonlyMap<string, readonly Decoration[]>;

const SHOWN = /^refs\/(heads|remotes|tags)\/|^refs\/stash$/;

/** Per commit id: HEAD first, then references in reverse order of their names, as git prints them. */
export async function loadDecorations(repo: Repository): Promise<Decorations> {
  const found = new Map<string, Decoration[]>();
  const add = (id: string, decoration: Decoration) => found.set(id, [decoration, ...(found.get(id) ?? [])]);
  for (const ref of await listRefs(repo)) {
    if (!SHOWN.test(ref.name)) continue;
    add(ref.id, { name: ref.name });
    for (let at = await tagTarget(repo, ref.id); at !== null; at = await tagTarget(repo, at))
      add(at, { name: ref.name });
  }
  const head = await readHead(repo);
  if (head.id) add(head.id, head.branch ? { name: "HEAD", branch: head.branch } : { name: "HEAD" });
  return found;
}

async function tagTarget(repo: Repository, id: string): Promise<string | null> {
  const raw = await readObject(repo, id);
  return raw?.type === "tag" ? parseTag(id, raw.content).object : null;
}

/** `HEAD -> main, tag: v1, origin/main`; "" where the commit has no names. */
export function decorationText(all: Decorations, id: string, full = false): string {
  const own = all.get(id) ?? [];
  const branch = own.find((decoration) => decoration.branch)?.branch;
  return own
    .filter((decoration) => decoration.name !== branch)
    .map((decoration) => {
      const name = label(decoration.name, full);
      return decoration.branch && own.some((other) => other.name === decoration.branch)
        ? `${name} -> ${label(decoration.branch, full)}`
        : name;
    })
    .join(", ");
}

function label(name: string, full: boolean): string {
  const tag = name.startsWith("refs/tags/") ? "tag: " : "";
  return tag + (full ? name : name.replace(/^refs\/(heads|tags|remotes)\//, ""));
}
