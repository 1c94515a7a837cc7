/** Options of `git filter-repo`: https://github.com/newren/git-filter-repo/blob/main/Documentation/git-filter-repo.txt */
import { stop } from "../lib/transcript.ts";

export interface PathRule {
  readonly kind: "path" | "glob" | "regex";
  readonly pattern: string;
}

export interface FilterOptions {
  readonly rules: readonly PathRule[];
  readonly invert: boolean;
  readonly replaceText: string | undefined;
  readonly replaceMessage: string | undefined;
  readonly sensitive: boolean;
  readonly fetch: boolean;
  readonly force: boolean;
  readonly analyze: boolean;
  /** Only these references; undefined is all. */
  readonly refs: readonly string[] | undefined;
  readonly quiet: boolean;
  readonly keepHashes: boolean;
  readonly pruneEmpty: "auto" | "always" | "never";
}

interface Draft {
  rules: PathRule[];
  invert: boolean;
  replaceText?: string;
  replaceMessage?: string;
  sensitive: boolean;
  fetch: boolean;
  force: boolean;
  analyze: boolean;
  refs?: string[];
  quiet: boolean;
  keepHashes: boolean;
  pruneEmpty: "auto" | "always" | "never";
}

const FLAGS: Readonly<Record<string, (draft: Draft) => void>> = {
  "--invert-paths": (draft) => void (draft.invert = true),
  "--sensitive-data-removal": (draft) => void (draft.sensitive = true),
  "--sdr": (draft) => void (draft.sensitive = true),
  "--no-fetch": (draft) => void (draft.fetch = false),
  "--force": (draft) => void (draft.force = true),
  "-f": (draft) => void (draft.force = true),
  "--analyze": (draft) => void (draft.analyze = true),
  "--quiet": (draft) => void (draft.quiet = true),
  "--preserve-commit-hashes": (draft) => void (draft.keepHashes = true),
};

const VALUED: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  "--path": (draft, value) => void draft.rules.push({ kind: "path", pattern: value }),
  "--path-match": (draft, value) => void draft.rules.push({ kind: "path", pattern: value }),
  "--path-glob": (draft, value) => void draft.rules.push({ kind: "glob", pattern: value }),
  "--path-regex": (draft, value) => void draft.rules.push({ kind: "regex", pattern: value }),
  "--replace-text": (draft, value) => void (draft.replaceText = value),
  "--replace-message": (draft, value) => void (draft.replaceMessage = value),
  "--prune-empty": (draft, value) =>
    void (draft.pruneEmpty = value === "always" || value === "never" ? value : "auto"),
};

const USAGE = "usage: git-filter-repo [-h] [--version] [--analyze] [FILTER/RENAME/CONTROL OPTIONS]\n";

/** Stops with exit 2 for what the tool does not know, and for its options that are not simulated. */
export function filterOptions(args: readonly string[]): FilterOptions {
  const draft: Draft = {
    rules: [],
    invert: false,
    sensitive: false,
    fetch: true,
    force: false,
    analyze: false,
    quiet: false,
    keepHashes: false,
    pruneEmpty: "auto",
  };
  for (let i = 0; i < args.length; i++) {
    const [name = "", given] = splitOption(args[i] as string);
    const flag = FLAGS[name];
    const valued = VALUED[name];
    if (flag) flag(draft);
    else if (valued) {
      const value = given ?? args[++i];
      if (value === undefined)
        stop(`${USAGE}git-filter-repo: error: argument ${name}: expected one argument\n`, 2);
      valued(draft, value);
    } else if (name === "--refs") {
      draft.refs = given === undefined ? [] : [given];
      while (i + 1 < args.length && !(args[i + 1] as string).startsWith("-"))
        draft.refs.push(args[++i] as string);
    } else
      stop(
        `${USAGE}git-filter-repo: error: unrecognized arguments: ${args[i] as string}\n(what LeakLab does not simulate counts as unrecognized)\n`,
        2,
      );
  }
  if (args.length === 0) stop("No arguments specified.\n");
  if (draft.analyze && draft.rules.length > 0)
    stop("Error: --analyze is incompatible with --path* flags; it's a read-only operation.\n");
  return { ...draft, replaceText: draft.replaceText, replaceMessage: draft.replaceMessage, refs: draft.refs };
}

function splitOption(arg: string): [string, string | undefined] {
  const equals = arg.indexOf("=");
  return arg.startsWith("--") && equals > 0
    ? [arg.slice(0, equals), arg.slice(equals + 1)]
    : [arg, undefined];
}
