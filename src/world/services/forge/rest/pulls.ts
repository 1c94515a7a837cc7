/** https://docs.github.com/en/rest/pulls/pulls */
import type { Json } from "../../../../base/json.ts";
import { isAncestor, mergeBase } from "../git/history.ts";
import { objectsOf } from "../git/objects.ts";
import { networkOf } from "../git/network.ts";
import { changeIssue, type IssueChange } from "../issues.ts";
import { personJson } from "../json/account.ts";
import { commitJson, fileJson } from "../json/commit.ts";
import { fullPullJson, pullJson } from "../json/pull.ts";
import { teamJson } from "../json/team.ts";
import { factsOf, mergePull, updateBranch, type Method } from "../merge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { askedOwners } from "../owners.ts";
import {
  changePull,
  createPull,
  pullOf,
  pullsOf,
  refresh,
  removeReviewers,
  requestReviewers,
  setDraft,
  type Request,
} from "../pulls.ts";
import { pullCommits, pullFiles } from "../pullContents.ts";
import { MERGE_METHODS } from "../rules/move.ts";
import { teamOf } from "../teams.ts";
import { audited } from "./audited.ts";
import { choiceField, flagField, own, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, type FieldError } from "./answer.ts";
import { diffText, wantsDiff } from "./diff-text.ts";
import { mayDiscuss, refused } from "./issue-call.ts";
import { logins } from "./issues.ts";
import { patchText } from "./patch-text.ts";
import {
  asParticipant,
  byOf,
  isAuthorOrWriter,
  onPull,
  type PullCall,
  type SignedPullCall,
} from "./pull-call.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const pullRoutes: readonly Route[] = [
  onRepository("GET", "/pulls", ["pull_requests", "read"], listPulls),
  onRepository("POST", "/pulls", "user", postPull),
  onRepository("GET", "/pulls/{number}", ["pull_requests", "read"], onPull(showPull)),
  onRepository("PATCH", "/pulls/{number}", "user", asParticipant(patchPull)),
  onRepository("GET", "/pulls/{number}/commits", ["pull_requests", "read"], onPull(listCommits)),
  onRepository("GET", "/pulls/{number}/files", ["pull_requests", "read"], onPull(listFiles)),
  onRepository("GET", "/pulls/{number}/merge", ["contents", "read"], onPull(checkMerged)),
  onRepository("PUT", "/pulls/{number}/merge", ["contents", "write"], onPull(merge)),
  onRepository("PUT", "/pulls/{number}/update-branch", "user", asParticipant(update)),
  onRepository(
    "GET",
    "/pulls/{number}/requested_reviewers",
    ["pull_requests", "read"],
    onPull(listReviewers),
  ),
  onRepository("POST", "/pulls/{number}/requested_reviewers", "user", asParticipant(askReviewers)),
  onRepository("DELETE", "/pulls/{number}/requested_reviewers", "user", asParticipant(dropReviewers)),
  onRepository("GET", "/commits/{sha}/pulls", ["pull_requests", "read"], listOfCommit),
  onSite("POST", "/{owner}/{repo}/pull/{number}/ready_for_review", "user", (call) => markDraft(call, false)),
  onSite("POST", "/{owner}/{repo}/pull/{number}/convert_to_draft", "user", (call) => markDraft(call, true)),
  onSite("GET", "/{owner}/{repo}/pull/{file}", "anyone", showText),
];

function listPulls(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  const query = url.searchParams;
  const [state, head, base] = [query.get("state") ?? "open", query.get("head"), query.get("base")];
  const ascending = query.get("direction") === "asc";
  const found = pullsOf(forge, repository)
    .filter(
      ({ issue, pull }) =>
        (state === "all" || issue.state === state) &&
        (!head || head === `${pull.head.owner}:${pull.head.ref}` || head === pull.head.ref) &&
        (!base || base === pull.base.ref),
    )
    .toSorted((a, b) => (ascending ? a.pull.number - b.pull.number : b.pull.number - a.pull.number));
  return list(call, found, ({ issue, pull }) => pullJson(forge, repository, issue, pull));
}

