/** The long form of `git status`. */
import type { Change } from "./change.ts";
import { quotePath } from "./quotePath.ts";
import type { Repository } from "./repository.ts";
import type { StatusData, Unmerged } from "./statusData.ts";
import { detachedFrom, type Operation, operationText } from "./statusState.ts";
import { trackingText } from "./tracking.ts";

export interface StatusStyle {
  readonly hints: boolean;
  readonly untracked: "no" | "normal" | "all";
  readonly ignored: boolean;
  /** Paths are shown relative to this directory (`a/b/`, or ""). */
  readonly prefix: string;
  /** `Initial commit` instead of `No commits yet`, as in a commit template. */
  readonly template?: boolean;
  /** Nothing is said about an empty commit. */
  readonly silent?: boolean;
  readonly amend?: boolean;
}

export async function statusText(
  repo: Repository,
  data: StatusData,
  operation: Operation,
  style: StatusStyle,
): Promise<string> {
  const initial = data.head.id === null;
  let text = await branchText(repo, data, operation, style);
  text += await operationText(repo, operation, data.unmerged.length > 0, style.hints);
  if (initial) text += `\n${style.template ? "Initial commit" : "No commits yet"}\n\n`;
  const busy = operation.merge || operation.cherryPick !== null || (operation.revert !== null && false);
  text += stagedText(data, style, busy, initial);
  text += unmergedText(data.unmerged, style, busy, initial);
  text += changedText(data.changed, style);
  text += othersText(data, style);
  return text + closing(data, style, initial);
}

async function branchText(
  repo: Repository,
  data: StatusData,
  operation: Operation,
  style: StatusStyle,
): Promise<string> {
  const { branch } = data.head;
  if (branch !== null) {
    const tracking = data.head.id === null ? "" : await trackingText(repo, branch, style.hints);
    return `On branch ${branch.replace(/^refs\/heads\//, "")}\n${tracking === "" ? "" : `${tracking}\n`}`;
  }
  if (operation.rebase !== "no")
    return `${operation.rebase === "interactive" ? "interactive " : ""}rebase in progress; onto ${operation.onto}\n`;
  const from = await detachedFrom(repo);
  return from ? `HEAD detached ${from.at ? "at" : "from"} ${from.name}\n` : "Not currently on any branch.\n";
}

const LABELS = {
  A: "new file:",
  C: "copied:",
  D: "deleted:",
  M: "modified:",
  R: "renamed:",
  T: "typechange:",
  U: "unmerged:",
} as const;

/** A path as seen from a directory. */
export function relativePath(path: string, prefix: string): string {
  if (prefix === "") return path;
  const from = prefix.split("/").slice(0, -1);
  const to = path.split("/");
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const rest = to.slice(common).join("/");
  const up = "../".repeat(from.length - common);
  return up + rest === "" ? "./" : up + rest;
}

function changeLines(changes: readonly Change[], { prefix }: StatusStyle): string {
  return changes
    .map((change) => {
      const name = (path: string) => quotePath(relativePath(path, prefix));
      const both = change.status === "R" || change.status === "C";
      const names = both ? `${name(change.old.path)} -> ${name(change.new.path)}` : name(change.new.path);
      return `\t${LABELS[change.status].padEnd(12)}${names}\n`;
    })
    .join("");
}

function unstageHint(style: StatusStyle, busy: boolean, initial: boolean): string {
  if (!style.hints || busy) return "";
  return initial
    ? '  (use "git rm --cached <file>..." to unstage)\n'
    : '  (use "git restore --staged <file>..." to unstage)\n';
}

function stagedText({ staged }: StatusData, style: StatusStyle, busy: boolean, initial: boolean): string {
  if (staged.length === 0) return "";
  return `Changes to be committed:\n${unstageHint(style, busy, initial)}${changeLines(staged, style)}\n`;
}

const CONFLICTS = [
  "",
  "both deleted:",
  "added by us:",
  "deleted by them:",
  "added by them:",
  "deleted by us:",
  "both added:",
  "both modified:",
];

function unmergedText(
  unmerged: readonly Unmerged[],
  style: StatusStyle,
  busy: boolean,
  initial: boolean,
): string {
  if (unmerged.length === 0) return "";
  const lines = unmerged.map(
    ({ path, stages }) =>
      `\t${(CONFLICTS[stages] as string).padEnd(17)}${quotePath(relativePath(path, style.prefix))}\n`,
  );
  const hint = style.hints ? unstageHint(style, busy, initial) + resolveHint(unmerged) : "";
  return `Unmerged paths:\n${hint}${lines.join("")}\n`;
}

function resolveHint(unmerged: readonly Unmerged[]): string {
  const bothDeleted = unmerged.some(({ stages }) => stages === 1);
  const oneDeleted = unmerged.some(({ stages }) => stages === 3 || stages === 5);
  const kept = unmerged.some(({ stages }) => ![1, 3, 5].includes(stages));
  if (!bothDeleted && !oneDeleted) return '  (use "git add <file>..." to mark resolution)\n';
  if (bothDeleted && !oneDeleted && !kept) return '  (use "git rm <file>..." to mark resolution)\n';
  return '  (use "git add/rm <file>..." as appropriate to mark resolution)\n';
}

function changedText(changed: readonly Change[], style: StatusStyle): string {
  if (changed.length === 0) return "";
  const deleted = changed.some((change) => change.status === "D");
  const hint = style.hints
    ? `  (use "git add${deleted ? "/rm" : ""} <file>..." to update what will be committed)\n` +
      '  (use "git restore <file>..." to discard changes in working directory)\n'
    : "";
  return `Changes not staged for commit:\n${hint}${changeLines(changed, style)}\n`;
}

function othersText(data: StatusData, style: StatusStyle): string {
  if (style.untracked === "no") {
    const hint = style.hints ? " (use -u option to show untracked files)" : "";
    return data.staged.length > 0 ? `Untracked files not listed${hint}\n` : "";
  }
  const untracked = listText("Untracked files", "add", data.untracked, style);
  return untracked + (style.ignored ? listText("Ignored files", "add -f", data.ignored, style) : "");
}

function listText(title: string, command: string, paths: readonly string[], style: StatusStyle): string {
  if (paths.length === 0) return "";
  const hint = style.hints ? `  (use "git ${command} <file>..." to include in what will be committed)\n` : "";
  return `${title}:\n${hint}${paths.map((path) => `\t${quotePath(relativePath(path, style.prefix))}\n`).join("")}\n`;
}

function closing(data: StatusData, style: StatusStyle, initial: boolean): string {
  const hint = (text: string) => (style.hints ? ` (${text})` : "");
  if (data.staged.length > 0) return "";
  if (style.amend) return "No changes\n";
  if (style.silent) return "";
  if (data.changed.length > 0 || data.unmerged.length > 0)
    return `no changes added to commit${hint('use "git add" and/or "git commit -a"')}\n`;
  if (data.untracked.length > 0)
    return `nothing added to commit but untracked files present${hint('use "git add" to track')}\n`;
  if (initial) return `nothing to commit${hint('create/copy files and use "git add" to track')}\n`;
  if (style.untracked === "no") return `nothing to commit${hint("use -u to show untracked files")}\n`;
  return "nothing to commit, working tree clean\n";
}
