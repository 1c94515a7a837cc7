/** Rules one by one: what a move of a ref has to answer to. */
import { describe, expect, test } from "vitest";
import { World } from "../../../world.ts";
import type { Forge } from "../forge.ts";
import { CHECK_RUNS, STATUSES } from "../check.ts";
import { objectsOf } from "../git/objects.ts";
import { session, type Identity } from "../identity.ts";
import type { Repository } from "../model.ts";
import { TEAMS } from "../team.ts";
import { judge } from "./evaluate.ts";
import type { Merging, RefMove } from "./move.ts";
import { plain, PROTECTIONS, protectionKey } from "./protection.ts";
import { refusalReport } from "./report.ts";
import { RULESETS, type BypassActor, type Rule, type Ruleset } from "./ruleset.ts";

const ID = "lantern-tides/tides";
const AUTHOR = { name: "Lin", email: "lin@lantern.example", atMs: 0 };

/** main: one, two. topic: one, two, three. side: one, other. merged: both. */
function setting() {
  const { forge, tables } = World.empty(1, { detect: () => [] }, 0);
  forge.createAccount("lantern-tides", { type: "Organization" });
  forge.addMember("lantern-tides", "mina", "admin");
  forge.createRepository(ID, { collaborators: { lin: "write", root: "admin", cuckoo: "maintain" } });
  forge.openToLearner(ID);
  const repository = forge.find(ID) as Repository;
  const git = objectsOf(forge, repository);
  let files: Record<string, string> = {};
  const commit = (message: string, changed: Record<string, string>, ...parents: string[]) => {
    files = { ...files, ...changed };
    const entries = new Map(
      Object.entries(files).map(([path, text]) => [path, { mode: "100644", id: git.writeBlob(text) }]),
    );
    return git.writeCommit({ tree: git.editTree(null, entries), parents, message, author: AUTHOR });
  };
  const one = commit("one", { a: "1\n" });
  const two = commit("two", { a: "2\n" }, one);
  const three = commit("three", { "conf/app.env": "3\n" }, two);
  const other = commit("other", { b: "1\n" }, one);
  const merged = commit("merge", {}, two, other);
  git.setRef("refs/heads/main", two);
  return { forge, tables, repository, one, two, three, other, merged };
}

type Setting = ReturnType<typeof setting>;

function withRuleset(lab: Setting, rules: readonly Rule[], fields: Partial<Ruleset> = {}): void {
  lab.tables.of(RULESETS).set("1", {
    id: 1,
    name: "r",
    target: "branch",
    sourceType: "Repository",
    source: lab.repository.id,
    enforcement: "active",
    bypassActors: [],
    conditions: { ref_name: { include: ["~ALL"], exclude: [] } },
    rules,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  });
}

const LIN = session("lin");

function said(
  forge: Forge,
  repository: Repository,
  move: RefMove,
  merging?: Merging,
  identity: Identity = LIN,
) {
  return judge(forge, identity, repository, move, merging ?? null).violations.map(({ message }) => message);
}

type Commits = Pick<Setting, "one" | "two" | "three" | "other" | "merged">;

