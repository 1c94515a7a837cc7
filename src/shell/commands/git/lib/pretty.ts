/** Commits as text: https://git-scm.com/docs/pretty-formats */
import type { Config } from "./config.ts";
import { formatDate } from "./dates.ts";
import { type Decorations, decorationText } from "./decorations.ts";
import { abbreviate, type Commit, type Person, personText } from "./objects.ts";
import type { Repository } from "./repository.ts";
import { die } from "./transcript.ts";

export type BuiltIn = "oneline" | "short" | "medium" | "full" | "fuller" | "raw" | "email" | "reference";

export interface Pretty {
  readonly kind: BuiltIn | "user";
  /** The format of a user format. */
  readonly format: string;
  /** A newline after each entry (tformat, oneline) instead of between entries. */
  readonly terminator: boolean;
  /** The format fixes the date mode (`reference`). */
  readonly date?: string;
}

const BUILT_IN = new Set<string>([
  "oneline",
  "short",
  "medium",
  "full",
  "fuller",
  "raw",
  "email",
  "reference",
]);

/** The value of --pretty and --format. Dies where it is none. */
export function parsePretty(text: string, config: Config | null): Pretty {
  if (text === "") return { kind: "user", format: "", terminator: true };
  if (text.startsWith("format:")) return { kind: "user", format: text.slice(7), terminator: false };
  if (text.startsWith("tformat:")) return { kind: "user", format: text.slice(8), terminator: true };
  if (text.includes("%")) return { kind: "user", format: text, terminator: true };
  const alias = config?.get(`pretty.${text}`);
  if (alias !== undefined) return parsePretty(alias, config);
  const name =
    [...BUILT_IN].find((candidate) => candidate === text) ??
    [...BUILT_IN].find((candidate) => candidate.startsWith(text));
  if (name === undefined) die(`invalid --pretty format: ${text}`);
  return builtIn(name as BuiltIn);
}

export function builtIn(kind: BuiltIn): Pretty {
  if (kind === "reference") return { kind: "user", format: "%h (%s, %ad)", terminator: true, date: "short" };
  return { kind, format: "", terminator: kind === "oneline" };
}

/** Where an entry of a reflog walk came from. */
export interface ReflogMark {
  /** Shortened (`%gd`), and as git found the log: a branch as it was asked for, another reference by its full name. */
  readonly short: string;
  readonly full: string;
  readonly person: Person;
  readonly message: string;
}

export interface PrettyContext {
  readonly repo: Repository;
  /** `--date`; "default" unless told. */
  readonly date: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Short ids on `commit` lines. */
  readonly abbrevCommit: boolean;
  readonly abbrev: number;
  /** Null: none are shown (user formats still get them through `decorate`). */
  readonly decorate: "no" | "short" | "full";
  readonly decorations: Decorations;
  /** The notes of a commit, ready to be indented; absent: none are shown. */
  readonly notes?: (id: string) => Promise<readonly { readonly header: string; readonly text: string }[]>;
  /** Before the id: `<`, `>`, `-`, `=`. */
  readonly mark?: string;
  readonly reflog?: ReflogMark;
  /** Parents as the walk shows them (`--parents`), and where the walk found the commit (`%S`). */
  readonly source?: string;
  readonly showParents?: boolean;
  readonly expandTabs?: boolean;
  /** The parent that a merge is compared with, where it is shown once per parent. */
  readonly from?: string;
}

/** One entry without separators; ends in a newline unless it is oneline or a user format. */
export async function prettyCommit(commit: Commit, pretty: Pretty, context: PrettyContext): Promise<string> {
  if (pretty.kind === "user")
    return expandFormat(commit, pretty.format, pretty.date ? { ...context, date: pretty.date } : context);
  if (pretty.kind === "oneline") return oneline(commit, context);
  const head = await headerLines(commit, pretty.kind, context);
  const notes = await noteLines(commit, context);
  const message = indentedMessage(commit, pretty.kind, context);
  return `${head.join("\n")}\n${message}${notes}`;
}

