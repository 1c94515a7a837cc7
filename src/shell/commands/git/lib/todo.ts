/** The list of steps of a rebase: https://git-scm.com/docs/git-rebase#_interactive_mode */
import { abbreviate, readCommit } from "./objects.ts";
import { subjectOf } from "./message.ts";
import type { Repository } from "./repository.ts";
import { resolveCommit } from "./resolve.ts";

export type TodoCommand =
  "pick" | "reword" | "edit" | "squash" | "fixup" | "exec" | "break" | "drop" | "noop";

export interface TodoItem {
  readonly command: TodoCommand;
  /** Commit id; "" for exec, break, noop. */
  readonly id: string;
  /** Subject, shell command, or "". */
  readonly text: string;
  /** `fixup -C` takes the message of this commit, `-c` also opens the editor. */
  readonly message?: "-C" | "-c";
}

const LETTERS: Readonly<Record<string, TodoCommand>> = {
  p: "pick",
  r: "reword",
  e: "edit",
  s: "squash",
  f: "fixup",
  x: "exec",
  b: "break",
  d: "drop",
};
const COMMANDS: ReadonlySet<string> = new Set([
  "pick",
  "reword",
  "edit",
  "squash",
  "fixup",
  "exec",
  "break",
  "drop",
  "noop",
]);

export type ParsedTodo = { readonly items: readonly TodoItem[] } | { readonly error: string };

/** `error` is all that git says about bad lines. @param begun steps before these were done */
export async function parseTodo(repo: Repository, text: string, begun = false): Promise<ParsedTodo> {
  const items: TodoItem[] = [];
  let problems = "";
  for (const [i, line] of text.split("\n").entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const item = await parseLine(repo, trimmed);
    if ("error" in item) problems += `${item.error}error: invalid line ${i + 1}: ${line.trimEnd()}\n`;
    else if (!begun && isFixup(item) && items.every((other) => !takesCommit(other)))
      problems += `error: cannot '${item.command}' without a previous commit\n`;
    else items.push(item);
  }
  return problems ? { error: problems } : { items };
}

async function parseLine(repo: Repository, line: string): Promise<TodoItem | { error: string }> {
  const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const command = LETTERS[word] ?? (COMMANDS.has(word) ? (word as TodoCommand) : null);
  if (!command) return { error: "" };
  if (command === "noop" || command === "break")
    return rest === ""
      ? { command, id: "", text: "" }
      : { error: `error: ${command} does not accept arguments: '${rest}'\n` };
  if (rest === "") return { error: `error: missing arguments for ${command}\n` };
  if (command === "exec") return { command, id: "", text: rest };
  const [, flag, name = "", text = ""] = /^(-[Cc])?\s*(\S+)\s*(.*)$/.exec(rest) ?? [];
  const commit = await resolveCommit(repo, name);
  if (!commit) return { error: `error: could not parse '${name}'\n` };
  return {
    command,
    id: commit.id,
    text,
    ...(flag && command === "fixup" ? { message: flag as "-C" | "-c" } : {}),
  };
}

export function takesCommit(item: TodoItem): boolean {
  return item.id !== "" && item.command !== "drop";
}

export function isFixup(item: TodoItem | undefined): boolean {
  return item?.command === "fixup" || item?.command === "squash";
}

/** Lines with full ids, or with short ones for the editor. */
export async function formatTodo(
  repo: Repository,
  items: readonly TodoItem[],
  short: boolean,
): Promise<string> {
  let text = "";
  for (const item of items) {
    const id = short && item.id ? await abbreviate(repo, item.id) : item.id;
    text += `${[item.command, item.message, id, item.text].filter((part) => part !== undefined && part !== "").join(" ")}\n`;
  }
  return text;
}

/** Advice below the list. @param range undefined while the list of a running rebase is edited */
export function todoHelp(
  range: { readonly revisions: string; readonly onto: string; readonly count: number } | undefined,
): string {
  if (!range) return `#\n# ${COMMAND_HELP}${EDITING}`;
  const commands = `${range.count} command${range.count === 1 ? "" : "s"}`;
  return `\n# Rebase ${range.revisions} onto ${range.onto} (${commands})\n#\n# ${COMMAND_HELP}${STARTING}`;
}

const STARTING = "# However, if you remove everything, the rebase will be aborted.\n#\n";
const EDITING = `# You are editing the todo file of an ongoing interactive rebase.
# To continue rebase after editing, run:
#     git rebase --continue
#
`;

const COMMAND_HELP = `Commands:
# p, pick <commit> = use commit
# r, reword <commit> = use commit, but edit the commit message
# e, edit <commit> = use commit, but stop for amending
# s, squash <commit> = use commit, but meld into previous commit
# f, fixup [-C | -c] <commit> = like "squash" but keep only the previous
#                    commit's log message, unless -C is used, in which case
#                    keep only this commit's message; -c is same as -C but
#                    opens the editor
# x, exec <command> = run command (the rest of the line) using shell
# b, break = stop here (continue rebase later with 'git rebase --continue')
# d, drop <commit> = remove commit
# l, label <label> = label current HEAD with a name
# t, reset <label> = reset HEAD to a label
# m, merge [-C <commit> | -c <commit>] <label> [# <oneline>]
#         create a merge commit using the original merge commit's
#         message (or the oneline, if no original merge commit was
#         specified); use -c <commit> to reword the commit message
# u, update-ref <ref> = track a placeholder for the <ref> to be updated
#                       to this position in the new commits. The <ref> is
#                       updated at the end of the rebase
#
# These lines can be re-ordered; they are executed from top to bottom.
#
# If you remove a line here THAT COMMIT WILL BE LOST.
#
`;

const MARK = /^(fixup|squash|amend)! (.*)$/s;

/** Moves `fixup! …`, `squash! …` and `amend! …` behind the commit that they are for. */
export async function autosquash(repo: Repository, items: readonly TodoItem[]): Promise<TodoItem[]> {
  const subjects = new Map<string, string>();
  for (const { id } of items)
    if (id) subjects.set(id, subjectOf((await readCommit(repo, id))?.message ?? ""));
  const chains = new Map<TodoItem, TodoItem[]>();
  const moved = new Set<TodoItem>();
  for (const [i, item] of items.entries()) {
    const match = MARK.exec(subjects.get(item.id) ?? "");
    if (!match || !item.id) continue;
    let wanted = match[2] as string;
    for (let inner = MARK.exec(wanted); inner; inner = MARK.exec(wanted)) wanted = inner[2] as string;
    const earlier = items.slice(0, i).filter((other) => other.id && !moved.has(other));
    const target =
      earlier.find((other) => subjects.get(other.id) === wanted) ??
      earlier.find((other) => /^[0-9a-f]{4,40}$/.test(wanted) && other.id.startsWith(wanted)) ??
      earlier.find((other) => (subjects.get(other.id) ?? "").startsWith(wanted));
    if (!target) continue;
    moved.add(item);
    const command = match[1] === "squash" ? "squash" : "fixup";
    const entry: TodoItem = { ...item, command, ...(match[1] === "amend" ? { message: "-C" as const } : {}) };
    chains.set(target, [...(chains.get(target) ?? []), entry]);
  }
  return items.filter((item) => !moved.has(item)).flatMap((item) => [item, ...(chains.get(item) ?? [])]);
}
