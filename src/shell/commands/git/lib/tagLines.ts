/** `git tag -n`: a name and the first lines of its message. */
import { parseCommit, parseTag, readObject } from "./objects.ts";
import type { Repository } from "./repository.ts";

export async function tagLines(repo: Repository, id: string, name: string, count: number): Promise<string> {
  const raw = await readObject(repo, id);
  const message =
    raw?.type === "tag"
      ? parseTag(id, raw.content).message
      : raw?.type === "commit"
        ? parseCommit(id, raw.content).message
        : "";
  const head = `${name.padEnd(15)} `;
  const lines = message.replace(/^\n+/, "").replace(/\n$/, "").split("\n").slice(0, count);
  return `${head}${lines.join("\n    ")}\n`;
}