describe("a push", () => {
  const main = (after: (it: Commits) => string | null) => (it: Commits) => ({
    ref: "refs/heads/main",
    before: it.two,
    after: after(it),
  });
  const fresh = (name: string) => (it: Commits) => ({ ref: name, before: null, after: it.three });
  const found = (it: string) => `  Found 1 violation:\n\n  ${it}`;
  const cases: [
    string,
    Rule["type"],
    Rule["parameters"],
    (it: Commits) => RefMove,
    (it: Commits) => string[],
  ][] = [
    [
      "creation",
      "creation",
      {},
      fresh("refs/heads/x"),
      () => ["Cannot create ref due to creations being restricted."],
    ],
    ["no creation", "creation", {}, main((it) => it.three), () => []],
    ["update", "update", {}, main((it) => it.three), () => ["Cannot update this protected ref."]],
    ["deletion", "deletion", {}, main(() => null), () => ["Cannot delete this branch"]],
    ["force push", "non_fast_forward", {}, main((it) => it.one), () => ["Cannot force-push to this branch"]],
    ["fast forward", "non_fast_forward", {}, main((it) => it.three), () => []],
    [
      "a merge commit",
      "required_linear_history",
      {},
      main((it) => it.merged),
      (it) => [`This branch must not contain merge commits.\n${found(it.merged)}`],
    ],
    ["no merge commit", "required_linear_history", {}, main((it) => it.three), () => []],
    [
      "unsigned",
      "required_signatures",
      {},
      main((it) => it.three),
      (it) => [`Commits must have verified signatures.\n${found(it.three)}`],
    ],
    [
      "past the pull request",
      "pull_request",
      {},
      main((it) => it.three),
      () => ["Changes must be made through a pull request."],
    ],
    ["a new branch needs no pull request", "pull_request", {}, fresh("refs/heads/x"), () => []],
    [
      "one check",
      "required_status_checks",
      { required_status_checks: [{ context: "ci" }] },
      main((it) => it.three),
      () => ['Required status check "ci" is expected.'],
    ],
    [
      "two checks",
      "required_status_checks",
      { required_status_checks: [{ context: "ci" }, { context: "lint" }] },
      main((it) => it.three),
      () => ["2 of 2 required status checks are expected."],
    ],
    [
      "checks on creation",
      "required_status_checks",
      { required_status_checks: [{ context: "ci" }], do_not_enforce_on_create: true },
      fresh("refs/heads/x"),
      () => [],
    ],
    [
      "a name",
      "branch_name_pattern",
      { operator: "starts_with", pattern: "feature/" },
      fresh("refs/heads/x"),
      () => ["Branch name must start with a given pattern: feature/"],
    ],
    [
      "a good name",
      "branch_name_pattern",
      { operator: "regex", pattern: "^x$" },
      fresh("refs/heads/x"),
      () => [],
    ],
    [
      "a message",
      "commit_message_pattern",
      { operator: "contains", pattern: "JIRA" },
      main((it) => it.three),
      (it) => [`Commit message must contain a given pattern: JIRA\n${found(it.three)}`],
    ],
    [
      "an address",
      "committer_email_pattern",
      { operator: "ends_with", pattern: "@lantern.example" },
      main((it) => it.three),
      () => [],
    ],
  ];
  test.each(cases)("%s", (_title, type, parameters, move, expected) => {
    const lab = setting();
    withRuleset(lab, [{ type, parameters }]);
    expect(said(lab.forge, lab.repository, move(lab))).toEqual(expected(lab));
  });

  test.each<[Rule["type"], Rule["parameters"], string | null]>([
    ["file_path_restriction", { restricted_file_paths: ["conf/*"] }, "File path is restricted"],
    ["file_path_restriction", { restricted_file_paths: ["conf"] }, "File path is restricted"],
    ["file_path_restriction", { restricted_file_paths: ["con"] }, null],
    ["file_extension_restriction", { restricted_file_extensions: ["*.env"] }, "File extension is restricted"],
    ["max_file_path_length", { max_file_path_length: 5 }, "File path cannot exceed 5 characters"],
    ["max_file_size", { max_file_size: 1 }, null],
  ])("%s %j", (type, parameters, sentence) => {
    const lab = setting();
    withRuleset(lab, [{ type, parameters }], { target: "push", conditions: {} });
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.three };
    expect(said(lab.forge, lab.repository, move)).toEqual(
      sentence === null ? [] : [`${sentence}\n  Found 1 violation:\n\n  conf/app.env`],
    );
  });
});

describe("which refs", () => {
  test.each([
    [["~DEFAULT_BRANCH"], [], "refs/heads/main", true],
    [["~DEFAULT_BRANCH"], [], "refs/heads/x", false],
    [["refs/heads/rel*"], [], "refs/heads/release", true],
    [["~ALL"], ["refs/heads/x"], "refs/heads/x", false],
    [["~ALL"], [], "refs/tags/v1", false],
  ])("%j without %j: %s is %s", (include, exclude, ref, covered) => {
    const lab = setting();
    withRuleset(lab, [{ type: "creation", parameters: {} }], {
      conditions: { ref_name: { include, exclude } },
    });
    expect(said(lab.forge, lab.repository, { ref, before: null, after: lab.two }).length === 1).toBe(covered);
  });

  test("an organisation's ruleset holds for its repositories by name; one that is only tried holds nobody up", () => {
    const lab = setting();
    const move = { ref: "refs/heads/x", before: null, after: lab.two };
    const organisation = { sourceType: "Organization", source: "lantern-tides" } as const;
    const names = (include: string[]) => ({
      ...organisation,
      conditions: { ref_name: { include: ["~ALL"], exclude: [] }, repository_name: { include, exclude: [] } },
    });
    const rules: Rule[] = [{ type: "creation", parameters: {} }];
    withRuleset(lab, rules, names(["tide*"]));
    expect(said(lab.forge, lab.repository, move)).toHaveLength(1);
    withRuleset(lab, rules, names(["other"]));
    expect(said(lab.forge, lab.repository, move)).toEqual([]);
    withRuleset(lab, rules, { enforcement: "evaluate" });
    const verdict = judge(lab.forge, LIN, lab.repository, move);
    expect([verdict.violations.length, verdict.evaluated.length]).toEqual([0, 1]);
    withRuleset(lab, rules);
    lab.forge.changeRepository(ID, { beingMade: true });
    expect(said(lab.forge, lab.forge.find(ID) as Repository, move)).toEqual([]);
  });
});