async function postPull(call: RepositoryCall): Promise<Response> {
  const { forge, repository, identity, body } = call;
  if (!identity) return failure(401, "Requires authentication");
  if (!mayDiscuss(call, { pull: true })) return refused(identity);
  if (repository.archived) return failure(403, "Repository was archived so is read-only.");
  const title = textField(body, "title") ?? "";
  const ends = endsFrom(call);
  const missing = (field: string): FieldError => ({ resource: "PullRequest", field, code: "missing_field" });
  if (title.trim() === "") return invalid(missing("title"));
  if ("error" in ends) return invalid(ends.error);
  const outside = ends.head.repository.id !== repository.id;
  const writes =
    forge.allows(identity, ends.head.repository, "contents", "write") || identity.grants.kind === "job";
  if (outside && !writes) return invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  const request = await createPull(forge, identity, repository, {
    ...ends,
    title,
    body: textField(body, "body"),
    draft: flagField(body, "draft") ?? false,
    maintainerCanModify: flagField(body, "maintainer_can_modify") ?? outside,
  });
  const asked = askedOwners(forge, repository, request);
  if (!request.pull.draft && asked.people.length + asked.teams.length > 0)
    requestReviewers(forge, identity, repository, request, asked.people, asked.teams);
  audited(call, "pull_request.create", repositoryId(repository), { number: request.pull.number });
  return shown(call, pullOf(forge, repository, request.pull.number) ?? request, 201);
}

type Ends =
  | { readonly error: FieldError }
  | {
      readonly head: { readonly repository: Repository; readonly ref: string; readonly sha: string };
      readonly base: { readonly ref: string; readonly sha: string };
    };

/** Where the changes are and where they shall go, or what is wrong with that. */
function endsFrom({ forge, repository, body }: RepositoryCall): Ends {
  const wrong = (field: string, message?: string): Ends => ({
    error: message
      ? { resource: "PullRequest", field, code: "custom", message }
      : { resource: "PullRequest", field, code: "invalid" },
  });
  const [baseName, headName] = [textField(body, "base"), textField(body, "head")];
  const base = baseName === null ? null : objectsOf(forge, repository).ref(`refs/heads/${baseName}`);
  if (baseName === null || base === null) return wrong("base");
  const [branch = "", owner] = (headName ?? "").split(":").reverse() as [string?, string?];
  const from = headRepository(forge, repository, owner, textField(body, "head_repo"));
  const sha = from === null ? null : objectsOf(forge, from).ref(`refs/heads/${branch}`);
  if (from === null || sha === null) return wrong("head");
  const objects = objectsOf(forge, repository);
  if (isAncestor(objects, sha, base)) return wrong("base", `No commits between ${baseName} and ${headName}`);
  if (mergeBase(objects, base, sha) === null)
    return wrong("base", `The ${headName} branch has no history in common with ${baseName}`);
  const open = pullsOf(forge, repository).find(
    ({ issue, pull }) =>
      issue.state === "open" &&
      pull.head.repository === from.id &&
      pull.head.ref === branch &&
      pull.base.ref === baseName,
  );
  if (open) return wrong("head", `A pull request already exists for ${from.owner}:${branch}.`);
  return { head: { repository: from, ref: branch, sha }, base: { ref: baseName, sha: base } };
}

function headRepository(
  forge: Call["forge"],
  repository: Repository,
  owner: string | undefined,
  name: string | null,
): Repository | null {
  if (owner === undefined || owner.toLowerCase() === repository.owner.toLowerCase()) return repository;
  const found = networkOf(forge, repository).find(
    (it) =>
      it.owner.toLowerCase() === owner.toLowerCase() && (name === null || it.name === name.split("/").at(-1)),
  );
  return found ?? null;
}

function shown(call: RepositoryCall, request: Request, status = 200): Response {
  const { forge, repository, identity } = call;
  const facts = factsOf(forge, identity, repository, request);
  return json(status, fullPullJson(forge, repository, request.issue, request.pull, facts));
}

