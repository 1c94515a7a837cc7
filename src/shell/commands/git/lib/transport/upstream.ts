/** Making a branch follow a branch of a remote. */
import type { GitCall } from "../../call.ts";
import { setConfig } from "../config.ts";
import type { Repository } from "../repository.ts";

/** Writes `branch.<name>.remote` and `.merge`; returns what git prints about it. */
export async function setUpstream(
  call: GitCall,
  repo: Pick<Repository, "gitDir">,
  branch: string,
  remote: string,
  merge: string,
  quiet: boolean,
): Promise<string> {
  const short = branch.replace(/^refs\/heads\//, "");
  await editConfig(call, repo, (text) =>
    setConfig(setConfig(text, `branch.${short}.remote`, remote), `branch.${short}.merge`, merge),
  );
  const upstream = `${remote === "." ? "" : `${remote}/`}${merge.replace(/^refs\/heads\//, "")}`;
  return quiet ? "" : `branch '${short}' set up to track '${upstream}'.\n`;
}

/** Rewrites the repository's own configuration file. */
export async function editConfig(
  call: Pick<GitCall, "fs">,
  repo: Pick<Repository, "gitDir">,
  edit: (text: string) => string,
): Promise<void> {
  const path = `${repo.gitDir}/config`;
  await call.fs.writeFile(path, edit((await call.fs.exists(path)) ? await call.fs.readFile(path) : ""));
}
