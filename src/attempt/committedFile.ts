/** A file of the work tree as the newest commit has it: what the editor compares with. */
import { toUtf8, toUtf8Strict } from "../base/bytes.ts";
import { sha256 } from "../base/digest.ts";
import type { GraderMemory } from "../grader/memory.ts";
import { Repository } from "../grader/repository.ts";
import type { World } from "../world/world.ts";
import type { FileContent } from "./fileContent.ts";

/** Null where HEAD has no such file, or the work tree is no repository. `path` is absolute. */
export async function committedFile(
  world: World,
  work: string,
  memory: GraderMemory,
  path: string,
): Promise<FileContent | null> {
  const repository = Repository.at(world.laptop, work, memory.objects);
  if (!repository || !path.startsWith(`${work}/`)) return null;
  const files = await repository.filesOf(repository.resolve("HEAD"));
  const entry = files.get(path.slice(work.length + 1));
  const bytes = entry && (await repository.object(entry.id))?.bytes;
  if (!bytes) return null;
  const text = toUtf8Strict(bytes);
  const binary = text === null || text.includes("\0");
  return { path, content: binary ? toUtf8(bytes) : text, hash: sha256(bytes), binary };
}
