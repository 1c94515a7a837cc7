/** The message of commits that are melded together, as it grows from step to step. */
import { readGitFile, writeGitFile } from "../lib/gitFile.ts";
import type { Commit } from "../lib/objects.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";
import type { TodoItem } from "../lib/todo.ts";
import { readState, removeState, writeState } from "./state.ts";

function commented(text: string): string {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line === "" ? "#\n" : `# ${line}\n`))
    .join("");
}

function body(message: string): string {
  return message.replace(/^\n+/, "");
}

/** `fixup! x` and the like is no part of the message. */
function withoutMark(text: string): string {
  if (!/^(fixup|squash|amend)! /.test(text)) return text;
  const end = text.indexOf("\n\n");
  const subject = end < 0 ? text : text.slice(0, end + 1);
  return commented(subject) + (end < 0 ? "" : text.slice(end + 1));
}

/** Adds one commit to the message; the first one also brings in HEAD's own. */
export async function addToSquash(
  repo: WorkTreeRepository,
  item: TodoItem,
  commit: Commit,
  head: Commit,
): Promise<void> {
  const chain = (await readState(repo, "current-fixups")) ?? "";
  const count = chain.split("\n").filter((line) => line !== "").length + 2;
  const replaces = item.message !== undefined;
  let text: string;
  if (chain === "") {
    const first = body(head.message);
    text = `# This is a combination of 2 commits.\n`;
    if (replaces) text += `# The 1st commit message will be skipped:\n\n${commented(first)}`;
    else text += `# This is the 1st commit message:\n\n${first}`;
    if (item.command === "fixup" && !replaces) await writeState(repo, "message-fixup", first);
  } else {
    const before = (await readState(repo, "message-squash")) ?? "";
    text = before.replace(
      /^# This is a combination of \d+ commits\./,
      `# This is a combination of ${count} commits.`,
    );
  }
  const message = body(commit.message);
  if (item.command === "squash" || replaces) {
    await removeState(repo, "message-fixup");
    const own =
      message.startsWith("amend! ") && replaces
        ? message.slice(message.indexOf("\n\n") + 2)
        : withoutMark(message);
    text += `\n# This is the commit message #${count}:\n\n${own}`;
    if (replaces && item.message === "-C") await writeState(repo, "message-fixup", own);
  } else text += `\n# The commit message #${count} will be skipped:\n\n${commented(message)}`;
  await writeState(repo, "message-squash", text);
  await writeState(
    repo,
    "current-fixups",
    `${chain}${chain === "" || chain.endsWith("\n") ? "" : "\n"}${item.command} ${commit.id}\n`,
  );
}

export interface SquashMessage {
  readonly text: string;
  /** The last of the chain, with a message that the person has to see. */
  readonly edit: boolean;
}

export async function squashMessage(repo: WorkTreeRepository, final: boolean): Promise<SquashMessage> {
  const squash = (await readState(repo, "message-squash")) ?? "";
  if (!final) return { text: squash, edit: false };
  const fixup = await readState(repo, "message-fixup");
  if (fixup !== null) return { text: fixup, edit: false };
  await writeGitFile(repo, "SQUASH_MSG", squash);
  return { text: (await readGitFile(repo, "SQUASH_MSG")) ?? squash, edit: true };
}

export function endSquash(repo: WorkTreeRepository): Promise<void> {
  return removeState(repo, "current-fixups", "message-squash", "message-fixup");
}
