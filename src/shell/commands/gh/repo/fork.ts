/** `gh repo fork`. https://cli.github.com/manual/gh_repo_fork */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName, repoPath } from "../repository.ts";
import type { Repo } from "../rest.ts";
import { GhStop, usageError } from "../stop.ts";
import { addUpstream, cloneInto } from "./clone.ts";
import { argumentRepo, findRepo } from "./find.ts";

export const repoFork: GhCommand = {
  name: "fork",
  args: "[<repository>] [-- <gitflags>...] [flags]",
  about: "Create a fork of a repository",
  takes: [0, 100],
  flags: `    --clone   Clone the fork
    --default-branch-only   Only include the default branch in the fork
    --fork-name string   Rename the forked repository
    --org string   Create the fork in an organization
    --remote   Add a git remote for the fork
    --remote-name string   Specify the name for the new remote (default "origin")`,
  run: fork,
};

async function fork(call: GhCall): Promise<void> {
  const { flags } = call;
  const here = call.args.length === 0 || call.dash === 0;
  const gitFlags = call.dash === null ? [] : call.args.slice(call.dash);
  if (flags.has("org") && flags.value("org") === "") throw usageError("--org cannot be blank");
  if (flags.on("remote") && !here)
    throw usageError("the `--remote` flag is unsupported when a repository argument is provided");
  if (!here && gitFlags.length === 0 && call.args.length > 1)
    throw usageError("Separate git clone flags with `--`.");
  const parent = await findRepo(call, await argumentRepo(call, here ? undefined : call.args[0]));
  const [owner = "", name = ""] = parent.full_name.split("/");
  const made = await call
    .send<Repo>("POST", `${repoPath({ owner, name })}/forks`, {
      ...(flags.has("org") ? { organization: flags.value("org") } : {}),
      ...(flags.has("fork-name") ? { name: flags.value("fork-name") } : {}),
      ...(flags.on("default-branch-only") ? { default_branch_only: true } : {}),
    })
    .catch((error: unknown) => {
      throw error instanceof GhStop ? new GhStop(`failed to fork: ${error.message}`) : error;
    });
  if (call.screen.tty) call.note(`✓ Created fork ${made.full_name}`);
  else call.out(`${made.html_url}\n`);
  if (here) return remoteHere(call, made, parent);
  const wanted = flags.has("clone")
    ? flags.on("clone")
    : call.attended && (await says(call, "Would you like to clone the fork?"));
  if (wanted) await addUpstream(call, await cloneInto(call, made, undefined, gitFlags), parent, "upstream");
}

async function says(call: GhCall, question: string): Promise<boolean> {
  return /^y(?:es)?$/i.test((await call.ask(`${question} (y/N)`)).trim());
}

/** The folder's own remote becomes `upstream` where the fork takes its name. */
async function remoteHere(call: GhCall, made: Repo, parent: Repo): Promise<void> {
  const { flags } = call;
  const wanted = flags.has("remote")
    ? flags.on("remote")
    : call.attended && (await says(call, "Would you like to add a remote for the fork?"));
  if (!wanted) return;
  const name = flags.value("remote-name") ?? "origin";
  const remotes = await call.remotes();
  const there = remotes.find(({ repo }) => fullName(repo) === made.full_name);
  if (there) return call.tell(`✓ Using existing remote ${there.name}`);
  const taken = remotes.find((remote) => remote.name === name);
  if (taken && fullName(taken.repo) === parent.full_name && name === "origin") {
    await call.gitOk("remote", "rename", "origin", "upstream");
    call.tell("✓ Renamed remote origin to upstream");
  } else if (taken) throw new GhStop(`a git remote named '${name}' already exists`);
  await call.gitOk("remote", "add", name, `https://forge.test/${made.full_name}.git`);
  await call.gitOk("fetch", "-q", name);
  call.tell(`✓ Added remote ${name}`);
}
