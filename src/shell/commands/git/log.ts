/** https://git-scm.com/docs/git-log */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { byteOutput } from "./lib/byteOutput.ts";
import { logText, openLog } from "./lib/logOutput.ts";
import { logSettings, type LogSettings, readLogOptions } from "./lib/logSettings.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { ambiguousArgument, parseRevisions, type Revisions } from "./lib/revision.ts";
import { die, run, stop } from "./lib/transcript.ts";

export async function log(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async () => {
    const repo = await openRepository(call);
    const settings = logSettings(repo);
    readLogOptions(settings, call.args, repo, Math.floor(call.now() / 1000));
    const revisions = await historyRevisions(repo, settings);
    if (settings.follow && revisions.paths.length !== 1) {
      if (call.args.includes("--follow")) die("--follow requires exactly one pathspec");
      settings.follow = false;
    }
    stdout = await logText(await openLog(call, repo, settings, revisions.paths, "off"), revisions);
    call.terminal.page();
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

/** Revisions and paths; HEAD where none is named. Dies as git does on an empty branch or an unknown option. */
export async function historyRevisions(repo: Repository, settings: LogSettings): Promise<Revisions> {
  const revisions = await parseRevisions(repo, settings.rest, settings.dashes);
  const unknown = revisions.unknown[0];
  if (unknown !== undefined) stop(`fatal: unrecognized argument: ${unknown}\n`, 128);
  if (revisions.named || revisions.include.length > 0 || revisions.exclude.length > 0) return revisions;
  const head = await readHead(repo);
  if (head.id === null) {
    if (head.branch === null) stop(ambiguousArgument("HEAD"), 128);
    die(`your current branch '${head.branch.replace(/^refs\/heads\//, "")}' does not have any commits yet`);
  }
  return { ...revisions, include: [{ text: "HEAD", id: head.id, ref: "HEAD" }] };
}
