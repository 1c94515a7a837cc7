/** `git filter-repo --analyze`: which paths hold how much. https://github.com/newren/git-filter-repo#how-do-i-use-it */
import { flatTree } from "../lib/flatTree.ts";
import { formatDate } from "../lib/dates.ts";
import { writeGitFile } from "../lib/gitFile.ts";
import { compareText, GITLINK_MODE, peel, readObject } from "../lib/objects.ts";
import { listRefs } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import type { Transcript } from "../lib/transcript.ts";
import { walkCommits } from "../lib/walk.ts";

interface PathSum {
  readonly blobs: Set<string>;
  deleted: string | null;
}

/** Sizes are of the content; the packed size, which depends on the packer, is given as the same number. */
export async function analyze(repo: Repository, t: Transcript): Promise<number> {
  const tips = (await Promise.all((await listRefs(repo)).map((ref) => peel(repo, ref.id, "commit")))).filter(
    (id) => id !== null,
  );
  const paths = new Map<string, PathSum>();
  const sizes = new Map<string, number>();
  let commits = 0;
  let newest: Set<string> | null = null;
  for await (const commit of walkCommits(repo, { starts: tips })) {
    commits += 1;
    const files = await flatTree(repo, commit.tree);
    newest ??= new Set(files.keys());
    for (const [path, file] of files) {
      if (file.mode === GITLINK_MODE) continue;
      const sum = paths.get(path) ?? {
        blobs: new Set<string>(),
        deleted: newest.has(path) ? null : (formatDate(commit.committer, "short", 0) ?? ""),
      };
      sum.blobs.add(file.oid);
      paths.set(path, sum);
      if (!sizes.has(file.oid)) sizes.set(file.oid, (await readObject(repo, file.oid))?.content.length ?? 0);
    }
  }
  t.out(
    `Processed ${sizes.size} blob sizes\nProcessed ${commits} commits\nWriting reports to ${repo.workTree === null ? "" : ".git/"}filter-repo/analysis...`,
  );
  await writeReports(repo, paths, sizes);
  t.out("done.\n");
  return 0;
}

async function writeReports(
  repo: Repository,
  paths: ReadonlyMap<string, PathSum>,
  sizes: ReadonlyMap<string, number>,
): Promise<void> {
  const total = (sum: PathSum) => [...sum.blobs].reduce((size, id) => size + (sizes.get(id) ?? 0), 0);
  const number = (value: number) => String(value).padStart(10);
  const sorted = [...paths].sort((a, b) => total(b[1]) - total(a[1]) || compareText(a[0], b[0]));
  const line = ([path, sum]: [string, PathSum]) =>
    `  ${number(total(sum))} ${number(total(sum))} ${(sum.deleted ?? "<present>").padEnd(10)} ${path}\n`;
  const write = (name: string, text: string) => writeGitFile(repo, `filter-repo/analysis/${name}.txt`, text);
  await write(
    "path-all-sizes",
    `=== All paths by reverse accumulated size ===\nFormat: unpacked size, packed size, date deleted, path name\n${sorted.map(line).join("")}`,
  );
  const deleted = sorted.filter(([, sum]) => sum.deleted !== null);
  await write(
    "path-deleted-sizes",
    `=== Deleted paths by reverse accumulated size ===\nFormat: unpacked size, packed size, date deleted, path name(s)\n${deleted.map(line).join("")}`,
  );
  const names = new Map<string, string[]>();
  for (const [path, sum] of paths)
    for (const id of sum.blobs) names.set(id, [...(names.get(id) ?? []), path]);
  const blobs = [...names].sort((a, b) => (sizes.get(b[0]) ?? 0) - (sizes.get(a[0]) ?? 0));
  const blobLine = ([id, found]: [string, string[]]) =>
    `  ${id} ${number(sizes.get(id) ?? 0)} ${number(sizes.get(id) ?? 0)} ${found.length === 1 ? (found[0] as string) : `[${found.join(", ")}]`}\n`;
  await write(
    "blob-shas-and-paths",
    `=== Files by sha and associated pathnames in reverse size ===\nFormat: sha, unpacked size, packed size, filename(s) object stored as\n${blobs.map(blobLine).join("")}`,
  );
}
