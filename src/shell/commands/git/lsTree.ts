/** `git ls-tree`: https://git-scm.com/docs/git-ls-tree */
import { output, type GitCommand } from "./call.ts";
import {
  abbreviate,
  GITLINK_MODE,
  isTree,
  modeText,
  modeType,
  peel,
  readObject,
  readTree,
  type TreeEntry,
} from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { quotePath } from "./lib/quotePath.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  dirs: { names: ["-d"] },
  recurse: { names: ["-r"] },
  trees: { names: ["-t"] },
  zero: { names: ["-z"] },
  long: { names: ["-l", "--long"] },
  nameOnly: { names: ["--name-only", "--name-status"] },
  objectOnly: { names: ["--object-only"] },
  fullName: { names: ["--full-name"] },
  fullTree: { names: ["--full-tree"] },
  format: { names: ["--format"], value: "required" },
  abbrev: { names: ["--abbrev"], value: "optional" },
} as const;

interface Listing {
  readonly repo: Repository;
  readonly recurse: boolean;
  readonly trees: boolean;
  readonly dirs: boolean;
  readonly show: (entry: TreeEntry, path: string) => Promise<void>;
  /** Paths asked for, from the root; empty for all. */
  readonly wanted: readonly string[];
}

export const lsTree: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.lsTree });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  const [name, ...paths] = rest;
  if (name === undefined) return output("", PLUMBING_USAGE.lsTree, 129);
  return run(async (t) => {
    const repo = await openRepository(call);
    const prefix = values.fullTree ? "" : repo.prefix;
    const found = await resolveRevision(repo, name);
    if (!found) die(`Not a valid object name ${name}`);
    const tree = (await peel(repo, found.id, "tree")) ?? die("not a tree object");
    const end = values.zero ? "\0" : "\n";
    const format = values.format ?? formatFor(values);
    const length = values.abbrev === undefined ? 40 : Number(values.abbrev || 7);
    const show = async (entry: TreeEntry, path: string) => {
      const from = values.fullName || values.fullTree ? path : relative(prefix, path);
      t.out((await expand(repo, format, entry, values.zero ? from : quotePath(from), length)) + end);
    };
    const wanted =
      paths.length > 0 ? paths.map((path) => normal(prefix + path)) : prefix === "" ? [] : [prefix];
    await list(
      { repo, recurse: values.recurse, trees: values.trees || values.dirs, dirs: values.dirs, show, wanted },
      tree,
      "",
    );
  });
};

function formatFor(values: { long: boolean; nameOnly: boolean; objectOnly: boolean }): string {
  if (values.nameOnly) return "%(path)";
  if (values.objectOnly) return "%(objectname)";
  return `%(objectmode) %(objecttype) %(objectname)${values.long ? " %(objectsize:padded)" : ""}%x09%(path)`;
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function relative(prefix: string, path: string): string {
  if (path.startsWith(prefix)) return path.slice(prefix.length);
  const base = prefix.split("/").slice(0, -1);
  const target = path.split("/");
  while (base.length > 0 && base[0] === target[0]) {
    base.shift();
    target.shift();
  }
  return "../".repeat(base.length) + target.join("/");
}

async function list(listing: Listing, tree: string, path: string): Promise<void> {
  for (const entry of (await readTree(listing.repo, tree)) ?? []) {
    const at = path + entry.name;
    const match = matches(listing.wanted, at, isTree(entry.mode));
    if (match === "no") continue;
    if (!isTree(entry.mode)) {
      if (match === "yes" && (!listing.dirs || entry.mode === GITLINK_MODE)) await listing.show(entry, at);
      continue;
    }
    const descend = match === "below" || listing.recurse;
    if (match === "yes" && (!descend || listing.trees)) await listing.show(entry, at);
    else if (match === "below" && listing.trees && listing.recurse) await listing.show(entry, at);
    if (descend) await list(listing, entry.id, `${at}/`);
  }
}

/** `below`: something inside the directory was asked for. */
function matches(wanted: readonly string[], path: string, directory: boolean): "yes" | "no" | "below" {
  if (wanted.length === 0) return "yes";
  if (wanted.some((want) => path === want || path.startsWith(want.endsWith("/") ? want : `${want}/`)))
    return "yes";
  return directory && wanted.some((want) => want.startsWith(`${path}/`)) ? "below" : "no";
}

async function expand(
  repo: Repository,
  format: string,
  entry: TreeEntry,
  path: string,
  length: number,
): Promise<string> {
  const type = modeType(entry.mode);
  const size = async () =>
    type === "blob" ? String((await readObject(repo, entry.id))?.content.length ?? "BAD") : "-";
  let out = "";
  for (const [part, field, hex] of format.matchAll(/%(?:\(([^)]*)\)|x([0-9a-fA-F]{2})|%)|[^%]+|%/g)) {
    if (field === undefined)
      out += hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : part === "%%" ? "%" : part;
    else if (field === "objectmode") out += modeText(entry.mode);
    else if (field === "objecttype") out += type;
    else if (field === "objectname") out += await abbreviate(repo, entry.id, length);
    else if (field === "objectsize") out += await size();
    else if (field === "objectsize:padded") out += (await size()).padStart(7);
    else if (field === "path") out += path;
    else die(`bad ls-tree format: element '(${field})' does not start with '('`);
  }
  return out;
}
