/** `git branch` as a list: https://git-scm.com/docs/git-branch#_description */
import { abbreviate, peel, readCommit } from "../lib/objects.ts";
import { subject } from "../lib/pretty.ts";
import { refFilter, type RefFilterOptions } from "../lib/refFilter.ts";
import { parseRefFormat, type RefItem, refItem, sortRefs } from "../lib/refFormat.ts";
import { listRefs, readHead, type Ref, resolveRef, shortenRef } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { upstreamName } from "../lib/revision.ts";
import { detachedFrom, readOperation } from "../lib/statusState.ts";
import { aheadBehind } from "../lib/walk.ts";
import { wildmatch } from "../lib/wildmatch.ts";

export interface ListOptions extends RefFilterOptions {
  readonly all: boolean;
  readonly remotes: boolean;
  readonly sort: string[];
  readonly ignoreCase: boolean;
  readonly format: string | undefined;
  readonly verbose: number;
  readonly abbrev: number;
  readonly fullIds: boolean;
}

interface Row {
  readonly item: RefItem;
  readonly name: string;
  readonly current: boolean;
}

export async function branchLines(
  repo: Repository,
  patterns: readonly string[],
  options: ListOptions,
): Promise<string> {
  const rows = await listed(repo, patterns, options);
  if (options.format !== undefined) {
    const format = parseRefFormat(options.format);
    return (await Promise.all(rows.map((row) => format(row.item, "none"))))
      .map((line) => `${line}\n`)
      .join("");
  }
  const width = Math.max(0, ...rows.map((row) => [...row.name].length));
  let text = "";
  for (const row of rows) text += `${row.current ? "*" : " "} ${await rowText(repo, row, width, options)}\n`;
  return text;
}

async function listed(repo: Repository, patterns: readonly string[], options: ListOptions): Promise<Row[]> {
  const accepts = await refFilter(repo, options);
  const head = await readHead(repo);
  const kinds = options.remotes
    ? ["refs/remotes/"]
    : options.all
      ? ["refs/heads/", "refs/remotes/"]
      : ["refs/heads/"];
  const groups: Ref[] = [];
  for (const kind of kinds) groups.push(...(await listRefs(repo, kind)));
  const short = (name: string) =>
    options.remotes || name.startsWith("refs/heads/")
      ? name.replace(/^refs\/(heads|remotes)\//, "")
      : name.replace(/^refs\//, "");
  const named = (name: string) =>
    patterns.length === 0 ||
    patterns.some((pattern) => wildmatch(pattern, name, { ignoreCase: options.ignoreCase }));
  const kept: RefItem[] = [];
  for (const ref of groups)
    if (named(ref.name.replace(/^refs\/(heads|remotes)\//, "")) && (await accepts(ref)))
      kept.push(refItem(repo, ref));
  const keys = options.sort.length > 0 ? options.sort : repo.config.all("branch.sort").slice(-1);
  const sorted = keys.length > 0 ? await sortRefs(kept, keys, options.ignoreCase) : kept;
  const rows: Row[] = sorted.map((item) => ({
    item,
    name: short(item.ref.name),
    current: item.ref.name === head.branch,
  }));
  const detached =
    head.branch === null && head.id !== null && !options.remotes && patterns.length === 0
      ? { name: "HEAD", id: head.id }
      : null;
  if (!detached || !(await accepts(detached))) return rows;
  return [{ item: refItem(repo, detached), name: await detachedName(repo), current: true }, ...rows];
}

async function detachedName(repo: Repository): Promise<string> {
  const operation = await readOperation(repo);
  if (operation.rebase !== "no")
    return `(no branch, rebasing ${operation.branch ?? `detached HEAD ${operation.onto}`})`;
  if (operation.bisect?.from) return `(no branch, bisect started on ${operation.bisect.from})`;
  const from = await detachedFrom(repo);
  return from ? `(HEAD detached ${from.at ? "at" : "from"} ${from.name})` : "(no branch)";
}

async function rowText(
  repo: Repository,
  { item, name }: Row,
  width: number,
  options: ListOptions,
): Promise<string> {
  const { ref } = item;
  const pointer = ref.target === undefined ? "" : ` -> ${ref.target.replace(/^refs\/(heads|remotes)\//, "")}`;
  if (options.verbose === 0) return name + pointer;
  if (pointer !== "") return name.padEnd(width) + pointer;
  const commit = await readCommit(repo, (await peel(repo, ref.id, "commit")) ?? ref.id);
  const id = options.fullIds ? ref.id : await abbreviate(repo, ref.id, options.abbrev);
  const tracking = ref.name.startsWith("refs/heads/")
    ? await trackingNote(repo, ref, options.verbose > 1)
    : "";
  return `${name.padEnd(width + name.length - [...name].length)} ${id} ${tracking}${commit ? subject(commit.message) : ""}`;
}

/** `[origin/main: ahead 1] `, and without -vv only `[ahead 1] `. */
async function trackingNote(repo: Repository, ref: Ref, full: boolean): Promise<string> {
  const upstream = upstreamName(repo, ref.name.slice(11));
  if (upstream === null) return "";
  const theirs = await resolveRef(repo, upstream);
  const parts: string[] = [];
  if (theirs) {
    const { ahead, behind } = await aheadBehind(repo, ref.id, theirs.id);
    if (ahead) parts.push(`ahead ${ahead}`);
    if (behind) parts.push(`behind ${behind}`);
  } else parts.push("gone");
  const state = parts.join(", ");
  if (!full) return state === "" ? "" : `[${state}] `;
  return `[${await shortenRef(repo, upstream, false)}${state === "" ? "" : `: ${state}`}] `;
}
