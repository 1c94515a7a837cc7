/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
import type { Forge } from "../forge.ts";
import { diffTrees } from "../git/diff.ts";
import { log, mergeBase } from "../git/history.ts";
import { networkOf } from "../git/network.ts";
import { objectsOf } from "../git/objects.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { commitJson, fileJson } from "../json/commit.ts";
import { repositoryId, type Repository } from "../model.ts";
import { json, notFound, page } from "./answer.ts";
import { diffResponse, wantsDiff } from "./diff-text.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const compareRoutes: readonly Route[] = [
  onRepository("GET", "/compare/{basehead+}", ["contents", "read"], compare),
];

const MOST_FILES = 300;

function compare(call: RepositoryCall): Response {
  const { forge, repository, params, headers } = call;
  const basehead = params["basehead"] as string;
  const [, baseName = "", headName = ""] = /^(.+?)\.\.\.?(.+)$/.exec(basehead) ?? [];
  const objects = objectsOf(forge, repository);
  const base = resolveEnd(forge, repository, baseName);
  const head = resolveEnd(forge, repository, headName);
  if (base === null || head === null) return notFound();
  const ancestor = mergeBase(objects, base, head);
  if (ancestor === null) return notFound();
  const files = diffTrees(objects, ancestor, head);
  if (wantsDiff(headers.get("accept") ?? "")) return diffResponse(files);
  const commits = log(objects, head, [base]);
  const behind = log(objects, base, [head]).length;
  const shown = page(call, commits.toReversed());
  const id = repositoryId(repository);
  const commitAt = (sha: string) => {
    const commit = objects.commit(sha);
    return commit && commitJson(forge, repository, commit);
  };
  return json(
    200,
    {
      url: `${API}/repos/${id}/compare/${basehead}`,
      html_url: `${FORGE_ORIGIN}/${id}/compare/${basehead}`,
      permalink_url: `${FORGE_ORIGIN}/${id}/compare/${base}...${head}`,
      diff_url: `${FORGE_ORIGIN}/${id}/compare/${basehead}.diff`,
      patch_url: `${FORGE_ORIGIN}/${id}/compare/${basehead}.patch`,
      base_commit: commitAt(base),
      merge_base_commit: commitAt(ancestor),
      status: statusOf(commits.length, behind),
      ahead_by: commits.length,
      behind_by: behind,
      total_commits: commits.length,
      commits: shown.items.map((commit) => commitJson(forge, repository, commit)),
      files: files.slice(0, MOST_FILES).map((file) => fileJson(repository, head, file)),
    },
    shown.headers,
  );
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

/** `branch`, `owner:branch` or `owner:repository:branch` of the network, or a commit. */
function resolveEnd(forge: Forge, repository: Repository, name: string): string | null {
  const parts = name.split(":");
  if (parts.length === 1) return objectsOf(forge, repository).resolveCommit(name);
  const owner = (parts[0] as string).toLowerCase();
  const wanted = parts.length > 2 ? (parts[1] as string).toLowerCase() : null;
  const other = networkOf(forge, repository).find(
    (it) => it.owner.toLowerCase() === owner && (wanted === null || it.name.toLowerCase() === wanted),
  );
  return other ? objectsOf(forge, other).resolveCommit(parts.at(-1) as string) : null;
}
