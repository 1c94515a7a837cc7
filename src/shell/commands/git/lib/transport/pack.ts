/** Packs: https://git-scm.com/docs/gitformat-pack */
import type { GitRepo, ObjectType } from "just-git";
import { concat, fromHex, fromUtf8 } from "../../../../../base/bytes.ts";
import { deflateZlib } from "../../../../../base/deflate.ts";
import { sha1 } from "../../../../../base/digest.ts";

const TYPES: readonly ObjectType[] = ["commit", "tree", "blob", "tag"];

/** A pack of whole objects; nothing is stored as a difference. */
export async function buildPack(repo: GitRepo, ids: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [fromUtf8("PACK"), uint32(2), uint32(ids.length)];
  for (const id of ids) {
    const { type, content } = await repo.objectStore.read(id);
    parts.push(entryHead(TYPES.indexOf(type) + 1, content.length), deflateZlib(content));
  }
  const body = concat(parts);
  return concat([body, fromHex(sha1(body))]);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function entryHead(type: number, size: number): Uint8Array {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Uint8Array.from(bytes);
}
