/**
 * Configurations of the engine, in the format of `.secretlintrc.json`, and the rules that they may name.
 * https://github.com/secretlint/secretlint/blob/master/docs/configuration.md
 */
import type {
  SecretLintConfigDescriptor,
  SecretLintCoreConfig,
  SecretLintUnionRuleCreator,
} from "@secretlint/types";
import { creator as preset, rules as presetRules } from "@secretlint/secretlint-rule-preset-recommend";
import { err, ok, type Result } from "../base/result.ts";
import { creator as patterns, PATTERN_RULE_ID } from "./patterns/rule.ts";
import { CANONICAL_PRESET_ID, creator as canonicalPreset } from "./preset.ts";

export type Config = SecretLintConfigDescriptor;

const RULE = "@secretlint/secretlint-rule-";
const PRESET_ID = `${RULE}preset-recommend`;

/**
 * What the grader scans with; a learner cannot edit it. AWS key ids stay off, as the recommended preset has them.
 * Binary service account keys (.p12) are left out: their rule reads the file from the disk of the host.
 */
export const canonicalConfig: Config = {
  rules: [{ id: CANONICAL_PRESET_ID, rules: [{ id: `${RULE}gcp`, allowMessageIds: ["PrivateKeyP12"] }] }],
};

/**
 * The canonical configuration as the text of a `.secretlintrc.json` for the real command line, which gives the same
 * rule ids, message ids and ranges.
 * @param presetModule what the command line can import as the preset (preset.ts): a package name or an absolute path
 */
export function canonicalRc(presetModule: string = CANONICAL_PRESET_ID): string {
  const rules = canonicalConfig.rules.map((rule) => ({ ...rule, id: presetModule }));
  return `${JSON.stringify({ rules }, null, 2)}\n`;
}

const KNOWN = new Map<string, SecretLintUnionRuleCreator>([
  [CANONICAL_PRESET_ID, canonicalPreset],
  [PRESET_ID, preset],
  [PATTERN_RULE_ID, patterns as SecretLintUnionRuleCreator],
  ...presetRules.map((rule) => [rule.meta.id, rule as SecretLintUnionRuleCreator] as const),
]);

/** "@secretlint/preset-recommend" is short for "@secretlint/secretlint-rule-preset-recommend". */
function fullId(id: string): string {
  const [, scope = "", name = ""] = /^(@[^/]+\/)?(.*)$/.exec(id) ?? [];
  return name.startsWith("secretlint-rule-") ? id : `${scope}secretlint-rule-${name}`;
}

/** The rules that a configuration names, or the ids that nobody knows. */
export function loadConfig(config: Config): Result<SecretLintCoreConfig, readonly string[]> {
  const unknown = config.rules.map(({ id }) => id).filter((id) => !KNOWN.has(fullId(id)));
  if (unknown.length > 0) return err(unknown);
  const rules = config.rules.map((rule) => ({ ...rule, rule: KNOWN.get(fullId(rule.id)) }));
  return ok({ ...config, rules } as SecretLintCoreConfig);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ruleProblem(rule: unknown, where: string): string | null {
  if (!isRecord(rule) || typeof rule["id"] !== "string") return `${where} needs an id`;
  const { options, disabled, allowMessageIds, rules } = rule;
  if (options !== undefined && !isRecord(options)) return `${where}.options is not an object`;
  const allows = options?.["allows"];
  if (allows !== undefined && !isTexts(allows)) return `${where}.options.allows is not a list of texts`;
  if (disabled !== undefined && typeof disabled !== "boolean")
    return `${where}.disabled is not true or false`;
  if (allowMessageIds !== undefined && !isTexts(allowMessageIds))
    return `${where}.allowMessageIds is not a list of texts`;
  if (rules === undefined) return null;
  if (!Array.isArray(rules)) return `${where}.rules is not a list`;
  return (
    rules.map((inner, i) => ruleProblem(inner, `${where}.rules[${i}]`)).find((text) => text !== null) ?? null
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Reads the text of a `.secretlintrc.json`; the error is one sentence for a learner. */
export function parseConfig(text: string): Result<Config> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err("The configuration is not valid JSON");
  }
  if (!isRecord(value) || !Array.isArray(value["rules"]))
    return err('The configuration needs a list "rules"');
  const problem = value["rules"]
    .map((rule, i) => ruleProblem(rule, `rules[${i}]`))
    .find((text) => text !== null);
  return problem ? err(problem) : ok(value as Config);
}