function showPull(call: PullCall): Response {
  const text = textIn(call, call.headers.get("accept") ?? "");
  return text ?? shown(call, call.request);
}

function textIn(
  { forge, repository, request }: Pick<PullCall, "forge" | "repository" | "request">,
  accept: string,
): Response | null {
  if (!wantsDiff(accept)) return null;
  const patch = /\.patch/.test(accept);
  const text = patch
    ? patchText(forge, repository, pullCommits(forge, repository, request.pull))
    : diffText(pullFiles(forge, repository, request.pull));
  return new Response(text, {
    headers: { "Content-Type": `application/vnd.github.${patch ? "patch" : "diff"}; charset=utf-8` },
  });
}

/** `/owner/name/pull/7.diff` and `.patch`, as the page offers them. */
function showText({ forge, params, identity }: Call): Response {
  const [, number, kind] = /^(\d+)\.(diff|patch)$/.exec(params["file"] as string) ?? [];
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  const request = repository && pullOf(forge, repository, Number(number));
  if (!request || !forge.allows(identity, repository, "pull_requests", "read")) return notFound();
  return textIn({ forge, repository, request }, `application/vnd.github.${kind}`) ?? notFound();
}

async function patchPull(call: SignedPullCall): Promise<Response> {
  const { forge, repository, identity, request, body } = call;
  if (!isAuthorOrWriter(call)) return failure(403, "Must have push access to Repository.");
  const state = own(body, "state");
  if (state !== undefined && state !== "open" && state !== "closed")
    return invalid({ resource: "PullRequest", field: "state", code: "invalid" });
  if (state === "open" && request.pull.mergedAtMs !== null)
    return invalid({
      resource: "PullRequest",
      field: "state",
      code: "custom",
      message: "state cannot be changed. The pull request cannot be reopened.",
    });
  const base = textField(body, "base");
  if (base !== null && base !== request.pull.base.ref) {
    const sha = objectsOf(forge, repository).ref(`refs/heads/${base}`);
    if (sha === null) return invalid({ resource: "PullRequest", field: "base", code: "invalid" });
    const moved = changePull(forge, request.pull, { base: { ...request.pull.base, ref: base, sha } });
    await refresh(forge, repository, moved);
  }
  const canModify = flagField(body, "maintainer_can_modify");
  if (canModify !== null) changePull(forge, request.pull, { maintainerCanModify: canModify });
  const title = textField(body, "title");
  const text = own(body, "body");
  const change: IssueChange = {
    ...(title === null ? {} : { title }),
    ...(typeof text === "string" || text === null ? { body: text } : {}),
    ...(state === undefined ? {} : { state }),
  };
  changeIssue(forge, identity, repository, request.issue, change);
  if (state !== undefined && state !== request.issue.state)
    audited(call, state === "open" ? "pull_request.reopen" : "pull_request.close", repositoryId(repository), {
      number: request.pull.number,
    });
  return shown(call, pullOf(forge, repository, request.pull.number) ?? request);
}

function listCommits(call: PullCall): Response {
  const { forge, repository, request } = call;
  return list(call, pullCommits(forge, repository, request.pull), (commit): Json =>
    commitJson(forge, repository, commit),
  );
}

function listFiles(call: PullCall): Response {
  const { forge, repository, request } = call;
  return list(call, pullFiles(forge, repository, request.pull), (file) =>
    fileJson(repository, request.pull.head.sha, file),
  );
}

function checkMerged({ request }: PullCall): Response {
  return request.pull.mergedAtMs === null ? notFound() : noContent();
}

