/**
 * Names of revisions and ranges: https://git-scm.com/docs/gitrevisions
 * and the arguments that select them: https://git-scm.com/docs/git-rev-list#_commit_limiting
 */
import { approxidate, formatDate } from "./dates.ts";
import { readIndex } from "./gitIndex.ts";
import {
  abbreviate,
  entryAt,
  idsWithPrefix,
  peel,
  readCommit,
  readObject,
  type ObjectType,
} from "./objects.ts";
import { expandRef, listRefs, readHead, readReflog, resolveRef, symbolicTarget, type Ref } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { die, stop } from "./transcript.ts";
import { commitReader, mergeBases, walkCommits } from "./walk.ts";

export interface Revision {
  /** As it was written. */
  readonly text: string;
  /** The object itself: an annotated tag is not peeled. */
  readonly id: string;
  /** Full name, where the text is (a log entry of) a reference and nothing more. */
  readonly ref: string | null;
  /** Where the text names a file or directory of a tree or of the index. */
  readonly path?: string;
  readonly mode?: number;
  /** Side of `left...right`. */
  readonly left?: boolean;
}

/** Null where nothing answers to that name. Dies where git itself dies: an entry that a log lacks, a path that a tree lacks. */
export async function resolveRevision(repo: Repository, text: string): Promise<Revision | null> {
  const colon = colonOf(text);
  if (colon === 0)
    return text.startsWith(":/") ? searchMessage(repo, text, text.slice(2)) : indexEntry(repo, text);
  if (colon > 0) return treeEntry(repo, text, colon);
  const found = await resolveObject(repo, text);
  return found && { text, id: found.id, ref: found.ref };
}

/** The commit that a text names, tags peeled; null where there is none. */
export async function resolveCommit(repo: Repository, text: string): Promise<string | null> {
  const found = await resolveRevision(repo, text);
  return found && peel(repo, found.id, "commit");
}

/** The first colon outside braces. */
function colonOf(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "{") depth += 1;
    else if (char === "}" && depth > 0) depth -= 1;
    else if (char === ":" && depth === 0) return i;
  }
  return -1;
}

interface Found {
  readonly id: string;
  readonly ref: string | null;
}

const TYPES: ReadonlySet<string> = new Set(["commit", "tree", "blob", "tag"]);

async function resolveObject(repo: Repository, text: string): Promise<Found | null> {
  const suffix = /^(.*)(?:\^\{([^}]*)\}|\^(\d*)|~(\d*))$/s.exec(text);
  if (!suffix || text.startsWith(":")) return resolveBasic(repo, text);
  const [, base, type, parent, generation] = suffix as unknown as [string, string, string?, string?, string?];
  const from = base === "" ? null : await resolveObject(repo, base);
  if (!from) return null;
  let id: string | null = null;
  if (type !== undefined) id = await peelTo(repo, from.id, type);
  else if (parent !== undefined) id = await nthParent(repo, from.id, parent === "" ? 1 : Number(parent));
  else id = await nthAncestor(repo, from.id, generation ? Number(generation) : 1);
  return id === null ? null : { id, ref: null };
}

async function peelTo(repo: Repository, id: string, type: string): Promise<string | null> {
  if (type === "") return peel(repo, id);
  if (type.startsWith("/")) return searchFrom(repo, [id], type.slice(1));
  if (type === "object") return (await readObject(repo, id)) ? id : null;
  return TYPES.has(type) ? peel(repo, id, type as ObjectType) : null;
}

async function nthParent(repo: Repository, id: string, n: number): Promise<string | null> {
  const commit = await peel(repo, id, "commit");
  if (commit === null || n === 0) return commit;
  return (await commitReader(repo)(commit))?.parents[n - 1] ?? null;
}

async function nthAncestor(repo: Repository, id: string, n: number): Promise<string | null> {
  const read = commitReader(repo);
  let at = await peel(repo, id, "commit");
  for (let i = 0; i < n && at !== null; i++) at = (await read(at))?.parents[0] ?? null;
  return at;
}

async function resolveBasic(repo: Repository, text: string): Promise<Found | null> {
  if (/^[0-9a-fA-F]{40}$/.test(text)) return { id: text.toLowerCase(), ref: null };
  const log = /^(.*)@\{([^{}]*)\}$/.exec(text);
  if (log) return resolveAt(repo, text, log[1] as string, log[2] as string);
  const ref = await expandRef(repo, text);
  if (ref) return { id: ref.id, ref: ref.name };
  const described = /^.+-\d+-g([0-9a-f]{4,40})$/.exec(text);
  const id = await resolvePrefix(
    repo,
    described ? (described[1] as string) : text,
    described ? "commit" : undefined,
  );
  return id === null ? null : { id, ref: null };
}

