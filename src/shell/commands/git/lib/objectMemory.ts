/** What git objects a shell has read: a loose object is inflated and checked once for as long as its file stands. */
import type { GitContext, RawObject } from "just-git";
import { inflateZlib } from "../../../../base/inflate.ts";
import { toLatin1 } from "../../../../base/bytes.ts";
import { sha1 } from "../../../../base/digest.ts";
import type { GitCall } from "../call.ts";
import { parseCommit, parseTree, type Commit, type ParsingStore, type TreeEntry } from "./objects.ts";

interface Known {
  readonly id: string;
  readonly raw: RawObject;
  readonly commit?: Commit;
  readonly tree?: readonly TreeEntry[];
}

/** By the disk's own bytes of an object's file, which no one changes: a file that is written anew has new ones. */
export type ObjectMemory = WeakMap<Uint8Array, Known>;

/** Larger files are read anew each time. */
const LARGEST = 524_288;

/** A repository's store in front of which stands a memory. Errors are the store's own. */
export function remembering(
  { objectStore: store, gitDir }: Pick<GitContext, "objectStore" | "gitDir">,
  fs: GitCall["fs"],
  memory: ObjectMemory,
): ParsingStore {
  // What this command has read stays readable for it, as in just-git's own store.
  const read = new Map<string, Known>();
  const find = async (id: string): Promise<Known> => {
    const known = read.get(id) ?? remembered(fs, gitDir, memory, id) ?? parsed(id, await store.read(id));
    if (known.raw.content.length <= LARGEST) read.set(id, known);
    return known;
  };
  return {
    read: async (id) => (await find(id)).raw,
    commit: async (id) => (await find(id)).commit ?? null,
    tree: async (id) => (await find(id)).tree ?? null,
    write: (type, content) => store.write(type, content),
    exists: (id) => store.exists(id),
    ingestPack: (data) => store.ingestPack(data),
    ingestPackStream: (entries) => store.ingestPackStream(entries),
    findByPrefix: (prefix) => store.findByPrefix(prefix),
    invalidatePacks: () => store.invalidatePacks?.(),
  };
}

/** Null where there is no sound loose object: the store then says why. */
function remembered(fs: GitCall["fs"], gitDir: string, memory: ObjectMemory, id: string): Known | null {
  const file = fs.peek?.(`${gitDir}/objects/${id.slice(0, 2)}/${id.slice(2)}`) ?? null;
  if (file === null || file.length > LARGEST) return null;
  const known = memory.get(file);
  if (known) return known.id === id ? known : null;
  const raw = looseObject(file, id);
  if (raw === null) return null;
  const found = parsed(id, raw);
  memory.set(file, found);
  return found;
}

/** Null where the file does not hold this very object. */
function looseObject(file: Uint8Array, id: string): RawObject | null {
  try {
    const bytes = inflateZlib(file);
    if (sha1(bytes) !== id) return null;
    const zero = bytes.indexOf(0);
    const header = /^(blob|tree|commit|tag) (\d+)$/.exec(toLatin1(bytes.subarray(0, Math.max(zero, 0))));
    const content = bytes.subarray(zero + 1);
    if (!header || content.length !== Number(header[2])) return null;
    return { type: header[1] as RawObject["type"], content };
  } catch {
    return null;
  }
}

function parsed(id: string, raw: RawObject): Known {
  if (raw.type === "commit") return { id, raw, commit: parseCommit(id, raw.content) };
  return raw.type === "tree" ? { id, raw, tree: parseTree(raw.content) } : { id, raw };
}
