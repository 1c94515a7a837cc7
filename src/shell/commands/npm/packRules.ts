/** Rules of ignore files as npm's packer reads them: each folder adds its own, and the last that fits counts. https://github.com/npm/ignore-walk */
import { wildRegex } from "../git/lib/wildmatch.ts";

export interface Rule {
  readonly negated: boolean;
  /** Of the pattern between slashes; null for `**`. */
  readonly parts: readonly (RegExp | null)[];
  /** Whether it ends with a slash: for folders alone. */
  readonly folder: boolean;
}

/** What a folder on the way to a file says. */
export interface Level {
  readonly folder: string;
  readonly rules: readonly Rule[];
}

export function rulesOf(lines: readonly string[]): Rule[] {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap((line) => {
      const negated = /^!+/.exec(line)?.[0].length ?? 0;
      return expanded(line.slice(negated)).map((pattern) => ruleOf(pattern, negated % 2 === 1));
    });
}

/** `a{b,c}` is two patterns. */
function expanded(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(pattern);
  if (!match) return [pattern];
  const [, before = "", inner = "", after = ""] = match;
  return inner.split(",").flatMap((each) => expanded(`${before}${each}${after}`));
}

function ruleOf(pattern: string, negated: boolean): Rule {
  const parts = pattern.replace(/\/{2,}/g, "/").split("/");
  return {
    negated,
    folder: parts.at(-1) === "",
    parts: parts.map((part) => (part === "**" ? null : partRegex(part))),
  };
}

/** A star stands for something, never for nothing. */
function partRegex(part: string): RegExp {
  return part === "*" ? /^.+$/s : wildRegex(part, { pathname: true, ignoreCase: true });
}

export function partsOf(path: string): string[] {
  return path.split("/");
}

export function isIncluded(levels: readonly Level[], path: readonly string[], isFolder: boolean): boolean {
  let included = true;
  for (const { folder, rules } of levels) {
    const entry = folder === "" ? path : path.slice(folder.split("/").length);
    const base = entry.length > 1 ? entry.at(-1) : undefined;
    for (const rule of rules)
      if (rule.negated !== included && fits(rule, entry, { base, isFolder })) included = rule.negated;
    if (!included) return false;
  }
  return included;
}

interface Entry {
  /** The name alone, where the entry lies deeper than the rule. */
  readonly base: string | undefined;
  readonly isFolder: boolean;
}

function fits(rule: Rule, entry: readonly string[], { base, isFolder }: Entry): boolean {
  if (matches(rule, ["", ...entry], false) || matches(rule, entry, false)) return true;
  if (!isFolder) return false;
  if (matches(rule, ["", ...entry, ""], false) || matches(rule, [...entry, ""], false)) return true;
  if (rule.negated && (matches(rule, ["", ...entry], true) || matches(rule, entry, true))) return true;
  const isRelative = rule.parts.length <= (rule.folder ? 2 : 1);
  if (base === undefined || !isRelative) return false;
  if (matches(rule, ["", base, ""], false) || matches(rule, [base, ""], false)) return true;
  return rule.negated && (matches(rule, ["", base], true) || matches(rule, [base], true));
}

/** `partial`: whether something below could fit. A pattern without a slash is about the name alone. */
function matches({ parts }: Rule, entry: readonly string[], partial: boolean): boolean {
  if (parts.length === 1) {
    const name = entry.at(-1) === "" ? entry.at(-2) : entry.at(-1);
    const [part] = parts;
    return part === null || (part !== undefined && part.test(name ?? ""));
  }
  return matchParts(parts, entry, partial);
}

function matchParts(parts: Rule["parts"], entry: readonly string[], partial: boolean): boolean {
  const [part, ...rest] = parts;
  if (entry.length === 0) return partial || parts.length === 0;
  if (part === undefined) return false;
  if (part === null) {
    if (rest.length === 0) return entry.some((each) => each !== "");
    return matchParts(rest, entry, partial) || matchParts(parts, entry.slice(1), partial);
  }
  return part.test(entry[0] as string) && matchParts(rest, entry.slice(1), partial);
}
