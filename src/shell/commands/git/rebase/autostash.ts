/** Local changes put aside for the time of a rebase: https://git-scm.com/docs/git-rebase#Documentation/git-rebase.txt---autostash */
import { abbreviate } from "../lib/objects.ts";
import type { Place } from "../sequencer/pick.ts";
import { readLine, writeState } from "./state.ts";

/** False where there is nothing to put aside. */
export async function createAutostash({ call, repo, t }: Place): Promise<boolean> {
  const { stdout } = await call.git("stash", ["create", "autostash"]);
  const id = stdout.trim();
  if (id === "") return false;
  await writeState(repo, "autostash", `${id}\n`);
  t.out(`Created autostash: ${await abbreviate(repo, id)}\n`);
  await call.git("reset", ["--hard", "-q"], { env: { GIT_REFLOG_ACTION: "" } });
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
    t.err("Applying autostash resulted in conflicts.\nYour changes are safe in the stash.\nYou can run \"git stash pop\" or \"git stash drop\" at any time.\n");
  }
}

/** Keeps them as a stash entry when a rebase is forgotten. */
export async function saveAutostash({ call, repo, t }: Place): Promise<void> {
  const id = await readLine(repo, "autostash");
  if (id === "") return;
  await call.git("stash", ["store", "-m", "autostash", "-q", id]);
  t.err("Autostash exists; creating a new stash entry.\nYour changes are safe in the stash.\nYou can run \"git stash pop\" or \"git stash drop\" at any time.\n");
}
