/** What the forge says about rules that stand in the way. */
import { FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import type { Verdict, Violation } from "./evaluate.ts";

/** For people who push. https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules */
export function refusalReport(repository: Repository, ref: string, violations: readonly Violation[]): string {
  const classic = violations.every(({ ruleset }) => ruleset === null);
  const head = classic
    ? [`error: GH006: Protected branch update failed for ${ref}.`]
    : [
        `error: GH013: Repository rule violations found for ${ref}.`,
        `Review all repository rules at ${FORGE_ORIGIN}/${repositoryId(repository)}/rules?ref=${encodeURIComponent(ref)}`,
      ];
  return `${[...head, "", ...listed(violations)].join("\n")}\n`;
}

/** The reason that git prints beside the ref. */
export function refusalReason(violations: readonly Violation[]): string {
  return violations.every(({ ruleset }) => ruleset === null)
    ? "protected branch hook declined"
    : "push declined due to repository rule violations";
}

export function bypassReport(ref: string, violations: readonly Violation[]): string {
  return `${[`Bypassed rule violations for ${ref}:`, "", ...listed(violations)].join("\n")}\n`;
}

function listed(violations: readonly Violation[]): string[] {
  const messages = [...new Set(violations.map(({ message }) => message))];
  return messages.flatMap((message) => [`- ${message}`, ""]);
}

/** For clients of the API: the `message` of a 409, 405 or 422. */
export function refusalMessage({ violations }: Pick<Verdict, "violations">): string {
  const messages = [...new Set(violations.map(({ message }) => message))];
  return `Repository rule violations found\n\n${messages.join("\n\n")}\n\n`;
}
