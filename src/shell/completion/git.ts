/** What git offers: subcommands, flags, refs, remotes, and the files that a subcommand is about. */
import { toUtf8 } from "../../base/bytes.ts";
import { sha1 } from "../../base/digest.ts";
import { concat, fromUtf8 } from "../../base/bytes.ts";
import { decodeIndex, type IndexEntry } from "../commands/git/lib/gitIndex.ts";
import { isDirectory, names, pathCandidates, type Places } from "./paths.ts";
import type { Word } from "./words.ts";

const SUBCOMMANDS =
  "add archive bisect blame branch bundle cat-file check-ignore checkout cherry-pick clean clone commit config count-objects describe diff diff-tree fetch filter-repo for-each-ref format-patch fsck gc grep hash-object init log ls-files ls-remote ls-tree merge merge-base mv name-rev notes prune pull push rebase reflog remote reset restore rev-list rev-parse revert rm shortlog show show-ref stash status submodule switch symbolic-ref tag update-index update-ref var verify-commit worktree write-tree".split(
    " ",
  );

const NESTED: Readonly<Record<string, string>> = {
  stash: "apply branch clear create drop list pop push show store",
  remote: "add get-url prune remove rename set-url show update",
  reflog: "delete exists expire show",
  notes: "add append copy edit list merge prune remove show",
  bundle: "create list-heads unbundle verify",
  worktree: "add list lock move prune remove",
  submodule: "add init status update",
  bisect: "bad good log reset run skip start",
};

const FLAGS: Readonly<Record<string, string>> = {
  add: "--all --edit --force --intent-to-add --patch --update --verbose --dry-run",
  branch:
    "--all --contains --delete --force --list --merged --move --no-merged --remotes --set-upstream-to= --show-current --verbose",
  checkout: "--detach --force --ours --patch --theirs --track -b -B",
  "cherry-pick": "--abort --continue --no-commit --quit --skip -x",
  clean: "--dry-run --force -d -x -X",
  clone: "--bare --branch --depth --mirror --no-checkout",
  commit:
    "--all --allow-empty --amend --author= --date= --edit --file= --fixup= --message= --no-edit --no-verify --patch --quiet --reset-author --squash= --verbose",
  config:
    "--add --file= --get --get-all --get-regexp --global --list --local --show-origin --unset --unset-all",
  diff: "--cached --check --diff-filter= --name-only --name-status --no-index --stat --staged --word-diff",
  fetch: "--all --depth= --dry-run --force --prune --tags",
  "filter-repo":
    "--analyze --force --invert-paths --no-fetch --path --path-glob --replace-text --sensitive-data-removal",
  fsck: "--full --lost-found --no-reflogs --strict --unreachable",
  gc: "--aggressive --auto --prune=now --quiet",
  log: "--all --author= --branches --decorate --diff-filter= --follow --format= --full-history --graph --grep= --max-count= --name-only --name-status --no-walk --oneline --patch --pretty= --remotes --reverse --since= --stat --tags --until= --walk-reflogs -G -S",
  merge: "--abort --continue --ff-only --no-commit --no-ff --squash",
  pull: "--ff-only --no-rebase --prune --rebase --tags",
  push: "--all --atomic --delete --dry-run --follow-tags --force --force-with-lease --mirror --no-verify --prune --set-upstream --tags",
  rebase:
    "--abort --autosquash --continue --edit-todo --interactive --keep-empty --onto --quit --root --skip",
  reflog: "--all --expire=now --expire-unreachable=now",
  reset: "--hard --keep --merge --mixed --patch --quiet --soft",
  restore: "--ours --patch --source= --staged --theirs --worktree",
  "rev-list": "--all --count --max-count= --objects --reverse",
  "rev-parse": "--abbrev-ref --git-dir --is-inside-work-tree --short --show-toplevel --verify",
  revert: "--abort --continue --no-commit --no-edit --skip",
  rm: "--cached --dry-run --force --ignore-unmatch -r",
  show: "--format= --name-only --name-status --no-patch --oneline --stat",
  stash: "--all --include-untracked --keep-index --patch",
  status: "--branch --ignored --long --porcelain --short --untracked-files=",
  switch: "--create --detach --discard-changes --force-create --orphan",
  tag: "--annotate --contains --delete --force --list --message= --sort=",
};

