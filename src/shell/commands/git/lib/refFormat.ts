/**
 * Formats and sort keys of references, for for-each-ref, branch and tag:
 * https://git-scm.com/docs/git-for-each-ref#_field_names
 */
import { formatDate, type Moment } from "./dates.ts";
import {
  abbreviate,
  compareText,
  parseCommit,
  parseTag,
  personText,
  readObject,
  type Commit,
  type Person,
  type RawObject,
  type Tag,
} from "./objects.ts";
import { bodyOf, subject } from "./pretty.ts";
import { readHead, type Ref, resolveRef, shortenRef } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { upstreamName } from "./revision.ts";
import { die, stop } from "./transcript.ts";
import { aheadBehind } from "./walk.ts";

export interface RefItem {
  readonly repo: Repository;
  readonly ref: Ref;
  /** The object, read once. */
  object(): Promise<RawObject | null>;
  /** What a tag points to. */
  peeled(): Promise<{ readonly id: string; readonly raw: RawObject | null } | null>;
}

export function refItem(repo: Repository, ref: Ref): RefItem {
  let object: Promise<RawObject | null> | null = null;
  const read = () => (object ??= readObject(repo, ref.id));
  const peeled = async () => {
    const raw = await read();
    if (raw?.type !== "tag") return null;
    const id = parseTag(ref.id, raw.content).object;
    return { id, raw: await readObject(repo, id) };
  };
  return { repo, ref, object: read, peeled };
}

export type Quoting = "none" | "shell" | "perl" | "python" | "tcl";

export type RefFormat = (item: RefItem, quoting: Quoting) => Promise<string>;

/** One reference through a format. */
export function expandRefFormat(repo: Repository, ref: Ref, format: string): Promise<string> {
  return parseRefFormat(format)(refItem(repo, ref), "none");
}

type Part = { readonly text: string } | { readonly field: string };

/** Stops with exit 129 and without the usage where a placeholder is malformed. */
export function parseRefFormat(format: string): RefFormat {
  const parts = split(format);
  return async (item, quoting) => {
    const stack: Frame[] = [{ text: "" }];
    for (const part of parts) {
      if ("text" in part) top(stack).text += part.text;
      else await place(stack, item, part.field, quoting);
    }
    if (stack.length > 1) die("format: %(end) atom missing");
    return (stack[0] as Frame).text;
  };
}

function split(format: string): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < format.length;) {
    const percent = format.indexOf("%", at);
    if (percent < 0 || percent > at)
      parts.push({ text: format.slice(at, percent < 0 ? format.length : percent) });
    if (percent < 0) break;
    const next = format.charAt(percent + 1);
    if (next === "(") {
      const end = format.indexOf(")", percent);
      if (end < 0) stop(`error: malformed format string ${format.slice(percent)}\n`, 129);
      parts.push({ field: format.slice(percent + 2, end) });
      at = end + 1;
    } else if (next === "%") {
      parts.push({ text: "%" });
      at = percent + 2;
    } else if (/^[0-9a-fA-F]{2}/.test(format.slice(percent + 1, percent + 3))) {
      parts.push({ text: String.fromCharCode(Number.parseInt(format.slice(percent + 1, percent + 3), 16)) });
      at = percent + 3;
    } else {
      parts.push({ text: "%" });
      at = percent + 1;
    }
  }
  return parts;
}

/** An open `%(if)` or `%(align)`. */
interface Frame {
  text: string;
  align?: { readonly width: number; readonly position: string };
  condition?: {
    state: "if" | "then" | "else";
    met: boolean;
    whenMet: string;
    readonly equals?: string;
    readonly notEquals?: string;
  };
}

function top(stack: Frame[]): Frame {
  return stack.at(-1) as Frame;
}

async function place(stack: Frame[], item: RefItem, field: string, quoting: Quoting): Promise<void> {
  const [name, argument] = nameAndArgument(field);
  if (name === "align") stack.push({ text: "", align: alignment(argument) });
  else if (name === "if") {
    const [kind, value] = splitArgument(argument);
    stack.push({
      text: "",
      condition: {
        state: "if",
        met: false,
        whenMet: "",
        ...(kind === "equals" ? { equals: value } : kind === "notequals" ? { notEquals: value } : {}),
      },
    });
  } else if (name === "then" || name === "else") conditional(top(stack), name);
  else if (name === "end") end(stack);
  else top(stack).text += quote(await fieldText(item, field), stack.length > 1 ? "none" : quoting);
}

