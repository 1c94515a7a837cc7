/** Files of the machine below a folder. */
import type { Machine } from "../machine.ts";

/** Nobody copies more by hand; a disk with links could lead round for ever. */
const DEEPEST = 50;

export async function isFolder({ context }: Machine, path: string): Promise<boolean> {
  const whole = context.fs.resolvePath(context.cwd, path);
  return (await context.fs.exists(whole)) && (await context.fs.stat(whole)).isDirectory;
}

/** Paths below the folder, sorted. */
export async function filesBelow(machine: Machine, folder: string, depth = 0): Promise<string[]> {
  const { fs, cwd } = machine.context;
  const whole = fs.resolvePath(cwd, folder);
  if (depth > DEEPEST || !(await isFolder(machine, whole))) return [];
  const found: string[] = [];
  for (const name of [...(await fs.readdir(whole))].sort()) {
    const path = `${whole === "/" ? "" : whole}/${name}`;
    if (await isFolder(machine, path))
      found.push(...(await filesBelow(machine, path, depth + 1)).map((it) => `${name}/${it}`));
    else found.push(name);
  }
  return found;
}
