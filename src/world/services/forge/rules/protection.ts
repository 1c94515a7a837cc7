/**
 * Classic branch protection. It is judged as rulesets are: one that administrators pass unless it is enforced for them
 * too, and one about force pushes and deletions that nobody passes.
 * https://docs.github.com/en/rest/branches/branch-protection
 */
import { tableName, type Tables } from "../../../../base/tables.ts";
import type { Repository } from "../model.ts";
import { fnmatch } from "../fnmatch.ts";
import type { BypassActor, Rule } from "./ruleset.ts";

export interface Protection {
  readonly repository: number;
  /** Name of a branch, or an fnmatch pattern. */
  readonly branch: string;
  readonly statusChecks: { readonly strict: boolean; readonly contexts: readonly string[] } | null;
  readonly enforceAdmins: boolean;
  readonly reviews: {
    readonly dismissStale: boolean;
    readonly codeOwners: boolean;
    readonly count: number;
    readonly lastPushApproval: boolean;
  } | null;
  readonly linearHistory: boolean;
  readonly signatures: boolean;
  readonly forcePushes: boolean;
  readonly deletions: boolean;
  readonly conversations: boolean;
  readonly locked: boolean;
}

/** By `repository id/branch`. */
export const PROTECTIONS = tableName<Protection>("forge/protections");

export function protectionKey({ repository, branch }: Pick<Protection, "repository" | "branch">): string {
  return `${repository}/${branch}`;
}

/** What holds for a branch: the record of its own name before those of patterns. Null where nothing does. */
export function protectionOf(tables: Tables, repository: Repository, branch: string): Protection | null {
  const own = tables.of(PROTECTIONS).get(protectionKey({ repository: repository.id, branch }));
  const byPattern = () =>
    tables.of(PROTECTIONS).find((it) => it.repository === repository.id && fnmatch(it.branch, branch));
  return (
    own ??
    byPattern() ??
    (repository.protectedBranches.includes(branch) ? plain(repository.id, branch) : null)
  );
}

/** No force pushes, no deletion, nothing else. */
export function plain(repository: number, branch: string): Protection {
  return {
    repository,
    branch,
    statusChecks: null,
    enforceAdmins: false,
    reviews: null,
    linearHistory: false,
    signatures: false,
    forcePushes: false,
    deletions: false,
    conversations: false,
    locked: false,
  };
}

export interface ClassicRules {
  readonly rules: readonly Rule[];
  readonly bypassActors: readonly BypassActor[];
}

const ADMINISTRATORS: BypassActor = { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" };

export function classicRules(protection: Protection): ClassicRules[] {
  const rule = (type: Rule["type"], on: boolean, parameters: Rule["parameters"] = {}): Rule[] =>
    on ? [{ type, parameters }] : [];
  const { reviews, statusChecks, conversations } = protection;
  const forAll = [
    ...rule("non_fast_forward", !protection.forcePushes),
    ...rule("deletion", !protection.deletions),
  ];
  const others = [
    ...rule("update", protection.locked),
    ...rule("required_linear_history", protection.linearHistory),
    ...rule("required_signatures", protection.signatures),
    ...rule("pull_request", reviews !== null, {
      required_approving_review_count: reviews?.count ?? 0,
      dismiss_stale_reviews_on_push: reviews?.dismissStale ?? false,
      require_code_owner_review: reviews?.codeOwners ?? false,
      require_last_push_approval: reviews?.lastPushApproval ?? false,
      required_review_thread_resolution: conversations,
    }),
    ...rule("required_status_checks", statusChecks !== null && statusChecks.contexts.length > 0, {
      strict_required_status_checks_policy: statusChecks?.strict ?? false,
      required_status_checks: (statusChecks?.contexts ?? []).map((context) => ({ context })),
    }),
  ];
  return [
    { rules: forAll, bypassActors: [] },
    { rules: others, bypassActors: protection.enforceAdmins ? [] : [ADMINISTRATORS] },
  ];
}
