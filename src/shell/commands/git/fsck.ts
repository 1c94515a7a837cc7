/** `git fsck`: https://git-scm.com/docs/git-fsck */
import { fromUtf8, toHex } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import type { GitCommand } from "./call.ts";
import { decodeIndex } from "./lib/gitIndex.ts";
import { inspectLoose, shownPath } from "./lib/looseObject.ts";
import { checkObject } from "./lib/objectCheck.ts";
import { ObjectTable } from "./lib/objectTable.ts";
import {
  encodeTree,
  GITLINK_MODE,
  hashObject,
  looseIds,
  parseTag,
  peel,
  readCommit,
  readObject,
  readPacks,
  TREE_MODE,
  ZERO_ID,
  type ObjectType,
  type TreeEntry,
} from "./lib/objects.ts";
import { parseOptions, type Values } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { listRefs, readHead, readRef, readReflog, reflogNames } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { shallowIds } from "./lib/shallow.ts";
import { run, type Transcript } from "./lib/transcript.ts";
import { links } from "./lib/walk.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  unreachable: { names: ["--unreachable"] },
  dangling: { names: ["--dangling"] },
  tags: { names: ["--tags"] },
  root: { names: ["--root"] },
  cache: { names: ["--cache"] },
  reflogs: { names: ["--reflogs"] },
  full: { names: ["--full"] },
  connectivityOnly: { names: ["--connectivity-only"] },
  strict: { names: ["--strict"] },
  lostFound: { names: ["--lost-found"] },
  progress: { names: ["--progress"] },
  nameObjects: { names: ["--name-objects"] },
} as const;

/** Bits of the exit code. */
const [OBJECT, REACHABLE, PACK, REFERENCES] = [1, 2, 4, 8] as const;

interface Known {
  readonly type: ObjectType;
  /** What it refers to; null where it is not (readably) there. */
  readonly links: readonly { readonly id: string; readonly type: ObjectType }[] | null;
}

interface Check {
  readonly repo: Repository;
  readonly t: Transcript;
  readonly values: Values<typeof OPTIONS>;
  readonly objects: Map<string, Known>;
  readonly table: ObjectTable;
  /** Referred to by another object, or named. */
  readonly used: Set<string>;
  readonly reachable: Set<string>;
  /** Commits whose parents were left out. */
  readonly shallow: ReadonlySet<string>;
  status: number;
  /** Without any reference `--unreachable` says nothing: dangling objects are shown instead. */
  everythingUnreachable: boolean;
}

export const fsck: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.fsck });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    const check: Check = {
      repo,
      t,
      values,
      objects: new Map(),
      table: new ObjectTable(),
      shallow: await shallowIds(repo),
      used: new Set(),
      reachable: new Set(),
      status: 0,
      everythingUnreachable: false,
    };
    for (const id of await looseIds(repo)) await readLoose(check, id);
    if (counts.full !== -1) await readPacked(check);
    const pending: string[] = [];
    if (rest.length > 0) await named(check, rest, pending);
    else await defaultHeads(check, pending, counts.reflogs !== -1 && !values.lostFound);
    if (rest.length === 0 || values.cache) await indexObjects(check, pending);
    await traverse(check, pending);
    await report(check, counts.dangling !== -1);
    return check.status;
  });
};

function fail(check: Check, bit: number, text: string): void {
  check.t.err(`error: ${text}\n`);
  check.status |= bit;
}

async function readLoose(check: Check, id: string): Promise<void> {
  const { repo, t } = check;
  const found = await inspectLoose(repo, id);
  const path = shownPath(repo, id);
  if ("problem" in found) {
    if (found.zlib) t.err(`error: inflate: data stream error (${found.zlib})\n`);
    if (found.problem === "empty")
      t.err(
        `error: object file ${path} is empty\nerror: unable to mmap ${path}: No such file or directory\n`,
      );
    else if (found.problem === "header") t.err(`error: unable to unpack header of ${path}\n`);
    else t.err(`error: corrupt loose object '${id}'\nerror: unable to unpack contents of ${path}\n`);
    return fail(check, OBJECT, `${id}: object corrupt or missing: ${path}`);
  }
  if (found.id !== id) return fail(check, OBJECT, `${found.id}: hash-path mismatch, found at: ${path}`);
  admit(check, id, found.type, found.content);
}

