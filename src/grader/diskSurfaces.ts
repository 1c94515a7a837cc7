/** The surfaces of a machine around its repository: working tree, shell history, everything else people can write. */
import { fromUtf8 } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import type { Disk } from "../disk/disk.ts";
import type { Node } from "../disk/node.ts";
import { namesItem } from "./gitSurfaces.ts";
import { contentOf, type GraderMemory } from "./memory.ts";
import { Repository } from "./repository.ts";
import type { Item, Surface } from "./surface.ts";

/** Programs and devices; what somebody but root put there is looked at all the same. */
const SYSTEM = /^\/(?:bin|usr|dev|proc|etc)(?:\/|$)/;

export interface Machine {
  readonly disk: Disk;
  /** Absolute path of the working tree, links resolved. */
  readonly work: string;
  readonly home: string;
  /** The git directory of the working tree, which has surfaces of its own; null where there is none. */
  readonly gitDir: string | null;
}

export async function diskItems(machine: Machine, memory: GraderMemory): Promise<Item[]> {
  const items: Item[] = [];
  const paths: string[] = [];
  const packs = new Set<string>();
  for (const [path, node] of machine.disk.walk("/")) {
    if (isWithin(path, machine.gitDir) || (SYSTEM.test(path) && node.owner === "root")) continue;
    paths.push(path);
    const item = nodeItem(machine, path, node, memory);
    if (item) items.push(item);
    if (path.endsWith(".idx")) packs.add(path.replace(/\/objects\/pack\/[^/]*$/, ""));
  }
  for (const gitDir of packs) items.push(...(await packedItems(machine, gitDir, memory)));
  return [...items, ...nameItems(machine, paths)];
}

function isWithin(path: string, folder: string | null): boolean {
  return folder !== null && (path === folder || path.startsWith(`${folder}/`));
}

function surfaceOf({ work, home }: Machine, path: string): Surface {
  if (isWithin(path, work)) return "worktree";
  return path === `${home}/.bash_history` ? "shell.history" : "disk";
}

function shown(machine: Machine, path: string): string {
  return isWithin(path, machine.work) ? path.slice(machine.work.length + 1) : path;
}

/** A link's content is where it leads to. */
function nodeItem(machine: Machine, path: string, node: Node, memory: GraderMemory): Item | null {
  const about = {
    surface: surfaceOf(machine, path),
    place: shown(machine, path),
    path: shown(machine, path),
  };
  if (node.kind === "file")
    return { ...about, content: contentOf(memory, node.bytes), read: async () => node.bytes };
  if (node.kind === "link")
    return { ...about, content: sha256(node.target), read: async () => fromUtf8(node.target) };
  return null;
}

/** Loose objects of other repositories are found in their files; a pack may hold an object as a difference only. */
async function packedItems(machine: Machine, gitDir: string, memory: GraderMemory): Promise<Item[]> {
  if (!machine.disk.exists(`${gitDir}/objects/pack`)) return [];
  const repository = new Repository(machine.disk, gitDir, memory.objects);
  const path = shown(machine, gitDir);
  return repository.objectIds().map((id) => {
    const place = `${path} ${id.slice(0, 7)}`;
    return {
      surface: surfaceOf(machine, gitDir),
      place,
      path,
      content: id,
      object: id,
      read: async () => (await repository.object(id))?.bytes ?? null,
    };
  });
}

function nameItems(machine: Machine, paths: readonly string[]): Item[] {
  const groups = Map.groupBy(paths, (path) => surfaceOf(machine, path));
  return [...groups].map(([surface, names]) => namesItem(surface, "names of files", names));
}
