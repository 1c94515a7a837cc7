/** Rulesets: https://docs.github.com/en/rest/repos/rules */
import type { Json } from "../../../../base/json.ts";
import { tableName, type Tables } from "../../../../base/tables.ts";
import { repositoryId, type Repository } from "../model.ts";
import { fnmatch } from "../fnmatch.ts";

export const TARGETS = ["branch", "tag", "push"] as const;
export const ENFORCEMENTS = ["active", "evaluate", "disabled"] as const;
export const ACTOR_TYPES = [
  "OrganizationAdmin",
  "RepositoryRole",
  "Team",
  "Integration",
  "DeployKey",
] as const;
export const BYPASS_MODES = ["always", "pull_request", "exempt"] as const;

export const RULE_TYPES = [
  "creation",
  "update",
  "deletion",
  "required_linear_history",
  "required_signatures",
  "pull_request",
  "required_status_checks",
  "non_fast_forward",
  "commit_message_pattern",
  "commit_author_email_pattern",
  "committer_email_pattern",
  "branch_name_pattern",
  "tag_name_pattern",
  "file_path_restriction",
  "max_file_path_length",
  "file_extension_restriction",
  "max_file_size",
] as const;
export type RuleType = (typeof RULE_TYPES)[number];

export interface Rule {
  readonly type: RuleType;
  /** As the API takes and gives them; {} where the type has none. */
  readonly parameters: { readonly [name: string]: Json | undefined };
}

export interface BypassActor {
  readonly actor_id: number | null;
  readonly actor_type: (typeof ACTOR_TYPES)[number];
  readonly bypass_mode: (typeof BYPASS_MODES)[number];
}

export interface Names {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface Conditions {
  /** Full refs with fnmatch, `~DEFAULT_BRANCH`, `~ALL`. Rulesets for pushes have none. */
  readonly ref_name?: Names;
  /** Of an organisation's ruleset. */
  readonly repository_name?: Names;
}

export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly target: (typeof TARGETS)[number];
  readonly sourceType: "Repository" | "Organization";
  /** Number of the repository, or login of the organisation in lower case. */
  readonly source: number | string;
  readonly enforcement: (typeof ENFORCEMENTS)[number];
  readonly bypassActors: readonly BypassActor[];
  readonly conditions: Conditions;
  readonly rules: readonly Rule[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** By id. */
export const RULESETS = tableName<Ruleset>("forge/rulesets");

/** Those of the repository and, with `parents`, of its organisation, in the order in which they were made. */
export function rulesetsOf(tables: Tables, repository: Repository, parents = true): Ruleset[] {
  return tables
    .of(RULESETS)
    .filter(
      ({ source, conditions }) =>
        source === repository.id ||
        (parents &&
          source === repository.owner.toLowerCase() &&
          named(conditions.repository_name, repository.name, repository)),
    );
}

/** Whether a ruleset is about a ref. */
export function covers(ruleset: Ruleset, repository: Repository, ref: string): boolean {
  if (ruleset.target === "push") return true;
  const kind = ruleset.target === "branch" ? "refs/heads/" : "refs/tags/";
  return ref.startsWith(kind) && named(ruleset.conditions.ref_name, ref, repository);
}

function named(names: Names | undefined, name: string, repository: Repository): boolean {
  if (names === undefined) return true;
  const matches = (pattern: string) =>
    pattern === "~ALL" ||
    (pattern === "~DEFAULT_BRANCH" && name === `refs/heads/${repository.defaultBranch}`) ||
    fnmatch(pattern, name);
  return names.include.some(matches) && !names.exclude.some(matches);
}

/** The name of where a ruleset stands, as the API shows it. */
export function sourceName(tables: Tables, ruleset: Ruleset, repository: Repository | null): string {
  if (typeof ruleset.source === "string") return ruleset.source;
  return repository === null ? String(ruleset.source) : repositoryId(repository);
}