function splitArgument(argument: string): [string, string] {
  const equals = argument.indexOf("=");
  return equals < 0 ? [argument, ""] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function conditional(frame: Frame, name: "then" | "else"): void {
  const { condition } = frame;
  if (!condition)
    return die(`format: %(${name}) atom used without ${name === "then" ? "an %(if)" : "a %(then)"} atom`);
  if (name === "then") {
    const text = frame.text;
    condition.met =
      condition.equals !== undefined
        ? text === condition.equals
        : condition.notEquals !== undefined
          ? text !== condition.notEquals
          : text.trim() !== "";
  } else condition.whenMet = frame.text;
  condition.state = name;
  frame.text = "";
}

function end(stack: Frame[]): void {
  const frame = stack.length > 1 ? stack.pop() : undefined;
  if (!frame) return die("format: %(end) atom used without corresponding atom");
  if (frame.align) top(stack).text += aligned(frame.text, frame.align);
  else if (frame.condition) {
    const { state, met, whenMet } = frame.condition;
    top(stack).text += state === "else" ? (met ? whenMet : frame.text) : met ? frame.text : "";
  }
}

function alignment(argument: string): { width: number; position: string } {
  let width = -1;
  let position = "left";
  for (const part of argument.split(",")) {
    const value = part.replace(/^(width|position)=/, "");
    if (/^\d+$/.test(value)) width = Number(value);
    else if (["left", "right", "middle"].includes(value)) position = value;
    else die(`unrecognized %(align) argument: ${part}`);
  }
  if (width < 0) die("positive width expected with the %(align) atom");
  return { width, position };
}

function aligned(text: string, { width, position }: { width: number; position: string }): string {
  const gap = Math.max(0, width - [...text].length);
  if (position === "right") return " ".repeat(gap) + text;
  if (position === "middle")
    return " ".repeat(Math.floor(gap / 2)) + text + " ".repeat(gap - Math.floor(gap / 2));
  return text + " ".repeat(gap);
}

function quote(text: string, quoting: Quoting): string {
  if (quoting === "shell") return `'${text.replaceAll("'", "'\\''").replaceAll("!", "'\\!'")}'`;
  if (quoting === "perl") return `'${text.replace(/['\\]/g, "\\$&")}'`;
  if (quoting === "python") return `'${text.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n")}'`;
  if (quoting === "tcl") return `"${text.replace(/[[\]$\\"{}]/g, "\\$&").replaceAll("\n", "\\n")}"`;
  return text;
}

function nameAndArgument(field: string): [string, string] {
  const colon = field.indexOf(":");
  return colon < 0 ? [field, ""] : [field.slice(0, colon), field.slice(colon + 1)];
}

/** The value of one field: `refname:short`, `*objectname`, `creatordate:iso`. */
export async function fieldText(item: RefItem, field: string): Promise<string> {
  const deref = field.startsWith("*");
  const [name, argument] = nameAndArgument(deref ? field.slice(1) : field);
  if (deref) {
    const peeled = await item.peeled();
    return peeled ? objectField(item.repo, field, name, argument, peeled.id, peeled.raw) : "";
  }
  const { repo, ref } = item;
  switch (name) {
    case "refname":
      return nameText(repo, ref.name, argument);
    case "symref":
      return ref.target === undefined ? "" : nameText(repo, ref.target, argument);
    case "HEAD":
      return (await readHead(repo)).branch === ref.name ? "*" : " ";
    case "upstream":
    case "push":
      return upstreamText(repo, ref, argument);
    case "worktreepath":
      return (await readHead(repo)).branch === ref.name ? (repo.workTree ?? "") : "";
    case "color":
      return "";
    case "flag":
      return ref.target === undefined ? "" : "symref";
    default:
      return objectField(repo, field, name, argument, ref.id, await item.object());
  }
}

async function nameText(repo: Repository, name: string, argument: string): Promise<string> {
  const [kind, value] = splitArgument(argument);
  if (kind === "") return name;
  if (kind === "short") return shortenRef(repo, name, repo.config.bool("core.warnAmbiguousRefs") !== false);
  const parts = name.split("/");
  const count = Number(value || 1);
  if (kind === "lstrip" || kind === "strip") return parts.slice(count).join("/");
  if (kind === "rstrip")
    return parts
      .slice(0, count < 0 ? Math.min(parts.length, -count) : Math.max(0, parts.length - count))
      .join("/");
  return die(`unrecognized %(refname) argument: ${argument}`);
}

async function upstreamText(repo: Repository, ref: Ref, argument: string): Promise<string> {
  const branch = /^refs\/heads\/(.+)$/.exec(ref.name)?.[1];
  const name = branch === undefined ? null : upstreamName(repo, branch);
  if (branch === undefined || name === null) return "";
  const options = argument.split(",");
  if (options.includes("remotename")) return repo.config.get(`branch.${branch}.remote`) ?? "";
  if (options.includes("remoteref")) return repo.config.get(`branch.${branch}.merge`) ?? "";
  if (!options.some((option) => option === "track" || option === "trackshort"))
    return nameText(repo, name, argument);
  const tracked = (await resolveRef(repo, name))?.id ?? null;
  if (tracked === null)
    return options.includes("trackshort") ? "" : options.includes("nobracket") ? "gone" : "[gone]";
  const { ahead, behind } = await aheadBehind(repo, ref.id, tracked);
  if (options.includes("trackshort")) return ahead && behind ? "<>" : ahead ? ">" : behind ? "<" : "=";
  const text = [ahead ? `ahead ${ahead}` : "", behind ? `behind ${behind}` : ""].filter(Boolean).join(", ");
  return text === "" || options.includes("nobracket") ? text : `[${text}]`;
}

async function objectField(
  repo: Repository,
  field: string,
  name: string,
  argument: string,
  id: string,
  raw: RawObject | null,
): Promise<string> {
  if (!raw) return die(`missing object ${id} for ${field}`);
  switch (name) {
    case "objectname":
      return argument === ""
        ? id
        : abbreviate(repo, id, argument === "short" ? 7 : Number(splitArgument(argument)[1]));
    case "objecttype":
      return raw.type;
    case "objectsize":
      return String(raw.content.length);
    case "deltabase":
      return "0".repeat(40);
    case "raw":
      return argument === "size" ? String(raw.content.length) : new TextDecoder().decode(raw.content);
    default:
      break;
  }
  const commit = raw.type === "commit" ? parseCommit(id, raw.content) : null;
  const tag = raw.type === "tag" ? parseTag(id, raw.content) : null;
  return contentField(repo, field, name, argument, commit, tag);
}

const COMMIT_FIELDS = new Set(["tree", "parent", "numparent"]);
const TAG_FIELDS = new Set(["object", "type", "tag"]);

function contentField(
  repo: Repository,
  field: string,
  name: string,
  argument: string,
  commit: Commit | null,
  tag: Tag | null,
): string {
  if (COMMIT_FIELDS.has(name))
    return commit
      ? { tree: commit.tree, parent: commit.parents.join(" "), numparent: String(commit.parents.length) }[
          name as "tree"
        ]
      : "";
  if (TAG_FIELDS.has(name))
    return tag ? { object: tag.object, type: tag.type, tag: tag.name }[name as "tag"] : "";
  const person = /^(author|committer|tagger|creator)(name|email|date)?$/.exec(name);
  if (person) return personField(repo, personOf(person[1] as string, commit, tag), person[2] ?? "", argument);
  const message = commit?.message ?? tag?.message;
  if (name === "subject" || name === "body" || name === "contents")
    return message === undefined ? "" : messageField(name, argument, message);
  return die(`unknown field name: ${field}`);
}

function personOf(role: string, commit: Commit | null, tag: Tag | null): Person | null {
  if (role === "author") return commit?.author ?? null;
  if (role === "committer") return commit?.committer ?? null;
  if (role === "tagger") return tag?.tagger ?? null;
  return commit?.committer ?? tag?.tagger ?? null;
}

function personField(repo: Repository, person: Person | null, part: string, argument: string): string {
  if (!person) return "";
  if (part === "name") return person.name;
  if (part === "email")
    return argument === "trim"
      ? person.email
      : argument === "localpart"
        ? person.email.replace(/@.*$/, "")
        : `<${person.email}>`;
  if (part === "") return personText(person);
  const moment: Moment = person;
  return formatDate(moment, argument || "default", repo.now) ?? die(`unknown date format ${argument}`);
}

function messageField(name: string, argument: string, message: string): string {
  if (name === "subject")
    return argument === "sanitize"
      ? subject(message)
          .replace(/[^A-Za-z0-9._]+/g, "-")
          .replace(/[-.]+$/, "")
      : subject(message);
  if (name === "body") return bodyOf(message);
  const [kind, value] = splitArgument(argument);
  if (kind === "") return message;
  if (kind === "subject") return subject(message);
  if (kind === "body") return bodyOf(message);
  if (kind === "size") return String(new TextEncoder().encode(message).length);
  if (kind === "lines") return message.split("\n").slice(0, Number(value)).join("\n    ").trimEnd();
  return die(`unrecognized %(contents) argument: ${argument}`);
}

const NUMERIC = /^\*?(objectsize|numparent|(author|committer|tagger|creator)date|version|v)(:|$)/;

/** Sorts by the last key first; ties keep the order of names. `-` reverses. */
export async function sortRefs(
  items: readonly RefItem[],
  keys: readonly string[],
  ignoreCase: boolean,
): Promise<RefItem[]> {
  let sorted = [...items];
  for (const key of keys) {
    const reverse = key.startsWith("-");
    const field = reverse ? key.slice(1) : key;
    const compare = /^(version|v):/.test(field)
      ? compareVersions
      : NUMERIC.test(field)
        ? (a: string, b: string) => Number(a) - Number(b)
        : compareText;
    const valueField = field.replace(/^(version|v):/, "");
    const raw = valueField.endsWith("date") ? `${valueField}:unix` : valueField;
    const valued = await Promise.all(
      sorted.map(async (it) => ({ it, value: await sortValue(it, raw, ignoreCase) })),
    );
    valued.sort((a, b) => (reverse ? -1 : 1) * compare(a.value, b.value));
    sorted = valued.map(({ it }) => it);
  }
  return sorted;
}

async function sortValue(it: RefItem, field: string, ignoreCase: boolean): Promise<string> {
  const text = await fieldText(it, field);
  return ignoreCase ? text.toLowerCase() : text;
}

/** Runs of digits by value, the rest by bytes. */
export function compareVersions(a: string, b: string): number {
  const runs = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [runs(a), runs(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
