/**
 * References, loose and packed, and their logs.
 * https://git-scm.com/docs/gitrepository-layout, https://git-scm.com/docs/git-check-ref-format
 */
import type { GitContext } from "just-git";
import { compareText, parseTag, personText, readObject, ZERO_ID, type Person } from "./objects.ts";

export interface Ref {
  /** `refs/heads/main`. */
  readonly name: string;
  readonly id: string;
  /** The name that it points to, where it is symbolic. */
  readonly target?: string;
}

export type RawRef = { readonly id: string } | { readonly target: string };

export interface Head {
  /** `refs/heads/main`; null where HEAD is detached. */
  readonly branch: string | null;
  /** Null on a branch without commits. */
  readonly id: string | null;
}

export interface ReflogEntry {
  readonly old: string;
  readonly new: string;
  readonly person: Person;
  readonly message: string;
}

async function text(repo: GitContext, path: string): Promise<string | null> {
  try {
    return await repo.fs.readFile(`${repo.gitDir}/${path}`);
  } catch {
    return null;
  }
}

function parseRaw(content: string | null): RawRef | null {
  if (content === null) return null;
  const symbolic = /^ref:\s*(.*?)\s*$/.exec(content.trimEnd());
  if (symbolic) return { target: symbolic[1] as string };
  const id = content.slice(0, 40);
  return /^[0-9a-f]{40}(\s|$)/.test(content) ? { id } : null;
}

/** Packed references in file order. */
export async function packedRefs(repo: GitContext): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  for (const line of ((await text(repo, "packed-refs")) ?? "").split("\n")) {
    const match = /^([0-9a-f]{40}) (.+)$/.exec(line);
    if (match) refs.set(match[2] as string, match[1] as string);
  }
  return refs;
}

/** One reference as stored, not followed; also `HEAD`, `ORIG_HEAD`, `MERGE_HEAD`, …. */
export async function readRef(repo: GitContext, name: string): Promise<RawRef | null> {
  const loose = parseRaw(await text(repo, name));
  if (loose || !name.startsWith("refs/")) return loose;
  const id = (await packedRefs(repo)).get(name);
  return id === undefined ? null : { id };
}

/** Follows symbolic references; `name` is the last one followed. Null where it does not exist or leads nowhere. */
export async function resolveRef(
  repo: GitContext,
  name: string,
): Promise<{ name: string; id: string } | null> {
  let at = name;
  for (let depth = 0; depth < 6; depth++) {
    const raw = await readRef(repo, at);
    if (!raw) return null;
    if ("id" in raw) return { name: at, id: raw.id };
    at = raw.target;
  }
  return null;
}

/** Where a symbolic reference ends, whether that exists or not. */
export async function symbolicTarget(repo: GitContext, name: string): Promise<string | null> {
  const raw = await readRef(repo, name);
  return raw && "target" in raw ? raw.target : null;
}

export async function readHead(repo: GitContext): Promise<Head> {
  const branch = await symbolicTarget(repo, "HEAD");
  return { branch, id: (await resolveRef(repo, "HEAD"))?.id ?? null };
}

/** All references below a prefix (`refs/`, `refs/heads/`), sorted by name. Broken ones are left out. */
export async function listRefs(repo: GitContext, prefix = "refs/"): Promise<Ref[]> {
  const raw = new Map<string, RawRef>();
  const packed = await packedRefs(repo);
  for (const [name, id] of packed) raw.set(name, { id });
  for (const name of await looseNames(repo, "refs")) {
    const ref = parseRaw(await text(repo, name));
    if (ref) raw.set(name, ref);
  }
  const refs: Ref[] = [];
  for (const [name, ref] of raw) {
    if (!name.startsWith(prefix)) continue;
    if ("id" in ref) refs.push({ name, id: ref.id });
    else {
      const end = await resolveRef(repo, name);
      if (end) refs.push({ name, id: end.id, target: ref.target });
    }
  }
  return refs.sort((a, b) => compareText(a.name, b.name));
}

/** Names of files below `refs`, a directory of the repository. */
async function looseNames(repo: GitContext, directory: string): Promise<string[]> {
  const names: string[] = [];
  let entries: string[];
  try {
    entries = await repo.fs.readdir(`${repo.gitDir}/${directory}`);
  } catch {
    return names;
  }
  for (const entry of entries) {
    const path = `${directory}/${entry}`;
    if (entry.endsWith(".lock")) continue;
    const stat = await repo.fs.stat(`${repo.gitDir}/${path}`);
    if (stat.isDirectory) names.push(...(await looseNames(repo, path)));
    else names.push(path);
  }
  return names;
}

const RULES = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

