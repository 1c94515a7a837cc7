/** Finding pull requests, and their fields for `--json`. */
import type { GhCall } from "./call.ts";
import { type Check, checksOf } from "./checks.ts";
import { type Fields } from "./json.ts";
import { fullName } from "./repository.ts";
import { author, commentJson, labelsJson, loginOf, person, type Pull, type Review } from "./rest.ts";
import { GhStop, usageError } from "./stop.ts";
import { comments, numberIn } from "./subject.ts";

/** The pull request that the argument names, or that of the branch. Of a list it lacks what only one of it tells. */
export async function findPull(call: GhCall, argument: string | undefined = call.args[0]): Promise<Pull> {
  if (argument === undefined) {
    if (call.repoNamed) throw usageError("argument required when using the --repo flag");
    return pullOfBranch(call, await currentBranch(call));
  }
  const number = numberIn(call, argument);
  return number === null ? pullOfBranch(call, argument) : pullByNumber(call, number);
}

export async function pullByNumber(call: GhCall, number: number): Promise<Pull> {
  const repo = await call.repo();
  const pull = await call.find<Pull>(`${await call.at()}/pulls/${number}`);
  if (pull) return pull;
  if (!(await call.find(await call.at())))
    throw new GhStop(
      `GraphQL: Could not resolve to a Repository with the name '${fullName(repo)}'. (repository)`,
    );
  throw new GhStop(
    `GraphQL: Could not resolve to a PullRequest with the number of ${number}. (repository.pullRequest)`,
  );
}

async function currentBranch(call: GhCall): Promise<string> {
  // Outside a repository this says what is wrong, before the branch is looked at.
  await call.repo();
  const branch = await call.branch();
  if (branch === null)
    throw new GhStop("could not determine current branch: failed to run git: not on any branch");
  const { stdout, exitCode } = await call.git("config", `branch.${branch}.merge`);
  const [, number] = exitCode === 0 ? (/^refs\/pull\/(\d+)\/head/.exec(stdout) ?? []) : [];
  return number === undefined ? branch : `#${number}`;
}

/** `branch` or `owner:branch`; an open one counts more than a closed one. */
async function pullOfBranch(call: GhCall, branch: string): Promise<Pull> {
  const [, number] = /^#(\d+)$/.exec(branch) ?? [];
  if (number !== undefined) return pullByNumber(call, Number(number));
  const [owner, name] = branch.includes(":") ? (branch.split(":", 2) as [string, string]) : [null, branch];
  const query = owner === null ? "" : `&head=${encodeURIComponent(branch)}`;
  const pulls = await call.list<Pull>(`${await call.at()}/pulls?state=all${query}`);
  const fit = pulls.filter(
    ({ head }) => head.ref === name && (owner === null || head.label === undefined || head.label === branch),
  );
  const found = fit.find(({ state }) => state === "open") ?? fit[0];
  if (!found) throw new GhStop(`no pull requests found for branch ${JSON.stringify(branch)}`);
  return pullByNumber(call, found.number);
}

export type PullState = "OPEN" | "CLOSED" | "MERGED";

export function stateOf(pull: Pull): PullState {
  if (pull.merged_at) return "MERGED";
  return pull.state === "open" ? "OPEN" : "CLOSED";
}

/** A pull request of a fork. */
export function crossing({ head, base }: Pull): boolean {
  return head.repo?.full_name !== base.repo?.full_name;
}

/** `branch`, or `owner:branch` of a fork. */
export function headLabel(pull: Pull): string {
  if (!crossing(pull)) return pull.head.ref;
  return `${pull.head.repo?.owner.login ?? loginOf(pull.head.user)}:${pull.head.ref}`;
}

export async function reviewsOf(call: GhCall, { number }: Pull): Promise<Review[]> {
  return call.list<Review>(`${await call.at()}/pulls/${number}/reviews`);
}

/** The last word of each reviewer. */
export function latestReviews(reviews: readonly Review[]): Review[] {
  const latest = new Map<string, Review>();
  for (const review of reviews)
    if (review.state !== "COMMENTED" || !latest.has(loginOf(review.user)))
      latest.set(loginOf(review.user), review);
  return [...latest.values()];
}

