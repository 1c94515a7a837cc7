/** What the receiving side of a push on the same disk refuses, and the hooks that it runs. */
import type { GitContext } from "just-git";
import type { GitCall } from "../../call.ts";
import type { Config } from "../config.ts";
import { readCommit, ZERO_ID } from "../objects.ts";
import { readHead } from "../refs.ts";
import { quote } from "../quote.ts";
import type { RefCommand } from "./connection.ts";
import { isAncestorIn } from "./ancestry.ts";

export interface Refusal {
  readonly reason: string;
  /** What the other side prints. */
  readonly message: string;
}

/** receive.denyCurrentBranch and its relatives: https://git-scm.com/docs/git-config#Documentation/git-config.txt-receivedenyCurrentBranch */
export async function refuseUpdate(
  repo: GitContext,
  config: Config,
  command: RefCommand,
): Promise<Refusal | null> {
  const deletes = command.newId === ZERO_ID;
  const { branch } = await readHead(repo);
  if (!command.name.startsWith("refs/"))
    return {
      reason: "funny refname",
      message: `error: refusing to create funny ref '${command.name}' remotely\n`,
    };
  if (branch === command.name && repo.workTree !== null && !deletes) {
    const policy = config.get("receive.denyCurrentBranch") ?? "refuse";
    if (policy === "ignore" || policy === "false") return null;
    if (policy === "warn") return null;
    const advice = config.get("receive.denyCurrentBranch") === undefined ? CURRENT_BRANCH : "";
    return {
      reason: "branch is currently checked out",
      message: `error: refusing to update checked out branch: ${command.name}\n${advice}`,
    };
  }
  if (deletes) {
    if (config.bool("receive.denyDeletes")) {
      return { reason: "deletion prohibited", message: `error: denying ref deletion for ${command.name}\n` };
    }
    if (
      branch === command.name &&
      !["ignore", "warn", "false"].includes(config.get("receive.denyDeleteCurrent") ?? "")
    ) {
      const advice = config.get("receive.denyDeleteCurrent") === undefined ? DELETE_CURRENT : "";
      return {
        reason: "deletion of the current branch prohibited",
        message: `${advice}error: refusing to delete the current branch: ${command.name}\n`,
      };
    }
  }
  if (!deletes && command.oldId !== ZERO_ID && config.bool("receive.denyNonFastForwards")) {
    const commit = await readCommit(repo, command.oldId);
    if (commit && !(await isAncestorIn(repo, command.oldId, command.newId))) {
      return {
        reason: "non-fast-forward",
        message: `error: denying non-fast-forward ${command.name} (you should pull first)\n`,
      };
    }
  }
  return null;
}

const CURRENT_BRANCH = `error: By default, updating the current branch in a non-bare repository
is denied, because it will make the index and work tree inconsistent
with what you pushed, and will require 'git reset --hard' to match
the work tree to HEAD.

You can set the 'receive.denyCurrentBranch' configuration variable
to 'ignore' or 'warn' in the remote repository to allow pushing into
its current branch; however, this is not recommended unless you
arranged to update its work tree to match what you pushed in some
other way.

To squelch this message and still keep the default behaviour, set
'receive.denyCurrentBranch' configuration variable to 'refuse'.
`;

const DELETE_CURRENT = `error: By default, deleting the current branch is denied, because the next
'git clone' won't result in any file checked out, causing confusion.

You can set 'receive.denyDeleteCurrent' configuration variable to
'warn' or 'ignore' in the remote repository to allow deleting the
current branch, with or without a warning message.

To squelch this message, you can set it to 'refuse'.
`;

/** Runs a hook of the receiving repository, in its git directory; its whole output goes to the other side. */
export async function runServerHook(
  call: GitCall,
  repo: GitContext,
  config: Config,
  name: string,
  args: readonly string[],
  stdin: string,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const configured = config.entries.findLast(
    (entry) => entry.key === "core.hookspath" && entry.scope === "local",
  )?.value;
  const directory = configured
    ? configured.startsWith("/")
      ? configured
      : `${repo.gitDir}/${configured}`
    : `${repo.gitDir}/hooks`;
  const path = `${directory}/${name}`;
  if (!(await call.fs.exists(path)) || ((await call.fs.stat(path)).mode & 0o111) === 0)
    return { text: "", exitCode: 0 };
  const result = await call.shell(`${["bash", path, ...args].map(quote).join(" ")} 2>&1`, {
    cwd: repo.gitDir,
    stdin,
    env: { GIT_DIR: "." },
  });
  return { text: result.stderr + result.stdout, exitCode: result.exitCode };
}
