/** Entries of a log with their diffs: https://git-scm.com/docs/git-log#_commit_formatting */
import type { GitCall } from "../call.ts";
import { asBytes } from "./byteOutput.ts";
import type { Change } from "./change.ts";
import { combinedDiff } from "./combined.ts";
import { compareTrees } from "./compare.ts";
import { type Decorations, loadDecorations } from "./decorations.ts";
import type { DiffSettings } from "./diffSettings.ts";
import { diffOutput, refine } from "./diffOutput.ts";
import { Graph } from "./graph.ts";
import type { LogSettings } from "./logSettings.ts";
import { type Entry, logEntries, type LogWalk } from "./logWalk.ts";
import { notesDisplay, type NotesOf, notesRef, expandNotesRef } from "./notesTree.ts";
import { readCommit } from "./objects.ts";
import { EVERYTHING, parsePathspec, type Pathspec } from "./pathspec.ts";
import { prettyCommit, type PrettyContext } from "./pretty.ts";
import { listRefs } from "./refs.ts";
import type { Repository } from "./repository.ts";
import type { Revisions } from "./revision.ts";
import { wildmatch } from "./wildmatch.ts";

export interface Log {
  readonly repo: Repository;
  readonly settings: LogSettings;
  readonly paths: Pathspec;
  readonly decorations: Decorations;
  readonly notes: NotesOf | null;
  readonly now: number;
  /** What merges show where no option says. */
  readonly mergeDefault: "off" | "dense";
  /** A log entry was printed before. */
  shown: boolean;
  /** Path that --follow follows now. */
  followed: string | null;
  graph: Graph | null;
}

export async function openLog(
  call: GitCall,
  repo: Repository,
  settings: LogSettings,
  paths: readonly string[],
  mergeDefault: Log["mergeDefault"],
): Promise<Log> {
  const wantsNames = settings.decorate !== "no" || /%[+ -]?[dD]/.test(settings.pretty.format);
  return {
    repo,
    settings,
    paths: paths.length === 0 ? EVERYTHING : parsePathspec(paths, repo.prefix),
    decorations: wantsNames ? await loadDecorations(repo) : new Map(),
    notes: await shownNotes(call, repo, settings),
    now: Math.floor(call.now() / 1000),
    mergeDefault,
    shown: false,
    followed: null,
    graph: settings.graph ? new Graph() : null,
  };
}

async function shownNotes(call: GitCall, repo: Repository, settings: LogSettings): Promise<NotesOf | null> {
  const standard = notesRef(call, repo);
  const wantsFormat = /%[+ -]?N/.test(settings.pretty.format);
  if (settings.notes === null && settings.prettyGiven && !wantsFormat) return null;
  if (Array.isArray(settings.notes) && settings.notes.length === 0) return null;
  const refs = Array.isArray(settings.notes)
    ? settings.notes.map(expandNotesRef)
    : [standard, ...(await configuredNotes(repo))];
  return notesDisplay(repo, [...new Set(refs)], standard);
}

async function configuredNotes(repo: Repository): Promise<string[]> {
  const globs = repo.config.all("notes.displayRef");
  if (globs.length === 0) return [];
  const refs = (await listRefs(repo, "refs/notes/")).map((ref) => ref.name);
  return refs.filter((name) => globs.some((glob) => wildmatch(glob, name)));
}

/** The whole log as a byte string. */
export async function logText(log: Log, revisions: Revisions): Promise<string> {
  const { settings } = log;
  const walk: LogWalk = { settings, revisions, paths: log.paths, notes: log.notes, now: log.now };
  if (settings.follow) log.followed = log.paths.items[0]?.path ?? null;
  if (settings.reverse) return reversedLog(log, walk);
  let out = "";
  let left = settings.count;
  let skip = settings.skip;
  for await (const entry of logEntries(log.repo, walk)) {
    if (left === 0) break;
    if (skip-- > 0) continue;
    const text = await entryText(log, entry);
    if (text === null) continue;
    left--;
    out += text;
  }
  return out;
}

async function reversedLog(log: Log, walk: LogWalk): Promise<string> {
  const { settings } = log;
  const entries: Entry[] = [];
  for await (const entry of logEntries(log.repo, walk)) {
    if (settings.count >= 0 && entries.length >= settings.count + settings.skip) break;
    entries.push(entry);
  }
  let out = "";
  for (const entry of entries.slice(settings.skip).toReversed()) out += (await entryText(log, entry)) ?? "";
  return out;
}

/** Null where the entry is left out because its diff is empty. */
export async function entryText(log: Log, entry: Entry): Promise<string | null> {
  const { settings } = log;
  const diffs = await entryDiffs(log, entry);
  const mustDiffer = settings.diff.pickaxe !== undefined || settings.diff.filter !== "" || settings.follow;
  if (diffs.length === 0) return mustDiffer ? null : oneEntry(log, entry, null, null);
  let out = "";
  for (const diff of diffs) {
    if (mustDiffer && !diff.matters) continue;
    out += await oneEntry(log, entry, diff, diffs.length > 1 ? diff.parent : null);
  }
  return mustDiffer && out === "" ? null : out;
}

interface EntryDiff {
  readonly parent: string | null;
  readonly text: string;
  /** Something changed, whether or not a format shows it. */
  readonly matters: boolean;
  /** The reference ends the message of such an entry with a blank line, whether or not a diff follows. */
  readonly combined?: boolean;
}

function wantsDiff(settings: LogSettings): boolean {
  const { formats, pickaxe, filter } = settings.diff;
  return (
    [...formats].some((format) => format !== "none") ||
    pickaxe !== undefined ||
    filter !== "" ||
    settings.follow
  );
}

