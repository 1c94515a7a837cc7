/** `gh issue close`, `reopen` and `delete`. https://cli.github.com/manual/gh_issue */
import type { GhCall } from "../call.ts";
import { ORIGIN } from "../client.ts";
import type { GhCommand } from "../command.ts";
import { fullName } from "../repository.ts";
import { GhStop, usageError } from "../stop.ts";
import { closingComment } from "../subject.ts";
import { findIssue, named } from "./find.ts";

const ONE = "{<number> | <url>} [flags]";

export const issueClose: GhCommand = {
  name: "close",
  args: ONE,
  about: "Close an issue",
  takes: [1, 1],
  flags: `-c, --comment string   Leave a closing comment
-r, --reason string   Reason for closing: {completed|not planned}`,
  run: close,
};

export const issueReopen: GhCommand = {
  name: "reopen",
  args: ONE,
  about: "Reopen an issue",
  takes: [1, 1],
  flags: "-c, --comment string   Add a reopening comment",
  run: reopen,
};

export const issueDelete: GhCommand = {
  name: "delete",
  args: ONE,
  about: "Delete an issue",
  takes: [1, 1],
  flags: "    --yes   Confirm deletion without prompting",
  run: remove,
};

async function close(call: GhCall): Promise<void> {
  const issue = await findIssue(call);
  const name = await named(call, issue);
  if (issue.state === "closed") return call.note(`! Issue ${name} is already closed`);
  await closingComment(call, issue.number);
  const reason = call.flags.value("reason")?.replace(" ", "_");
  await call.send("PATCH", `${await call.at()}/issues/${issue.number}`, {
    state: "closed",
    ...(reason === undefined ? {} : { state_reason: reason }),
  });
  call.note(`✓ Closed issue ${name}`);
}

async function reopen(call: GhCall): Promise<void> {
  const issue = await findIssue(call);
  const name = await named(call, issue);
  if (issue.state === "open") return call.note(`! Issue ${name} is already open`);
  await closingComment(call, issue.number);
  await call.send("PATCH", `${await call.at()}/issues/${issue.number}`, { state: "open" });
  call.note(`✓ Reopened issue ${name}`);
}

/** GitHub offers this through GraphQL and on its page, not through REST: the forge has the page's request. */
async function remove(call: GhCall): Promise<void> {
  const issue = await findIssue(call);
  if (issue.pull_request)
    throw new GhStop(`issue ${fullName(await call.repo())}#${issue.number} is a pull request`);
  if (!call.flags.on("yes")) {
    if (!call.attended) throw usageError("--yes required when not running interactively");
    call.note(`! Deleted issues cannot be recovered.`);
    await call.confirmTyping(String(issue.number));
  }
  const name = await named(call, issue);
  await call.send("DELETE", `${ORIGIN}/${fullName(await call.repo())}/issues/${issue.number}`);
  call.tell(`✓ Deleted issue ${name}`);
}