async function merge(call: PullCall): Promise<Response> {
  const { forge, repository, identity, request, body } = call;
  if (!identity) return failure(401, "Requires authentication");
  const sha = textField(body, "sha");
  if (sha !== null && sha !== request.pull.head.sha)
    return failure(409, "Head branch was modified. Review and try the merge again.");
  const method: Method = choiceField(body, "merge_method", MERGE_METHODS) ?? "merge";
  const title = textField(body, "commit_title");
  const message = textField(body, "commit_message");
  const merged = await mergePull(forge, byOf(call, identity), repository, request, {
    method,
    ...(title === null ? {} : { title }),
    ...(message === null ? {} : { message }),
  });
  if (!merged.ok) return failure(405, merged.why);
  audited(call, "pull_request.merge", repositoryId(repository), { number: request.pull.number });
  return json(200, { sha: merged.sha, merged: true, message: "Pull Request successfully merged" });
}

async function update(call: SignedPullCall): Promise<Response> {
  const { forge, repository, identity, request, body } = call;
  const head = forge.byId(request.pull.head.repository);
  const pushes = head !== undefined && forge.allows(identity, head, "contents", "write");
  const invited = request.pull.maintainerCanModify && forge.allows(identity, repository, "contents", "write");
  if (!pushes && !invited) return failure(403, "Must have push access to the head branch.");
  const sha = textField(body, "expected_head_sha");
  if (sha !== null && sha !== request.pull.head.sha)
    return failure(422, "expected head sha didn’t match current head ref.");
  const done = await updateBranch(forge, byOf(call, identity), repository, request);
  if (!done.ok) return failure(422, done.why);
  return json(202, {
    message: "Updating pull request branch.",
    url: `${call.url.origin}/repos/${repositoryId(repository)}/pulls/${request.pull.number}`,
  });
}

function listReviewers({ forge, repository, request }: PullCall): Response {
  const { requestedReviewers, requestedTeams } = request.pull;
  return json(200, {
    users: requestedReviewers.map((login) => personJson(forge, login)),
    teams: requestedTeams.flatMap((slug) => {
      const team = teamOf(forge, repository.owner, slug);
      return team ? [teamJson(team)] : [];
    }),
  });
}

function askReviewers(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  if (!isAuthorOrWriter(call)) return failure(403, "Must have push access to Repository.");
  const reviewers = logins(body, "reviewers") ?? [];
  if (reviewers.includes(request.issue.author))
    return failure(422, "Review cannot be requested from pull request author.");
  if (reviewers.some((login) => forge.role(repository, login) === null || !forge.account(login)))
    return failure(
      422,
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.",
    );
  const pull = requestReviewers(
    forge,
    identity,
    repository,
    request,
    reviewers,
    logins(body, "team_reviewers") ?? [],
  );
  return json(201, pullJson(forge, repository, request.issue, pull));
}

function dropReviewers(call: SignedPullCall): Response {
  const { forge, repository, identity, request, body } = call;
  if (!isAuthorOrWriter(call)) return failure(403, "Must have push access to Repository.");
  const pull = removeReviewers(
    forge,
    identity,
    repository,
    request,
    logins(body, "reviewers") ?? [],
    logins(body, "team_reviewers") ?? [],
  );
  return json(200, pullJson(forge, repository, request.issue, pull));
}

function listOfCommit(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const sha = params["sha"] as string;
  const found = pullsOf(forge, repository).filter(
    ({ pull }) => pull.mergeSha === sha || pullCommits(forge, repository, pull).some(({ id }) => id === sha),
  );
  return list(call, found, ({ issue, pull }) => pullJson(forge, repository, issue, pull));
}

/** Drafts have no path in GitHub's REST API: the page does it (`gh pr ready` through GraphQL). */
function markDraft(call: Call, draft: boolean): Response {
  const { forge, params, identity } = call;
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  const request = repository && pullOf(forge, repository, Number(params["number"]));
  if (!request || !identity || !forge.allows(identity, repository, "pull_requests", "read"))
    return notFound();
  const may =
    request.issue.author === identity.login || forge.allows(identity, repository, "pull_requests", "write");
  if (!may) return failure(403, "Must have push access to Repository.");
  const pull = setDraft(forge, identity, repository, request, draft);
  return json(200, pullJson(forge, repository, request.issue, pull));
}