async function entryDiffs(log: Log, entry: Entry): Promise<EntryDiff[]> {
  const { settings, repo } = log;
  if (!wantsDiff(settings)) return [];
  const { commit } = entry;
  if (commit.parents.length <= 1) return [await parentDiff(log, entry, commit.parents[0] ?? null)];
  const mode = mergeMode(log);
  if (mode === "off" || mode === "remerge") return [];
  if (mode === "first-parent") return [await parentDiff(log, entry, commit.parents[0] as string)];
  if (mode === "separate") return Promise.all(commit.parents.map((parent) => parentDiff(log, entry, parent)));
  const text = await combinedDiff(repo, commit, settings.diff, { dense: mode === "dense", paths: log.paths });
  return [{ parent: null, text, matters: text !== "", combined: true }];
}

function mergeMode(log: Log): DiffSettings["merges"] {
  const { merges } = log.settings.diff;
  if (merges !== "default") return merges;
  return log.settings.firstParent ? "first-parent" : log.mergeDefault;
}

async function parentDiff(log: Log, entry: Entry, parent: string | null): Promise<EntryDiff> {
  const { repo, settings } = log;
  const before = parent === null ? null : ((await readCommit(repo, parent))?.tree ?? null);
  const after = entry.commit.tree;
  const changes = settings.follow
    ? await followedChanges(log, before, after)
    : await pathChanges(log, before, after);
  const formats = settings.diff.formats;
  const text = formats.size === 0 ? "" : await diffOutput(repo, changes, settings.diff);
  return { parent, text, matters: changes.length > 0 };
}

async function pathChanges(log: Log, before: string | null, after: string): Promise<Change[]> {
  const paths = log.settings.fullDiff ? EVERYTHING : log.paths;
  return refine(log.repo, await compareTrees(log.repo, before, after, { paths }), log.settings.diff, before);
}

/** The change of the followed path; where it begins, the file that it was renamed from is followed from here on. */
async function followedChanges(log: Log, before: string | null, after: string): Promise<Change[]> {
  const path = log.followed ?? "";
  const own = await compareTrees(log.repo, before, after, {
    paths: parsePathspec([`:(top,literal)${path}`], ""),
  });
  let changes = own;
  if (own.length === 1 && own[0]?.status === "A") {
    const all = await compareTrees(log.repo, before, after);
    const renamed = (
      await refine(
        log.repo,
        all,
        {
          ...log.settings.diff,
          renames: log.settings.diff.renames ?? 50,
          copies: 2,
          filter: "",
          pickaxe: undefined,
        } as DiffSettings,
        before,
      )
    ).find((change) => change.new.path === path);
    if (renamed && (renamed.status === "R" || renamed.status === "C")) {
      const gone = all.some((change) => change.status === "D" && change.old.path === renamed.old.path);
      changes = [{ ...renamed, status: gone ? "R" : renamed.status }];
      log.followed = renamed.old.path;
    }
  }
  const { renames: _renames, ...rest } = log.settings.diff;
  return refine(log.repo, changes, rest as DiffSettings, before);
}

async function oneEntry(
  log: Log,
  entry: Entry,
  changed: EntryDiff | null,
  from: string | null,
): Promise<string> {
  const diff = changed?.text ?? "";
  const { settings } = log;
  const { pretty } = settings;
  const message = asBytes(await prettyText(log, entry, from));
  const newline = settings.diff.zero ? "\0" : "\n";
  const separator = log.shown && !pretty.terminator ? newline : "";
  log.shown = true;
  const emptyFormat = pretty.kind === "user" && pretty.format === "";
  const end = pretty.terminator && !emptyFormat ? newline : "";
  const combined =
    changed?.combined && !emptyFormat && !settings.diff.formats.has("none") && settings.diff.formats.size > 0;
  const gap = combined ? newline : changed?.matters ? diffGap(log, emptyFormat) : "";
  if (log.graph) return log.graph.entry(entry, { separator, message: message + end, diff: gap + diff });
  return separator + message + end + gap + diff;
}

/** The line between message and diff. */
function diffGap({ settings }: Log, emptyFormat: boolean): string {
  const formats = settings.diff.formats;
  if (formats.size === 0 || formats.has("none") || settings.pretty.kind === "oneline" || emptyFormat)
    return "";
  const both = settings.diff.formats.has("patch") && settings.diff.formats.has("stat");
  return both ? "---\n" : "\n";
}

async function prettyText(log: Log, entry: Entry, from: string | null): Promise<string> {
  const { settings, repo } = log;
  const context: PrettyContext = {
    repo,
    date: settings.date,
    now: log.now,
    abbrevCommit: settings.abbrevCommit,
    abbrev: settings.diff.abbrev ?? 7,
    decorate: settings.decorate,
    decorations: log.decorations,
    expandTabs: settings.expandTabs,
    showParents: settings.showParents,
    ...(log.notes ? { notes: log.notes } : {}),
    ...(entry.mark && !log.graph ? { mark: entry.mark } : {}),
    ...(entry.reflog ? { reflog: entry.reflog } : {}),
    ...(entry.source === undefined ? {} : { source: entry.source }),
  };
  const text = await prettyCommit(entry.commit, settings.pretty, { ...context, ...(from ? { from } : {}) });
  if (settings.source && settings.pretty.kind !== "user") return withSource(text, entry.source ?? "");
  return text;
}

/** `--source`: a tab and the name after the id. */
function withSource(text: string, source: string): string {
  return text.replace(/^((?:commit )?\S+)/, (id) => `${id}\t${source}`);
}
