/**
 * Git objects: reading, writing, encoding, and the list of everything on disk.
 * Formats: https://git-scm.com/docs/gitformat-pack and https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
import type { GitRepo, GitContext, ObjectType, RawObject } from "just-git";
import { concat, fromHex, fromUtf8, toHex, toLatin1, toUtf8 } from "../../../../base/bytes.ts";
import { sha1 } from "../../../../base/digest.ts";

export type { ObjectType, RawObject };

/** Author, committer or tagger. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** `+hhmm` or `-hhmm`. */
  readonly timezone: string;
}

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Further headers in order (encoding, gpgsig, mergetag); values may span lines, without the leading space. */
  readonly extra: readonly (readonly [name: string, value: string])[];
  readonly message: string;
}

export interface TreeEntry {
  /** 0o100644, 0o100755, 0o120000, 0o40000 or 0o160000. */
  readonly mode: number;
  readonly name: string;
  readonly id: string;
}

export interface Tag {
  readonly id: string;
  readonly object: string;
  readonly type: ObjectType;
  readonly name: string;
  /** Absent in some very old tags. */
  readonly tagger: Person | null;
  readonly message: string;
}

export const TREE_MODE = 0o40000;
export const LINK_MODE = 0o120000;
export const GITLINK_MODE = 0o160000;
export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
export const ZERO_ID = "0".repeat(40);

export function isTree(mode: number): boolean {
  return mode === TREE_MODE;
}

/** What `ls-tree` and `diff` call a mode: six octal digits. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(6, "0");
}

export function modeType(mode: number): ObjectType {
  return mode === TREE_MODE ? "tree" : mode === GITLINK_MODE ? "commit" : "blob";
}

/** Order of UTF-8 bytes, which differs from the order of code units beyond the basic plane. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  return toLatin1(fromUtf8(a)) < toLatin1(fromUtf8(b)) ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

/** The object id of content that need not be stored. */
export function hashObject(type: string, content: Uint8Array): string {
  return sha1(concat([fromUtf8(`${type} ${content.length}\0`), content]));
}

/** Null where the object is missing or unreadable. */
export async function readObject(repo: GitRepo, id: string): Promise<RawObject | null> {
  if (id === EMPTY_TREE) return { type: "tree", content: new Uint8Array() };
  try {
    return await repo.objectStore.read(id);
  } catch {
    return null;
  }
}

export function writeObject(repo: GitRepo, type: ObjectType, content: Uint8Array): Promise<string> {
  return repo.objectStore.write(type, content);
}

/** A store that also gives what it parsed before; nobody changes what it gives. */
export interface ParsingStore extends ObjectStore {
  commit(id: string): Promise<Commit | null>;
  tree(id: string): Promise<readonly TreeEntry[] | null>;
}

type ObjectStore = GitRepo["objectStore"];

function parses(store: ObjectStore): store is ParsingStore {
  return "commit" in store;
}

export async function readCommit(repo: GitRepo, id: string): Promise<Commit | null> {
  if (parses(repo.objectStore)) return repo.objectStore.commit(id).catch(() => null);
  const raw = await readObject(repo, id);
  return raw?.type === "commit" ? parseCommit(id, raw.content) : null;
}

export async function readTree(repo: GitRepo, id: string): Promise<readonly TreeEntry[] | null> {
  if (parses(repo.objectStore) && id !== EMPTY_TREE) return repo.objectStore.tree(id).catch(() => null);
  const raw = await readObject(repo, id);
  return raw?.type === "tree" ? parseTree(raw.content) : null;
}

export async function readTag(repo: GitRepo, id: string): Promise<Tag | null> {
  const raw = await readObject(repo, id);
  return raw?.type === "tag" ? parseTag(id, raw.content) : null;
}

/** Writes a tree in git's own order and returns its id. */
export function writeTree(repo: GitRepo, entries: readonly TreeEntry[]): Promise<string> {
  return writeObject(repo, "tree", encodeTree(entries));
}

export function writeCommit(repo: GitRepo, commit: Omit<Commit, "id">): Promise<string> {
  return writeObject(repo, "commit", encodeCommit(commit));
}

interface Headers {
  readonly headers: readonly (readonly [string, string])[];
  readonly message: string;
}

function parseHeaders(content: Uint8Array): Headers {
  const text = toUtf8(content);
  const end = text.indexOf("\n\n");
  const headers: [string, string][] = [];
  for (const line of (end < 0 ? text.replace(/\n$/, "") : text.slice(0, end)).split("\n")) {
    const last = headers.at(-1);
    if (line.startsWith(" ") && last) {
      last[1] += `\n${line.slice(1)}`;
      continue;
    }
    const space = line.indexOf(" ");
    headers.push(space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1)]);
  }
  return { headers, message: end < 0 ? "" : text.slice(end + 2) };
}

