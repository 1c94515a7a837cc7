/**
 * Writing packs, and removing objects from disk.
 * https://git-scm.com/docs/gitformat-pack
 */
import { concat, fromHex, fromUtf8 } from "../../../../base/bytes.ts";
import { deflateZlib } from "../../../../base/deflate.ts";
import { sha1 } from "../../../../base/digest.ts";
import { looseIds, peel, readObject, readPacks, type ObjectType } from "./objects.ts";
import { listRefs } from "./refs.ts";
import type { Repository } from "./repository.ts";

const TYPE_CODES: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

interface Packed {
  readonly id: string;
  readonly offset: number;
  readonly crc: number;
}

/** Writes one pack (whole objects, no deltas) and its index; returns its name, `pack-<hex>`. Missing objects are left out. */
export async function writePack(repo: Repository, ids: readonly string[]): Promise<string> {
  const parts: Uint8Array[] = [];
  const packed: Packed[] = [];
  let offset = 12;
  for (const id of ids) {
    const raw = await readObject(repo, id);
    if (!raw) continue;
    const bytes = concat([objectHeader(raw.type, raw.content.length), deflateZlib(raw.content)]);
    packed.push({ id, offset, crc: crc32(bytes) });
    parts.push(bytes);
    offset += bytes.length;
  }
  const header = concat([fromUtf8("PACK"), uint32(2), uint32(packed.length)]);
  const body = concat([header, ...parts]);
  const checksum = sha1(body);
  const name = `pack-${checksum}`;
  const directory = `${repo.gitDir}/objects/pack`;
  await repo.fs.mkdir(directory, { recursive: true });
  await writeReadOnly(repo, `${directory}/${name}.pack`, concat([body, fromHex(checksum)]));
  await writeReadOnly(repo, `${directory}/${name}.idx`, packIndex(packed, checksum));
  return name;
}

async function writeReadOnly(repo: Repository, path: string, bytes: Uint8Array): Promise<void> {
  if (await repo.fs.exists(path)) return;
  await repo.fs.writeFile(path, bytes);
  await repo.fs.chmod(path, 0o444);
}

function objectHeader(type: ObjectType, size: number): Uint8Array {
  const bytes = [(TYPE_CODES[type] << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Uint8Array.from(bytes);
}

function packIndex(packed: readonly Packed[], checksum: string): Uint8Array {
  const sorted = packed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const fanout: Uint8Array[] = [];
  for (let first = 0, count = 0; first < 256; first++) {
    while (count < sorted.length && Number.parseInt((sorted[count] as Packed).id.slice(0, 2), 16) <= first)
      count += 1;
    fanout.push(uint32(count));
  }
  const body = concat([
    Uint8Array.of(0xff, 0x74, 0x4f, 0x63),
    uint32(2),
    ...fanout,
    ...sorted.map(({ id }) => fromHex(id)),
    ...sorted.map(({ crc }) => uint32(crc)),
    ...sorted.map(({ offset }) => uint32(offset)),
    fromHex(checksum),
  ]);
  return concat([body, fromHex(sha1(body))]);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function loosePath(repo: Repository, id: string): string {
  return `${repo.gitDir}/objects/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** Removes a loose object, and its directory when that becomes empty. */
export async function removeLoose(repo: Repository, id: string): Promise<void> {
  await repo.fs.rm(loosePath(repo, id), { force: true });
  const directory = `${repo.gitDir}/objects/${id.slice(0, 2)}`;
  if ((await repo.fs.readdir(directory)).length === 0) await repo.fs.rm(directory, { recursive: true });
}

const PACK_FILES = [".pack", ".idx", ".rev", ".bitmap", ".mtimes"];

export async function removePack(repo: Repository, name: string): Promise<void> {
  for (const extension of PACK_FILES)
    await repo.fs.rm(`${repo.gitDir}/objects/pack/${name}${extension}`, { force: true });
}

/** Removes loose objects that are in a pack too. */
export async function prunePacked(repo: Repository): Promise<void> {
  const packed = new Set((await readPacks(repo)).flatMap((pack) => pack.objects.map(({ id }) => id)));
  for (const id of await looseIds(repo)) if (packed.has(id)) await removeLoose(repo, id);
}

/** What dumb transports read: https://git-scm.com/docs/git-update-server-info */
export async function updateServerInfo(repo: Repository): Promise<void> {
  let refs = "";
  for (const { name, id } of await listRefs(repo)) {
    const peeled = await peel(repo, id);
    refs += `${id}\t${name}\n${peeled !== null && peeled !== id ? `${peeled}\t${name}^{}\n` : ""}`;
  }
  const packs = (await readPacks(repo)).map((pack) => `P ${pack.name}.pack\n`).join("");
  for (const [directory, file, text] of [
    ["info", "refs", refs],
    ["objects/info", "packs", `${packs}\n`],
  ] as const) {
    await repo.fs.mkdir(`${repo.gitDir}/${directory}`, { recursive: true });
    await repo.fs.writeFile(`${repo.gitDir}/${directory}/${file}`, text);
  }
}

/** After files under `objects` changed behind the store's back. */
export function forgetPacks(repo: Repository): void {
  repo.objectStore.invalidatePacks?.();
}