/** Subcommands that take a revision. */
const REVISIONS = new Set(
  "branch checkout cherry-pick describe diff log ls-tree merge merge-base rebase reset rev-list rev-parse revert show switch tag archive name-rev notes cat-file worktree".split(
    " ",
  ),
);
/** Subcommands that take files, too, or only. */
const BOTH = new Set(["checkout", "diff", "log", "reset", "show", "rev-list"]);

/** Options of git itself that take a separate value. */
const VALUED = new Set(["-C", "-c", "--git-dir", "--work-tree"]);

export function gitCandidates(places: Places, before: readonly string[], word: Word): string[] {
  let at = 1;
  let here = places;
  while (at < before.length && (before[at] as string).startsWith("-")) {
    if (before[at] === "-C" && before[at + 1]) here = { ...places, cwd: `${places.cwd}/${before[at + 1]}` };
    at += VALUED.has(before[at] as string) ? 2 : 1;
  }
  const begins = (candidates: readonly string[]) => candidates.filter((it) => it.startsWith(word.text));
  const name = before[at];
  if (name === undefined) {
    if (before.at(-1) === "-C") return pathCandidates(places, word, { directoriesOnly: true });
    return word.text.startsWith("-")
      ? begins(["--no-pager", "--version", "--git-dir=", "-C", "-c"])
      : begins(SUBCOMMANDS);
  }
  return argument(here, name, before.slice(at + 1), word, begins);
}

function argument(
  places: Places,
  name: string,
  args: readonly string[],
  word: Word,
  begins: (list: readonly string[]) => string[],
): string[] {
  const files = (changed: boolean) => fileCandidates(places, name, word, changed);
  if (args.includes("--")) return files(name === "add" || name === "restore");
  if (word.text.startsWith("-")) return begins((FLAGS[name] ?? "").split(" ").filter((flag) => flag !== ""));
  const operands = args.filter((arg) => !arg.startsWith("-"));
  const nested = NESTED[name];
  if (nested && operands.length === 0) return begins(nested.split(" "));
  if (name === "remote") return operands[0] === "add" ? [] : begins(remotes(places));
  if (["push", "fetch", "pull", "ls-remote"].includes(name))
    return operands.length === 0 ? begins(remotes(places)) : refspecs(places, word);
  if (name === "stash") return begins(["stash@{0}"]);
  if (
    ["add", "restore", "rm", "mv", "blame", "clean", "ls-files", "check-ignore", "grep", "commit"].includes(
      name,
    )
  )
    return files(name === "add" || name === "restore" || name === "commit");
  if (name === "config")
    return operands.length === 0
      ? begins(["core.hooksPath", "user.email", "user.name", "init.defaultBranch", "pull.rebase", "alias."])
      : [];
  if (!REVISIONS.has(name)) return pathCandidates(places, word);
  const found = revisions(places, name, args, word);
  return found.length === 0 && BOTH.has(name) ? files(false) : found;
}

