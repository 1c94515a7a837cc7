/** The repository of a call, with its configuration and the place in it where the person stands. */
import type { GitContext } from "just-git";
import { NOT_A_REPOSITORY, type GitCall } from "../call.ts";
import { ConfigError, loadConfig, type Config } from "./config.ts";
import { die } from "./transcript.ts";

export interface Repository extends Omit<GitContext, "fs"> {
  readonly fs: GitCall["fs"];
  readonly config: Config;
  /** Path of the working directory below the working tree's root, with a slash at its end; "" at the root. */
  readonly prefix: string;
  /** When the command began, seconds since 1970. */
  readonly now: number;
}

export interface WorkTreeRepository extends Repository {
  readonly workTree: string;
}

/** Dies outside a repository. */
export async function openRepository(call: GitCall): Promise<Repository> {
  const found = await call.repository();
  if (!found) die(NOT_A_REPOSITORY);
  const root = found.workTree;
  const prefix =
    root !== null && call.cwd.startsWith(`${root}/`) ? `${call.cwd.slice(root.length + 1)}/` : "";
  return {
    ...found,
    fs: call.fs,
    config: await readConfig(call, found.gitDir),
    prefix,
    now: Math.floor(call.now() / 1000),
  };
}

async function readConfig(call: GitCall, gitDir: string): Promise<Config> {
  try {
    return await loadConfig(call, gitDir);
  } catch (problem) {
    if (!(problem instanceof ConfigError)) throw problem;
    return die(problem.message.replace(`${gitDir}/config`, ".git/config"));
  }
}

/** Dies outside a repository and in a bare one. */
export async function openWorkTree(call: GitCall): Promise<WorkTreeRepository> {
  const repo = await openRepository(call);
  const root = repo.workTree;
  if (root === null || call.cwd === repo.gitDir || call.cwd.startsWith(`${repo.gitDir}/`)) {
    die("this operation must be run in a work tree");
  }
  return { ...repo, workTree: root };
}
