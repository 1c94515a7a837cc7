/** `git rev-list`: https://git-scm.com/docs/git-rev-list */
import type { GitCall, GitCommand } from "./call.ts";
import { approxidate } from "./lib/dates.ts";
import { abbreviate, peel, readObject, readTag, type Commit } from "./lib/objects.ts";
import { parseOptions, type Values } from "./lib/options.ts";
import { parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { pathSimplifier } from "./lib/simplify.ts";
import { parseRevisions, type Revision, type Revisions } from "./lib/revision.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run, Stop, type Transcript } from "./lib/transcript.ts";
import {
  ancestors,
  commitReader,
  treeObjects,
  walkCommits,
  type CommitReader,
  type Walk,
} from "./lib/walk.ts";

const OPTIONS = {
  maxCount: { names: ["-n", "--max-count"], value: "required" },
  skip: { names: ["--skip"], value: "required" },
  since: { names: ["--since", "--after"], value: "required" },
  until: { names: ["--until", "--before"], value: "required" },
  maxAge: { names: ["--max-age"], value: "required" },
  minAge: { names: ["--min-age"], value: "required" },
  author: { names: ["--author"], value: "list" },
  committer: { names: ["--committer"], value: "list" },
  grep: { names: ["--grep"], value: "list" },
  ignoreCase: { names: ["-i", "--regexp-ignore-case"] },
  invertGrep: { names: ["--invert-grep"] },
  allMatch: { names: ["--all-match"] },
  merges: { names: ["--merges"], noNegation: true },
  noMerges: { names: ["--no-merges"], noNegation: true },
  minParents: { names: ["--min-parents"], value: "required" },
  maxParents: { names: ["--max-parents"], value: "required" },
  firstParent: { names: ["--first-parent"], noNegation: true },
  reverse: { names: ["--reverse"], noNegation: true },
  noWalk: { names: ["--no-walk"], value: "optional", noNegation: true },
  doWalk: { names: ["--do-walk"], noNegation: true },
  topo: { names: ["--topo-order"], noNegation: true },
  date: { names: ["--date-order"], noNegation: true },
  authorDate: { names: ["--author-date-order"], noNegation: true },
  fullHistory: { names: ["--full-history"], noNegation: true },
  parents: { names: ["--parents"], noNegation: true },
  children: { names: ["--children"], noNegation: true },
  objects: { names: ["--objects", "--objects-edge", "--objects-edge-aggressive"], noNegation: true },
  objectNames: { names: ["--object-names"] },
  leftRight: { names: ["--left-right"], noNegation: true },
  leftOnly: { names: ["--left-only"], noNegation: true },
  rightOnly: { names: ["--right-only"], noNegation: true },
  boundary: { names: ["--boundary"], noNegation: true },
  count: { names: ["--count"], noNegation: true },
  quiet: { names: ["--quiet"], noNegation: true },
  abbrevCommit: { names: ["--abbrev-commit"] },
  abbrev: { names: ["--abbrev"], value: "optional" },
  timestamp: { names: ["--timestamp"], noNegation: true },
  oneline: { names: ["--oneline"], noNegation: true },
  pretty: { names: ["--pretty"], value: "optional", noNegation: true },
  format: { names: ["--format"], value: "required", noNegation: true },
  commitHeader: { names: ["--commit-header"] },
  ignoreMissing: { names: ["--ignore-missing"], noNegation: true },
  stdin: { names: ["--stdin"], noNegation: true },
} as const;

/** What `--no-…` said is kept apart from what was never said. */
type Settings = Values<typeof OPTIONS> & {
  readonly noObjectNames: boolean;
  readonly noCommitHeader: boolean;
};

export const revList: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, {
    usage: PLUMBING_USAGE.revList,
    keepUnknown: true,
    number: "maxCount",
  });
  if ("result" in parsed)
    return { ...parsed.result, stdout: "", stderr: parsed.result.stdout + parsed.result.stderr };
  const { rest, dashes, counts } = parsed;
  const values: Settings = {
    ...parsed.values,
    noObjectNames: counts.objectNames === -1,
    noCommitHeader: counts.commitHeader === -1,
  };
  return run(async (t) => {
    const repo = await openRepository(call);
    const { args, at } = values.stdin ? withStdin(call, rest, dashes) : { args: rest, at: dashes };
    const revisions = await parseRevisions(repo, args, at);
    if (!revisions.named || revisions.unknown.length > 0) throw new Stop(PLUMBING_USAGE.revList, 129);
    await list(t, repo, values, revisions, call);
  });
};

