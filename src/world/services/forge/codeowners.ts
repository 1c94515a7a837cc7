/**
 * CODEOWNERS: who has to look at which files. The last line that matches a path counts.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Forge } from "./forge.ts";
import { objectsOf } from "./git/objects.ts";
import type { Repository } from "./model.ts";

export interface OwnersRule {
  /** From 1. */
  readonly line: number;
  readonly pattern: string;
  /** "@mina", "@lantern-tides/maintainers", "priya@lantern-tides.test". Empty: nobody owns it. */
  readonly owners: readonly string[];
}

/** Where it may lie; the first that is there counts. */
export const CODEOWNERS_PATHS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Larger files are not read, as on GitHub. */
const LARGEST_BYTES = 3_000_000;

export function parseOwners(text: string): OwnersRule[] {
  return text.split(/\r?\n/).flatMap((raw, i) => {
    const words = raw
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/(?<!\\)\s+/);
    const [pattern = "", ...owners] = words;
    return pattern === "" || isUnsupported(pattern)
      ? []
      : [{ line: i + 1, pattern: pattern.replaceAll("\\ ", " "), owners }];
  });
}

/** GitHub takes neither negation nor sets of characters here. */
function isUnsupported(pattern: string): boolean {
  return pattern.startsWith("!") || /[[\]]/.test(pattern);
}

/** The rules that hold on a branch: those of its own commit. */
export function ownersRules(forge: Forge, repository: Repository, commit: string): OwnersRule[] {
  const objects = objectsOf(forge, repository);
  for (const path of CODEOWNERS_PATHS) {
    const bytes = objects.file(commit, path);
    if (bytes) return bytes.length > LARGEST_BYTES ? [] : parseOwners(toUtf8(bytes));
  }
  return [];
}

export function ownersOf(rules: readonly OwnersRule[], path: string): readonly string[] {
  return rules.findLast(({ pattern }) => matches(pattern, path))?.owners ?? [];
}

export function matches(pattern: string, path: string): boolean {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const body = pattern.replace(/^\//, "").replace(/\/$/, "");
  const source = body
    .split("/")
    .map((part) =>
      part === "**"
        ? "**"
        : part
            .replace(/[.+^$()|{}\\]/g, "\\$&")
            .replace(/\*+/g, "[^/]*")
            .replaceAll("?", "[^/]"),
    )
    .join("/")
    .replace(/^\*\*\//, "(?:.*/)?")
    .replaceAll("/**/", "/(?:.*/)?")
    .replace(/\/\*\*$/, "/.*");
  const head = anchored || source.startsWith("(?:") ? "^" : "^(?:.*/)?";
  // `docs/*` is what lies in that folder, not what lies deeper; a folder's name stands for all below it.
  const tail = pattern.endsWith("/") ? "/.*$" : body.endsWith("/*") ? "$" : "(?:/.*)?$";
  return new RegExp(head + source + tail).test(path);
}