describe("who passes", () => {
  const job: Identity = {
    login: "github-actions[bot]",
    type: "workflow",
    credentialId: "j",
    grants: { kind: "job", repository: ID, run: 1, job: 1, permissions: { contents: "write" } },
  };
  const key: Identity = {
    login: "lin",
    type: "deploy_key",
    credentialId: "k",
    grants: { kind: "deploy-key", repository: ID, readOnly: false },
  };
  test.each<[string, BypassActor["actor_type"], number | null, Identity, boolean]>([
    ["an owner", "OrganizationAdmin", 1, session("mina"), true],
    ["no owner", "OrganizationAdmin", 1, session("root"), false],
    ["an administrator", "RepositoryRole", 5, session("root"), true],
    ["somebody who maintains", "RepositoryRole", 2, session("cuckoo"), true],
    ["somebody with another role", "RepositoryRole", 5, session("lin"), false],
    ["a role of no number", "RepositoryRole", null, session("root"), false],
    ["a team", "Team", 9, session("lin"), true],
    ["another team", "Team", 8, session("lin"), false],
    ["a job", "Integration", 15_368, job, true],
    ["another app", "Integration", 1, job, false],
    ["a deploy key", "DeployKey", null, key, true],
    ["a person is no deploy key", "DeployKey", null, session("lin"), false],
  ])("%s", (_title, actor_type, actor_id, identity, passes) => {
    const lab = setting();
    lab.tables.of(TEAMS).set("lantern-tides/crew", {
      id: 9,
      organisation: "lantern-tides",
      slug: "crew",
      name: "Crew",
      description: "",
      privacy: "closed",
      members: [{ login: "lin", role: "member" }],
      repositories: [],
    });
    withRuleset(lab, [{ type: "update", parameters: {} }], {
      bypassActors: [{ actor_type, actor_id, bypass_mode: "always" }],
    });
    const verdict = judge(lab.forge, identity, lab.repository, {
      ref: "refs/heads/main",
      before: lab.two,
      after: lab.three,
    });
    expect([verdict.violations.length, verdict.bypassed.length]).toEqual(passes ? [0, 1] : [1, 0]);
  });

  test("for pull requests only: a push is refused, a merge is not", () => {
    const lab = setting();
    withRuleset(lab, [{ type: "update", parameters: {} }], {
      bypassActors: [{ actor_type: "RepositoryRole", actor_id: 4, bypass_mode: "pull_request" }],
    });
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.three };
    expect(said(lab.forge, lab.repository, move)).toHaveLength(1);
    expect(said(lab.forge, lab.repository, move, merging(lab.three))).toEqual([]);
  });
});

function merging(head: string, fields: Partial<Merging> = {}): Merging {
  return {
    method: "squash",
    head,
    approvals: 0,
    changesRequested: false,
    ownersMissing: [],
    unresolvedThreads: 0,
    lastPushApproved: false,
    upToDate: true,
    ...fields,
  };
}

