/** `gh pr close`, `reopen`, `ready` and `comment`. https://cli.github.com/manual/gh_pr */
import type { GhCall } from "../call.ts";
import { ORIGIN } from "../client.ts";
import type { GhCommand } from "../command.ts";
import { findPull, stateOf } from "../pulls.ts";
import { fullName } from "../repository.ts";
import type { Pull } from "../rest.ts";
import type { ExitCode } from "../stop.ts";
import { closingComment, comment, COMMENT_FLAGS } from "../subject.ts";
import { deleteBranch } from "./deleteBranch.ts";

const ONE = "{<number> | <url> | <branch>} [flags]";

export const prClose: GhCommand = {
  name: "close",
  args: ONE,
  about: "Close a pull request",
  takes: [1, 1, "cannot close pull request: number, url, or branch required"],
  flags: `-c, --comment string   Leave a closing comment
-d, --delete-branch   Delete the local and remote branch after close`,
  run: close,
};

export const prReopen: GhCommand = {
  name: "reopen",
  args: ONE,
  about: "Reopen a pull request",
  takes: [1, 1],
  flags: "-c, --comment string   Add a reopening comment",
  run: reopen,
};

export const prReady: GhCommand = {
  name: "ready",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Mark a pull request as ready for review",
  takes: [0, 1],
  flags: '    --undo   Convert a pull request to "draft"',
  run: ready,
};

export const prComment: GhCommand = {
  name: "comment",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Add a comment to a pull request",
  takes: [0, 1],
  flags: COMMENT_FLAGS,
  run: (call) => comment(call, () => findPull(call)),
};

async function named(call: GhCall, pull: Pull): Promise<string> {
  return `${fullName(await call.repo())}#${pull.number}`;
}

async function close(call: GhCall): Promise<ExitCode> {
  const pull = await findPull(call);
  const name = `${await named(call, pull)} (${pull.title})`;
  if (stateOf(pull) === "MERGED") {
    call.note(`X Pull request ${name} can't be closed because it was already merged`);
    return 1;
  }
  if (stateOf(pull) === "CLOSED") {
    call.note(`! Pull request ${name} is already closed`);
    return 0;
  }
  await closingComment(call, pull.number);
  await call.send("PATCH", `${await call.at()}/pulls/${pull.number}`, { state: "closed" });
  call.note(`✓ Closed pull request ${name}`);
  if (call.flags.on("delete-branch")) await deleteBranch(call, pull);
  return 0;
}

async function reopen(call: GhCall): Promise<ExitCode> {
  const pull = await findPull(call);
  const name = `${await named(call, pull)} (${pull.title})`;
  if (stateOf(pull) === "MERGED") {
    call.note(`X Pull request ${name} can't be reopened because it was already merged`);
    return 1;
  }
  if (stateOf(pull) === "OPEN") {
    call.note(`! Pull request ${name} is already open`);
    return 0;
  }
  await closingComment(call, pull.number);
  await call.send("PATCH", `${await call.at()}/pulls/${pull.number}`, { state: "open" });
  call.note(`✓ Reopened pull request ${name}`);
  return 0;
}

/** GitHub offers this through GraphQL and on its page, not through REST: the forge has the page's request. */
async function ready(call: GhCall): Promise<ExitCode> {
  const draft = call.flags.on("undo");
  const pull = await findPull(call);
  const name = await named(call, pull);
  if (stateOf(pull) !== "OPEN") {
    call.note(
      `X Pull request ${name} is closed. Only draft pull requests can be marked as "ready for review"`,
    );
    return 1;
  }
  if ((pull.draft ?? false) === draft) {
    call.note(
      draft
        ? `! Pull request ${name} is already "in draft"`
        : `! Pull request ${name} is already "ready for review"`,
    );
    return 0;
  }
  const page = `${ORIGIN}/${fullName(await call.repo())}/pull/${pull.number}`;
  await call.send("POST", `${page}/${draft ? "convert_to_draft" : "ready_for_review"}`);
  call.note(
    draft
      ? `✓ Pull request ${name} is converted to "draft"`
      : `✓ Pull request ${name} is marked as "ready for review"`,
  );
  return 0;
}
