/** What holds after every step of a walk, whatever the learner did. */
import { sha1 } from "../../src/base/digest.ts";
import { concat, fromUtf8, toHex } from "../../src/base/bytes.ts";
import type { Play } from "../../src/attempt/play.ts";
import type { Enter } from "../../src/attempt/realmPort.ts";
import { visitorShell } from "../../src/attempt/shells.ts";
import { Repository, type GitObject, type ObjectMemory } from "../../src/grader/repository.ts";
import { LEARNER } from "../../src/world/person.ts";
import { WORK } from "./lab.ts";

const TOP = `${LEARNER.home}/${WORK}`;

/** What was seen before: objects by id, and the files of the repository when it was last found whole. */
export interface Looked {
  readonly objects: ObjectMemory;
  files: ReadonlyMap<string, Uint8Array>;
}

/** The first invariant that does not hold, or null. */
export async function brokenInvariant(play: Play, looked: Looked, enter: Enter): Promise<string | null> {
  if (!/^[0-9a-f]{64}$/.test(play.digest())) return "the state has no digest";
  if (play.parse("echo ok") !== "complete") return "the parser does not answer";
  const repository = Repository.at(play.world.laptop, TOP, looked.objects);
  if (!repository) return null;
  const files = gitFiles(play);
  if (same(files, looked.files)) return null;
  const broken =
    (await unreadableObject(repository, looked.objects)) ??
    (await danglingRef(repository)) ??
    (await brokenIndex(repository, play)) ??
    (await fsck(play, enter));
  looked.files = broken === null ? files : new Map();
  return broken;
}

function gitFiles(play: Play): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [path, node] of play.world.laptop.walk(`${TOP}/.git`))
    if (node.kind === "file") files.set(path, node.bytes);
  return files;
}

/** A disk never changes bytes in place: the same array is the same content. */
function same(a: ReadonlyMap<string, Uint8Array>, b: ReadonlyMap<string, Uint8Array>): boolean {
  return a.size === b.size && [...a].every(([path, bytes]) => b.get(path) === bytes);
}

/** Every object on disk is read by isomorphic-git, and its id is the digest of what was read. */
async function unreadableObject(repository: Repository, memory: ObjectMemory): Promise<string | null> {
  for (const id of repository.objectIds()) {
    if (memory.has(id)) continue;
    const object = await repository.object(id);
    if (!object) return `object ${id} cannot be read`;
    if (idOf(object) !== id) return `object ${id} has another content`;
  }
  return null;
}

function idOf({ type, bytes }: GitObject): string {
  return sha1(concat([fromUtf8(`${type} ${bytes.length}\0`), bytes]));
}

async function danglingRef(repository: Repository): Promise<string | null> {
  const onDisk = new Set(repository.objectIds());
  for (const [name, id] of repository.refs())
    if (!onDisk.has(id)) return `${name} names ${id}, which is not there`;
  const head = repository.resolve("HEAD");
  if (head !== null && !onDisk.has(head)) return `HEAD names ${head}, which is not there`;
  if (head === null && repository.headBranch() === null) return "HEAD is neither a branch nor a commit";
  const reached = await repository.closure([...repository.refs().values(), ...(head ? [head] : [])]);
  for (const id of reached) if (!onDisk.has(id)) return `${id} is reachable and was pruned`;
  return null;
}

/** `git add -N` names it and writes no object. */
const EMPTY_BLOB = sha1("blob 0\0");

async function brokenIndex(repository: Repository, play: Play): Promise<string | null> {
  if (!play.world.laptop.exists(`${repository.gitDir}/index`)) return null;
  const bytes = repository.readFile("index");
  const body = bytes.subarray(0, bytes.length - 20);
  if (sha1(body) !== toHex(bytes.subarray(bytes.length - 20))) return "the checksum of the index is wrong";
  const entries = repository.index();
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8);
  if (entries.length !== count) return `the index says ${count} entries and holds ${entries.length}`;
  const onDisk = new Set(repository.objectIds());
  const lost = entries.find(({ id, mode }) => !onDisk.has(id) && mode !== 0o160000 && id !== EMPTY_BLOB);
  if (lost) return `the index names ${lost.id} for ${lost.path}, which is not there`;
  const keys = entries.map(({ path, stage }) => `${path}\0${stage}`);
  const unsorted = keys.findIndex((key, i) => i > 0 && compareBytes(keys[i - 1] as string, key) >= 0);
  return unsorted > 0 ? `the index is not in order at ${entries[unsorted]?.path}` : null;
}

function compareBytes(a: string, b: string): number {
  const [left, right] = [fromUtf8(a), fromUtf8(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++)
    if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
  return left.length - right.length;
}

/** In a fork, so that looking moves nothing. */
async function fsck(play: Play, enter: Enter): Promise<string | null> {
  const world = play.world.fork();
  const printed = await enter(world, () =>
    visitorShell(world, TOP, "git fsck --full --strict; echo exit $?"),
  );
  const bad = printed.split("\n").find((line) => /\b(?:error|missing|corrupt|fatal|broken)\b/.test(line));
  return bad !== undefined || !/^exit 0$/m.test(printed) ? `fsck: ${bad ?? printed.trim()}` : null;
}