async function idText(commit: Commit, context: PrettyContext): Promise<string> {
  const id = context.abbrevCommit ? await abbreviate(context.repo, commit.id, context.abbrev) : commit.id;
  const parents = context.showParents
    ? await Promise.all(commit.parents.map((parent) => shortOrFull(parent, context)))
    : [];
  const from = context.from === undefined ? "" : ` (from ${await shortOrFull(context.from, context)})`;
  return [(context.mark ? `${context.mark} ` : "") + id, ...parents].join(" ") + from;
}

function shortOrFull(id: string, context: PrettyContext): Promise<string> | string {
  return context.abbrevCommit ? abbreviate(context.repo, id, context.abbrev) : id;
}

function decorationSuffix(commit: Commit, context: PrettyContext): string {
  if (context.decorate === "no") return "";
  const text = decorationText(context.decorations, commit.id, context.decorate === "full");
  return text === "" ? "" : ` (${text})`;
}

async function oneline(commit: Commit, context: PrettyContext): Promise<string> {
  const start = (await idText(commit, context)) + decorationSuffix(commit, context);
  if (context.reflog) return `${start} ${context.reflog.full}: ${context.reflog.message}`;
  const notes = (await noteLines(commit, context)).replace(/^\n/, "\n");
  return `${start} ${subject(commit.message)}${notes.replace(/\n$/, "")}`;
}

async function headerLines(commit: Commit, kind: BuiltIn, context: PrettyContext): Promise<string[]> {
  if (kind === "email") return emailHeader(commit, context);
  const lines = [`commit ${await idText(commit, context)}${decorationSuffix(commit, context)}`];
  if (context.reflog) lines.push(...reflogLines(context.reflog));
  if (kind === "raw") return [...lines, ...rawHeader(commit)];
  if (commit.parents.length > 1) {
    const parents = await Promise.all(
      commit.parents.map((parent) => abbreviate(context.repo, parent, context.abbrev)),
    );
    lines.push(`Merge: ${parents.join(" ")}`);
  }
  return [...lines, ...people(commit, kind, context)];
}

function reflogLines(reflog: ReflogMark): string[] {
  return [
    `Reflog: ${reflog.full} (${reflog.person.name} <${reflog.person.email}>)`,
    `Reflog message: ${reflog.message}`,
  ];
}