function withStdin(
  call: GitCall,
  rest: readonly string[],
  dashes: number | null,
): { args: string[]; at: number | null } {
  const lines = stdinLines(call.stdin);
  const split = lines.indexOf("--");
  const revisions = split < 0 ? lines : lines.slice(0, split);
  const paths = [
    ...(dashes === null ? [] : rest.slice(dashes)),
    ...(split < 0 ? [] : lines.slice(split + 1)),
  ];
  const args = [...rest.slice(0, dashes ?? rest.length), ...revisions];
  return { args: [...args, ...paths], at: paths.length > 0 || dashes !== null ? args.length : null };
}

interface Start {
  readonly commit: string;
  readonly revision: Revision;
}

/** Splits what was named into commits to walk from and other objects to list. */
async function startsOf(
  repo: Repository,
  revisions: readonly Revision[],
): Promise<{ commits: Start[]; others: Revision[] }> {
  const commits: Start[] = [];
  const others: Revision[] = [];
  for (const revision of revisions) {
    let { id } = revision;
    for (let tag = await readTag(repo, id); tag; tag = await readTag(repo, id)) {
      others.push({ ...revision, id, path: tag.name });
      id = tag.object;
    }
    const raw = await readObject(repo, id);
    if (!raw) die(`bad object ${revision.text}`);
    if (raw.type === "commit") commits.push({ commit: id, revision });
    else others.push({ ...revision, id });
  }
  return { commits, others };
}

async function list(
  t: Transcript,
  repo: Repository,
  values: Settings,
  revisions: Revisions,
  call: GitCall,
): Promise<void> {
  const read = commitReader(repo);
  const { commits, others } = await startsOf(repo, revisions.include);
  const hidden = (await Promise.all(revisions.exclude.map(({ id }) => peel(repo, id, "commit")))).filter(
    (id) => id !== null,
  );
  const spec = parsePathspec(revisions.paths, repo.prefix);
  const walk: Walk = {
    starts: commits.map((start) => start.commit),
    exclude: hidden,
    order: values.topo ? "topo" : values.date ? "date" : values.authorDate ? "author-date" : "default",
    firstParent: values.firstParent,
    ...(values.noWalk === undefined || values.doWalk
      ? {}
      : { noWalk: values.noWalk === "unsorted" ? ("unsorted" as const) : ("sorted" as const) }),
    ...(revisions.paths.length > 0
      ? { simplify: pathSimplifier(repo, read, spec, { fullHistory: values.fullHistory }) }
      : {}),
    read,
  };
  const sides = await sidesOf(repo, commits, read);
  const selected = await select(repo, walk, values, sides);
  if (values.reverse) selected.reverse();
  if (values.count) {
    const objects = values.objects ? await listedObjects(repo, selected, others, hidden, read, spec) : [];
    t.out(countLine(selected, values, sides, objects.length));
    return;
  }
  if (values.quiet) return;
  const show = await commitPrinter(
    repo,
    values,
    sides,
    selected,
    call,
    revisions.paths.length > 0 ? walk : null,
  );
  for (const commit of selected) t.out(await show(commit));
  if (values.boundary) await listBoundary(t, selected, hidden, read);
  if (!values.objects) return;
  for (const { id, path } of await listedObjects(repo, selected, others, hidden, read, spec))
    t.out(values.noObjectNames ? `${id}\n` : `${id} ${path}\n`);
}

/** `<` or `>` of each commit that only one side of `a...b` reaches. */
async function sidesOf(
  repo: Repository,
  starts: readonly Start[],
  read: CommitReader,
): Promise<Map<string, "<" | ">">> {
  const sides = new Map<string, "<" | ">">();
  const left = starts.filter(({ revision }) => revision.left === true).map((start) => start.commit);
  if (left.length === 0) return sides;
  const leftSide = await ancestors(repo, left, { read });
  const right = starts.filter(({ revision }) => revision.left !== true).map((start) => start.commit);
  for (const id of await ancestors(repo, right, { read })) sides.set(id, ">");
  for (const id of leftSide) sides.set(id, "<");
  return sides;
}

