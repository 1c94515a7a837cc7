/** Help and usage of commands, in gh's layout. */
import type { GhCommand, GhGroup } from "./command.ts";
import { isGroup } from "./command.ts";
import { type Flag, flagLines } from "./flags.ts";

const INDENT = "  ";

export function helpText(
  path: string,
  item: GhCommand | GhGroup,
  own: readonly Flag[],
  inherited: readonly Flag[],
): string {
  const sections = [
    `${item.about}.`,
    section("USAGE", [useLine(path, item)]),
    ...(isGroup(item) ? [section("AVAILABLE COMMANDS", commandLines(item))] : []),
    ...(own.length > 0 ? [section("FLAGS", flagLines(own))] : []),
    section("INHERITED FLAGS", flagLines([...inherited, HELP])),
    section("LEARN MORE", [
      "Use `gh <command> <subcommand> --help` for more information about a command.",
      "Read the manual at https://cli.github.com/manual",
    ]),
  ];
  return `${sections.join("\n\n")}\n\n`;
}

const HELP: Flag = { name: "help", short: "", type: "", about: "Show help for command", choices: null };

/** Shown below a message about a wrong command line. */
export function usageText(path: string, item: GhCommand | GhGroup, own: readonly Flag[]): string {
  const head = `Usage:  ${useLine(path, item)}\n`;
  if (isGroup(item)) {
    const names = item.commands.map(({ name }) => `${INDENT}${name}\n`).sort();
    return `${head}\nAvailable commands:\n${names.join("")}`;
  }
  return own.length === 0
    ? head
    : `${head}\nFlags:\n${flagLines(own)
        .map((line) => `${INDENT}${line}\n`)
        .join("")}`;
}

function useLine(path: string, item: GhCommand | GhGroup): string {
  if (isGroup(item)) return path === "gh" ? "gh <command> <subcommand> [flags]" : `${path} <command> [flags]`;
  return `${path} ${item.args ?? "[flags]"}`.trimEnd();
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => INDENT + line)].join("\n");
}

function commandLines({ commands }: GhGroup): string[] {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 1;
  return commands.map(({ name, about }) => `${`${name}:`.padEnd(width)}  ${about}`).sort();
}

/** Commands whose names are near a wrong one. */
export function suggestions(word: string, { commands }: GhGroup): string[] {
  return commands
    .map(({ name }) => name)
    .filter((name) => distance(word.toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()))
    .sort();
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < Math.min(a.length, 40); i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] as number) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
