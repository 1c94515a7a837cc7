/**
 * Which rules hinder somebody from moving a ref, by a push, by the API or by merging a pull request.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 */
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import type { Repository } from "../model.ts";
import type { Commit } from "../git/commit.ts";
import { isAncestor, log } from "../git/history.ts";
import { objectsOf } from "../git/objects.ts";
import { mayBypass } from "./bypass.ts";
import { classicRules, protectionOf } from "./protection.ts";
import { covers, rulesetsOf, type BypassActor, type Rule, type RuleType } from "./ruleset.ts";
import { JUDGES } from "./judges.ts";
import type { Judged, Merging, RefMove } from "./move.ts";

export interface Violation {
  readonly type: RuleType;
  /** First line a sentence; further lines, indented, name commits or files. */
  readonly message: string;
  /** Id of the ruleset; null for classic protection. */
  readonly ruleset: number | null;
}

export interface Verdict {
  /** What stands in the way. */
  readonly violations: readonly Violation[];
  /** What would, if this identity might not pass it. */
  readonly bypassed: readonly Violation[];
  /** What a ruleset that is only being tried would say. */
  readonly evaluated: readonly Violation[];
}

interface Group {
  readonly ruleset: number | null;
  readonly enforced: boolean;
  readonly bypassActors: readonly BypassActor[];
  readonly rules: readonly Rule[];
}

/** While a lab's start is being made, its rules rest. */
export function judge(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  move: RefMove,
  merging: Merging | null = null,
): Verdict {
  const verdict = {
    violations: [] as Violation[],
    bypassed: [] as Violation[],
    evaluated: [] as Violation[],
  };
  if (repository.beingMade || move.before === move.after) return verdict;
  const groups = groupsFor(forge, repository, move.ref);
  if (groups.length === 0) return verdict;
  const judged = prepare(forge, repository, move, merging);
  for (const group of groups) {
    const found = group.rules.flatMap((rule) => violationsOf(rule, group.ruleset, judged));
    if (found.length === 0) continue;
    const passes = mayBypass(forge, identity, repository, group.bypassActors, merging !== null);
    (!group.enforced ? verdict.evaluated : passes ? verdict.bypassed : verdict.violations).push(...found);
  }
  return verdict;
}

/** Rulesets that are about a ref, and classic protection. */
function groupsFor(forge: Forge, repository: Repository, ref: string): Group[] {
  const { tables } = forge.ports;
  const rulesets = rulesetsOf(tables, repository)
    .filter((it) => it.enforcement !== "disabled" && covers(it, repository, ref))
    .map(({ id, enforcement, bypassActors, rules }) => ({
      ruleset: id,
      enforced: enforcement === "active",
      bypassActors,
      rules,
    }));
  const protection = ref.startsWith("refs/heads/")
    ? protectionOf(tables, repository, ref.slice("refs/heads/".length))
    : null;
  const classic = protection === null ? [] : classicRules(protection);
  return [...rulesets, ...classic.map((group) => ({ ruleset: null, enforced: true, ...group }))];
}

/** Looks into history only when a rule asks. */
function prepare(forge: Forge, repository: Repository, move: RefMove, merging: Merging | null): Judged {
  const objects = objectsOf(forge, repository);
  const { before, after } = move;
  const known = () => objects.refs().flatMap(({ id }) => objects.peel(id) ?? []);
  let commits: readonly Commit[] | null = null;
  return {
    forge,
    repository,
    objects,
    move,
    merging,
    commits: () => {
      const tip = after === null ? null : objects.peel(after);
      const bases = merging === null ? known() : before === null ? [] : [before];
      return (commits ??= tip === null ? [] : log(objects, tip, bases));
    },
    rewrites: () =>
      before !== null &&
      after !== null &&
      !isAncestor(objects, objects.peel(before) ?? before, objects.peel(after) ?? after),
  };
}

function violationsOf(rule: Rule, ruleset: number | null, judged: Judged): Violation[] {
  return JUDGES[rule.type](rule.parameters, judged, ruleset === null).map((message) => ({
    type: rule.type,
    message,
    ruleset,
  }));
}
