/** A file as the editor opens it. */
import { toUtf8, toUtf8Strict } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import type { World } from "../world/world.ts";

export interface FileContent {
  readonly path: string;
  readonly content: string;
  readonly hash: string;
  readonly binary: boolean;
}

export function fileContent(world: World, path: string): FileContent | null {
  const { laptop } = world;
  if (!laptop.exists(path) || !laptop.stat(path).isFile) return null;
  const bytes = laptop.read(path);
  const text = toUtf8Strict(bytes);
  const binary = text === null || text.includes("\0");
  return { path, content: binary ? toUtf8(bytes) : text, hash: sha256(bytes), binary };
}
