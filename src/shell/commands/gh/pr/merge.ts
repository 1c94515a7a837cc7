/** `gh pr merge`. https://cli.github.com/manual/gh_pr_merge */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { findPull, stateOf } from "../pulls.ts";
import { fullName } from "../repository.ts";
import type { Pull } from "../rest.ts";
import { type ExitCode, GhStop, notSimulated, usageError } from "../stop.ts";
import { deleteBranch } from "./deleteBranch.ts";

export const prMerge: GhCommand = {
  name: "merge",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Merge a pull request",
  takes: [0, 1],
  flags: `    --admin   Use administrator privileges to merge a pull request that does not meet requirements
-A, --author-email text   Email text for merge commit author
    --auto   Automatically merge only after necessary requirements are met
-b, --body text   Body text for the merge commit
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-d, --delete-branch   Delete the local and remote branch after merge
    --disable-auto   Disable auto-merge for this pull request
    --match-head-commit SHA   Commit SHA that the pull request head must match to allow merge
-m, --merge   Merge the commits with the base branch
-r, --rebase   Rebase the commits onto the base branch
-s, --squash   Squash the commits into one commit and merge it into the base branch
-t, --subject text   Subject text for the merge commit`,
  run: merge,
};

const METHODS = ["merge", "rebase", "squash"] as const;
type Method = (typeof METHODS)[number];
const DONE: Readonly<Record<Method, string>> = {
  merge: "Merged",
  rebase: "Rebased and merged",
  squash: "Squashed and merged",
};

async function merge(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  if (call.args.length === 0 && call.repoNamed)
    throw usageError("argument required when using the --repo flag");
  if (flags.on("admin") && flags.on("auto"))
    throw usageError("specify only one of `--auto`, `--disable-auto`, or `--admin`");
  const methods = METHODS.filter((name) => flags.on(name));
  if (methods.length > 1) throw usageError("only one of --merge, --rebase, or --squash can be enabled");
  if (methods.length === 0 && !call.attended && !flags.on("disable-auto"))
    throw usageError("--merge, --rebase, or --squash required when not running interactively");
  if (flags.has("author-email") || flags.on("disable-auto"))
    throw notSimulated("gh pr merge --author-email and --disable-auto");
  const body = await call.textOf("body", "body-file");
  const pull = await findPull(call);
  const name = `${fullName(await call.repo())}#${pull.number}`;
  if (stateOf(pull) === "MERGED") {
    call.note(`! Pull request ${name} (${pull.title}) was already merged`);
    if (flags.on("delete-branch")) await deleteBranch(call, pull);
    return 0;
  }
  refuseWhereImpossible(call, pull, name);
  const method = methods[0] ?? (await asked(call));
  await send(call, pull, method, body);
  call.tell(`✓ ${DONE[method]} pull request ${name} (${pull.title})`);
  if (flags.on("delete-branch")) await deleteBranch(call, pull);
  return 0;
}

/** What gh finds out before it asks the forge to merge. */
function refuseWhereImpossible(call: GhCall, pull: Pull, name: string): void {
  const state = pull.mergeable_state ?? "unknown";
  const reason = reasonAgainst(pull, state);
  if (reason === null) return;
  if (call.flags.on("auto") && state !== "dirty")
    throw notSimulated("gh pr merge --auto while requirements are open");
  if (call.flags.on("admin") && state !== "dirty") return;
  const base = pull.base.ref;
  const advice =
    state === "dirty"
      ? [
          "To have the pull request merged after all the requirements have been met, add the `--auto` flag.",
          "Run the following to resolve the merge conflicts locally:",
          `  gh pr checkout ${pull.number} && git fetch origin ${base} && git merge origin/${base}`,
        ]
      : [
          "To have the pull request merged after all the requirements have been met, add the `--auto` flag.",
          "To use administrator privileges to immediately merge the pull request, add the `--admin` flag.",
        ];
  throw new GhStop([`X Pull request ${name} is not mergeable: ${reason}.`, ...advice].join("\n"));
}

function reasonAgainst(pull: Pull, state: string): string | null {
  if (state === "blocked") return "the base branch policy prohibits the merge";
  if (state === "behind") return "the head branch is not up to date with the base branch";
  if (state === "dirty" || pull.mergeable === false) return "the merge commit cannot be cleanly created";
  return null;
}

async function asked(call: GhCall): Promise<Method> {
  const answer = (await call.ask("What merge method would you like to use? (merge, rebase, squash)")).trim();
  const method = METHODS.find((name) => name === answer);
  if (!method) throw new GhStop("", 2);
  return method;
}

async function send(call: GhCall, pull: Pull, method: Method, body: string | undefined): Promise<void> {
  const subject = call.flags.value("subject");
  const sha = call.flags.value("match-head-commit");
  await call
    .send("PUT", `${await call.at()}/pulls/${pull.number}/merge`, {
      merge_method: method,
      ...(subject === undefined ? {} : { commit_title: subject }),
      ...(body === undefined ? {} : { commit_message: body }),
      ...(sha === undefined ? {} : { sha }),
    })
    .catch((error: unknown) => {
      const said = error instanceof GhStop && /^HTTP (?:405|409): ([^]*) \(https/.exec(error.message)?.[1];
      throw said ? new GhStop(`GraphQL: ${said} (mergePullRequest)`) : error;
    });
}
