/** `gh repo clone`. https://cli.github.com/manual/gh_repo_clone */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import type { Repo } from "../rest.ts";
import { GhStop, usageError } from "../stop.ts";
import { argumentRepo, findRepo } from "./find.ts";

export const repoClone: GhCommand = {
  name: "clone",
  args: "<repository> [<directory>] [-- <gitflags>...]",
  about: "Clone a repository",
  takes: [1, 100, "cannot clone: repository argument required"],
  flags: `    --no-upstream   Do not add an upstream remote when cloning a fork
-u, --upstream-remote-name string   Upstream remote name when cloning a fork (default "upstream")`,
  run: clone,
};

async function clone(call: GhCall): Promise<void> {
  const [word, ...rest] = call.args;
  const name = await argumentRepo(call, word);
  const own = call.dash === null ? rest : rest.slice(0, Math.max(0, call.dash - 1));
  const gitFlags = rest.slice(own.length);
  if (own.length > 1) throw usageError("Separate git clone flags with '--'.");
  const repo = await findRepo(call, name);
  const folder = await cloneInto(call, repo, own[0], gitFlags);
  if (!repo.parent || call.flags.on("no-upstream")) return;
  await addUpstream(call, folder, repo.parent, call.flags.value("upstream-remote-name") ?? "upstream");
}

/** Returns the folder. */
export async function cloneInto(
  call: GhCall,
  repo: Repo,
  folder: string | undefined,
  gitFlags: readonly string[] = [],
): Promise<string> {
  const url = `https://forge.test/${repo.full_name}.git`;
  const { stdout, stderr, exitCode } = await call.git(
    "clone",
    ...gitFlags,
    url,
    ...(folder === undefined ? [] : [folder]),
  );
  call.out(stdout);
  if (stderr !== "") call.note(stderr.trimEnd());
  if (exitCode !== 0) throw new GhStop(`failed to run git: exit status ${exitCode}`);
  return folder ?? repo.name;
}

export async function addUpstream(call: GhCall, folder: string, parent: Repo, remote: string): Promise<void> {
  await call.gitOk("-C", folder, "remote", "add", remote, `https://forge.test/${parent.full_name}.git`);
  await call.gitOk("-C", folder, "fetch", "-q", remote);
  call.tell(`! Repository ${parent.full_name} set as the ${remote} remote`);
}
