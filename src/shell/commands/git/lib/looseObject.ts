/** A loose object's file, checked: what fsck finds wrong with it. */
import { toUtf8 } from "../../../../base/bytes.ts";
import { inflateZlib } from "../../../../base/inflate.ts";
import { hashObject, type ObjectType } from "./objects.ts";
import { loosePath } from "./packs.ts";
import type { Repository } from "./repository.ts";

export type LooseObject =
  | { readonly type: ObjectType; readonly content: Uint8Array; /** By its content. */ readonly id: string }
  | {
      readonly problem: "missing" | "empty" | "header" | "contents";
      /** zlib's words. */ readonly zlib?: string;
    };

export async function inspectLoose(repo: Repository, id: string): Promise<LooseObject> {
  const path = loosePath(repo, id);
  if (!(await repo.fs.exists(path))) return { problem: "missing" };
  const bytes = await repo.fs.readFileBuffer(path);
  if (bytes.length === 0) return { problem: "empty" };
  const [first, second] = [bytes[0] ?? 0, bytes[1] ?? 0];
  if ((first & 15) !== 8 || first >> 4 > 7 || ((first << 8) | second) % 31 !== 0)
    return { problem: "header", zlib: "incorrect header check" };
  const inflated = inflate(bytes);
  if (!inflated) return { problem: "contents" };
  const zero = inflated.indexOf(0);
  const header = /^(blob|tree|commit|tag) (\d+)$/.exec(toUtf8(inflated.subarray(0, Math.max(zero, 0))));
  if (!header) return { problem: "header" };
  const content = inflated.subarray(zero + 1);
  if (content.length !== Number(header[2])) return { problem: "contents" };
  if (adler32(inflated) !== trailer(bytes)) return { problem: "contents", zlib: "incorrect data check" };
  return { type: header[1] as ObjectType, content, id: hashObject(header[1] as string, content) };
}

function inflate(bytes: Uint8Array): Uint8Array | null {
  try {
    return inflateZlib(bytes);
  } catch {
    return null;
  }
}

function trailer(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0);
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** What reading a damaged object prints before the command's own words; "" where the object is simply missing. */
export async function damageText(repo: Repository, id: string): Promise<string> {
  const found = await inspectLoose(repo, id);
  if (!("problem" in found) || found.problem === "missing") return "";
  const zlib = found.zlib ? `error: inflate: data stream error (${found.zlib})\n` : "";
  if (found.problem === "empty") return `error: object file ${shownPath(repo, id)} is empty\n`;
  return found.problem === "header"
    ? `${zlib}error: unable to unpack ${id} header\n`
    : `${zlib}error: corrupt loose object '${id}'\n`;
}

/** As git shows it: from the root of the working tree. */
export function shownPath(repo: Repository, id: string): string {
  const path = loosePath(repo, id);
  if (repo.workTree !== null && path.startsWith(`${repo.workTree}/`))
    return path.slice(repo.workTree.length + 1);
  return path.startsWith(`${repo.gitDir}/`) ? `./${path.slice(repo.gitDir.length + 1)}` : path;
}
