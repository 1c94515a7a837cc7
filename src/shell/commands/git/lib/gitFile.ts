/** Small files below `.git` that hold the state of an operation: MERGE_HEAD, MERGE_MSG, rebase-merge/…. */
import type { Repository } from "./repository.ts";

export async function readGitFile(repo: Repository, name: string): Promise<string | null> {
  const path = `${repo.gitDir}/${name}`;
  return (await repo.fs.exists(path)) ? repo.fs.readFile(path) : null;
}

export async function writeGitFile(repo: Repository, name: string, content: string): Promise<void> {
  const slash = name.lastIndexOf("/");
  if (slash >= 0) await repo.fs.mkdir(`${repo.gitDir}/${name.slice(0, slash)}`, { recursive: true });
  await repo.fs.writeFile(`${repo.gitDir}/${name}`, content);
}

export async function hasGitFile(repo: Repository, name: string): Promise<boolean> {
  return repo.fs.exists(`${repo.gitDir}/${name}`);
}

/** Files and directories; what is absent is skipped. */
export async function removeGitFiles(repo: Repository, ...names: string[]): Promise<void> {
  for (const name of names) await repo.fs.rm(`${repo.gitDir}/${name}`, { recursive: true, force: true });
}

/** What a commit or a reset ends: a merge, a pick, a revert. */
export function clearOperation(repo: Repository): Promise<void> {
  return removeGitFiles(
    repo,
    "MERGE_HEAD",
    "MERGE_MSG",
    "MERGE_MODE",
    "MERGE_RR",
    "SQUASH_MSG",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "AUTO_MERGE",
  );
}