async function select(
  repo: Repository,
  walk: Walk,
  values: Settings,
  sides: ReadonlyMap<string, string>,
): Promise<Commit[]> {
  const keep = commitFilter(repo, values, sides);
  const limit = values.maxCount === undefined ? -1 : integer(values.maxCount);
  let skip = values.skip === undefined ? 0 : integer(values.skip);
  const selected: Commit[] = [];
  if (limit === 0) return selected;
  for await (const commit of walkCommits(repo, walk)) {
    if (!keep(commit) || skip-- > 0) continue;
    selected.push(commit);
    if (selected.length === limit) break;
  }
  return selected;
}

function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) die(`'${text}': not an integer`);
  return Number(text);
}

function commitFilter(
  repo: Repository,
  values: Settings,
  sides: ReadonlyMap<string, string>,
): (commit: Commit) => boolean {
  const time = (text: string | undefined, raw: string | undefined) =>
    raw !== undefined ? Number(raw) : text === undefined ? null : approxidate(text, repo.now);
  const [since, until] = [time(values.since, values.maxAge), time(values.until, values.minAge)];
  const least = values.merges ? 2 : Number(values.minParents ?? 0);
  const most = values.noMerges ? 1 : Number(values.maxParents ?? -1);
  const flags = values.ignoreCase ? "im" : "m";
  const [authors, committers, greps] = [values.author, values.committer, values.grep].map((list) =>
    list.map((text) => new RegExp(text, flags)),
  ) as [RegExp[], RegExp[], RegExp[]];
  return (commit) => {
    const { timestamp } = commit.committer;
    if ((since !== null && timestamp < since) || (until !== null && timestamp > until)) return false;
    if (commit.parents.length < least || (most >= 0 && commit.parents.length > most)) return false;
    if (values.leftOnly && sides.get(commit.id) !== "<") return false;
    if (values.rightOnly && sides.get(commit.id) !== ">") return false;
    const person = ({ name, email }: Commit["author"]) => `${name} <${email}>`;
    if (authors.length > 0 && !authors.some((pattern) => pattern.test(person(commit.author)))) return false;
    if (committers.length > 0 && !committers.some((pattern) => pattern.test(person(commit.committer))))
      return false;
    if (greps.length === 0) return true;
    const found = (pattern: RegExp) => pattern.test(commit.message);
    return (values.allMatch ? greps.every(found) : greps.some(found)) !== values.invertGrep;
  };
}

function countLine(
  selected: readonly Commit[],
  values: Settings,
  sides: ReadonlyMap<string, string>,
  objects: number,
): string {
  if (!values.leftRight) return `${selected.length + objects}\n`;
  const left = selected.filter((commit) => sides.get(commit.id) === "<").length;
  return `${left}\t${selected.length - left}\n`;
}

type Printer = (commit: Commit) => Promise<string>;

async function commitPrinter(
  repo: Repository,
  values: Settings,
  sides: ReadonlyMap<string, string>,
  selected: readonly Commit[],
  call: GitCall,
  limited: Walk | null,
): Promise<Printer> {
  const length = values.abbrevCommit || values.oneline ? Number(values.abbrev || 7) : 40;
  const name = (id: string) => abbreviate(repo, id, length);
  const children = values.children ? childrenOf(selected) : null;
  const style =
    values.format !== undefined
      ? `format:${values.format.replace(/^t?format:/, "")}`
      : values.oneline
        ? "oneline"
        : values.pretty;
  const rewritten =
    limited && (values.parents || values.children)
      ? rewrittenParents(limited, new Set(selected.map(({ id }) => id)))
      : null;
  return async (commit) => {
    const side = values.leftRight ? (sides.get(commit.id) ?? ">") : "";
    const parents = values.parents ? (rewritten ? await rewritten(commit) : commit.parents) : [];
    const kin = [...parents, ...(children?.get(commit.id) ?? [])];
    const ids = [await name(commit.id), ...(await Promise.all(kin.map(name)))].join(" ");
    const stamp = values.timestamp ? `${commit.committer.timestamp} ` : "";
    if (style === undefined) return `${stamp}${side}${ids}\n`;
    return pretty(call, commit, style, `${stamp}${side}${ids}`, values);
  };
}