/**
 * What a short name may mean, in order of precedence.
 * https://git-scm.com/docs/gitrevisions#Documentation/gitrevisions.txt-emltrefnamegtemegemmasterememheadsmasterememrefsheadsmasterem
 */
export function refCandidates(name: string): string[] {
  return [...RULES.map((rule) => rule + name), `refs/remotes/${name}/HEAD`];
}

/** The full name and id that a short name means; `ambiguous` where a second rule also matches. */
export async function expandRef(
  repo: GitContext,
  name: string,
): Promise<{ name: string; id: string; ambiguous: boolean } | null> {
  const short = name === "@" ? "HEAD" : name;
  let found: { name: string; id: string } | null = null;
  for (const candidate of refCandidates(short)) {
    if (!isPlausible(candidate)) continue;
    const ref = await resolveRef(repo, candidate);
    if (!ref) continue;
    if (found) return { ...found, ambiguous: true };
    found = { name: candidate, id: ref.id };
  }
  return found && { ...found, ambiguous: false };
}

/** Outside refs/ only names like HEAD and FETCH_HEAD are references; `config` is not. */
function isPlausible(name: string): boolean {
  return name.startsWith("refs/")
    ? isRefName(name)
    : /^[A-Z][A-Z_]*$/.test(name) || name.startsWith("worktrees/");
}

/** The shortest name that still means this reference. `strict` also avoids names that a lower rule would match. */
export async function shortenRef(repo: GitContext, full: string, strict = true): Promise<string> {
  for (let rule = RULES.length - 1; rule >= 1; rule--) {
    const prefix = RULES[rule] as string;
    if (!full.startsWith(prefix)) continue;
    const short = full.slice(prefix.length);
    const rivals = refCandidates(short).filter((candidate, i) => candidate !== full && (strict || i < rule));
    const taken = await Promise.all(
      rivals.map(async (rival) => isPlausible(rival) && (await readRef(repo, rival)) !== null),
    );
    if (!taken.includes(true))
      return prefix === "refs/remotes/" && short.endsWith("/HEAD") ? short.slice(0, -5) : short;
  }
  return full;
}

