/** Labs on the host's disk: the project's own by name, others by path. */
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { LabFiles } from "../lab/files.ts";
import { loadLab, type Lab } from "../lab/load.ts";
import type { LabProblem } from "../lab/problem.ts";
import type { Result } from "../base/result.ts";
import { ROOT } from "./coreBuild.ts";

const LABS = join(ROOT, "labs");
/** A lab is text; what is larger is no part of one. */
const MAX_FILE = 1 << 20;

export function labNames(): string[] {
  return readdirSync(LABS)
    .filter((name) => existsSync(join(LABS, name, "lab.yaml")))
    .sort();
}

/** Folder of a lab by name or path, or null. */
export function labFolder(asked: string): string | null {
  const own = join(LABS, asked);
  if (/^[a-z][a-z0-9-]*$/.test(asked) && existsSync(join(own, "lab.yaml"))) return own;
  const path = resolve(asked);
  return existsSync(join(path, "lab.yaml")) ? path : null;
}

/** Every lab of a name or path: one lab, or all of a pack, a folder whose folders are labs. */
export function labsAt(asked: string): string[] {
  const one = labFolder(asked);
  if (one !== null) return [one];
  const pack = resolve(asked);
  if (!existsSync(pack) || !lstatSync(pack).isDirectory()) return [];
  return readdirSync(pack)
    .sort()
    .map((name) => join(pack, name))
    .filter((folder) => existsSync(join(folder, "lab.yaml")));
}

export function readLab(folder: string): Result<Lab, readonly LabProblem[]> {
  return loadLab(readFiles(folder));
}

/** Every file below a folder, by path with slashes. Links are not followed. */
export function readFiles(folder: string): LabFiles {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const stat = lstatSync(join(folder, name));
    if (!stat.isFile()) continue;
    files[relative(folder, join(folder, name)).split(sep).join("/")] =
      stat.size > MAX_FILE ? "" : readFileSync(join(folder, name), "utf8");
  }
  return files;
}
