/**
 * The canonical preset: the recommended one without the rule that lets comments silence findings, and with the pattern
 * rule. A preset of its own, because Secretlint 13.0.7 ignores `disabled` on a rule inside a preset.
 */
import type { SecretLintRuleCreator, SecretLintRulePresetCreator } from "@secretlint/types";
import { rules as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import { creator as patterns } from "./patterns/rule.ts";

export const CANONICAL_PRESET_ID = "@leaklab/secretlint-rule-preset-canonical";

const rules = [
  ...recommended.filter((rule) => rule.meta.id !== "@secretlint/secretlint-rule-filter-comments"),
  patterns,
] as SecretLintRuleCreator<unknown>[];

export const creator: SecretLintRulePresetCreator = {
  meta: { id: CANONICAL_PRESET_ID, type: "preset", recommended: true },
  rules,
  create(context) {
    for (const rule of rules) context.registerRule(rule as SecretLintRuleCreator);
  },
};