/** https://git-scm.com/docs/git-check-ref-format */
export function isRefName(name: string): boolean {
  if (name === "" || name === "@" || /[\x00-\x20\x7f~^:?*[\\]/.test(name)) return false;
  if (
    name.startsWith("/") ||
    name.endsWith("/") ||
    name.endsWith(".") ||
    name.includes("..") ||
    name.includes("@{") ||
    name.includes("//")
  )
    return false;
  return name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
}

/** What a reference update writes to the log. */
export interface LogNote {
  readonly person: Person;
  readonly message: string;
  /** Logs for new references too; git does so where `core.logAllRefUpdates` is not false and there is a worktree. */
  readonly create: boolean;
}

/**
 * Points a reference (or, through a symbolic one, its target) to an id and logs it, in HEAD's log too where HEAD leads there.
 * A reference that has the id already is not logged; HEAD is all the same.
 * @param note null: no log
 */
export async function writeRef(
  repo: GitContext,
  name: string,
  id: string,
  note: LogNote | null,
): Promise<void> {
  const end = await symbolicEnd(repo, name);
  const old = (await resolveRef(repo, end))?.id ?? ZERO_ID;
  if (old !== id) await repo.refStore.writeRef(end, { type: "direct", hash: id });
  if (!note) return;
  if (old !== id) await log(repo, end, old, id, note);
  if (end !== "HEAD" && (await symbolicTarget(repo, "HEAD")) === end) await log(repo, "HEAD", old, id, note);
}

export async function symbolicEnd(repo: GitContext, name: string): Promise<string> {
  let at = name;
  for (let depth = 0; depth < 6; depth++) {
    const next = await symbolicTarget(repo, at);
    if (next === null) return at;
    at = next;
  }
  return at;
}

export function writeSymbolicRef(repo: GitContext, name: string, target: string): Promise<void> {
  return repo.refStore.writeRef(name, { type: "symbolic", target });
}

/** Removes a reference and its log, packed too, and the directories that become empty. */
export async function deleteRef(repo: GitContext, name: string): Promise<void> {
  if (name.startsWith("refs/") && (await packedRefs(repo)).has(name)) await dropPacked(repo, new Set([name]));
  await repo.fs.rm(`${repo.gitDir}/${name}`, { force: true });
  await removeEmptyParents(repo, name);
  await deleteReflog(repo, name);
}

async function dropPacked(repo: GitContext, names: ReadonlySet<string>): Promise<void> {
  const kept: string[] = [];
  let dropped = false;
  for (const line of ((await text(repo, "packed-refs")) ?? "").split("\n")) {
    if (!line.startsWith("^")) dropped = names.has(line.slice(41));
    if (!dropped) kept.push(line);
  }
  await repo.fs.writeFile(`${repo.gitDir}/packed-refs`, kept.join("\n"));
}

/** Up to, but not including, `refs/heads` and its like. */
async function removeEmptyParents(repo: GitContext, name: string): Promise<void> {
  const parts = name.split("/").slice(0, -1);
  const keep = parts[0] === "logs" ? 3 : 2;
  for (; parts.length > keep; parts.pop()) {
    const directory = `${repo.gitDir}/${parts.join("/")}`;
    try {
      if ((await repo.fs.readdir(directory)).length > 0) return;
      await repo.fs.rm(directory, { recursive: true });
    } catch {
      return;
    }
  }
}

/** Moves every reference into `packed-refs`. `all` false: only tags and what is packed already. */
export async function packRefs(repo: GitContext, options: { all: boolean; prune: boolean }): Promise<void> {
  const before = await packedRefs(repo);
  const refs = (await listRefs(repo)).filter(
    (ref) => !ref.target && (options.all || ref.name.startsWith("refs/tags/") || before.has(ref.name)),
  );
  let content = "# pack-refs with: peeled fully-peeled sorted \n";
  for (const ref of refs) content += `${ref.id} ${ref.name}\n${await peeledLine(repo, ref.id)}`;
  await repo.fs.writeFile(`${repo.gitDir}/packed-refs`, content);
  if (!options.prune) return;
  for (const ref of refs) {
    await repo.fs.rm(`${repo.gitDir}/${ref.name}`, { force: true });
    await removeEmptyParents(repo, ref.name);
  }
}

async function peeledLine(repo: GitContext, id: string): Promise<string> {
  let at = id;
  for (let raw = await readObject(repo, at); raw?.type === "tag"; raw = await readObject(repo, at))
    at = parseTag(at, raw.content).object;
  return at === id ? "" : `^${at}\n`;
}

function logPath(repo: GitContext, name: string): string {
  return `${repo.gitDir}/logs/${name}`;
}

export function hasReflog(repo: GitContext, name: string): Promise<boolean> {
  return repo.fs.exists(logPath(repo, name));
}

/** Oldest first; empty where there is no log. */
export async function readReflog(repo: GitContext, name: string): Promise<ReflogEntry[]> {
  const entries: ReflogEntry[] = [];
  for (const line of ((await text(repo, `logs/${name}`)) ?? "").split("\n")) {
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.*?) ?<([^>]*)> (\d+) ([+-]\d{4})(?:\t(.*))?$/.exec(line);
    if (!match) continue;
    const [, old, next, name_, email, timestamp, timezone, message] = match as unknown as string[];
    const person = {
      name: name_ as string,
      email: email as string,
      timestamp: Number(timestamp),
      timezone: timezone as string,
    };
    entries.push({ old: old as string, new: next as string, person, message: message ?? "" });
  }
  return entries;
}

export function reflogLine(entry: ReflogEntry): string {
  const message = entry.message.trim().replace(/\s+/g, " ");
  return `${entry.old} ${entry.new} ${personText(entry.person)}${message ? `\t${message}` : ""}\n`;
}

/** Replaces a log. */
export async function writeReflog(
  repo: GitContext,
  name: string,
  entries: readonly ReflogEntry[],
): Promise<void> {
  await makeParent(repo, name);
  await repo.fs.writeFile(logPath(repo, name), entries.map(reflogLine).join(""));
}

/** Appends one entry, creating the log. */
export async function appendReflog(repo: GitContext, name: string, entry: ReflogEntry): Promise<void> {
  await makeParent(repo, name);
  await repo.fs.writeFile(
    logPath(repo, name),
    ((await text(repo, `logs/${name}`)) ?? "") + reflogLine(entry),
  );
}

export async function deleteReflog(repo: GitContext, name: string): Promise<void> {
  await repo.fs.rm(logPath(repo, name), { force: true });
  await removeEmptyParents(repo, `logs/${name}`);
}

/** Names of references that have a log, sorted; `HEAD` first. */
export async function reflogNames(repo: GitContext): Promise<string[]> {
  const names = (await looseNames(repo, "logs")).map((path) => path.slice("logs/".length));
  return names.sort((a, b) => (a === "HEAD" ? -1 : b === "HEAD" ? 1 : compareText(a, b)));
}

async function makeParent(repo: GitContext, name: string): Promise<void> {
  const path = logPath(repo, name);
  await repo.fs.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
}

async function log(repo: GitContext, name: string, old: string, id: string, note: LogNote): Promise<void> {
  const wanted = note.create && /^(HEAD$|refs\/(heads|remotes|notes)\/)/.test(name);
  if (!wanted && !(await hasReflog(repo, name))) return;
  await appendReflog(repo, name, { old, new: id, person: note.person, message: note.message });
}