async function readPacked(check: Check): Promise<void> {
  const { repo } = check;
  for (const pack of await readPacks(repo)) {
    const path = `${repo.gitDir}/objects/pack/${pack.name}.pack`;
    const bytes = await repo.fs.readFileBuffer(path);
    const shown = repo.workTree !== null ? path.slice(repo.workTree.length + 1) : path;
    if (sha1(bytes.subarray(0, -20)) !== toHex(bytes.subarray(-20)))
      fail(check, PACK, `${shown} pack checksum mismatch`);
    for (const { id, offset } of pack.objects.toSorted((a, b) => a.offset - b.offset)) {
      const raw = await readObject(repo, id);
      if (!raw || hashObject(raw.type, raw.content) !== id) {
        fail(
          check,
          PACK,
          raw
            ? `packed ${id} from ${shown} is corrupt`
            : `cannot unpack ${id} from ${shown} at offset ${offset}`,
        );
        continue;
      }
      if (!check.objects.get(id)?.links) admit(check, id, raw.type, raw.content);
    }
  }
}

/** An object that is there: its content is checked, what it refers to counts as used. */
function admit(check: Check, id: string, type: ObjectType, content: Uint8Array): void {
  const { t, table, values, shallow } = check;
  const found = links(id, type, content).filter((link) => link.type !== "commit" || !shallow.has(id));
  table.touch(id);
  for (const link of found) table.touch(link.id);
  check.objects.set(id, { type, links: found });
  for (const link of found) {
    check.used.add(link.id);
    if (!check.objects.has(link.id)) check.objects.set(link.id, { type: link.type, links: null });
  }
  if (values.connectivityOnly) return;
  for (const { level, text } of checkObject(type, content, values.strict)) {
    t.err(`${level} in ${type} ${id}: ${text}\n`);
    if (level === "error") check.status |= OBJECT;
  }
  if (values.root && type === "commit" && found.length === 1) t.out(`root ${id}\n`);
  if (values.tags && type === "tag") {
    const tag = parseTag(id, content);
    t.out(`tagged ${tag.type} ${tag.object} (${tag.name}) in ${id}\n`);
  }
}

function start(check: Check, id: string, pending: string[]): void {
  check.used.add(id);
  if (check.reachable.has(id)) return;
  check.reachable.add(id);
  pending.push(id);
}

function isThere(check: Check, id: string): boolean {
  return check.objects.get(id)?.links !== null && check.objects.has(id);
}

async function named(check: Check, names: readonly string[], pending: string[]): Promise<void> {
  for (const name of names) {
    const found = await resolveRevision(check.repo, name);
    if (!found) fail(check, OBJECT, `invalid parameter: expected sha1, got '${name}'`);
    else if (!isThere(check, found.id)) fail(check, OBJECT, `${found.id}: object missing`);
    else start(check, found.id, pending);
  }
}

/** References, HEAD, reflogs. */
async function defaultHeads(check: Check, pending: string[], reflogs: boolean): Promise<void> {
  const { repo, t } = check;
  const head = await readHead(repo);
  const raw = await readRef(repo, "HEAD");
  let defaults = 0;
  const reference = (name: string, id: string) => {
    if (isThere(check, id)) {
      defaults += 1;
      start(check, id, pending);
      check.table.touch(id);
    } else {
      fail(check, REACHABLE, `${name}: invalid sha1 pointer ${id}`);
    }
  };
  for (const { name, id } of await listRefs(repo)) reference(name, id);
  for (const name of await brokenRefs(check))
    fail(check, REACHABLE, `${name}: invalid sha1 pointer ${ZERO_ID}`);
  if (head.id !== null) reference("HEAD", head.id);
  if (reflogs) await logEntries(check, pending);
  if (raw === null) fail(check, REACHABLE, "invalid HEAD");
  else if (head.id === null && head.branch !== null)
    t.err(`notice: HEAD points to an unborn branch (${head.branch.replace("refs/heads/", "")})\n`);
  if (defaults > 0) return;
  t.err("notice: No default references\n");
  check.everythingUnreachable = true;
}

/** Files below refs/ that hold no id. */
async function brokenRefs(check: Check): Promise<string[]> {
  const { repo } = check;
  const broken: string[] = [];
  const walk = async (directory: string): Promise<void> => {
    for (const name of (await repo.fs.readdir(`${repo.gitDir}/${directory}`)).sort()) {
      const path = `${directory}/${name}`;
      if ((await repo.fs.stat(`${repo.gitDir}/${path}`)).isDirectory) await walk(path);
      else if ((await readRef(repo, path)) === null) broken.push(path);
    }
  };
  await walk("refs");
  return broken;
}