export function decision(pull: Pull, reviews: readonly Review[]): string {
  const states = latestReviews(reviews).map(({ state }) => state);
  if (states.includes("CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  if (states.includes("APPROVED")) return "APPROVED";
  return pull.mergeable_state === "blocked" || (pull.requested_reviewers ?? []).length > 0
    ? "REVIEW_REQUIRED"
    : "";
}

function reviewJson(review: Review): unknown {
  return {
    id: String(review.id),
    author: { login: loginOf(review.user) },
    authorAssociation: review.author_association ?? "NONE",
    body: review.body ?? "",
    submittedAt: review.submitted_at ?? null,
    includesCreatedEdit: false,
    reactionGroups: [],
    state: review.state,
  };
}

/** What only a single pull request tells, not a list of them. */
async function whole(call: GhCall, pull: Pull): Promise<Pull> {
  return pull.mergeable === undefined || pull.additions === undefined
    ? pullByNumber(call, pull.number)
    : pull;
}

export const PULL_FIELDS: Fields<Pull> = {
  additions: async (it, call) => (await whole(call, it)).additions ?? 0,
  assignees: (it) => (it.assignees ?? []).map(person),
  author: (it) => author(it.user),
  autoMergeRequest: (it) => it.auto_merge ?? null,
  baseRefName: (it) => it.base.ref,
  baseRefOid: (it) => it.base.sha,
  body: (it) => it.body ?? "",
  changedFiles: async (it, call) => (await whole(call, it)).changed_files ?? 0,
  closed: (it) => it.state === "closed",
  closedAt: (it) => it.closed_at,
  comments: async (it, call) => (await comments(call, it.number)).map(commentJson),
  commits: async (it, call) => (await commitsOf(call, it)).map(commitJson),
  createdAt: (it) => it.created_at,
  deletions: async (it, call) => (await whole(call, it)).deletions ?? 0,
  files: async (it, call) =>
    (await filesOf(call, it)).map(({ filename, additions, deletions }) => ({
      path: filename,
      additions,
      deletions,
    })),
  headRefName: (it) => it.head.ref,
  headRefOid: (it) => it.head.sha,
  headRepository: (it) =>
    it.head.repo ? { id: String(it.head.repo.id ?? ""), name: it.head.repo.name } : null,
  headRepositoryOwner: (it) => (it.head.repo ? person(it.head.repo.owner) : null),
  id: (it) => it.node_id ?? "",
  isCrossRepository: crossing,
  isDraft: (it) => it.draft ?? false,
  labels: (it) => labelsJson(it.labels),
  latestReviews: async (it, call) => latestReviews(await reviewsOf(call, it)).map(reviewJson),
  maintainerCanModify: async (it, call) => (await whole(call, it)).maintainer_can_modify ?? false,
  mergeCommit: (it) => (it.merged_at && it.merge_commit_sha ? { oid: it.merge_commit_sha } : null),
  mergeStateStatus: async (it, call) => ((await whole(call, it)).mergeable_state ?? "unknown").toUpperCase(),
  mergeable: async (it, call) => {
    const { mergeable } = await whole(call, it);
    return mergeable === true ? "MERGEABLE" : mergeable === false ? "CONFLICTING" : "UNKNOWN";
  },
  mergedAt: (it) => it.merged_at,
  mergedBy: async (it, call) => {
    const { merged_by: by } = await whole(call, it);
    return by ? person(by) : null;
  },
  milestone: () => null,
  number: (it) => it.number,
  reviewDecision: async (it, call) => decision(it, await reviewsOf(call, it)),
  reviewRequests: (it) => (it.requested_reviewers ?? []).map(({ login }) => ({ __typename: "User", login })),
  reviews: async (it, call) => (await reviewsOf(call, it)).map(reviewJson),
  state: stateOf,
  statusCheckRollup: async (it, call) => (await checksOf(call, it.head.sha)).map(rollupJson),
  title: (it) => it.title,
  updatedAt: (it) => it.updated_at,
  url: (it) => it.html_url,
};

function rollupJson(check: Check): unknown {
  return {
    __typename: "CheckRun",
    name: check.name,
    workflowName: check.workflow,
    status: check.status.toUpperCase(),
    conclusion: (check.conclusion ?? "").toUpperCase(),
    startedAt: check.startedAt,
    completedAt: check.completedAt,
    detailsUrl: check.url,
  };
}

export interface ChangedFile {
  readonly filename: string;
  readonly status?: string;
  readonly additions?: number;
  readonly deletions?: number;
}

export async function filesOf(call: GhCall, { number }: Pull): Promise<ChangedFile[]> {
  return call.list<ChangedFile>(`${await call.at()}/pulls/${number}/files`);
}

interface PullCommit {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    readonly author?: { readonly name?: string; readonly email?: string; readonly date?: string };
  };
}

async function commitsOf(call: GhCall, { number }: Pull): Promise<PullCommit[]> {
  return call.list<PullCommit>(`${await call.at()}/pulls/${number}/commits`);
}

function commitJson({ sha, commit }: PullCommit): unknown {
  const [headline = "", , ...rest] = commit.message.split("\n");
  return {
    oid: sha,
    messageHeadline: headline,
    messageBody: rest.join("\n"),
    authoredDate: commit.author?.date ?? null,
    committedDate: commit.author?.date ?? null,
    authors: commit.author
      ? [{ name: commit.author.name ?? "", email: commit.author.email ?? "", login: "" }]
      : [],
  };
}
