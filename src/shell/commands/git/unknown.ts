/**
 * A name that is none of our subcommands: an alias, a command of real git that is not simulated, or a mistake.
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-alias
 */
import type { ExecResult } from "just-git";
import { fatal, output, type GitCall } from "./call.ts";
import { loadConfig } from "./lib/config.ts";
import { gitCommands } from "./registry.ts";

/** Commands of git 2.39 that exist and are not here. */
const NOT_SIMULATED = (
  "am annotate apply archive bisect bugreport bundle column commit-graph commit-tree daemon diagnose diff-files " +
  "diff-index difftool fast-export fast-import fetch-pack filter-branch fmt-merge-msg for-each-repo format-patch get-tar-commit-id " +
  "gui help http-fetch imap-send index-pack instaweb interpret-trailers lfs ls-mailmap mailinfo mailsplit maintenance merge-file " +
  "merge-index merge-tree mergetool mktag mktree multi-pack-index pack-objects patch-id p4 range-diff read-tree receive-pack " +
  "replace request-pull rerere scalar send-email send-pack shell sparse-checkout stripspace svn unpack-file unpack-objects " +
  "update-index upload-archive upload-pack web--browse whatchanged worktree write-tree"
).split(" ");

/** As git's help.c: what scores below this is worth a suggestion. */
const SIMILAR = 7;

/** Runs the alias, or says what is the matter. */
export async function unknownCommand(call: GitCall, name: string): Promise<ExecResult> {
  const repository = await call.repository().catch(() => null);
  const config = await loadConfig(call, repository?.gitDir ?? null);
  const seen: string[] = [];
  let [command, args] = [name, call.args];
  while (!gitCommands.has(command)) {
    const alias = config.get(`alias.${command.toLowerCase()}`);
    if (alias === undefined) return complaint(command);
    if (seen.includes(command))
      return fatal(`alias loop detected: expansion of '${name}' does not terminate:\n${loop(seen, command)}`);
    seen.push(command);
    if (alias.startsWith("!")) return call.shell(`${alias.slice(1)} ${args.map(quoted).join(" ")}`);
    const [first = "", ...words] = splitWords(alias);
    [command, args] = [first, [...words, ...args]];
  }
  return call.git(command, args);
}

function complaint(name: string): ExecResult {
  if (NOT_SIMULATED.includes(name)) return output("", `git: '${name}' is not simulated in LeakLab\n`, 1);
  return output("", `git: '${name}' is not a git command. See 'git --help'.\n${suggestion(name)}`, 1);
}

function loop(seen: readonly string[], again: string): string {
  return seen
    .map(
      (name) =>
        `  ${name}${name === again ? " <==" : ""}${name === seen.at(-1) && name !== again ? " ==>" : ""}`,
    )
    .join("\n");
}

/** As a word that the shell takes literally. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function splitWords(alias: string): string[] {
  const words = alias.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/["']/g, ""));
}

function suggestion(name: string): string {
  const scored = [...gitCommands.keys()].map((candidate) => ({
    candidate,
    score: candidate.startsWith(name) ? 0 : distance(name, candidate) + 1,
  }));
  const best = Math.min(...scored.map(({ score }) => score));
  if (best >= SIMILAR) return "";
  const similar = scored.filter(({ score }) => score === best).map(({ candidate }) => `\t${candidate}\n`);
  return `\nThe most similar command${similar.length === 1 ? " is" : "s are"}\n${similar.join("")}`;
}

/** Damerau-Levenshtein with git's weights: swap 0, substitute 2, insert 1, delete 3. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 0; i < from.length; i++) {
    const row = [(i + 1) * 3];
    for (let j = 0; j < to.length; j++) {
      const swapped = i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1];
      const choices = [
        (last[j] as number) + (from[i] === to[j] ? 0 : 2),
        (last[j + 1] as number) + 3,
        (row[j] as number) + 1,
        ...(swapped ? [before[j - 1] as number] : []),
      ];
      row.push(Math.min(...choices));
    }
    before = last;
    last = row;
  }
  return last[to.length] as number;
}
