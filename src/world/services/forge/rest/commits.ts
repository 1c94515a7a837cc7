/** https://docs.github.com/en/rest/commits/commits. An object that no ref leads to is served too. */
import type { Json } from "../../../../base/json.ts";
import { log } from "../git/history.ts";
import { diffTrees } from "../git/diff.ts";
import { objectsOf, type Objects } from "../git/objects.ts";
import { accountOf } from "../git/pushEvent.ts";
import type { Commit } from "../git/commit.ts";
import type { Forge } from "../forge.ts";
import { commitJson, fullCommitJson } from "../json/commit.ts";
import { failure, json, list } from "./answer.ts";
import { diffResponse, wantsDiff } from "./diff-text.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const commitRoutes: readonly Route[] = [
  onRepository("GET", "/commits", ["contents", "read"], listCommits),
  onRepository("GET", "/commits/{ref+}", ["contents", "read"], showCommit),
  onRepository("GET", "/commits/{sha}/branches-where-head", ["contents", "read"], branchesWhereHead),
];

function listCommits(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  const objects = objectsOf(forge, repository);
  const wanted = url.searchParams.get("sha") || "HEAD";
  const head = objects.resolveCommit(wanted);
  if (head === null) {
    if (wanted === "HEAD") return failure(409, "Git Repository is empty.");
    return failure(404, "Not Found");
  }
  const commits = log(objects, head).filter((commit) => isWanted(forge, objects, commit, url.searchParams));
  return list(call, commits, (commit): Json => commitJson(forge, repository, commit));
}

function isWanted(forge: Forge, objects: Objects, commit: Commit, query: URLSearchParams): boolean {
  const { author, committer, id, parents } = commit;
  const [path, who] = [query.get("path"), query.get("author")?.toLowerCase()];
  const since = Date.parse(query.get("since") ?? "");
  const until = Date.parse(query.get("until") ?? "");
  if (committer.atMs < since || committer.atMs > until) return false;
  if (who && who !== author.email.toLowerCase() && who !== accountOf(forge, author.email)?.toLowerCase())
    return false;
  if (!path) return true;
  const now = objects.entry(id, path)?.id ?? null;
  const before = parents.map((parent) => objects.entry(parent, path)?.id ?? null);
  return before.length === 0 ? now !== null : before.every((other) => other !== now);
}

function showCommit({ forge, repository, params, headers }: RepositoryCall): Response {
  const objects = objectsOf(forge, repository);
  const wanted = params["ref"] as string;
  const id = objects.resolveCommit(wanted);
  const commit = id === null ? null : objects.commit(id);
  if (commit === null) return failure(422, `No commit found for SHA: ${wanted}`);
  const accept = headers.get("accept") ?? "";
  if (/vnd\.github(?:\.v3)?\.sha/.test(accept)) return new Response(commit.id);
  if (wantsDiff(accept)) return diffResponse(diffTrees(objects, commit.parents[0] ?? null, commit.id));
  return json(200, fullCommitJson(forge, repository, objects, commit));
}

function branchesWhereHead({ forge, repository, params }: RepositoryCall): Response {
  const heads = objectsOf(forge, repository).refs("refs/heads/");
  return json(
    200,
    heads
      .filter(({ id }) => id === params["sha"])
      .map(({ name, id }) => ({
        name: name.slice("refs/heads/".length),
        commit: { sha: id },
        protected: false,
      })),
  );
}