function revisions(places: Places, name: string, args: readonly string[], word: Word): string[] {
  const dots = /^(.*\.\.\.?|\^)([^.]*)$/.exec(word.text);
  const [head, tail] = dots ? [dots[1] as string, dots[2] as string] : ["", word.text];
  const deletes = args.some((arg) => /^(-d|-D|--delete)$/.test(arg));
  return refs(places)
    .filter((ref) => name !== "tag" || !deletes || ref.kind === "tag")
    .filter((ref) => name !== "branch" || !deletes || ref.kind === "branch")
    .filter((ref) => name !== "switch" || ref.kind === "branch" || ref.kind === "remote")
    .map((ref) => (name === "switch" && ref.kind === "remote" ? ref.name.replace(/^[^/]+\//, "") : ref.name))
    .filter(
      (ref, i, all) =>
        ref.startsWith(tail) && all.indexOf(ref) === i && !(name === "switch" && ref === "HEAD"),
    )
    .map((ref) => head + ref);
}

function refspecs(places: Places, word: Word): string[] {
  const [, head = "", tail = ""] = /^(\+|.*:)?(.*)$/s.exec(word.text) ?? [];
  const all = refs(places).filter(({ kind }) => kind !== "remote");
  return all.filter(({ name }) => name.startsWith(tail)).map(({ name }) => head + name);
}

interface Repository {
  readonly top: string;
  readonly gitDir: string;
}

function repository(places: Places): Repository | null {
  for (let folder = places.cwd.replace(/\/+$/, ""); ; folder = folder.slice(0, folder.lastIndexOf("/"))) {
    if (isDirectory(places, `${folder}/.git`)) return { top: folder, gitDir: `${folder}/.git` };
    if (isDirectory(places, `${folder}/objects`) && isDirectory(places, `${folder}/refs`))
      return { top: folder, gitDir: folder };
    if (folder === "") return null;
  }
}

interface Ref {
  readonly name: string;
  readonly kind: "branch" | "tag" | "remote" | "head";
}

const KINDS = [
  ["refs/heads/", "branch"],
  ["refs/tags/", "tag"],
  ["refs/remotes/", "remote"],
] as const;

function refs(places: Places): Ref[] {
  const repo = repository(places);
  if (!repo) return [];
  const packed = [
    ...(text(places, `${repo.gitDir}/packed-refs`) ?? "").matchAll(/^[0-9a-f]{40} (\S+)$/gm),
  ].map((match) => match[1] as string);
  const full = [...new Set([...loose(places, `${repo.gitDir}/refs`, "refs"), ...packed])].sort();
  const named = full.flatMap((ref): Ref[] => {
    const known = KINDS.find(([prefix]) => ref.startsWith(prefix));
    return known ? [{ name: ref.slice(known[0].length), kind: known[1] }] : [];
  });
  return [{ name: "HEAD", kind: "head" }, ...named];
}

function loose(places: Places, folder: string, name: string): string[] {
  return names(places, folder).flatMap((child) => {
    const path = `${folder}/${child}`;
    return isDirectory(places, path) ? loose(places, path, `${name}/${child}`) : [`${name}/${child}`];
  });
}

function remotes(places: Places): string[] {
  const repo = repository(places);
  const config = repo && text(places, `${repo.gitDir}/config`);
  return [...(config ?? "").matchAll(/^\[remote "([^"]+)"\]/gm)].map((match) => match[1] as string);
}

function text(places: Places, path: string): string | null {
  const bytes = read(places, path);
  return bytes && toUtf8(bytes);
}

function read({ disk, user }: Places, path: string): Uint8Array | null {
  try {
    return disk.read(path, user);
  } catch {
    return null;
  }
}

/** Files, for `add` and `restore` only those that differ from the index; a folder stands where one below it does. */
function fileCandidates(places: Places, name: string, word: Word, changed: boolean): string[] {
  const repo = repository(places);
  if (!repo || !changed) return pathCandidates(places, word);
  const index = indexOf(places, repo);
  const differs = (path: string) => {
    const entry = index.get(path.slice(repo.top.length + 1));
    return entry ? isModified(places, path, entry) : name === "add";
  };
  const accepts = (path: string, directory: boolean): boolean =>
    path !== repo.gitDir && (directory ? filesBelow(places, path, 2000).some(differs) : differs(path));
  return pathCandidates(places, word, { accepts });
}

function indexOf(places: Places, { gitDir }: Repository): Map<string, IndexEntry> {
  const bytes = read(places, `${gitDir}/index`);
  try {
    return new Map(bytes ? decodeIndex(bytes).map((entry) => [entry.path, entry]) : []);
  } catch {
    return new Map();
  }
}

/** Compared by content: what the index remembers of times may be absent. */
function isModified(places: Places, path: string, entry: IndexEntry): boolean {
  const bytes = read(places, path);
  if (!bytes) return true;
  return sha1(concat([fromUtf8(`blob ${bytes.length}\0`), bytes])) !== entry.oid;
}

function filesBelow(places: Places, folder: string, most: number): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    for (const name of names(places, path)) {
      if (found.length >= most || name === ".git") continue;
      if (isDirectory(places, `${path}/${name}`)) visit(`${path}/${name}`);
      else found.push(`${path}/${name}`);
    }
  };
  visit(folder);
  return found;
}