async function logEntries(check: Check, pending: string[]): Promise<void> {
  for (const name of (await reflogNames(check.repo)).toSorted()) {
    for (const entry of await readReflog(check.repo, name)) {
      for (const id of [entry.old, entry.new]) {
        if (id === ZERO_ID) continue;
        if (isThere(check, id)) start(check, id, pending);
        else fail(check, REACHABLE, `${name}: invalid reflog entry ${id}`);
      }
    }
  }
}

/** Blobs of the index, and the trees that it caches. */
async function indexObjects(check: Check, pending: string[]): Promise<void> {
  const { repo } = check;
  const path = `${repo.gitDir}/index`;
  if (!(await repo.fs.exists(path))) return;
  const entries = decodeIndex(await repo.fs.readFileBuffer(path)).filter(
    (entry) => entry.mode !== GITLINK_MODE,
  );
  for (const { oid } of entries) {
    check.table.touch(oid);
    if (!check.objects.has(oid)) check.objects.set(oid, { type: "blob", links: null });
    start(check, oid, pending);
  }
  const root = cachedTree(entries.map((entry) => ({ mode: entry.mode, name: entry.path, id: entry.oid })));
  const head = await peel(repo, (await readHead(repo)).id ?? ZERO_ID, "commit");
  const cached = head !== null && (await readCommit(repo, head))?.tree === root.id;
  const visit = (tree: CachedTree): void => {
    if (isThere(check, tree.id)) start(check, tree.id, pending);
    else if (cached) return fail(check, REFERENCES, `${tree.id}: invalid sha1 pointer in cache-tree`);
    tree.children.forEach(visit);
  };
  visit(root);
}

interface CachedTree {
  readonly id: string;
  readonly children: readonly CachedTree[];
}

/** The trees that the index would write. */
function cachedTree(files: readonly TreeEntry[]): CachedTree {
  const folders = Map.groupBy(files, (entry) =>
    entry.name.includes("/") ? entry.name.slice(0, entry.name.indexOf("/")) : "",
  );
  const entries = [...(folders.get("") ?? [])];
  const children: CachedTree[] = [];
  for (const [name, inside] of folders) {
    if (name === "") continue;
    const child = cachedTree(inside.map((entry) => ({ ...entry, name: entry.name.slice(name.length + 1) })));
    entries.push({ mode: TREE_MODE, name, id: child.id });
    children.push(child);
  }
  return { id: hashObject("tree", encodeTree(entries)), children };
}

async function traverse(check: Check, pending: string[]): Promise<void> {
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const object = check.objects.get(id);
    if (!object?.links) continue;
    if (object.type === "tree") for (const link of object.links) check.table.touch(link.id);
    for (const link of object.links) {
      if (check.reachable.has(link.id)) continue;
      check.reachable.add(link.id);
      if (isThere(check, link.id)) pending.push(link.id);
      else {
        check.t.out(
          `broken link from ${object.type.padStart(7)} ${id}\n              to ${link.type.padStart(7)} ${link.id}\n`,
        );
        check.status |= REACHABLE;
      }
    }
  }
}

async function report(check: Check, dangling: boolean): Promise<void> {
  const { t, values } = check;
  for (const id of check.table.ids()) {
    const object = check.objects.get(id);
    if (!object) continue;
    if (check.reachable.has(id)) {
      if (object.links) continue;
      t.out(`missing ${object.type} ${id}\n`);
      check.status |= REACHABLE;
    } else if (object.links) {
      if (values.unreachable && !check.everythingUnreachable) t.out(`unreachable ${object.type} ${id}\n`);
      else if (!check.used.has(id)) {
        if (dangling) t.out(`dangling ${object.type} ${id}\n`);
        if (values.lostFound) await keepLost(check, id, object.type);
      }
    }
  }
}

/** `.git/lost-found/{commit,other}/<id>`: a blob's content, or the id. */
async function keepLost({ repo }: Check, id: string, type: ObjectType): Promise<void> {
  const directory = `${repo.gitDir}/lost-found/${type === "commit" ? "commit" : "other"}`;
  await repo.fs.mkdir(directory, { recursive: true });
  const content = type === "blob" ? (await readObject(repo, id))?.content : undefined;
  await repo.fs.writeFile(`${directory}/${id}`, content ?? fromUtf8(`${id}\n`));
}
