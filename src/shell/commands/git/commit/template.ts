/** What git writes below the message in the editor: advice, who and when, the status, with -v the diff. */
import type { Committing } from "./committing.ts";
import { commitAuthor } from "./author.ts";
import { statusText } from "./status.ts";
import { formatDate } from "../lib/dates.ts";
import { identity } from "../lib/identity.ts";
import { SCISSORS_TEXT, type Cleanup } from "../lib/message.ts";

export async function statusForEditor(it: Committing, cleanup: Cleanup, verbose: boolean): Promise<string> {
  const lines = [...(cleanup === "scissors" ? [] : advice(it, cleanup)), ...(await people(it))];
  const scissors = cleanup === "scissors";
  const text = `${lines.map((line) => `${comment(line)}\n`).join("")}${await status(it)}`;
  const warning = operation(it)
    .map((line) => `${comment(line)}\n`)
    .join("");
  const head = scissors ? `\n${SCISSORS_TEXT}#\n${warning}` : `${warning ? `${warning}\n` : ""}\n`;
  return head + text + (verbose ? `${scissors ? "" : SCISSORS_TEXT}${await staged(it)}` : "");
}

function comment(line: string): string {
  return line === "" || line.startsWith("\t") ? `#${line}` : `# ${line}`;
}

const EMPTY = "and an empty message aborts the commit.";

/** Which merge or pick this commit would end. */
function operation({ whence }: Committing): string[] {
  const warn = (what: string, ref: string) => [
    "",
    `It looks like you may be committing a ${what}.`,
    "If this is not correct, please run",
    `\tgit update-ref -d ${ref}`,
    "and try again.",
  ];
  if (whence === "merge") return warn("merge", "MERGE_HEAD");
  return whence === "cherry-pick" ? warn("cherry-pick", "CHERRY_PICK_HEAD") : [];
}

function advice({ options }: Committing, cleanup: Cleanup): string[] {
  const ending = options.allowEmptyMessage ? "" : EMPTY;
  const kept = cleanup === "whitespace" || cleanup === "verbatim";
  const how = kept
    ? [
        "Please enter the commit message for your changes. Lines starting",
        "with '#' will be kept; you may remove them yourself if you want to.",
        "An empty message aborts the commit.",
      ]
    : [
        "Please enter the commit message for your changes. Lines starting",
        `with '#' will be ignored${ending ? `, ${ending}` : "."}`,
      ];
  return [...how, ""];
}

async function people(it: Committing): Promise<string[]> {
  const { call, repo } = it;
  const { person, showDate } = await commitAuthor(it);
  const result = identity(call, repo.config, "committer");
  const lines: string[] = [];
  const who = `${person.name} <${person.email}>`;
  if ("person" in result && who !== `${result.person.name} <${result.person.email}>`)
    lines.push(`Author:    ${who}`);
  if (showDate) lines.push(`Date:      ${formatDate(person, "default", 0)}`);
  return lines.length > 0 ? [...lines, ""] : lines;
}

/** The status without its hints, as comments. */
async function status(it: Committing): Promise<string> {
  const lines = (await statusText(it))
    .replace(/\n$/, "")
    .split("\n")
    .filter((line) => !/^ {2}\(.*\)$/.test(line));
  while (lines.length > 0 && /^(nothing|no changes) (to|added)|^No changes$/.test(lines.at(-1) as string))
    lines.pop();
  if (lines.at(-1) !== "") lines.push("");
  return lines.map((line) => `${comment(line)}\n`).join("");
}

async function staged({ call, options }: Committing): Promise<string> {
  return (await call.git("diff", ["--cached", ...(options.amend ? ["HEAD^"] : [])])).stdout;
}
