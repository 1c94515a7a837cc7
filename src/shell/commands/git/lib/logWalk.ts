/** The commits that a log shows, in its order. */
import type { Commit } from "./objects.ts";
import { peel } from "./objects.ts";
import type { LogSettings } from "./logSettings.ts";
import type { NotesOf } from "./notesTree.ts";
import { patchId } from "./patchId.ts";
import { EVERYTHING, type Pathspec } from "./pathspec.ts";
import { basicRegex } from "./posixRegex.ts";
import type { ReflogMark } from "./pretty.ts";
import { readReflog, resolveRef, shortenRef } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { formatDate } from "./dates.ts";
import type { Revision, Revisions } from "./revision.ts";
import { pathSimplifier } from "./simplify.ts";
import { die } from "./transcript.ts";
import { ancestors, commitReader, type CommitReader, walkCommits } from "./walk.ts";

export interface Entry {
  readonly commit: Commit;
  /** Parents as the walk follows them. */
  readonly parents: readonly string[];
  readonly mark?: string;
  readonly reflog?: ReflogMark;
  readonly source?: string;
}

export interface LogWalk {
  readonly settings: LogSettings;
  readonly revisions: Revisions;
  readonly paths: Pathspec;
  readonly notes: NotesOf | null;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Filters apply; `count` and `skip` do not yet. */
export async function* logEntries(repo: Repository, walk: LogWalk): AsyncGenerator<Entry> {
  const accepts = commitFilter(walk);
  for await (const entry of walk.settings.reflogs ? reflogEntries(repo, walk) : historyEntries(repo, walk)) {
    if (await accepts(entry)) yield entry;
  }
}

async function commitsOf(repo: Repository, revisions: readonly Revision[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { id } of revisions) {
    const commit = await peel(repo, id, "commit");
    if (commit !== null) ids.push(commit);
  }
  return ids;
}

async function* historyEntries(repo: Repository, walk: LogWalk): AsyncGenerator<Entry> {
  const { settings, revisions } = walk;
  const read = commitReader(repo);
  const starts = await commitsOf(repo, revisions.include);
  const exclude = await commitsOf(repo, revisions.exclude);
  const marks = await sideMarks(repo, walk, read, exclude);
  const sources = settings.source || /%S/.test(settings.pretty.format) ? new Map<string, string>() : null;
  if (sources)
    for (const revision of revisions.include)
      for (const id of await commitsOf(repo, [revision]))
        if (!sources.has(id)) sources.set(id, revision.ref ?? revision.text);
  const parentsOf = new Map<string, readonly string[]>();
  const simplify = simplifier(repo, walk, read, parentsOf);
  const commits = walkCommits(repo, {
    starts,
    exclude,
    order: settings.order,
    firstParent: settings.firstParent,
    read,
    simplify,
    ...(settings.noWalk ? { noWalk: settings.noWalk } : {}),
  });
  const shownParents = settings.graph && walk.paths !== EVERYTHING ? await rewriter(repo, walk, read) : null;
  const shownOnly = await parentFilter(repo, walk, read, exclude);
  for await (const commit of commits) {
    const source = sources?.get(commit.id);
    if (source !== undefined)
      for (const parent of commit.parents) if (!sources?.has(parent)) sources?.set(parent, source);
    const mark = marks(commit.id);
    if (mark === null) continue;
    const parents = shownParents ? await shownParents(commit) : (parentsOf.get(commit.id) ?? commit.parents);
    const drawn = settings.graph ? await shownOnly(parents) : parents;
    yield { commit, parents: drawn, ...(mark ? { mark } : {}), ...(source === undefined ? {} : { source }) };
  }
}

/** For graphs: lines lead only to parents that are shown. */
async function parentFilter(repo: Repository, walk: LogWalk, read: CommitReader, exclude: readonly string[]) {
  const accepts = commitFilter(walk);
  const hidden = await ancestors(repo, exclude, { read });
  return async (parents: readonly string[]) => {
    const shown: string[] = [];
    for (const id of walk.settings.firstParent ? parents.slice(0, 1) : parents) {
      const commit = hidden.has(id) ? null : await read(id);
      const old =
        commit !== null && walk.settings.since !== null && commit.committer.timestamp < walk.settings.since;
      if (commit && !old && (await accepts({ commit, parents: [] }))) shown.push(id);
    }
    return shown;
  };
}

function simplifier(
  repo: Repository,
  { settings, paths }: LogWalk,
  read: CommitReader,
  parentsOf: Map<string, readonly string[]>,
) {
  const byPath =
    paths === EVERYTHING || settings.follow
      ? null
      : pathSimplifier(repo, read, paths, { fullHistory: settings.fullHistory });
  return async (commit: Commit) => {
    if (settings.since !== null && commit.committer.timestamp < settings.since)
      return { show: false, parents: [] };
    const kept = byPath ? await byPath(commit) : { show: true, parents: commit.parents };
    parentsOf.set(commit.id, kept.parents);
    return kept;
  };
}

/** For graphs: parents that are not shown are replaced by their nearest shown ancestors. */
async function rewriter(repo: Repository, { paths, settings }: LogWalk, read: CommitReader) {
  const simplify = pathSimplifier(repo, read, paths, { fullHistory: settings.fullHistory });
  const resolve = async (id: string): Promise<string | null> => {
    for (let at: string | undefined = id; at !== undefined;) {
      const commit: Commit | null = await read(at);
      if (!commit) return null;
      const kept = await simplify(commit);
      if (kept.show || kept.parents.length > 1) return at;
      at = kept.parents[0];
    }
    return null;
  };
  return async (commit: Commit) => {
    const parents: string[] = [];
    for (const parent of commit.parents) {
      const shown = await resolve(parent);
      if (shown !== null && !parents.includes(shown)) parents.push(shown);
    }
    return parents;
  };
}

/** `<`, `>`, `=` or `+` by side of `left...right`; "" without sides; null for what is not shown. */
async function sideMarks(
  repo: Repository,
  walk: LogWalk,
  read: CommitReader,
  exclude: readonly string[],
): Promise<(id: string) => string | null> {
  const { settings, revisions } = walk;
  const sided = settings.leftRight || settings.cherry !== "no" || settings.sides !== "both";
  if (!sided) return () => "";
  const hidden = await ancestors(repo, exclude, { read });
  const left = await ancestors(
    repo,
    await commitsOf(
      repo,
      revisions.include.filter((revision) => revision.left),
    ),
    { read },
  );
  const right = await ancestors(
    repo,
    await commitsOf(
      repo,
      revisions.include.filter((revision) => !revision.left),
    ),
    { read },
  );
  const equal =
    settings.cherry === "no"
      ? new Set<string>()
      : await equivalents(
          repo,
          read,
          [...left].filter((id) => !hidden.has(id)),
          [...right].filter((id) => !hidden.has(id)),
        );
  return (id) => {
    const isLeft = left.has(id);
    if (settings.sides === "left" && !isLeft) return null;
    if (settings.sides === "right" && isLeft) return null;
    if (equal.has(id)) return settings.cherry === "pick" ? null : "=";
    if (settings.leftRight) return isLeft ? "<" : ">";
    return settings.cherry === "mark" ? "+" : "";
  };
}

/** Commits of one side whose change the other side also has. */
export async function equivalents(
  repo: Repository,
  read: CommitReader,
  left: readonly string[],
  right: readonly string[],
): Promise<Set<string>> {
  const idsOf = async (ids: readonly string[]) => {
    const found = new Map<string, string>();
    for (const id of ids) {
      const commit = await read(id);
      const patch = commit && (await patchId(repo, commit));
      if (patch) found.set(id, patch);
    }
    return found;
  };
  const [a, b] = [await idsOf(left), await idsOf(right)];
  const [inA, inB] = [new Set(a.values()), new Set(b.values())];
  return new Set(
    [...[...a].filter(([, patch]) => inB.has(patch)), ...[...b].filter(([, patch]) => inA.has(patch))].map(
      ([id]) => id,
    ),
  );
}

async function* reflogEntries(
  repo: Repository,
  { revisions, settings, now }: LogWalk,
): AsyncGenerator<Entry> {
  const read = commitReader(repo);
  for (const revision of revisions.include) {
    const written = /^(.*?)@\{(.*)\}$/.exec(revision.text);
    const name = revision.ref ?? die(`cannot walk reflogs for ${revision.text}`);
    const full = name === "HEAD" && written === null ? "HEAD" : name;
    const short = await shortenRef(
      repo,
      (await resolveRef(repo, full)) && full.startsWith("refs/") ? full : full,
    );
    const asked = written?.[1] || revision.text;
    const found = [asked, `refs/${asked}`, `refs/heads/${asked}`].includes(full) ? asked : full;
    const byDate = settings.dateGiven || (written !== null && !/^\d+$/.test(written[2] as string));
    const first = written && /^\d+$/.test(written[2] as string) ? Number(written[2]) : 0;
    const log = (await readReflog(repo, full)).toReversed();
    for (const [i, item] of log.entries()) {
      if (i < first || /^0+$/.test(item.new)) continue;
      const commit = await read(item.new);
      if (!commit) continue;
      if (settings.since !== null && item.person.timestamp < settings.since) break;
      const selector = byDate ? formatDate(item.person, settings.date, now) : String(i);
      const reflog = {
        short: `${short}@{${selector}}`,
        full: `${found}@{${selector}}`,
        person: item.person,
        message: item.message,
      };
      yield { commit, parents: commit.parents, reflog };
    }
  }
}

function commitFilter(walk: LogWalk): (entry: Entry) => Promise<boolean> {
  const { settings } = walk;
  const regex = (pattern: string) => compile(pattern, settings);
  const authors = settings.authors.map(regex);
  const committers = settings.committers.map(regex);
  const greps = settings.greps.map(regex);
  return async ({ commit, reflog }) => {
    const parents = commit.parents.length;
    if (parents < settings.minParents || (settings.maxParents >= 0 && parents > settings.maxParents))
      return false;
    const time = reflog ? reflog.person.timestamp : commit.committer.timestamp;
    if (settings.until !== null && time > settings.until) return false;
    const who = (person: Commit["author"]) => `${person.name} <${person.email}>`;
    if (authors.length > 0 && !authors.some((one) => one.test(who(commit.author)))) return false;
    if (committers.length > 0 && !committers.some((one) => one.test(who(commit.committer)))) return false;
    if (greps.length === 0) return true;
    const notes = walk.notes ? (await walk.notes(commit.id)).map((note) => note.text).join("") : "";
    const text = commit.message + notes;
    const hit = settings.allMatch
      ? greps.every((one) => one.test(text))
      : greps.some((one) => one.test(text));
    return hit !== settings.invertGrep;
  };
}

function compile(pattern: string, settings: LogSettings): RegExp {
  const source = basicRegex(pattern, {
    extended: settings.regex === "extended",
    fixed: settings.regex === "fixed",
  });
  return new RegExp(source, settings.ignoreCase ? "im" : "m");
}
