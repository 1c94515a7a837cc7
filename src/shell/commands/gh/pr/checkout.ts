/** `gh pr checkout`. https://cli.github.com/manual/gh_pr_checkout */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { crossing, findPull } from "../pulls.ts";
import { fullName } from "../repository.ts";
import type { Pull } from "../rest.ts";
import { type ExitCode, GhStop } from "../stop.ts";

export const prCheckout: GhCommand = {
  name: "checkout",
  aliases: ["co"],
  args: "{<number> | <url> | <branch>} [flags]",
  about: "Check out a pull request in git",
  takes: [1, 1, "argument required"],
  flags: `-b, --branch string   Local branch name to use (default [the name of the head branch])
    --detach   Checkout PR with a detached HEAD
-f, --force   Reset the existing local branch to the latest state of the pull request
    --recurse-submodules   Update all submodules after checkout`,
  run: checkout,
};

async function checkout(call: GhCall): Promise<ExitCode | void> {
  const pull = await findPull(call);
  const repo = fullName(await call.repo());
  const remote = (await call.remotes()).find((it) => fullName(it.repo) === repo);
  const source = remote?.name ?? `https://forge.test/${repo}.git`;
  const commands =
    crossing(pull) || !remote
      ? await fromPullRef(call, pull, source)
      : await fromBranch(call, pull, remote.name);
  for (const words of commands) {
    const { stdout, stderr, exitCode } = await call.git(...words);
    call.out(stdout);
    if (stderr !== "") call.note(stderr.trimEnd());
    if (exitCode !== 0) throw new GhStop(`failed to run git: exit status ${exitCode}`);
  }
}

/** A branch of the repository itself: tracked as any other. */
async function fromBranch(call: GhCall, pull: Pull, remote: string): Promise<string[][]> {
  const { flags } = call;
  const tracking = `refs/remotes/${remote}/${pull.head.ref}`;
  const fetch = ["fetch", remote, `+refs/heads/${pull.head.ref}:${tracking}`];
  if (flags.on("detach")) return [fetch, ["checkout", "--detach", tracking]];
  const local = flags.value("branch") ?? pull.head.ref;
  if (!(await exists(call, local)))
    return [fetch, ["checkout", "-b", local, "--track", `${remote}/${pull.head.ref}`]];
  const update = flags.on("force") ? ["reset", "--hard", tracking] : ["merge", "--ff-only", tracking];
  return [fetch, ["checkout", local], update];
}

/** Somebody else's fork: fetched through the repository's `refs/pull/N/head`. */
async function fromPullRef(call: GhCall, pull: Pull, source: string): Promise<string[][]> {
  const { flags } = call;
  const ref = `refs/pull/${pull.number}/head`;
  if (flags.on("detach"))
    return [
      ["fetch", source, ref],
      ["checkout", "--detach", "FETCH_HEAD"],
    ];
  const owner = pull.head.repo?.owner.login;
  const ambiguous = owner !== undefined && pull.head.ref === pull.base.ref;
  const local = flags.value("branch") ?? (ambiguous ? `${owner}/${pull.head.ref}` : pull.head.ref);
  const config = [
    ["config", `branch.${local}.remote`, source],
    ["config", `branch.${local}.merge`, ref],
  ];
  if ((await call.branch()) === local) {
    const update = flags.on("force")
      ? ["reset", "--hard", "FETCH_HEAD"]
      : ["merge", "--ff-only", "FETCH_HEAD"];
    return [["fetch", source, ref], update, ...config];
  }
  return [
    ["fetch", source, `${flags.on("force") ? "+" : ""}${ref}:refs/heads/${local}`],
    ["checkout", local],
    ...config,
  ];
}

async function exists(call: GhCall, branch: string): Promise<boolean> {
  return (await call.git("rev-parse", "--verify", "--quiet", `refs/heads/${branch}`)).exitCode === 0;
}
