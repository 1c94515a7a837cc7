/** Reading and writing a project's lock file, and whether it goes with package.json. */
import type { NpmCall } from "../call.ts";
import { lockOf, type Lockfile } from "./lockfile.ts";
import { fieldsOf } from "./manifest.ts";
import { walk, type TreeNode } from "./node.ts";

function pathOf({ prefix }: NpmCall): string {
  return `${prefix === "/" ? "" : prefix}/package-lock.json`;
}

/** Null where there is none to read. */
export async function readLock(call: NpmCall): Promise<Lockfile | null> {
  if (call.command !== "ci" && call.config.get("package-lock") === "false") return null;
  try {
    const lock = JSON.parse(await call.context.fs.readFile(pathOf(call))) as unknown;
    return lock !== null && typeof lock === "object" ? fieldsOf(lock) : null;
  } catch {
    return null;
  }
}

/** Nothing is written where nothing changed, so that the file keeps its time. */
export async function writeLock(call: NpmCall, root: TreeNode, before: Lockfile | null): Promise<void> {
  if (call.config.get("package-lock") === "false") return;
  const text = `${JSON.stringify(lockOf(root, call.prefix, false), null, 2)}\n`;
  if (before && `${JSON.stringify(before, null, 2)}\n` === text) return;
  await call.context.fs.writeFile(pathOf(call), text);
}

/** Why `npm ci` refuses, in its words; empty where lock file and package.json say the same. */
export function outOfSync(virtual: TreeNode, ideal: TreeNode): string[] {
  const locked = new Map([...walk(virtual)].map((node) => [node.location, node]));
  const errors = [...walk(ideal)].flatMap((node) => {
    const lock = locked.get(node.location);
    const { name, version } = node.manifest;
    if (node.isRoot || lock?.version === version) return [];
    if (!lock) return [`Missing: ${name}@${version} from lock file`];
    return [`Invalid: lock file's ${lock.manifest.name}@${lock.version} does not satisfy ${name}@${version}`];
  });
  if (errors.length === 0) return [];
  return [
    "",
    "`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.",
    "",
    ...errors,
  ];
}
