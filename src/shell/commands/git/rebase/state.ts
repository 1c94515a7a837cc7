/** What `.git/rebase-merge` remembers of a running rebase. */
import { readGitFile, removeGitFiles, writeGitFile } from "../lib/gitFile.ts";
import { formatTodo, parseTodo, type ParsedTodo, type TodoItem } from "../lib/todo.ts";
import type { WorkTreeRepository } from "../lib/repository.ts";

export function rebaseDirectory(repo: WorkTreeRepository): string {
  return `${repo.gitDir}/rebase-merge`;
}

export function readState(repo: WorkTreeRepository, name: string): Promise<string | null> {
  return readGitFile(repo, `rebase-merge/${name}`);
}

export function writeState(repo: WorkTreeRepository, name: string, content: string): Promise<void> {
  return writeGitFile(repo, `rebase-merge/${name}`, content);
}

export function removeState(repo: WorkTreeRepository, ...names: string[]): Promise<void> {
  return removeGitFiles(repo, ...names.map((name) => `rebase-merge/${name}`));
}

export async function readLine(repo: WorkTreeRepository, name: string): Promise<string> {
  return ((await readState(repo, name)) ?? "").trim();
}

export async function readTodo(repo: WorkTreeRepository): Promise<ParsedTodo> {
  return parseTodo(
    repo,
    (await readState(repo, "git-rebase-todo")) ?? "",
    ((await readState(repo, "done")) ?? "") !== "",
  );
}

/** Moves a step from the list of what is to be done to the list of what was done. */
export async function advance(
  repo: WorkTreeRepository,
  item: TodoItem,
  rest: readonly TodoItem[],
): Promise<void> {
  await writeState(repo, "git-rebase-todo", await formatTodo(repo, rest, false));
  await writeState(
    repo,
    "done",
    ((await readState(repo, "done")) ?? "") + (await formatTodo(repo, [item], false)),
  );
}

export async function doneCount(repo: WorkTreeRepository): Promise<number> {
  return ((await readState(repo, "done")) ?? "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")).length;
}

/** Blanks the progress line, as git does on a terminal that can, or cannot, clear lines. */
export function clearLine(env: ReadonlyMap<string, string>): string {
  const terminal = env.get("TERM");
  return !terminal || terminal === "dumb" ? `\r${" ".repeat(80)}\r` : "\r\x1b[K";
}