async function resolvePrefix(repo: Repository, text: string, type?: ObjectType): Promise<string | null> {
  if (!/^[0-9a-fA-F]{4,40}$/.test(text)) return null;
  const ids = await idsWithPrefix(repo, text);
  if (ids.length <= 1) return ids[0] ?? null;
  const commits: string[] = [];
  for (const id of ids) if ((await readObject(repo, id))?.type === (type ?? "commit")) commits.push(id);
  if (type && commits.length === 1) return commits[0] as string;
  return stopAmbiguous(repo, text, ids);
}

async function stopAmbiguous(repo: Repository, text: string, ids: readonly string[]): Promise<never> {
  const order: readonly string[] = ["tag", "commit", "tree", "blob"];
  const candidates: { rank: number; line: string }[] = [];
  for (const id of ids) {
    const type = (await readObject(repo, id))?.type ?? "blob";
    const commit = type === "commit" ? await readCommit(repo, id) : null;
    const detail = commit
      ? ` ${formatDate(commit.committer, "short", repo.now)} - ${commit.message.split("\n")[0]}`
      : "";
    candidates.push({
      rank: order.indexOf(type),
      line: `hint:   ${await abbreviate(repo, id)} ${type}${detail}\n`,
    });
  }
  const lines = candidates.sort((a, b) => a.rank - b.rank).map((candidate) => candidate.line);
  stop(
    `error: short object ID ${text} is ambiguous\nhint: The candidates are:\n${lines.join("")}${ambiguousArgument(text)}`,
    128,
  );
}

/** `ref@{…}`: an entry of a log, a time, the upstream, a branch checked out before. */
async function resolveAt(
  repo: Repository,
  text: string,
  base: string,
  inside: string,
): Promise<Found | null> {
  if (/^-\d+$/.test(inside) && base === "") return previousBranch(repo, Number(inside.slice(1)));
  if (/^(u|upstream|push)$/i.test(inside)) return upstream(repo, base);
  const ref = await logged(repo, base);
  if (!ref) return null;
  const entries = (await readReflog(repo, ref.name)).toReversed();
  if (/^\d+$/.test(inside)) return nthEntry(ref, base, Number(inside), entries);
  const time = approxidate(inside, repo.now);
  if (time === null) return null;
  const entry = entries.find((candidate) => candidate.person.timestamp <= time);
  if (!entry && entries.length === 0) die(`log for '${base || "HEAD"}' is empty`);
  return {
    id: entry?.new ?? (entries.at(-1)?.old.replace(/^0+$/, "") || (entries.at(-1)?.new as string)),
    ref: ref.name,
  };
}

/** The reference whose log `base@{…}` reads; the current branch for `@{…}`. */
async function logged(repo: Repository, base: string): Promise<{ name: string; id: string } | null> {
  if (base !== "") return expandRef(repo, base);
  const head = await readHead(repo);
  return head.id === null ? null : { name: head.branch ?? "HEAD", id: head.id };
}

