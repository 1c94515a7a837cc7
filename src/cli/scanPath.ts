/** The engine over real files: a directory as it is, or everything that a repository's history holds. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ScannedFinding } from "../worker/protocol.ts";
import { startCoreWorker, type CoreWorker } from "./coreWorker.ts";
import { UsageError } from "./usage.ts";

export interface FileFindings {
  /** With slashes, relative to what was scanned; `<commit>:<path>` for history. */
  readonly path: string;
  readonly findings: readonly ScannedFinding[];
}

export interface ScanOptions {
  readonly history: boolean;
  /** A `.secretlintrc.json` instead of the canonical configuration. */
  readonly config: string | undefined;
}

interface Content {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const SKIPPED = new Set([".git", "node_modules"]);
const MAX_BYTES = 16 << 20;

export async function scanPath(path: string, { history, config }: ScanOptions): Promise<FileFindings[]> {
  if (!existsSync(path)) throw new UsageError(`there is no ${path}`);
  const configText = config === undefined ? undefined : readConfig(config);
  const contents = history ? historyOf(path) : filesOf(path);
  const worker = await startCoreWorker();
  try {
    return await scanAll(worker, contents, configText);
  } finally {
    await worker.end();
  }
}

async function scanAll(
  worker: CoreWorker,
  contents: Iterable<Content>,
  config: string | undefined,
): Promise<FileFindings[]> {
  const found: FileFindings[] = [];
  for (const { path, bytes } of contents) {
    const findings = await worker.client.ask({
      ask: "findings",
      path,
      bytes,
      ...(config === undefined ? {} : { config }),
    });
    if (findings.length > 0) found.push({ path, findings });
  }
  return found;
}

function readConfig(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

/** What git tracks or would track; every file where there is no git. */
function* filesOf(path: string): Generator<Content> {
  if (lstatSync(path).isFile()) {
    yield { path, bytes: readFileSync(path) };
    return;
  }
  for (const name of listed(path)) {
    const stat = lstatSync(join(path, name), { throwIfNoEntry: false });
    if (stat?.isFile() && stat.size <= MAX_BYTES) yield { path: name, bytes: readFileSync(join(path, name)) };
  }
}

function listed(path: string): string[] {
  const { status, stdout } = git(path, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  if (status === 0) return stdout.toString().split("\0").filter(Boolean);
  return walk(path, "");
}

function walk(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, name);
    return entry.isFile() ? [name] : [];
  });
}

/** Every blob that any ref leads to, once. */
function* historyOf(path: string): Generator<Content> {
  const { status, stdout, stderr } = git(path, ["rev-list", "--all", "--objects"]);
  if (status !== 0) throw new UsageError(`${path} has no history to scan: ${stderr.toString().trim()}`);
  for (const line of stdout.toString().split("\n").filter(Boolean)) {
    const [id, ...rest] = line.split(" ");
    const name = rest.join(" ");
    if (id === undefined || name === "") continue;
    const blob = git(path, ["cat-file", "blob", id]);
    if (blob.status === 0) yield { path: `${id.slice(0, 12)}:${name}`, bytes: blob.stdout };
  }
}

/** Reads only: no hook, filter, pager or file monitor of the repository is run. */
function git(path: string, args: readonly string[]) {
  const safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat"];
  return spawnSync("git", [...safe, "-C", path, ...args], {
    maxBuffer: 512 << 20,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
}
