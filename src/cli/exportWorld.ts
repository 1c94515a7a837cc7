/**
 * Writes a world's disks to real folders. The world is hostile: its git configuration could run programs on a plain
 * `git status` (core.fsmonitor, filters, hooks), and its links could point anywhere. So configuration is rewritten,
 * hooks become inert text, links are written last, and nothing is ever written through one.
 */
import {
  type Stats,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  existsSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Disk } from "../disk/disk.ts";
import type { DiskData } from "../disk/data.ts";
import type { PlayData } from "../attempt/play.ts";
import { UsageError } from "./usage.ts";

export interface Exported {
  readonly files: number;
  /** Paths that were set aside or rewritten. */
  readonly inert: readonly string[];
}

/** Devices and the like stay behind, and so do the stand-ins for programs. */
const LEFT_OUT = /^\/(?:dev|proc|bin|usr)(?:\/|$)/;

export function exportWorld(state: unknown, folder: string): Exported {
  if (lstatOrNull(folder)?.isSymbolicLink())
    throw new UsageError(`${folder} is a link; name the folder itself`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`${folder} is not empty; name an empty or new folder`);
  const { world } = state as PlayData;
  const exported = Object.entries(world.machines).map(([name, disk]) => exportDisk(disk, join(folder, name)));
  return {
    files: exported.reduce((sum, { files }) => sum + files, 0),
    inert: exported.flatMap(({ inert }) => inert),
  };
}

function exportDisk(data: DiskData, folder: string): Exported {
  const disk = Disk.restore(data, { now: () => 0 });
  const nodes = [...disk.walk("/")].filter(([path]) => !LEFT_OUT.test(path));
  const inert: string[] = [];
  let files = 0;
  mkdirSync(folder, { recursive: true });
  for (const [path, node] of nodes) {
    if (node.kind === "directory") mkdirSync(join(folder, path), { recursive: true });
    if (node.kind !== "file") continue;
    const { target, bytes } = harmless(disk, path, node.bytes);
    if (target !== path || bytes !== node.bytes) inert.push(path);
    writeInto(folder, target, bytes, target === path ? node.mode : node.mode & ~0o111, node.mtimeMs);
    files += 1;
  }
  for (const [path, node] of nodes) if (node.kind === "link") writeLink(folder, path, node.target);
  return { files, inert };
}

function writeInto(folder: string, path: string, bytes: Uint8Array, mode: number, mtimeMs: number): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  // `wx`: never over something, and so never through a link.
  writeFileSync(full, bytes, { flag: "wx", mode: (mode & 0o777) | 0o600 });
  utimesSync(full, mtimeMs / 1000, mtimeMs / 1000);
}

/** A link that leaves the folder is written as a text file that tells its target. */
function writeLink(folder: string, path: string, target: string): void {
  const full = join(folder, path);
  if (existsSync(full) || lstatOrNull(full)) return;
  const depth = path.split("/").length - 2;
  const climbs = target.split("/").filter((part) => part === "..").length;
  if (target.startsWith("/") || climbs > depth) writeFileSync(`${full}.link`, `${target}\n`, { flag: "wx" });
  else symlinkSync(target, full);
}

function lstatOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Where a file goes and what it becomes, if real git might obey it. */
function harmless(disk: Disk, path: string, bytes: Uint8Array): { target: string; bytes: Uint8Array } {
  const gitDir = gitDirOf(disk, path);
  if (gitDir === null)
    return {
      target: path,
      bytes:
        /\/\.git(?:config|attributes|modules)$/.test(path) && !path.endsWith(".gitattributes")
          ? comment(bytes)
          : bytes,
    };
  const inside = path.slice(gitDir.length + 1);
  if (inside === "config" || inside === "config.worktree")
    return { target: path, bytes: safeConfig(disk, gitDir, bytes) };
  if (inside.startsWith("hooks/")) return { target: `${path}.inert.txt`, bytes };
  if (
    inside === "objects/info/alternates" ||
    inside === "commondir" ||
    inside === "gitdir" ||
    inside === "info/attributes"
  )
    return { target: `${path}.inert.txt`, bytes };
  return { target: path, bytes };
}

function gitDirOf(disk: Disk, path: string): string | null {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    const folder = path.slice(0, at);
    if (disk.exists(`${folder}/HEAD`) && disk.exists(`${folder}/objects`)) return folder;
  }
  return null;
}

/** Only what git needs to read the repository, and what no program is run for. */
const SAFE =
  /^\s*(?:repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|name|email|url|fetch|remote|merge|mirror|rebase)\s*=/i;
const SAFE_SECTION = /^\s*\[(?:core|user|remote "[\w./-]+"|branch "[\w./-]+")\]\s*$/i;

function safeConfig(_disk: Disk, _gitDir: string, bytes: Uint8Array): Uint8Array {
  const kept: string[] = [];
  let safeSection = false;
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    if (/^\s*\[/.test(line)) safeSection = SAFE_SECTION.test(line);
    const risky = /^\s*url\s*=\s*(?:ext|file)::|^\s*(?:worktree|url\s*=\s*-)/i.test(line);
    const keep =
      line.trim() === "" ||
      (safeSection && !risky && (/^\s*\[/.test(line) || (SAFE.test(line) && !line.trimEnd().endsWith("\\"))));
    kept.push(keep ? line : `# ${line.replaceAll("\r", "")}`);
  }
  return new TextEncoder().encode(kept.join("\n"));
}

function comment(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replace(/^(?=.)/gm, "# "));
}
