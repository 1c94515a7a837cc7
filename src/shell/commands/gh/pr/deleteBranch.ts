/** `--delete-branch` of `gh pr merge` and `gh pr close`: the local branch, and the one on the forge. */
import type { GhCall } from "../call.ts";
import { crossing } from "../pulls.ts";
import type { Pull } from "../rest.ts";

export async function deleteBranch(call: GhCall, pull: Pull): Promise<void> {
  const branch = pull.head.ref;
  const local =
    !call.repoNamed &&
    (await call.git("rev-parse", "--verify", "--quiet", `refs/heads/${branch}`)).exitCode === 0;
  if (local) {
    const here = (await call.branch()) === branch;
    if (here) await leave(call, pull.base.ref);
    await call.gitOk("branch", "-D", branch);
    call.tell(`✓ Deleted local branch ${branch}${here ? ` and switched to branch ${pull.base.ref}` : ""}`);
  }
  // A branch of a fork stays: it is somebody else's.
  if (crossing(pull)) return;
  const response = await (await call.client()).send("DELETE", `${await call.at()}/git/refs/heads/${branch}`);
  if (response.ok) call.tell(`✓ Deleted remote branch ${branch}`);
}

async function leave(call: GhCall, base: string): Promise<void> {
  const known = (await call.git("rev-parse", "--verify", "--quiet", `refs/heads/${base}`)).exitCode === 0;
  const [remote] = await call.remotes();
  if (!known && remote) {
    await call.gitOk("fetch", remote.name, `+refs/heads/${base}:refs/remotes/${remote.name}/${base}`);
    await call.gitOk("checkout", "-b", base, "--track", `${remote.name}/${base}`);
    return;
  }
  await call.gitOk("checkout", base);
  const { exitCode, stderr } = await call.git("pull", "--ff-only");
  if (exitCode !== 0)
    call.note(`! warning: not possible to fast-forward to: ${JSON.stringify(base)}\n${stderr}`.trimEnd());
}