function nthEntry(
  ref: { name: string; id: string },
  base: string,
  n: number,
  entries: readonly { old: string; new: string }[],
): Found {
  const shown = base || ref.name.replace(/^refs\/heads\//, "");
  const entry = entries[n];
  if (entry) return { id: entry.new, ref: ref.name };
  if (n === 0) return { id: ref.id, ref: ref.name };
  const oldest = entries.at(-1);
  if (oldest && n === entries.length && !/^0+$/.test(oldest.old)) return { id: oldest.old, ref: ref.name };
  if (entries.length === 0) die(`log for '${shown}' is empty`);
  return die(`log for '${shown}' only has ${entries.length} entries`);
}

async function previousBranch(repo: Repository, n: number): Promise<Found | null> {
  const name = await previousBranchName(repo, n);
  if (name === null) return null;
  const ref = await expandRef(repo, name);
  if (ref) return { id: ref.id, ref: ref.name };
  const id = await resolvePrefix(repo, name);
  return id === null ? null : { id, ref: null };
}

/** What was checked out n checkouts ago: a branch's short name or a commit id. */
export async function previousBranchName(repo: Repository, n: number): Promise<string | null> {
  let left = n;
  for (const entry of (await readReflog(repo, "HEAD")).toReversed()) {
    const move = /^checkout: moving from (\S+) to /.exec(entry.message);
    if (move && --left === 0) return move[1] as string;
  }
  return null;
}

async function upstream(repo: Repository, base: string): Promise<Found | null> {
  const shown = base || (await readHead(repo)).branch?.replace("refs/heads/", "");
  if (shown === undefined || base === "HEAD") {
    const branch = (await readHead(repo)).branch;
    return branch === null
      ? die("HEAD does not point to a branch")
      : upstream(repo, branch.slice("refs/heads/".length));
  }
  const ref = await resolveRef(repo, `refs/heads/${shown}`);
  if (!ref) return die(`no such branch: '${shown}'`);
  const name = upstreamName(repo, shown);
  if (name === null) return die(`no upstream configured for branch '${shown}'`);
  const found = await resolveRef(repo, name);
  return found && { id: found.id, ref: name };
}

/** The full reference that a branch follows, whether it exists or not. */
export function upstreamName(repo: Pick<Repository, "config">, branch: string): string | null {
  const remote = repo.config.get(`branch.${branch}.remote`);
  const merge = repo.config.get(`branch.${branch}.merge`);
  if (remote === undefined || merge === undefined) return null;
  if (remote === ".") return merge;
  for (const spec of repo.config.all(`remote.${remote}.fetch`)) {
    const [from, to] = spec.replace(/^\+/, "").split(":") as [string, string?];
    if (to === undefined) continue;
    if (from === merge) return to;
    const star = from.indexOf("*");
    if (star >= 0 && merge.startsWith(from.slice(0, star)) && merge.endsWith(from.slice(star + 1))) {
      return to.replace("*", merge.slice(star, merge.length - (from.length - star - 1)));
    }
  }
  return null;
}

/** `:/text`: the youngest commit of any reference whose message matches. */
async function searchMessage(repo: Repository, text: string, pattern: string): Promise<Revision | null> {
  const starts: string[] = [];
  for (const ref of [...(await listRefs(repo)), { id: (await readHead(repo)).id ?? "" }]) {
    const id = ref.id === "" ? null : await peel(repo, ref.id, "commit");
    if (id) starts.push(id);
  }
  const id = await searchFrom(repo, starts, pattern);
  return id === null ? null : { text, id, ref: null };
}

async function searchFrom(
  repo: Repository,
  starts: readonly string[],
  pattern: string,
): Promise<string | null> {
  const negative = pattern.startsWith("!-");
  const wanted = new RegExp(negative ? pattern.slice(2) : pattern.replace(/^!!/, "!"), "m");
  const commits = (await Promise.all(starts.map((id) => peel(repo, id, "commit")))).filter(
    (id) => id !== null,
  );
  for await (const commit of walkCommits(repo, { starts: commits }))
    if (wanted.test(commit.message) !== negative) return commit.id;
  return null;
}

/** `:path` and `:n:path`. */
async function indexEntry(repo: Repository, text: string): Promise<Revision | null> {
  const [, stage, written] = /^:(?:([0-3]):)?(.*)$/s.exec(text) as unknown as [
    string,
    string | undefined,
    string,
  ];
  const path = fromPrefix(repo, written);
  const entries = (await readIndex(repo.fs, repo.gitDir)).entries.filter((entry) => entry.path === path);
  const entry = entries.find((candidate) => candidate.stage === Number(stage ?? 0));
  if (entry) return { text, id: entry.oid, ref: null, path, mode: entry.mode };
  const exists = repo.workTree !== null && (await repo.fs.exists(`${repo.workTree}/${path}`));
  if (entries[0])
    die(
      `path '${path}' is in the index, but not at stage ${stage ?? 0}\nhint: Did you mean ':${entries[0].stage}:${path}'?`,
    );
  return die(
    exists
      ? `path '${path}' exists on disk, but not in the index`
      : `path '${path}' does not exist (neither on disk nor in the index)`,
  );
}

/** `rev:path`; `rev:` is the tree, `rev:./path` counts from the working directory. */
async function treeEntry(repo: Repository, text: string, colon: number): Promise<Revision | null> {
  const rev = text.slice(0, colon);
  const found = await resolveObject(repo, rev);
  if (!found) return null;
  const tree = await peel(repo, found.id, "tree");
  if (tree === null) return null;
  const path = fromPrefix(repo, text.slice(colon + 1));
  const entry = await entryAt(repo, tree, path);
  if (entry) return { text, id: entry.id, ref: null, path, mode: entry.mode };
  const onDisk = repo.workTree !== null && (await repo.fs.exists(`${repo.workTree}/${path}`));
  if (!onDisk && repo.prefix !== "" && (await entryAt(repo, tree, repo.prefix + path))) {
    const full = repo.prefix + path;
    return stop(
      `fatal: path '${full}' exists, but not '${path}'\nhint: Did you mean '${rev}:${full}' aka '${rev}:./${path}'?\n`,
      128,
    );
  }
  return die(
    onDisk
      ? `path '${path}' exists on disk, but not in '${rev}'`
      : `path '${path}' does not exist in '${rev}'`,
  );
}

function fromPrefix(repo: Repository, path: string): string {
  if (!/^\.\.?(\/|$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of `${repo.prefix}${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** What git says of an argument that is neither revision nor file. */
export function ambiguousArgument(text: string): string {
  const colon = colonOf(text);
  if (colon > 0) return `fatal: invalid object name '${text.slice(0, colon)}'.\n`;
  return `fatal: ambiguous argument '${text}': unknown revision or path not in the working tree.\n${SEPARATE}`;
}

const SEPARATE =
  "Use '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'\n";

export interface Revisions {
  readonly include: readonly Revision[];
  readonly exclude: readonly Revision[];
  /** Whether the arguments named revisions at all (`--all` in an empty repository does). */
  readonly named: boolean;
  /** As written. */
  readonly paths: readonly string[];
  /** Options that select no revisions, in order. */
  readonly unknown: readonly string[];
}

interface Selection {
  readonly repo: Repository;
  readonly include: Revision[];
  readonly exclude: Revision[];
  readonly unknown: string[];
  negated: boolean;
  named: boolean;
  excluded: string[];
}

/**
 * Sorts arguments into revisions, paths and other options: `a..b`, `a...b`, `^x`, `x^@`, `x^!`, `x^-`, `--not`, `--all`,
 * `--branches[=glob]`, `--tags`, `--remotes`, `--glob=`, `--exclude=`, `--reflog`.
 * @param dashes index of the first argument after `--`, null where there was none
 */
export async function parseRevisions(
  repo: Repository,
  args: readonly string[],
  dashes: number | null,
): Promise<Revisions> {
  const selection: Selection = {
    repo,
    include: [],
    exclude: [],
    unknown: [],
    negated: false,
    named: false,
    excluded: [],
  };
  const paths = dashes === null ? [] : args.slice(dashes);
  for (const [i, arg] of args.slice(0, dashes ?? args.length).entries()) {
    if (arg.startsWith("-") && arg !== "-") {
      if (!(await selectRefs(selection, arg))) selection.unknown.push(arg);
      continue;
    }
    if (await selectRevision(selection, arg)) {
      if (dashes === null && (await isFile(repo, arg)) && !/[~^:@]/.test(arg))
        stop(`fatal: ambiguous argument '${arg}': both revision and filename\n${SEPARATE}`, 128);
      continue;
    }
    if (dashes !== null) die(`bad revision '${arg}'`);
    await verifyPaths(repo, args.slice(i));
    paths.push(...args.slice(i));
    break;
  }
  return { ...selection, paths };
}

async function verifyPaths(repo: Repository, args: readonly string[]): Promise<void> {
  for (const [i, arg] of args.entries()) {
    if (arg.startsWith("-")) die(`option '${arg}' must come before non-option arguments`);
    if (await isFile(repo, arg)) continue;
    if (i > 0)
      die(
        `${arg}: no such path in the working tree.\nUse 'git <command> -- <path>...' to specify paths that do not exist locally.`,
      );
    stop(ambiguousArgument(arg), 128);
  }
}

async function isFile(repo: Repository, path: string): Promise<boolean> {
  if (repo.workTree === null) return false;
  if (/[*?[]/.test(path) || path.startsWith(":")) return true;
  const at = path.startsWith("/") ? path : `${repo.workTree}/${repo.prefix}${path}`;
  return repo.fs.exists(at);
}

function add(selection: Selection, revision: Revision, negative: boolean): void {
  selection.named = true;
  (selection.negated !== negative ? selection.exclude : selection.include).push(revision);
}

/** False where the text is no revision. */
async function selectRevision(selection: Selection, arg: string): Promise<boolean> {
  const { repo } = selection;
  const dots = /^(.*?)(\.\.\.?)(.*)$/s.exec(arg);
  if (
    dots &&
    arg !== ".." &&
    !arg.includes(":") &&
    (await selectRange(selection, arg, dots as unknown as string[]))
  )
    return true;
  const family = /^(.+)\^(@|!|-(\d*))$/s.exec(arg);
  if (family)
    return selectFamily(selection, arg, family[1] as string, family[2] as string, Number(family[3] || 1));
  const negative = arg.startsWith("^");
  const revision = await resolveRevision(repo, negative ? arg.slice(1) : arg);
  if (!revision) return false;
  if (/^[0-9a-f]{40}$/.test(arg) && !(await readObject(repo, revision.id))) die(`bad object ${arg}`);
  add(selection, revision, negative);
  return true;
}

async function selectRange(selection: Selection, arg: string, dots: string[]): Promise<boolean> {
  const { repo } = selection;
  const left = await resolveRevision(repo, dots[1] || "HEAD");
  const right = await resolveRevision(repo, dots[3] || "HEAD");
  if (!left || !right) return false;
  if (dots[2] === "..") {
    add(selection, left, true);
    add(selection, right, false);
    return true;
  }
  const [a, b] = [await peel(repo, left.id, "commit"), await peel(repo, right.id, "commit")];
  if (a === null || b === null) die(`Invalid symmetric difference expression ${arg}`);
  for (const id of await mergeBases(repo, a, [b])) add(selection, { text: arg, id, ref: null }, true);
  add(selection, { ...left, left: true }, false);
  add(selection, { ...right, left: false }, false);
  return true;
}

async function selectFamily(
  selection: Selection,
  arg: string,
  base: string,
  kind: string,
  n: number,
): Promise<boolean> {
  const id = await resolveCommit(selection.repo, base);
  const commit = id === null ? null : await commitReader(selection.repo)(id);
  if (!commit) return false;
  const parents = kind.startsWith("-") ? commit.parents.slice(n - 1, n) : commit.parents;
  if (kind.startsWith("-") && parents.length === 0) return false;
  for (const parent of parents) add(selection, { text: arg, id: parent, ref: null }, kind !== "@");
  if (kind !== "@") add(selection, { text: base, id: commit.id, ref: null }, false);
  return true;
}

const PREFIXES: Readonly<Record<string, string>> = {
  "--branches": "refs/heads/",
  "--tags": "refs/tags/",
  "--remotes": "refs/remotes/",
  "--glob": "refs/",
};

/** False where the option selects no references. */
async function selectRefs(selection: Selection, arg: string): Promise<boolean> {
  const { repo } = selection;
  const equals = arg.indexOf("=");
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const pattern = equals < 0 ? null : arg.slice(equals + 1);
  if (arg === "--not") selection.negated = !selection.negated;
  else if (arg === "--all") await addRefs(selection, await allRefs(repo));
  else if (arg === "--reflog") await addReflogs(selection);
  else if (name === "--exclude" && pattern !== null) selection.excluded.push(pattern);
  else if (name in PREFIXES && (pattern !== null || name !== "--glob"))
    await addRefs(selection, await globRefs(repo, PREFIXES[name] as string, pattern));
  else return false;
  return true;
}

async function allRefs(repo: Repository): Promise<Ref[]> {
  const refs = await listRefs(repo);
  const head = await readHead(repo);
  return head.id === null ? refs : [...refs, { name: "HEAD", id: head.id }];
}

async function globRefs(repo: Repository, prefix: string, pattern: string | null): Promise<Ref[]> {
  if (pattern === null) return listRefs(repo, prefix);
  const full = pattern.startsWith("refs/") ? pattern : prefix + pattern;
  const matches = refGlob(/[*?[]/.test(full) ? full : `${full.replace(/\/$/, "")}/*`);
  return (await listRefs(repo)).filter((ref) => matches.test(ref.name));
}

/** wildmatch without path semantics: `*` also crosses slashes. */
export function refGlob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replaceAll("[!", "[^");
  return new RegExp(`^${source}$`, "s");
}

async function addRefs(selection: Selection, refs: readonly Ref[]): Promise<void> {
  selection.named = true;
  const excluded = selection.excluded.map(refGlob);
  selection.excluded = [];
  for (const ref of refs) {
    if (excluded.some((pattern) => pattern.test(ref.name))) continue;
    add(selection, { text: ref.name, id: ref.id, ref: ref.name }, false);
  }
}

async function addReflogs(selection: Selection): Promise<void> {
  selection.named = true;
  const names = ["HEAD", ...(await listRefs(selection.repo)).map((ref) => ref.name)];
  for (const name of names) {
    for (const entry of await readReflog(selection.repo, name)) {
      for (const id of [entry.old, entry.new])
        if (!/^0+$/.test(id)) add(selection, { text: name, id, ref: null }, false);
    }
  }
}

/** `--abbrev-ref` and `--symbolic-full-name`: the full name behind a text; null where it is no reference. */
export async function symbolicFullName(repo: Repository, text: string): Promise<string | null> {
  const found = await resolveRevision(repo, text);
  if (!found?.ref) return null;
  if (found.ref === "HEAD") return (await symbolicTarget(repo, "HEAD")) ?? "HEAD";
  return found.ref;
}
