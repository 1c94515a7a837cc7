/** Pull requests, reviews, checks, statuses, merges, releases, webhooks. */
import { expect } from "vitest";
import { has, heads, ids, logins, message, REPO, wrongField, type Row } from "./setting.ts";

const TOPIC = { ...REPO, head: "topic", base: "main", title: "High water" };
const PULL = { ...REPO, pull_number: 3 };
const HOOK = { url: "https://hooks.example/ci", content_type: "json", secret: "between us" };

async function keep(name: string, promise: Promise<any>) {
  const answer = await promise;
  ids[name] = answer.data.id;
  return answer;
}

/** Two approvals, owners and one check on main. */
async function rule(o: any) {
  return o.rest.repos.createRepoRuleset({
    ...REPO,
    name: "main",
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 1,
          require_code_owner_review: true,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
      {
        type: "required_status_checks",
        parameters: {
          required_status_checks: [{ context: "lint" }],
          strict_required_status_checks_policy: false,
        },
      },
    ],
  });
}

export const changeCalls: readonly Row[] = [
  [
    "a pull request without a branch",
    "teo",
    (o) => o.rest.pulls.create({ ...TOPIC, head: "nowhere" }),
    422,
    wrongField("head", "invalid"),
  ],
  [
    "without a base",
    "teo",
    (o) => o.rest.pulls.create({ ...TOPIC, base: "nowhere" }),
    422,
    wrongField("base", "invalid"),
  ],
  [
    "without a change",
    "teo",
    (o) => o.rest.pulls.create({ ...TOPIC, head: "main" }),
    422,
    has({ errors: [has({ message: "No commits between main and main" })] }),
  ],
  [
    "a pull request, numbered as issues are",
    "teo",
    (o) => o.rest.pulls.create({ ...TOPIC, body: "fixes #1" }),
    201,
    has({
      number: 3,
      state: "open",
      merged: false,
      mergeable: true,
      mergeable_state: "clean",
      commits: 1,
      additions: 1,
      deletions: 1,
      changed_files: 1,
      head: has({ label: "lantern-tides:topic", sha: expect.any(String) }),
    }),
  ],
  [
    "the same again",
    "teo",
    (o) => o.rest.pulls.create(TOPIC),
    422,
    has({ errors: [has({ message: "A pull request already exists for lantern-tides:topic." })] }),
  ],
  [
    "owners are asked",
    "nobody",
    (o) => o.rest.pulls.listRequestedReviewers(PULL),
    200,
    { users: logins("priya"), teams: [] },
  ],
  [
    "it is an issue too",
    "nobody",
    (o) => o.rest.issues.get({ ...REPO, issue_number: 3 }),
    200,
    has({ title: "High water", pull_request: has({ merged_at: null }) }),
  ],
  [
    "from a fork",
    "aya",
    (o) => o.rest.pulls.create({ ...REPO, head: "aya:words", base: "main", title: "Words", draft: true }),
    201,
    has({
      number: 4,
      draft: true,
      mergeable_state: "draft",
      maintainer_can_modify: true,
      head: has({ repo: has({ full_name: "aya/tides" }) }),
    }),
  ],
  ["all", "nobody", (o) => o.rest.pulls.list(REPO), 200, [has({ number: 4 }), has({ number: 3 })]],
  [
    "by head",
    "nobody",
    (o) => o.rest.pulls.list({ ...REPO, head: "lantern-tides:topic" }),
    200,
    [has({ number: 3 })],
  ],
  [
    "commits",
    "nobody",
    (o) => o.rest.pulls.listCommits(PULL),
    200,
    [has({ commit: has({ message: "Say what is high" }) })],
  ],
  [
    "files",
    "nobody",
    (o) => o.rest.pulls.listFiles(PULL),
    200,
    [
      has({
        filename: "src/tide.ts",
        status: "modified",
        patch: expect.stringContaining("+export const high = 1;"),
      }),
    ],
  ],
  [
    "as a diff",
    "nobody",
    (o) => o.rest.pulls.get({ ...PULL, mediaType: { format: "diff" } }),
    200,
    expect.stringMatching(/^diff --git a\/src\/tide\.ts b\/src\/tide\.ts\n/),
  ],
  [
    "as a patch",
    "nobody",
    (o) => o.rest.pulls.get({ ...PULL, mediaType: { format: "patch" } }),
    200,
    expect.stringMatching(/^From [0-9a-f]{40} [\s\S]*\nSubject: \[PATCH\] Say what is high\n/),
  ],
  [
    "approve one's own",
    "teo",
    (o) => o.rest.pulls.createReview({ ...PULL, event: "APPROVE" }),
    422,
    has({ errors: ["Can not approve your own pull request"] }),
  ],
  [
    "approve as a job",
    "job",
    (o) => o.rest.pulls.createReview({ ...PULL, event: "APPROVE" }),
    422,
    has({ errors: ["GitHub Actions is not permitted to approve pull requests."] }),
  ],
  [
    "a verdict without a word",
    "priya",
    (o) => o.rest.pulls.createReview({ ...PULL, event: "REQUEST_CHANGES" }),
    422,
  ],
  [
    "ask for changes",
    "priya",
    (o) =>
      keep(
        "review",
        o.rest.pulls.createReview({
          ...PULL,
          event: "REQUEST_CHANGES",
          body: "lower",
          comments: [{ path: "src/tide.ts", line: 1, body: "this" }],
        }),
      ),
    200,
    has({ state: "CHANGES_REQUESTED", user: has({ login: "priya" }) }),
  ],
  [
    "nobody is asked any more",
    "nobody",
    (o) => o.rest.pulls.listRequestedReviewers(PULL),
    200,
    { users: [], teams: [] },
  ],
  [
    "line comments",
    "nobody",
    (o) => o.rest.pulls.listReviewComments(PULL),
    200,
    [has({ path: "src/tide.ts", line: 1, body: "this" })],
  ],
  [
    "dismiss without a reason",
    "mina",
    (o) => o.rest.pulls.dismissReview({ ...PULL, review_id: ids["review"] as number, message: "" }),
    422,
  ],
  [
    "dismiss",
    "mina",
    (o) => o.rest.pulls.dismissReview({ ...PULL, review_id: ids["review"] as number, message: "done" }),
    200,
    has({ state: "DISMISSED" }),
  ],
  ["rules", "mina", rule, 201, has({ name: "main" })],
  [
    "blocked",
    "teo",
    (o) => o.rest.pulls.get(PULL),
    200,
    has({ mergeable: true, mergeable_state: "blocked" }),
  ],
  [
    "merge against the rules",
    "teo",
    (o) => o.rest.pulls.merge(PULL),
    405,
    message(/rule violations[\s\S]*approving review[\s\S]*code owner[\s\S]*"lint" is expected/),
  ],
  [
    "approved by somebody who is no owner",
    "mina",
    (o) => o.rest.pulls.createReview({ ...PULL, event: "APPROVE" }),
    200,
  ],
  [
    "is not enough",
    "teo",
    (o) => o.rest.pulls.merge(PULL),
    405,
    message("Waiting on code owner review from @priya"),
  ],
  [
    "approved by the owner",
    "priya",
    (o) => o.rest.pulls.createReview({ ...PULL, event: "APPROVE" }),
    200,
    has({ state: "APPROVED" }),
  ],
  [
    "reviews",
    "nobody",
    (o) => o.rest.pulls.listReviews(PULL),
    200,
    ["DISMISSED", "APPROVED", "APPROVED"].map((state) => has({ state })),
  ],
  [
    "a check by a person",
    "teo",
    (o) => o.rest.checks.create({ ...REPO, name: "lint", head_sha: heads["topic"] as string }),
    403,
  ],
  [
    "a check",
    "job",
    (o) =>
      keep(
        "check",
        o.rest.checks.create({
          ...REPO,
          name: "lint",
          head_sha: heads["topic"] as string,
          status: "in_progress",
        }),
      ),
    201,
    has({ status: "in_progress", conclusion: null, app: has({ slug: "github-actions" }) }),
  ],
  ["is waited for", "teo", (o) => o.rest.pulls.merge(PULL), 405, message('"lint" is pending')],
  [
    "a check ends",
    "job",
    (o) => o.rest.checks.update({ ...REPO, check_run_id: ids["check"] as number, conclusion: "success" }),
    200,
    has({ status: "completed", conclusion: "success" }),
  ],
  [
    "checks of a branch",
    "nobody",
    (o) => o.rest.checks.listForRef({ ...REPO, ref: "topic" }),
    200,
    has({ total_count: 1, check_runs: [has({ name: "lint" })] }),
  ],
  [
    "its suite",
    "nobody",
    (o) => o.rest.checks.listSuitesForRef({ ...REPO, ref: "topic" }),
    200,
    has({ check_suites: [has({ conclusion: "success" })] }),
  ],
  [
    "a status of no state",
    "teo",
    (o) =>
      o.rest.repos.createCommitStatus({ ...REPO, sha: heads["topic"] as string, state: "fine" as "success" }),
    422,
    wrongField("state", "invalid"),
  ],
  [
    "a status",
    "teo",
    (o) =>
      o.rest.repos.createCommitStatus({
        ...REPO,
        sha: heads["topic"] as string,
        state: "pending",
        context: "wind",
      }),
    201,
    has({ state: "pending", context: "wind" }),
  ],
  [
    "all together",
    "nobody",
    (o) => o.rest.repos.getCombinedStatusForRef({ ...REPO, ref: "topic" }),
    200,
    has({ state: "pending", total_count: 1 }),
  ],
  ["not all is well", "teo", (o) => o.rest.pulls.get(PULL), 200, has({ mergeable_state: "unstable" })],
  ["merge by somebody who may not write", "aya", (o) => o.rest.pulls.merge(PULL), 403],
  [
    "merge what has moved",
    "teo",
    (o) => o.rest.pulls.merge({ ...PULL, sha: heads["main"] as string }),
    409,
    message("Head branch was modified"),
  ],
  ["not merged", "teo", (o) => o.rest.pulls.checkIfMerged(PULL), 404],
  [
    "merge",
    "teo",
    (o) => o.rest.pulls.merge({ ...PULL, merge_method: "squash" }),
    200,
    has({ merged: true, message: "Pull Request successfully merged" }),
  ],
  ["merged", "teo", (o) => o.rest.pulls.checkIfMerged(PULL), 204],
  [
    "the commit",
    "nobody",
    (o) => o.rest.repos.getCommit({ ...REPO, ref: "main" }),
    200,
    has({ commit: has({ message: "Say what is high (#3)" }), parents: [has({ sha: expect.any(String) })] }),
  ],
  [
    "what it fixes is closed",
    "nobody",
    (o) => o.rest.issues.get({ ...REPO, issue_number: 1 }),
    200,
    has({ state: "closed", closed_by: has({ login: "teo" }) }),
  ],
  ["merge again", "teo", (o) => o.rest.pulls.merge(PULL), 405, message("not mergeable")],
  ["open it again", "teo", (o) => o.rest.pulls.update({ ...PULL, state: "open" }), 422],
  [
    "a draft does not merge",
    "mina",
    (o) => o.rest.pulls.merge({ ...REPO, pull_number: 4 }),
    405,
    message("draft"),
  ],
  [
    "close one's own",
    "aya",
    (o) => o.rest.pulls.update({ ...REPO, pull_number: 4, state: "closed" }),
    200,
    has({ state: "closed", merged: false }),
  ],
  [
    "a release of nothing",
    "teo",
    (o) => o.rest.repos.createRelease({ ...REPO, tag_name: "v1", target_commitish: "nowhere" }),
    422,
    wrongField("target_commitish", "invalid"),
  ],
  [
    "a release",
    "teo",
    (o) => keep("release", o.rest.repos.createRelease({ ...REPO, tag_name: "v1", name: "One" })),
    201,
    has({ tag_name: "v1", draft: false, assets: [], upload_url: expect.stringContaining("/api/uploads/") }),
  ],
  ["the tag is there", "nobody", (o) => o.rest.git.getRef({ ...REPO, ref: "tags/v1" }), 200],
  [
    "the same again",
    "teo",
    (o) => o.rest.repos.createRelease({ ...REPO, tag_name: "v1" }),
    422,
    wrongField("tag_name", "already_exists"),
  ],
  ["the latest", "nobody", (o) => o.rest.repos.getLatestRelease(REPO), 200, has({ name: "One" })],
  [
    "an asset",
    "teo",
    (o) => uploaded(o, "tide table.txt", "high: 9\n"),
    201,
    has({
      name: "tide.table.txt",
      size: 8,
      state: "uploaded",
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    }),
  ],
  ["an asset by somebody else", "aya", (o) => uploaded(o, "x", "x"), 403],
  [
    "its bytes",
    "nobody",
    (o) =>
      o.rest.repos.getReleaseAsset({
        ...REPO,
        asset_id: ids["asset"] as number,
        headers: { accept: "application/octet-stream" },
      }),
    200,
  ],
  [
    "delete it",
    "teo",
    (o) => o.rest.repos.deleteReleaseAsset({ ...REPO, asset_id: ids["asset"] as number }),
    204,
  ],
  [
    "it is gone",
    "teo",
    (o) => o.rest.repos.getReleaseAsset({ ...REPO, asset_id: ids["asset"] as number }),
    404,
  ],
  [
    "a hook by somebody who is no administrator",
    "teo",
    (o) => o.rest.repos.createWebhook({ ...REPO, config: HOOK }),
    404,
  ],
  [
    "a hook without an address",
    "mina",
    (o) => o.rest.repos.createWebhook({ ...REPO, config: { secret: "x" } }),
    422,
    wrongField("url", "missing_field"),
  ],
  [
    "a hook",
    "mina",
    (o) => keep("hook", o.rest.repos.createWebhook({ ...REPO, config: HOOK, events: ["issues"] })),
    201,
    has({ events: ["issues"], config: has({ secret: "********" }) }),
  ],
  ["the same again", "mina", (o) => o.rest.repos.createWebhook({ ...REPO, config: HOOK }), 422],
  [
    "change it",
    "mina",
    (o) => o.rest.repos.updateWebhook({ ...REPO, hook_id: ids["hook"] as number, add_events: ["public"] }),
    200,
    has({ events: ["issues", "public"] }),
  ],
];

async function uploaded(o: any, name: string, data: string) {
  const { owner, repo } = REPO;
  const { data: release } = await o.rest.repos.getRelease({
    owner,
    repo,
    release_id: ids["release"] as number,
  });
  const answer = await o.rest.repos.uploadReleaseAsset({
    owner,
    repo,
    release_id: release.id,
    url: release.upload_url,
    name,
    data,
  });
  ids["asset"] = answer.data.id;
  return answer;
}
