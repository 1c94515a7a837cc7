/** Local changes put aside for the time of a rebase: https://git-scm.com/docs/git-rebase#Documentation/git-rebase.txt---autostash */
import { flatTree } from "../lib/flatTree.ts";
import { headCommit } from "../lib/head.ts";
import { abbreviate } from "../lib/objects.ts";
import { forceTree } from "../lib/unpack.ts";
import type { Place } from "../sequencer/pick.ts";
import { readLine, writeState } from "./state.ts";

/** False where there is nothing to put aside. */
export async function createAutostash({ call, repo, t }: Place): Promise<boolean> {
  const { stdout } = await call.git("stash", ["create", "autostash"]);
  const id = stdout.trim();
  if (id === "") return false;
  await writeState(repo, "autostash", `${id}\n`);
  t.out(`Created autostash: ${await abbreviate(repo, id)}\n`);
  const { commit } = await headCommit(repo);
  await forceTree(repo, await flatTree(repo, commit?.tree ?? null));
  return true;
}

/** Brings them back; where they conflict they become a stash entry. */
export async function applyAutostash({ call, repo, t }: Place): Promise<void> {
  const id = await readLine(repo, "autostash");
  if (id === "") return;
  const { exitCode } = await call.git("stash", ["apply", id]);
  if (exitCode === 0) t.err("Applied autostash.\n");
  else {
    await call.git("stash", ["store", "-m", "autostash", "-q", id]);
    t.err(
      'Applying autostash resulted in conflicts.\nYour changes are safe in the stash.\nYou can run "git stash pop" or "git stash drop" at any time.\n',
    );
  }
}

/** Keeps them as a stash entry when a rebase is forgotten. */
export async function saveAutostash({ call, repo, t }: Place): Promise<void> {
  const id = await readLine(repo, "autostash");
  if (id === "") return;
  await call.git("stash", ["store", "-m", "autostash", "-q", id]);
  t.err(
    'Autostash exists; creating a new stash entry.\nYour changes are safe in the stash.\nYou can run "git stash pop" or "git stash drop" at any time.\n',
  );
}
