/** The files of a real directory: what git tracks, or everything where there is no git. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { UsageError } from "./usage.ts";

export interface FolderFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

const SKIPPED = new Set([".git", "node_modules"]);
const MOST_FILES = 20_000;
const MOST_BYTES = 64 << 20;

/** Links and what is larger than the limits stay out; nothing is read through a link. */
export function folderFiles(directory: string): FolderFile[] {
  if (!existsSync(directory) || !lstatSync(directory).isDirectory())
    throw new UsageError(`${directory} is no directory`);
  const files: FolderFile[] = [];
  let left = MOST_BYTES;
  for (const path of tracked(directory) ?? everything(directory, "")) {
    const stat = isBehindLink(directory, path)
      ? undefined
      : lstatSync(join(directory, path), { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    left -= stat.size;
    if (left < 0 || files.length >= MOST_FILES)
      throw new UsageError(`${directory} holds more than ${MOST_FILES} files or ${MOST_BYTES >> 20} MB`);
    const bytes = new Uint8Array(readFileSync(join(directory, path)));
    files.push({ path, bytes, executable: (stat.mode & 0o100) !== 0 });
  }
  return files;
}

/** Null where the directory is not the root of a repository. */
function tracked(directory: string): string[] | null {
  if (!existsSync(join(directory, ".git"))) return null;
  // A repository's own configuration may name programs: none of it is needed to list the index.
  const args = ["-c", "core.fsmonitor=false", "-C", directory, "ls-files", "-z"];
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8", maxBuffer: 64 << 20 });
  return status === 0 ? stdout.split("\0").filter(Boolean) : null;
}

function isBehindLink(directory: string, path: string): boolean {
  const parts = path.split("/");
  return parts.some(
    (_, i) =>
      i > 0 && lstatSync(join(directory, ...parts.slice(0, i)), { throwIfNoEntry: false })?.isSymbolicLink(),
  );
}

function* everything(directory: string, prefix: string): Generator<string> {
  const entries = readdirSync(join(directory, prefix), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name)) continue;
    const path = `${prefix}${entry.name}`.split(sep).join("/");
    if (entry.isDirectory()) yield* everything(directory, `${path}/`);
    else if (entry.isFile()) yield path;
  }
}
