/** `gh repo delete`. https://cli.github.com/manual/gh_repo_delete */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName, repoPath } from "../repository.ts";
import { GhStop, usageError } from "../stop.ts";
import { argumentRepo } from "./find.ts";

export const repoDelete: GhCommand = {
  name: "delete",
  args: "[<repository>] [flags]",
  about: "Delete a repository",
  takes: [0, 1],
  flags: "    --yes   Confirm deletion without prompting",
  run: remove,
};

async function remove(call: GhCall): Promise<void> {
  if (!call.flags.on("yes") && !call.attended)
    throw usageError("--yes required when not running interactively");
  const repo = await argumentRepo(call, call.args[0]);
  if (!call.flags.on("yes")) await call.confirmTyping(fullName(repo));
  await call.send("DELETE", repoPath(repo)).catch((error: unknown) => {
    if (!(error instanceof GhStop && error.status === 403)) throw error;
    throw new GhStop(
      `${error.message}\nThis API operation needs the "delete_repo" scope. To request it, run:  gh auth refresh -h forge.test -s delete_repo`,
    );
  });
  call.tell(`✓ Deleted repository ${fullName(repo)}`);
}