describe("a merge", () => {
  const all = {
    required_approving_review_count: 1,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_review_thread_resolution: true,
    allowed_merge_methods: ["squash"],
  };
  const good: Partial<Merging> = { approvals: 1, lastPushApproved: true };
  test.each<[string, Partial<Merging>, string[]]>([
    ["with everything", good, []],
    [
      "without a review",
      { ...good, approvals: 0 },
      ["At least 1 approving review is required by reviewers with write access."],
    ],
    ["without an owner", { ...good, ownersMissing: ["@mina"] }, ["Waiting on code owner review from @mina."]],
    [
      "approved before the last push",
      { ...good, lastPushApproved: false },
      ["New changes require approval from someone other than the last pusher."],
    ],
    [
      "with an open conversation",
      { ...good, unresolvedThreads: 1 },
      ["A conversation must be resolved before this pull request can be merged."],
    ],
    [
      "by another method",
      { ...good, method: "rebase" },
      ["The merge method rebase is not allowed by repository rules."],
    ],
  ])("%s", (_title, fields, expected) => {
    const lab = setting();
    withRuleset(lab, [{ type: "pull_request", parameters: all }]);
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.three };
    expect(said(lab.forge, lab.repository, move, merging(lab.three, fields))).toEqual(expected);
  });

  const run = {
    suite: 1,
    startedAtMs: 0,
    completedAtMs: 0,
    detailsUrl: "",
    externalId: "",
    output: { title: null, summary: null, text: null },
  };
  test.each<[string, string, "success" | "failure" | "skipped" | null, number | undefined, string[]]>([
    ["passed", "github-actions", "success", undefined, []],
    ["skipped", "github-actions", "skipped", undefined, []],
    ["failed", "github-actions", "failure", undefined, ['Required status check "ci" is failing.']],
    ["running", "github-actions", null, undefined, ['Required status check "ci" is pending.']],
    ["from the app that is wanted", "github-actions", "success", 15_368, []],
    ["from another app", "somebody", "success", 15_368, ['Required status check "ci" is expected.']],
  ])("with a check that %s", (_title, app, conclusion, integration_id, expected) => {
    const lab = setting();
    const check = { context: "ci", ...(integration_id === undefined ? {} : { integration_id }) };
    withRuleset(lab, [{ type: "required_status_checks", parameters: { required_status_checks: [check] } }]);
    const status = conclusion === null ? "in_progress" : "completed";
    lab.tables.of(CHECK_RUNS).set("1", {
      ...run,
      id: 1,
      repository: lab.repository.id,
      sha: lab.three,
      name: "ci",
      app,
      status,
      conclusion,
    });
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.merged };
    expect(said(lab.forge, lab.repository, move, merging(lab.three))).toEqual(expected);
  });

  test.each([
    ["merge", 1],
    ["rebase", 1],
    ["squash", 0],
  ] as const)("by %s of an unsigned commit meets %i objections", (method, count) => {
    const lab = setting();
    withRuleset(lab, [{ type: "required_signatures", parameters: {} }]);
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.merged };
    expect(said(lab.forge, lab.repository, move, merging(lab.three, { method }))).toHaveLength(count);
  });

  test("a commit status counts as a check, and a strict rule wants the branch up to date", () => {
    const lab = setting();
    const parameters = {
      required_status_checks: [{ context: "ci" }],
      strict_required_status_checks_policy: true,
    };
    withRuleset(lab, [{ type: "required_status_checks", parameters }]);
    lab.tables.of(STATUSES).set("1", {
      id: 1,
      repository: lab.repository.id,
      sha: lab.three,
      state: "success",
      context: "ci",
      description: null,
      targetUrl: null,
      creator: "lin",
      createdAtMs: 0,
    });
    const move = { ref: "refs/heads/main", before: lab.two, after: lab.merged };
    expect(said(lab.forge, lab.repository, move, merging(lab.three))).toEqual([]);
    expect(said(lab.forge, lab.repository, move, merging(lab.three, { upToDate: false }))).toEqual([
      "This branch is out-of-date with the base branch and must be updated before merging.",
    ]);
  });
});

test("classic protection: administrators pass reviews, nobody passes a force push", () => {
  const lab = setting();
  const protection = {
    ...plain(lab.repository.id, "main"),
    reviews: { count: 1, codeOwners: false, dismissStale: false, lastPushApproval: false },
  };
  const set = (fields: Partial<typeof protection>) =>
    lab.tables.of(PROTECTIONS).set(protectionKey(protection), { ...protection, ...fields });
  set({});
  const root = session("root");
  const forward = { ref: "refs/heads/main", before: lab.two, after: lab.three };
  const back = { ref: "refs/heads/main", before: lab.two, after: lab.one };
  expect(said(lab.forge, lab.repository, forward)).toEqual(["Changes must be made through a pull request."]);
  expect(said(lab.forge, lab.repository, forward, undefined, root)).toEqual([]);
  expect(said(lab.forge, lab.repository, back, undefined, root)).toEqual([
    "Cannot force-push to this protected branch",
  ]);
  set({ enforceAdmins: true });
  const { violations } = judge(lab.forge, root, lab.repository, forward);
  expect(refusalReport(lab.repository, forward.ref, violations)).toBe(
    "error: GH006: Protected branch update failed for refs/heads/main.\n\n- Changes must be made through a pull request.\n\n",
  );
});