function rawHeader(commit: Commit): string[] {
  return [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personText(commit.author)}`,
    `committer ${personText(commit.committer)}`,
    ...commit.extra.map(([name, value]) => `${name} ${value.replaceAll("\n", "\n ")}`),
  ];
}

function people(commit: Commit, kind: BuiltIn, context: PrettyContext): string[] {
  const who = (person: Person) => `${person.name} <${person.email}>`;
  const when = (person: Person) => dateText(person, context.date, context);
  const { author, committer } = commit;
  if (kind === "full") return [`Author: ${who(author)}`, `Commit: ${who(committer)}`];
  if (kind === "fuller") {
    return [
      `Author:     ${who(author)}`,
      `AuthorDate: ${when(author)}`,
      `Commit:     ${who(committer)}`,
      `CommitDate: ${when(committer)}`,
    ];
  }
  return kind === "short"
    ? [`Author: ${who(author)}`]
    : [`Author: ${who(author)}`, `Date:   ${when(author)}`];
}

function emailHeader(commit: Commit, context: PrettyContext): string[] {
  return [
    `From ${commit.id} Mon Sep 17 00:00:00 2001`,
    `From: ${commit.author.name} <${commit.author.email}>`,
    `Date: ${dateText(commit.author, "rfc", context)}`,
    `Subject: [PATCH] ${subject(commit.message)}`,
  ];
}

export function dateText(person: Person, mode: string, context: Pick<PrettyContext, "now">): string {
  return formatDate(person, mode, context.now) ?? die(`unknown date format ${mode}`);
}

/** Blank line and message, indented by four; trailing blank lines dropped. */
function indentedMessage(commit: Commit, kind: BuiltIn, context: PrettyContext): string {
  if (kind === "email") return `\n${bodyOf(commit.message)}`;
  const lines: string[] = [];
  for (const raw of commit.message.replace(/^([ \t]*\n)+/, "").split("\n")) {
    const line = raw.trimEnd();
    if (line === "") {
      if (kind === "short") break;
      lines.push("    ");
    } else lines.push(`    ${context.expandTabs === false || kind === "short" ? line : expandTabs(line)}`);
  }
  while (lines.at(-1) === "    ") lines.pop();
  return lines.length === 0 ? "" : `\n${lines.join("\n")}\n`;
}

function expandTabs(line: string): string {
  let out = "";
  for (const character of line) out += character === "\t" ? " ".repeat(8 - (out.length % 8)) : character;
  return out;
}

async function noteLines(commit: Commit, context: PrettyContext): Promise<string> {
  const notes = context.notes ? await context.notes(commit.id) : [];
  return notes.map(({ header, text }) => `\n${header}\n${indentNote(text)}`).join("");
}

function indentNote(text: string): string {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `    ${line}\n`)
    .join("");
}

/** The first paragraph on one line. */
export function subject(message: string): string {
  return firstParagraph(message).join(" ");
}

function firstParagraph(message: string): string[] {
  const lines: string[] = [];
  for (const raw of message.replace(/^([ \t]*\n)+/, "").split("\n")) {
    const line = raw.trimEnd();
    if (line === "") break;
    lines.push(line);
  }
  return lines;
}

export function bodyOf(message: string): string {
  const rest = message.replace(/^([ \t]*\n)+/, "").split("\n");
  let i = 0;
  while (i < rest.length && (rest[i] as string).trim() !== "") i++;
  while (i < rest.length && (rest[i] as string).trim() === "") i++;
  return rest.slice(i).join("\n");
}

/** `%f`: fit for a file name. */
export function sanitizedSubject(message: string): string {
  let out = "";
  let space = 2;
  for (const character of subject(message)) {
    if (/[A-Za-z0-9._]/.test(character)) {
      if (space === 1) out += "-";
      space = 0;
      if (character !== "." || !out.endsWith(".")) out += character;
    } else space |= 1;
  }
  return out.replace(/[.-]+$/, "");
}

type Placeholder = { readonly text: string; readonly length: number };

interface Padding {
  readonly kind: "<" | ">" | ">>" | "><";
  readonly width: number;
  readonly cut: "" | "trunc" | "ltrunc" | "mtrunc";
}

/** A user format. What is no placeholder stays as it is. */
export async function expandFormat(commit: Commit, format: string, context: PrettyContext): Promise<string> {
  let out = "";
  let padding: Padding | null = null;
  for (let i = 0; i < format.length;) {
    const percent = format.indexOf("%", i);
    if (percent < 0) return out + format.slice(i);
    out += format.slice(i, percent);
    const pad = paddingAt(format, percent + 1);
    if (pad) {
      padding = pad.padding;
      i = percent + 1 + pad.length;
      continue;
    }
    const [next, length]: [string, number] = await modified(commit, format, percent + 1, context, out);
    const isText = length > 0;
    if (!isText) {
      out += "%";
      i = percent + 1;
      continue;
    }
    out = padding
      ? out + padded(next, padding, out)
      : format.startsWith("%-", percent) && next === ""
        ? out.replace(/\n+$/, "")
        : out + next;
    padding = null;
    i = percent + 1 + length;
  }
  return out;
}

/** `%+x`, `%-x` and `% x`: a line break or space only where there is text. */
async function modified(
  commit: Commit,
  format: string,
  at: number,
  context: PrettyContext,
  _before: string,
): Promise<[string, number]> {
  const sign = format.charAt(at);
  if (sign === "+" || sign === "-" || sign === " ") {
    const found = await placeholder(commit, format, at + 1, context);
    if (!found) return ["", 0];
    const before = sign === "+" ? "\n" : sign === " " ? " " : "";
    return [found.text === "" ? "" : before + found.text, found.length + 1];
  }
  const found = await placeholder(commit, format, at, context);
  return found ? [found.text, found.length] : ["", 0];
}

function paddingAt(format: string, at: number): { padding: Padding; length: number } | null {
  const match = /^(<|><|>>|>)(\|?)\(\s*(-?\d+)\s*(?:,\s*(trunc|ltrunc|mtrunc)\s*)?\)/.exec(format.slice(at));
  if (!match) return null;
  const [whole, kind, , width, cut = ""] = match as unknown as [
    string,
    Padding["kind"],
    string,
    string,
    Padding["cut"],
  ];
  return { padding: { kind, width: Number(width), cut }, length: whole.length };
}

function padded(text: string, { kind, width, cut }: Padding, before: string): string {
  const length = [...text].length;
  if (length > width) {
    if (kind === ">>") return text.slice(0); // A wider text takes the spaces before it; there are none to take here.
    return cut === "" ? text : truncated(text, width, cut);
  }
  const space = width - length;
  void before;
  if (kind === "<") return text + " ".repeat(space);
  if (kind === "><") return " ".repeat(space >> 1) + text + " ".repeat(space - (space >> 1));
  return " ".repeat(space) + text;
}

function truncated(text: string, width: number, cut: Padding["cut"]): string {
  const characters = [...text];
  if (cut === "trunc") return `${characters.slice(0, width - 2).join("")}..`;
  if (cut === "ltrunc") return `..${characters.slice(characters.length - (width - 2)).join("")}`;
  const left = Math.floor(width / 2) - 1;
  return `${characters.slice(0, left).join("")}..${characters.slice(characters.length - (width - 2 - left)).join("")}`;
}

const COLOUR = /^C(?:\((?:[^)]*)\)|red|green|blue|reset)/;

async function placeholder(
  commit: Commit,
  format: string,
  at: number,
  context: PrettyContext,
): Promise<Placeholder | null> {
  const rest = format.slice(at);
  const colour = COLOUR.exec(rest);
  if (colour) return { text: "", length: colour[0].length };
  const wrap = /^w\([^)]*\)/.exec(rest);
  if (wrap) return { text: "", length: wrap[0].length };
  if (/^x[0-9a-fA-F]{2}/.test(rest))
    return { text: String.fromCharCode(Number.parseInt(rest.slice(1, 3), 16)), length: 3 };
  const trailers = /^\(trailers(?::([^)]*))?\)/.exec(rest);
  if (trailers) return { text: trailerText(commit.message, trailers[1] ?? ""), length: trailers[0].length };
  const two = rest.slice(0, 2);
  const pair = await twoLetters(commit, two, context);
  if (pair !== null) return { text: pair, length: 2 };
  const one = await oneLetter(commit, rest.charAt(0), context);
  return one === null ? null : { text: one, length: 1 };
}

async function oneLetter(commit: Commit, letter: string, context: PrettyContext): Promise<string | null> {
  const short = (id: string) => abbreviate(context.repo, id, context.abbrev);
  switch (letter) {
    case "H":
      return commit.id;
    case "h":
      return short(commit.id);
    case "T":
      return commit.tree;
    case "t":
      return short(commit.tree);
    case "P":
      return commit.parents.join(" ");
    case "p":
      return (await Promise.all(commit.parents.map(short))).join(" ");
    case "s":
      return subject(commit.message);
    case "f":
      return sanitizedSubject(commit.message);
    case "b":
      return bodyOf(commit.message);
    case "B":
      return commit.message;
    case "n":
      return "\n";
    case "%":
      return "%";
    case "m":
      return context.mark || ">";
    case "S":
      return context.source ?? "";
    case "e":
      return commit.extra.find(([name]) => name === "encoding")?.[1] ?? "";
    case "N":
      return context.notes ? (await context.notes(commit.id)).map((note) => note.text).join("") : "";
    case "D":
      return decorationText(context.decorations, commit.id, context.decorate === "full");
    case "d": {
      const names = decorationText(context.decorations, commit.id, context.decorate === "full");
      return names === "" ? "" : ` (${names})`;
    }
    default:
      return null;
  }
}

async function twoLetters(commit: Commit, two: string, context: PrettyContext): Promise<string | null> {
  const [group, letter] = [two.charAt(0), two.charAt(1)];
  if (group === "a") return personField(commit.author, letter, context);
  if (group === "c") return personField(commit.committer, letter, context);
  if (group === "G") return signatureField(commit, letter);
  if (group === "g") return reflogField(letter, context);
  return null;
}

function signatureField(commit: Commit, letter: string): string | null {
  if (letter === "?") return commit.extra.some(([name]) => name === "gpgsig") ? "E" : "N";
  return "GSKFPT".includes(letter) ? (letter === "T" ? "undefined" : "") : null;
}

const DATE_MODES: Readonly<Record<string, string>> = {
  D: "rfc",
  r: "relative",
  t: "unix",
  i: "iso",
  I: "iso-strict",
  s: "short",
  h: "human",
};

export function personField(
  person: Person,
  letter: string,
  context: Pick<PrettyContext, "date" | "now">,
): string | null {
  if (letter === "n" || letter === "N") return person.name;
  if (letter === "e" || letter === "E") return person.email;
  if (letter === "l" || letter === "L") return person.email.split("@")[0] as string;
  if (letter === "d") return dateText(person, context.date, context);
  const mode = DATE_MODES[letter];
  return mode === undefined ? null : dateText(person, mode, context);
}

function reflogField(letter: string, context: PrettyContext): string | null {
  const reflog = context.reflog;
  if (!"dDsneNE".includes(letter) || letter === "") return null;
  if (!reflog) return "";
  if (letter === "d") return reflog.short;
  if (letter === "D") return reflog.full;
  if (letter === "s") return reflog.message;
  return letter.toLowerCase() === "n" ? reflog.person.name : reflog.person.email;
}

/** https://git-scm.com/docs/pretty-formats#Documentation/pretty-formats.txt-emtrailersoptionsem */
function trailerText(message: string, options: string): string {
  const settings = options.split(",").map((option) => option.split("=") as [string, string?]);
  const value = (name: string) => settings.find(([key]) => key === name)?.[1];
  const has = (name: string) =>
    settings.some(([key, given]) => key === name && given !== "no" && given !== "false");
  const keys = settings
    .filter(([key]) => key === "key")
    .map(([, given]) => (given ?? "").replace(/:$/, "").toLowerCase());
  const found = trailersOf(message).filter(([key]) => keys.length === 0 || keys.includes(key.toLowerCase()));
  const unescape = (text: string) =>
    text
      .replace(/%n/g, "\n")
      .replace(/%x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const shown = found.map(([key, text]) => {
    const body = has("unfold") ? text.replace(/\s*\n\s+/g, " ") : text;
    return has("valueonly")
      ? body
      : has("keyonly")
        ? key
        : `${key}${unescape(value("key_value_separator") ?? ": ")}${body}`;
  });
  const separator = value("separator");
  return separator === undefined
    ? shown.map((line) => `${line}\n`).join("")
    : shown.join(unescape(separator));
}

export function trailersOf(message: string): [string, string][] {
  const paragraphs = message.trimEnd().split(/\n\s*\n/);
  if (paragraphs.length < 2) return [];
  const lines = (paragraphs.at(-1) as string).split("\n");
  const found: [string, string][] = [];
  for (const line of lines) {
    const match = /^([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(line);
    if (match) found.push([match[1] as string, match[2] as string]);
    else if (/^\s/.test(line) && found.length > 0) (found.at(-1) as [string, string])[1] += `\n${line}`;
    else if (!/^(\(cherry picked)/.test(line)) return [];
  }
  return found;
}