export function parseCommit(id: string, content: Uint8Array): Commit {
  const { headers, message } = parseHeaders(content);
  const first = (name: string) => headers.find((header) => header[0] === name)?.[1] ?? "";
  return {
    id,
    tree: first("tree"),
    parents: headers.filter((header) => header[0] === "parent").map((header) => header[1]),
    author: parsePerson(first("author")),
    committer: parsePerson(first("committer")),
    extra: headers.filter((header) => !STANDARD_HEADERS.has(header[0])),
    message,
  };
}

const STANDARD_HEADERS = new Set(["tree", "parent", "author", "committer"]);

export function encodeCommit(commit: Omit<Commit, "id">): Uint8Array {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personText(commit.author)}`,
    `committer ${personText(commit.committer)}`,
    ...commit.extra.map(([name, value]) => `${name} ${value.replaceAll("\n", "\n ")}`),
  ];
  return fromUtf8(`${lines.join("\n")}\n\n${commit.message}`);
}

export function parseTag(id: string, content: Uint8Array): Tag {
  const { headers, message } = parseHeaders(content);
  const first = (name: string) => headers.find((header) => header[0] === name)?.[1];
  const tagger = first("tagger");
  return {
    id,
    object: first("object") ?? "",
    type: (first("type") ?? "commit") as ObjectType,
    name: first("tag") ?? "",
    tagger: tagger === undefined ? null : parsePerson(tagger),
    message,
  };
}

export function encodeTag(tag: Omit<Tag, "id">): Uint8Array {
  const tagger = tag.tagger ? `tagger ${personText(tag.tagger)}\n` : "";
  return fromUtf8(`object ${tag.object}\ntype ${tag.type}\ntag ${tag.name}\n${tagger}\n${tag.message}`);
}

/** `Name <mail> 1700000000 +0100`; what is malformed becomes empty or zero. */
export function parsePerson(text: string): Person {
  const match = /^(.*?) ?<([^>]*)>(?: (-?\d+) ([+-]\d{4}))?/.exec(text);
  if (!match) return { name: text, email: "", timestamp: 0, timezone: "+0000" };
  return {
    name: match[1] ?? "",
    email: match[2] ?? "",
    timestamp: Number(match[3] ?? 0),
    timezone: match[4] ?? "+0000",
  };
}

export function personText(person: Person): string {
  return `${person.name} <${person.email}> ${person.timestamp} ${person.timezone}`;
}

/** The hot loop of every walk: one pass over the bytes, names decoded only where they are not ASCII. */
export function parseTree(content: Uint8Array): TreeEntry[] {
  const entries: TreeEntry[] = [];
  const latin1 = toLatin1(content);
  for (let at = 0; at < content.length;) {
    const space = latin1.indexOf(" ", at);
    const zero = latin1.indexOf("\0", at);
    if (space < 0 || zero < space || zero + 21 > content.length) break;
    const name = latin1.slice(space + 1, zero);
    entries.push({
      mode: Number.parseInt(latin1.slice(at, space), 8),
      name: ASCII.test(name) ? name : toUtf8(content.subarray(space + 1, zero)),
      id: hexAt(content, zero + 1),
    });
    at = zero + 21;
  }
  return entries;
}

const ASCII = /^[\x20-\x7e]*$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hexAt(bytes: Uint8Array, at: number): string {
  let text = "";
  for (let i = at; i < at + 20; i++) text += HEX[bytes[i] as number];
  return text;
}

/** Entries in any order; directories sort as if their name ended in a slash. */
export function encodeTree(entries: readonly TreeEntry[]): Uint8Array {
  const key = (entry: TreeEntry) => (isTree(entry.mode) ? `${entry.name}/` : entry.name);
  const sorted = entries.toSorted((a, b) => compareText(key(a), key(b)));
  return concat(
    sorted.flatMap((entry) => [fromUtf8(`${entry.mode.toString(8)} ${entry.name}\0`), fromHex(entry.id)]),
  );
}

/** Follows tags until something else, or until `type` is reached; a commit also peels to its tree. */
export async function peel(repo: GitRepo, id: string, type?: ObjectType): Promise<string | null> {
  for (let at = id; ;) {
    const raw = await readObject(repo, at);
    if (!raw) return null;
    if (raw.type === type || (type === undefined && raw.type !== "tag")) return at;
    if (raw.type === "tag") at = parseTag(at, raw.content).object;
    else if (raw.type === "commit" && type === "tree") at = parseCommit(at, raw.content).tree;
    else return null;
  }
}

/** The entry at a path (`a/b.txt`; `""` is the tree itself). */
export async function entryAt(repo: GitRepo, tree: string, path: string): Promise<TreeEntry | null> {
  let entry: TreeEntry = { mode: TREE_MODE, name: "", id: tree };
  for (const part of path.split("/").filter((name) => name !== "")) {
    const entries: readonly TreeEntry[] | null = isTree(entry.mode) ? await readTree(repo, entry.id) : null;
    const next: TreeEntry | undefined = entries?.find((candidate) => candidate.name === part);
    if (!next) return null;
    entry = next;
  }
  return entry;
}

export interface PathEntry extends TreeEntry {
  /** From the root of the walk. */
  readonly path: string;
}

/** All files below a tree in path order; `trees` also yields the directories, each before its content. */
export async function* treeFiles(
  repo: GitRepo,
  tree: string,
  options: { prefix?: string; trees?: boolean } = {},
): AsyncGenerator<PathEntry> {
  for (const entry of (await readTree(repo, tree)) ?? []) {
    const path = `${options.prefix ?? ""}${entry.name}`;
    if (!isTree(entry.mode)) yield { ...entry, path };
    else {
      if (options.trees) yield { ...entry, path };
      yield* treeFiles(repo, entry.id, { ...options, prefix: `${path}/` });
    }
  }
}

export interface Pack {
  /** `pack-<hex>`, without extension. */
  readonly name: string;
  /** Sorted. */
  readonly objects: readonly { readonly id: string; readonly offset: number; readonly crc: number }[];
}

/** Ids of loose objects, sorted. */
export async function looseIds(repo: GitContext): Promise<string[]> {
  const ids: string[] = [];
  for (const fan of await names(repo, `${repo.gitDir}/objects`)) {
    if (!/^[0-9a-f]{2}$/.test(fan)) continue;
    for (const rest of await names(repo, `${repo.gitDir}/objects/${fan}`))
      if (/^[0-9a-f]{38}$/.test(rest)) ids.push(fan + rest);
  }
  return ids.sort();
}

export async function readPacks(repo: GitContext): Promise<Pack[]> {
  const directory = `${repo.gitDir}/objects/pack`;
  const packs: Pack[] = [];
  for (const file of (await names(repo, directory)).sort()) {
    if (!file.endsWith(".idx")) continue;
    const objects = parsePackIndex(await repo.fs.readFileBuffer(`${directory}/${file}`));
    packs.push({ name: file.slice(0, -4), objects });
  }
  return packs;
}

/** Every object id on disk, loose or packed, reachable or not; sorted, each once. */
export async function allObjectIds(repo: GitContext): Promise<string[]> {
  const ids = new Set(await looseIds(repo));
  for (const pack of await readPacks(repo)) for (const object of pack.objects) ids.add(object.id);
  return [...ids].sort();
}

/** Version 2 index: https://git-scm.com/docs/gitformat-pack#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and */
export function parsePackIndex(bytes: Uint8Array): Pack["objects"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0xff744f63 || view.getUint32(4) !== 2) return [];
  const count = view.getUint32(8 + 255 * 4);
  const ids = 8 + 256 * 4;
  const crcs = ids + count * 20;
  const offsets = crcs + count * 4;
  return Array.from({ length: count }, (_, i) => ({
    id: toHex(bytes.subarray(ids + i * 20, ids + i * 20 + 20)),
    crc: view.getUint32(crcs + i * 4),
    offset: view.getUint32(offsets + i * 4),
  }));
}

async function names(repo: GitContext, directory: string): Promise<string[]> {
  try {
    return await repo.fs.readdir(directory);
  } catch {
    return [];
  }
}

/** All full ids that begin with a hex prefix of at least four digits. */
export async function idsWithPrefix(repo: GitRepo, prefix: string): Promise<string[]> {
  const found = await repo.objectStore.findByPrefix(prefix.toLowerCase());
  return [...new Set(found)].sort();
}

/**
 * The shortest unique abbreviation of at least `length` digits. Git's default of seven grows with the number of
 * objects; seven holds up to some ten thousand.
 */
export async function abbreviate(repo: GitRepo, id: string, length = 7): Promise<string> {
  if (length >= 40) return id;
  const others = (await idsWithPrefix(repo, id.slice(0, Math.max(4, length)))).filter(
    (other) => other !== id,
  );
  let digits = Math.max(4, length);
  while (digits < 40 && others.some((other) => other.startsWith(id.slice(0, digits)))) digits += 1;
  return id.slice(0, digits);
}
