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

/** The first invariant that does not hold, or null. */
export async function brokenInvariant(play: Play, memory: ObjectMemory, enter: Enter): Promise<string | null> {
  if (!/^[0-9a-f]{64}$/.test(play.digest())) return "the state has no digest";
  if (play.parse("echo ok") !== "complete") return "the parser does not answer";
  const repository = Repository.at(play.world.laptop, TOP, memory);
  if (!repository) return null;
  return (await unreadableObject(repository, memory)) ?? (await danglingRef(repository)) ?? (await brokenIndex(repository)) ?? (await fsck(play, enter));
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
  for (const [name, id] of repository.refs()) if (!onDisk.has(id)) return `${name} names ${id}, which is not there`;
  const head = repository.resolve("HEAD");
  if (head !== null && !onDisk.has(head)) return `HEAD names ${head}, which is not there`;
  if (head === null && repository.headBranch() === null) return "HEAD is neither a branch nor a commit";
  const reached = await repository.closure([...repository.refs().values(), ...(head ? [head] : [])]);
  for (const id of reached) if (!onDisk.has(id)) return `${id} is reachable and was pruned`;
  return null;
}

async function brokenIndex(repository: Repository): Promise<string | null> {
  if (!repository.otherFiles().includes("index") && repository.index().length === 0) return null;
  const bytes = repository.readFile("index");
  const body = bytes.subarray(0, bytes.length - 20);
  if (sha1(body) !== toHex(bytes.subarray(bytes.length - 20))) return "the checksum of the index is wrong";
  const entries = repository.index();
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8);
  if (entries.length !== count) return `the index says ${count} entries and holds ${entries.length}`;
  const onDisk = new Set(repository.objectIds());
  const lost = entries.find(({ id, mode }) => !onDisk.has(id) && mode !== 0o160000);
  if (lost) return `the index names ${lost.id} for ${lost.path}, which is not there`;
  const keys = entries.map(({ path, stage }) => `${path}\0${stage}`);
  const unsorted = keys.findIndex((key, i) => i > 0 && compareBytes(keys[i - 1] as string, key) >= 0);
  return unsorted > 0 ? `the index is not in order at ${entries[unsorted]?.path}` : null;
}

function compareBytes(a: string, b: string): number {
  const [left, right] = [fromUtf8(a), fromUtf8(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
  return left.length - right.length;
}

/** In a fork, so that looking moves nothing. */
async function fsck(play: Play, enter: Enter): Promise<string | null> {
  const world = play.world.fork();
  const printed = await enter(world, () => visitorShell(world, TOP, "git fsck --full --strict; echo exit $?"));
  const bad = printed.split("\n").find((line) => /\b(?:error|missing|corrupt|fatal|broken)\b/.test(line));
  return bad !== undefined || !/^exit 0$/m.test(printed) ? `fsck: ${bad ?? printed.trim()}` : null;
}