/** The nearest ancestors that are shown, for `--parents` with paths. */
function rewrittenParents(walk: Walk, shown: ReadonlySet<string>): (commit: Commit) => Promise<string[]> {
  const nearest = async (id: string): Promise<string | null> => {
    for (let at: string | null = id; at !== null;) {
      if (shown.has(at)) return at;
      const commit: Commit | null = (await walk.read?.(at)) ?? null;
      at = commit ? ((await walk.simplify?.(commit))?.parents[0] ?? null) : null;
    }
    return null;
  };
  return async (commit) => [
    ...new Set((await Promise.all(commit.parents.map(nearest))).filter((id) => id !== null)),
  ];
}

function childrenOf(selected: readonly Commit[]): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const commit of selected)
    for (const parent of commit.parents) children.set(parent, [commit.id, ...(children.get(parent) ?? [])]);
  return children;
}

async function pretty(
  call: GitCall,
  commit: Commit,
  style: string,
  ids: string,
  values: Settings,
): Promise<string> {
  const arg = style === "" ? "--pretty=medium" : `--pretty=${style}`;
  const shown = await call.git("log", [
    "--no-walk",
    "--no-decorate",
    ...(values.abbrevCommit ? ["--abbrev-commit"] : []),
    arg,
    commit.id,
  ]);
  if (shown.exitCode !== 0) throw new Stop(shown.stderr, shown.exitCode);
  if (style === "oneline") return `${ids} ${shown.stdout.slice(shown.stdout.indexOf(" ") + 1)}`;
  const body = shown.stdout.replace(/^commit [0-9a-f]+.*\n/, "");
  const header = values.noCommitHeader ? "" : `commit ${ids}\n`;
  const user = /^t?format:/.test(style);
  return user ? `${header}${body.endsWith("\n") ? body : `${body}\n`}` : `${header}${body}\n`;
}

async function listBoundary(
  t: Transcript,
  selected: readonly Commit[],
  hidden: readonly string[],
  read: CommitReader,
): Promise<void> {
  const shown = new Set(selected.map(({ id }) => id));
  const edge = new Set([...selected.flatMap((commit) => commit.parents).filter((id) => !shown.has(id))]);
  const commits = (await Promise.all([...edge].map(read))).filter((commit) => commit !== null);
  if (hidden.length === 0) return;
  for (const commit of commits.sort((a, b) => b.committer.timestamp - a.committer.timestamp))
    t.out(`-${commit.id}\n`);
}

/** Objects in git's order: tags and what was named, then the trees of the commits as shown. */
async function listedObjects(
  repo: Repository,
  selected: readonly Commit[],
  others: readonly Revision[],
  hidden: readonly string[],
  read: CommitReader,
  spec: Pathspec,
): Promise<{ id: string; path: string }[]> {
  const listed: { id: string; path: string }[] = [];
  const seen = await edgeObjects(repo, selected, hidden, read);
  const expand = async (id: string, path: string) => {
    for await (const object of treeObjects(repo, id, path, seen)) {
      const tree = object.type === "tree" && (object.path === "" || spec.mayContain(object.path));
      if (tree || spec.matches(object.path)) listed.push(object);
    }
  };
  for (const { id, path } of others) {
    if (seen.has(id)) continue;
    if ((await readObject(repo, id))?.type === "tree") await expand(id, path ?? "");
    else {
      seen.add(id);
      listed.push({ id, path: path ?? "" });
    }
  }
  for (const commit of selected) await expand(commit.tree, "");
  return listed;
}

/** Objects of the excluded commits next to the selected ones: git counts them as known. */
async function edgeObjects(
  repo: Repository,
  selected: readonly Commit[],
  hidden: readonly string[],
  read: CommitReader,
): Promise<Set<string>> {
  const seen = new Set<string>();
  if (hidden.length === 0) return seen;
  const shown = new Set(selected.map(({ id }) => id));
  const edge = new Set([
    ...hidden,
    ...selected.flatMap((commit) => commit.parents).filter((id) => !shown.has(id)),
  ]);
  for (const id of edge) {
    const commit = await read(id);
    if (commit) for await (const object of treeObjects(repo, commit.tree, "", seen)) void object;
  }
  return seen;
}
