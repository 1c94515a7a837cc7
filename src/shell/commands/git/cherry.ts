/** https://git-scm.com/docs/git-cherry */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { equivalents } from "./lib/logWalk.ts";
import { abbreviate } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { subject } from "./lib/pretty.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository } from "./lib/repository.ts";
import { resolveCommit, upstreamName } from "./lib/revision.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { ancestors, commitReader, walkCommits } from "./lib/walk.ts";

const OPTIONS = {
  abbrev: { names: ["--abbrev"], value: "optional" },
  verbose: { names: ["-v", "--verbose"] },
} as const;

export function cherry(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.cherry });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest } = parsed;
    const repo = await openRepository(call);
    if (rest.length > 3) return stop(USAGE.cherry, 129);
    const branch = (await readHead(repo)).branch?.replace(/^refs\/heads\//, "") ?? "";
    const tracked = rest.length === 0 ? upstreamName(repo, branch) : null;
    if (rest.length === 0 && tracked === null)
      return stop(
        `Could not find a tracked remote branch, please specify <upstream> manually.\n${USAGE.cherry}`,
        129,
      );
    const commitOf = async (text: string) =>
      (await resolveCommit(repo, text)) ?? die(`unknown commit ${text}`);
    const upstream = await commitOf(rest[0] ?? (tracked as string));
    const head = await commitOf(rest[1] ?? "HEAD");
    const limit = rest[2] === undefined ? [] : [await commitOf(rest[2])];
    const read = commitReader(repo);
    const mine = await ancestors(repo, [head], { read });
    const theirs = [...(await ancestors(repo, [upstream], { read }))].filter((id) => !mine.has(id));
    const commits = [];
    for await (const commit of walkCommits(repo, { starts: [head], exclude: [upstream, ...limit], read }))
      if (commit.parents.length < 2) commits.unshift(commit);
    const equal = await equivalents(
      repo,
      read,
      commits.map((commit) => commit.id),
      theirs,
    );
    for (const commit of commits) {
      const id =
        values.abbrev === undefined
          ? commit.id
          : await abbreviate(repo, commit.id, Number(values.abbrev || 7));
      t.out(
        `${equal.has(commit.id) ? "-" : "+"} ${id}${values.verbose ? ` ${subject(commit.message)}` : ""}\n`,
      );
    }
    return 0;
  });
}
