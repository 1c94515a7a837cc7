/** What git prints about a new commit or a merge: `[main 1234567] subject`, counts, created and renamed files. */
import { compareTrees } from "./compare.ts";
import { fileStats, shortStat, statLines, summaryLines } from "./diffstat.ts";
import { formatDate } from "./dates.ts";
import { branchName } from "./head.ts";
import { subjectOf } from "./message.ts";
import { abbreviate, readCommit, type Person } from "./objects.ts";
import { readHead } from "./refs.ts";
import { findRenames } from "./rename.ts";
import type { Repository } from "./repository.ts";

export async function commitSummary(
  repo: Repository,
  id: string,
  options: { showDate: boolean; amended?: boolean },
): Promise<string> {
  const commit = await readCommit(repo, id);
  if (!commit) return "";
  const { branch } = await readHead(repo);
  const place = branch === null ? "detached HEAD" : branchName(branch);
  const root = commit.parents.length === 0 && !options.amended ? " (root-commit)" : "";
  let text = `[${place}${root} ${await abbreviate(repo, id)}] ${subjectOf(commit.message)}\n`;
  if (who(commit.author) !== who(commit.committer)) text += ` Author: ${who(commit.author)}\n`;
  if (options.showDate) text += ` Date: ${formatDate(commit.author, "default", 0)}\n`;
  if (commit.parents.length > 1) return text;
  const parent = commit.parents[0] === undefined ? null : await readCommit(repo, commit.parents[0]);
  return text + (await changeSummary(repo, parent?.tree ?? null, commit.tree, false));
}

function who(person: Person): string {
  return `${person.name} <${person.email}>`;
}

/** Counts and mode lines between two trees; `stat` also the lines per file. "" where nothing changed. */
export async function changeSummary(
  repo: Repository,
  before: string | null,
  after: string,
  stat: boolean,
): Promise<string> {
  const changes = await findRenames(repo, await compareTrees(repo, before, after));
  if (changes.length === 0) return "";
  const stats = await fileStats(repo, changes);
  return (stat ? statLines(stats) : "") + shortStat(stats) + summaryLines(changes);
}
