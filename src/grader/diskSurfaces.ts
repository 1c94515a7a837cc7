/** The surfaces of a machine around its repository: working tree, shell history, everything else people can write. */
import { sha256 } from "../base/digest.ts";
import type { Disk } from "../disk/disk.ts";
import type { FileNode } from "../disk/node.ts";
import { gitItems } from "./gitSurfaces.ts";
import type { GraderMemory } from "./memory.ts";
import { Repository } from "./repository.ts";
import type { Item, Surface } from "./surface.ts";

/** Where people's files are; programs and devices are nobody's hiding place. */
const SYSTEM = /^\/(?:bin|usr|dev|proc|etc)(?:\/|$)/;

export async function diskItems(disk: Disk, workTree: string, home: string, memory: GraderMemory): Promise<Item[]> {
  const items: Item[] = [];
  const otherRepositories: string[] = [];
  for (const [path, node] of disk.walk("/")) {
    if (SYSTEM.test(path) || otherRepositories.some((other) => path.startsWith(`${other}/`))) continue;
    if (path === `${workTree}/.git` || path.startsWith(`${workTree}/.git/`)) continue;
    if (node.kind === "directory" && isGitDirectory(disk, path)) otherRepositories.push(path);
    else if (node.kind === "file") items.push(fileItem(surfaceOf(path, workTree, home), path, workTree, node));
  }
  for (const path of otherRepositories) {
    const found = await gitItems(new Repository(disk, path, memory.objects), memory);
    items.push(...found.map((item) => ({ ...item, surface: "disk" as const, place: `${path} ${item.place}` })));
  }
  return items;
}

function isGitDirectory(disk: Disk, path: string): boolean {
  return disk.exists(`${path}/HEAD`) && disk.exists(`${path}/objects`) && disk.exists(`${path}/refs`);
}

function surfaceOf(path: string, workTree: string, home: string): Surface {
  if (path.startsWith(`${workTree}/`)) return "worktree";
  return path === `${home}/.bash_history` ? "shell.history" : "disk";
}

function fileItem(surface: Surface, path: string, workTree: string, node: FileNode): Item {
  const shown = surface === "worktree" ? path.slice(workTree.length + 1) : path;
  return { surface, place: shown, path: shown, content: sha256(node.bytes), read: async () => node.bytes };
}
