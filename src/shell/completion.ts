/**
 * Tab: what could stand at a cursor. Pure: it reads the disk and runs nothing.
 * @see https://www.gnu.org/software/bash/manual/bash.html#Commands-For-Completion
 */
import type { Files } from "../disk/files.ts";
import type { User } from "../disk/user.ts";
import { LAB_SUBCOMMANDS } from "./commands/lab.ts";
import { gitCandidates } from "./completion/git.ts";
import { pathCandidates, type Places } from "./completion/paths.ts";
import { placeOf, type Word } from "./completion/words.ts";

/** The part of the text from `start` to the cursor is what a candidate replaces. */
export interface Completion {
  readonly start: number;
  readonly candidates: readonly string[];
}

export interface CompletionInput {
  readonly text: string;
  /** In UTF-16 code units. */
  readonly cursor: number;
  readonly disk: Pick<Files, "list" | "stat" | "read">;
  /** Whose eyes look at the disk; root's unless told. */
  readonly user?: User;
  readonly cwd: string;
  readonly home: string;
  readonly commands: readonly string[];
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  readonly aliases: readonly string[];
}

const BUILTINS =
  "alias bg break builtin cd command continue declare dirs echo eval exec exit export fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test times trap type typeset ulimit umask unalias unset wait".split(
    " ",
  );

/** What nobody wants offered more than a few hundred of. */
const MOST = 500;

export function complete(input: CompletionInput): Completion {
  const { before, word } = placeOf(input.text, input.cursor);
  const variable = /\$\{?(\w*)$/.exec(input.text.slice(word.start, input.cursor));
  if (variable && word.quote !== "'") return variables(input, variable[1] as string, variable[0]);
  const candidates = [...new Set(candidatesFor(input, before, word))].sort(byCodeUnit).slice(0, MOST);
  return { start: word.start, candidates };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function variables({ cursor, variables: names }: CompletionInput, stem: string, typed: string): Completion {
  const brace = typed.startsWith("${");
  const found = names.filter((name) => name.startsWith(stem)).sort(byCodeUnit);
  return {
    start: cursor - typed.length,
    candidates: found.map((name) => (brace ? `\${${name}}` : `$${name}`)),
  };
}

function candidatesFor(input: CompletionInput, before: readonly string[], word: Word): string[] {
  const places: Places = input;
  if (word.redirect) return pathCandidates(places, word);
  const [command] = before;
  if (command === undefined) return commandCandidates(input, word);
  if (command === "git") return gitCandidates(places, before, word);
  const begins = (names: readonly string[]) => names.filter((name) => name.startsWith(word.text));
  if (command === "lab" && before.length === 1) return begins(LAB_SUBCOMMANDS);
  if (command === "lab") return before[1] === "reset" ? begins(["--new-seed"]) : [];
  if (command === "npx" && before.length === 1) return begins(["secretlint"]);
  if (["cd", "pushd", "rmdir"].includes(command))
    return pathCandidates(places, word, { directoriesOnly: true });
  if (["unset", "export", "readonly"].includes(command)) return begins(input.variables);
  if (["man", "type", "which", "command", "help"].includes(command)) return begins(runnable(input));
  if (command === "unalias") return begins(input.aliases);
  return optionValue(places, word) ?? pathCandidates(places, word);
}

/** `--file=pa`: the path after the equals sign. */
function optionValue(places: Places, word: Word): string[] | null {
  const [, option, value] = /^(--?[\w-]+=)(.*)$/s.exec(word.text) ?? [];
  if (option === undefined || value === undefined) return null;
  return pathCandidates(places, { ...word, text: value }).map((path) => option + path);
}

function runnable({ commands, functions, aliases }: CompletionInput): string[] {
  return [...commands, ...BUILTINS, ...functions, ...aliases];
}

function commandCandidates(input: CompletionInput, word: Word): string[] {
  if (/[/~]/.test(word.text)) return pathCandidates(input, word);
  if (word.text === "" && input.text.trim() === "") return [];
  const names = runnable(input).filter((name) => name.startsWith(word.text) && /^[\w.+-]/.test(name));
  return names.length > 0 ? names : pathCandidates(input, word, { directoriesOnly: true });
}
