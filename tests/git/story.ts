/** Conformance stories: the YAML files, their lines, and what running one line gives. */
import { parse } from "yaml";

// An import of node:fs would be answered by the alias that keeps the lab away from the host's files.
const { readdirSync, readFileSync } = process.getBuiltinModule("node:fs");

export interface Story {
  /** The git command that the file is about: `push` for `push.yaml`. */
  readonly command: string;
  readonly name: string;
  /** Shell input, one chunk per item. */
  readonly lines: readonly string[];
}

/** What one line printed and how it ended; paths below the story's home read `/home/lin`. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A difference that is known, with its reason: an expected failure. */
export interface Known {
  /** `command/name` */
  readonly story: string;
  /** The text of the line. */
  readonly line: string;
  readonly reason: string;
}

export const HOME = "/home/lin";

/** Virtual time of a story's first line, seconds since 1970; each further line is 15 s later. */
const START = Date.UTC(2026, 2, 9, 9, 0, 0) / 1000;

export function secondsAt(line: number): number {
  return START + 15 * line;
}

/** Environment of both sides at the start of a story. */
export const IDENTITY: Readonly<Record<string, string>> = {
  GIT_AUTHOR_NAME: "Lin Okafor",
  GIT_AUTHOR_EMAIL: "lin@lantern.example",
  GIT_COMMITTER_NAME: "Lin Okafor",
  GIT_COMMITTER_EMAIL: "lin@lantern.example",
  GIT_CONFIG_NOSYSTEM: "1",
  LC_ALL: "C",
  TZ: "UTC",
  TERM: "xterm-256color",
};

/** Runs before each line on both sides. */
export function datesAt(line: number): string {
  const date = `${secondsAt(line)} +0000`;
  return `export GIT_AUTHOR_DATE='${date}' GIT_COMMITTER_DATE='${date}'`;
}

export const GLOBAL_CONFIG = "[init]\n\tdefaultBranch = main\n";

export function readStories(folder: string, files?: readonly string[]): Story[] {
  // A file may be given as a path, as `push.yaml`, or as `push`.
  const paths = files?.length
    ? files
    : readdirSync(folder)
        .sort()
        .filter((name) => name.endsWith(".yaml"));
  return paths.flatMap((path) =>
    readStoryFile(path.includes("/") ? path : `${folder}/${path.replace(/\.yaml$/, "")}.yaml`),
  );
}

function readStoryFile(path: string): Story[] {
  const command = path.replace(/^.*\/|\.yaml$/g, "");
  const items = (parse(readFileSync(path, "utf8")) ?? []) as { name: string; script: string }[];
  const seen = new Set<string>();
  return items.map(({ name, script }) => {
    if (typeof name !== "string" || typeof script !== "string")
      throw new Error(`${path}: each story needs name and script`);
    if (seen.has(name)) throw new Error(`${path}: two stories are named ${name}`);
    seen.add(name);
    return { command, name, lines: chunks(script) };
  });
}

export function readKnown(path: string): Known[] {
  return (parse(readFileSync(path, "utf8")) ?? []) as Known[];
}

/** Commands that have to be compared, each with its flags (or verbs). */
export function readRequired(path: string): Record<string, string[]> {
  return parse(readFileSync(path, "utf8")) as Record<string, string[]>;
}

/** Splits a script into chunks: one per line; a trailing backslash and here-documents continue. */
export function chunks(script: string): string[] {
  const found: string[] = [];
  const lines = script.split("\n");
  for (let i = 0; i < lines.length; i++) {
    let chunk = lines[i] as string;
    if (chunk.trim() === "" || chunk.startsWith("#")) continue;
    while (chunk.endsWith("\\") && i + 1 < lines.length) chunk += `\n${lines[++i]}`;
    for (const match of chunk.matchAll(/(?<!<)<<(?!<)(-?)\s*(['"]?)(\w+)\2/g)) {
      let line: string;
      do {
        line = lines[++i] ?? (match[3] as string);
        chunk += `\n${line}`;
      } while ((match[1] ? line.replace(/^\t+/, "") : line) !== match[3]);
    }
    found.push(chunk);
  }
  return found;
}

/** The git subcommands that a line names. */
export function commandsOf(line: string): string[] {
  const pattern = /\bgit((?:\s+(?:-[Cc]\s+(?:'[^']*'|"[^"]*"|[^\s'"])+|-[^\sCc]\S*))*)\s+([a-z][a-z-]*)/g;
  return [...line.matchAll(pattern)].map((match) => match[2] as string);
}
