/** A repository in memory for unit tests: no commands, only objects and references. */
import { createGit, findRepo, MemoryFileSystem } from "just-git";
import { configOf } from "./config.ts";
import { writeCommit, writeTree } from "./objects.ts";
import type { Repository } from "./repository.ts";

export interface TestRepo {
  readonly repo: Repository;
  /** Writes a commit, `at` seconds after 1970, with an empty tree, and returns its id. */
  commit(message: string, at: number, parents?: readonly string[]): Promise<string>;
}

export async function testRepo(): Promise<TestRepo> {
  const fs = new MemoryFileSystem();
  await createGit({ fs, cwd: "/r" }).exec("init");
  const found = await findRepo(fs, "/r");
  if (!found) throw new Error("no repository");
  const repo = {
    ...found,
    fs: fs as unknown as Repository["fs"],
    config: configOf([]),
    prefix: "",
    now: 1_000_000,
  };
  const tree = await writeTree(repo, []);
  const commit = (message: string, at: number, parents: readonly string[] = []) => {
    const person = { name: "Lin", email: "lin@lantern.example", timestamp: at, timezone: "+0000" };
    return writeCommit(repo, {
      tree,
      parents,
      author: person,
      committer: person,
      extra: [],
      message: `${message}\n`,
    });
  };
  return { repo, commit };
}
