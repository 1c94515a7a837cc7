/** https://git-scm.com/docs/git-show */
import type { ExecResult } from "just-git";
import { toLatin1 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { asBytes, byteOutput } from "./lib/byteOutput.ts";
import { entryText, logText, openLog, type Log } from "./lib/logOutput.ts";
import { logSettings, type LogSettings, readLogOptions } from "./lib/logSettings.ts";
import { type Commit, parseTag, parseTree, isTree, readCommit, readObject } from "./lib/objects.ts";
import { EVERYTHING } from "./lib/pathspec.ts";
import { dateText } from "./lib/pretty.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import type { Revision } from "./lib/revision.ts";
import { historyRevisions } from "./log.ts";
import { pathSimplifier } from "./lib/simplify.ts";
import { commitReader } from "./lib/walk.ts";
import { run, stop } from "./lib/transcript.ts";

export async function show(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async () => {
    const repo = await openRepository(call);
    const settings = logSettings(repo);
    readLogOptions(settings, call.args, repo, Math.floor(call.now() / 1000));
    if (settings.diff.formats.size === 0) settings.diff.formats.add("patch");
    const revisions = await historyRevisions(repo, settings);
    const log = await openLog(call, repo, settings, revisions.paths, "dense");
    if (revisions.exclude.length > 0 || settings.count >= 0) stdout = await logText(log, revisions);
    else for (const revision of revisions.include) stdout += await showObject(log, revision, repo, settings);
    call.terminal.page();
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

async function showObject(
  log: Log,
  revision: Revision,
  repo: Repository,
  settings: LogSettings,
): Promise<string> {
  const raw = await readObject(repo, revision.id);
  if (!raw) return stop(`fatal: bad object ${revision.text}\n`, 128);
  if (raw.type === "blob") return toLatin1(raw.content);
  if (raw.type === "tag") return showTag(log, revision, raw.content, repo, settings);
  if (raw.type === "tree") return showTree(log, revision.text, raw.content);
  const commit = await readCommit(repo, revision.id);
  if (commit && log.paths !== EVERYTHING && !(await touches(log, commit))) return "";
  return commit ? ((await entryText(log, { commit, parents: commit.parents })) ?? "") : "";
}

/** With paths given, a commit that does not change them is not shown. */
async function touches(log: Log, commit: Commit): Promise<boolean> {
  const read = commitReader(log.repo);
  return (await pathSimplifier(log.repo, read, log.paths)(commit)).show;
}

function showTree(log: Log, name: string, content: Uint8Array): string {
  const start = log.shown ? "\n" : "";
  log.shown = true;
  const names = parseTree(content).map((entry) => `${entry.name}${isTree(entry.mode) ? "/" : ""}\n`);
  return asBytes(`${start}tree ${name}\n\n${names.join("")}`);
}

async function showTag(
  log: Log,
  revision: Revision,
  content: Uint8Array,
  repo: Repository,
  settings: LogSettings,
): Promise<string> {
  const tag = parseTag(revision.id, content);
  const start = log.shown ? "\n" : "";
  log.shown = true;
  const who = tag.tagger ? `Tagger: ${tag.tagger.name} <${tag.tagger.email}>\n` : "";
  const when =
    tag.tagger && settings.pretty.kind === "medium"
      ? `Date:   ${dateText(tag.tagger, settings.date, log)}\n`
      : "";
  const message = tag.message === "" ? "" : `\n${tag.message}`;
  const own = asBytes(`${start}tag ${tag.name}\n${who}${when}${message}`);
  return own + (await showObject(log, { ...revision, id: tag.object, text: tag.object }, repo, settings));
}
