/** https://git-scm.com/docs/git-shortlog */
import type { ExecResult } from "just-git";
import { fromLatin1, toUtf8 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { loadDecorations } from "./lib/decorations.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { type LogSettings, logSettings, readLogOptions } from "./lib/logSettings.ts";
import { logEntries } from "./lib/logWalk.ts";
import { compareText, type Person } from "./lib/objects.ts";
import { EVERYTHING, parsePathspec } from "./lib/pathspec.ts";
import { expandFormat, subject } from "./lib/pretty.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { parseRevisions } from "./lib/revision.ts";
import { run, stop } from "./lib/transcript.ts";

interface Grouping {
  summary: boolean;
  numbered: boolean;
  email: boolean;
  committer: boolean;
}

export function shortlog(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const grouping: Grouping = { summary: false, numbered: false, email: false, committer: false };
    const args = takeGrouping(call.args, grouping);
    const found = await call.repository();
    const groups = new Map<string, string[]>();
    if (!found) readLog(toUtf8(fromLatin1(call.stdin)), grouping, groups);
    else await readHistory(call, await openRepository(call), args, grouping, groups);
    const names = [...groups.keys()].sort(compareText);
    if (grouping.numbered)
      names.sort((a, b) => (groups.get(b) as string[]).length - (groups.get(a) as string[]).length);
    for (const name of names) {
      const subjects = groups.get(name) as string[];
      if (grouping.summary) t.out(`${String(subjects.length).padStart(6)}\t${name}\n`);
      else t.out(`${name} (${subjects.length}):\n${subjects.map((line) => `      ${line}\n`).join("")}\n`);
    }
  });
}

/** -s, -n, -e and -c, also joined (`-sne`); the rest is for the walk. */
function takeGrouping(args: readonly string[], grouping: Grouping): string[] {
  const rest: string[] = [];
  const dashes = args.indexOf("--");
  for (const [i, arg] of args.entries()) {
    if (dashes >= 0 && i >= dashes) rest.push(arg);
    else if (arg === "-h") stop(USAGE.shortlog, 129);
    else if (/^-[snec]+$/.test(arg)) {
      for (const letter of arg.slice(1)) set(grouping, letter);
    } else if (arg === "--summary") grouping.summary = true;
    else if (arg === "--numbered") grouping.numbered = true;
    else if (arg === "--email") grouping.email = true;
    else if (arg === "--committer" || arg === "--group=committer") grouping.committer = true;
    else if (arg !== "--group=author") rest.push(arg);
  }
  return rest;
}

function set(grouping: Grouping, letter: string): void {
  if (letter === "s") grouping.summary = true;
  else if (letter === "n") grouping.numbered = true;
  else if (letter === "e") grouping.email = true;
  else grouping.committer = true;
}

async function readHistory(
  call: GitCall,
  repo: Repository,
  args: readonly string[],
  grouping: Grouping,
  groups: Map<string, string[]>,
): Promise<void> {
  const settings: LogSettings = logSettings(repo);
  readLogOptions(settings, args, repo, repo.now);
  const revisions = await parseRevisions(repo, settings.rest, settings.dashes);
  const unknown = revisions.unknown[0];
  if (unknown !== undefined) stop(`error: unknown option \`${unknown}'\n${USAGE.shortlog}`, 129);
  const named = revisions.named || revisions.include.length > 0 || revisions.exclude.length > 0;
  if (!named && call.stdin !== "") return readLog(toUtf8(fromLatin1(call.stdin)), grouping, groups);
  const head = await readHead(repo);
  const standing = head.id === null ? [] : [{ text: "HEAD", id: head.id, ref: "HEAD" }];
  // Without a terminal and without a revision the reference reads a log from its standard input.
  const include = named ? revisions.include : standing;
  const paths = revisions.paths.length > 0 ? parsePathspec(revisions.paths, repo.prefix) : EVERYTHING;
  const walk = { settings, revisions: { ...revisions, include }, paths, notes: null, now: repo.now };
  let left = settings.count;
  let skip = settings.skip;
  const context = {
    repo,
    date: settings.date,
    now: repo.now,
    abbrevCommit: false,
    abbrev: 7,
    decorate: "no" as const,
    decorations: await loadDecorations(repo),
  };
  for await (const { commit } of logEntries(repo, walk)) {
    if (left === 0) break;
    if (skip-- > 0) continue;
    left--;
    const text =
      settings.pretty.kind === "user"
        ? await expandFormat(commit, settings.pretty.format, context)
        : cleanSubject(subject(commit.message));
    add(groups, nameOf(grouping.committer ? commit.committer : commit.author, grouping), text);
  }
}

function nameOf(person: Pick<Person, "name" | "email">, { email }: Grouping): string {
  return email ? `${person.name} <${person.email}>` : person.name;
}

function cleanSubject(text: string): string {
  return text.replace(/^\s*\[PATCH[^\]]*\]\s*/, "") || "<none>";
}

/** Oldest first. */
function add(groups: Map<string, string[]>, name: string, text: string): void {
  groups.set(name, [text, ...(groups.get(name) ?? [])]);
}

/** The output of `git log` on standard input. */
function readLog(text: string, grouping: Grouping, groups: Map<string, string[]>): void {
  const wanted = grouping.committer ? "Commit" : "Author";
  let name: string | null = null;
  for (const line of text.split("\n")) {
    const person = new RegExp(`^${wanted.toLowerCase()}|^${wanted}: (.*) <(.*)>`).exec(line);
    if (person?.[1] !== undefined) name = nameOf({ name: person[1], email: person[2] ?? "" }, grouping);
    else if (name !== null && /^ {4}\S/.test(line)) {
      add(groups, name, cleanSubject(line.trim()));
      name = null;
    }
  }
}
