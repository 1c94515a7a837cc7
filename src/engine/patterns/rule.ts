/**
 * The pattern rule: PATTERNS as a rule of Secretlint. Written against @secretlint/types alone, because the published
 * pattern rule needs Node's `process`. https://github.com/secretlint/secretlint/blob/master/docs/secretlint-rule.md
 */
import type { SecretLintRuleCreator, SecretLintSourceCode } from "@secretlint/types";
import { PATTERNS, type Pattern } from "./patterns.ts";

/** The id under which configurations name this rule. */
export const PATTERN_RULE_ID = "@leaklab/secretlint-rule-patterns";

export interface PatternRuleOptions {
  /** Values, or `/regular expressions/`, that are not reported. */
  readonly allows?: readonly string[];
}

export interface Match {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly range: readonly [start: number, end: number];
}

/** All matches of one pattern in a text. */
export function matches(pattern: Pattern, text: string): Match[] {
  return Array.from(text.matchAll(pattern.regex), (match) => {
    const indices = match.indices as RegExpIndicesArray;
    const range = indices.groups?.["secret"] ?? (indices[0] as [number, number]);
    return { id: pattern.id, name: pattern.name, value: text.slice(range[0], range[1]), range };
  });
}

/** A value, or a regular expression between slashes as in Secretlint's `allows`. */
function allowed(value: string, allows: readonly string[]): boolean {
  return allows.some((entry) => {
    const regex = /^\/(.+)\/([a-z]*)$/s.exec(entry);
    return regex
      ? new RegExp(regex[1] as string, (regex[2] as string).replace("g", "")).test(value)
      : value.includes(entry);
  });
}

const messages = Object.fromEntries(
  PATTERNS.map(({ id, name }) => [id, { en: (props: { VALUE: string }) => `found ${name}: ${props.VALUE}` }]),
);

export const creator: SecretLintRuleCreator<PatternRuleOptions> = {
  messages,
  meta: { id: PATTERN_RULE_ID, recommended: true, type: "scanner", supportedContentTypes: ["text"] },
  create(context, options) {
    const t = context.createTranslator(messages);
    const allows = options.allows ?? [];
    return {
      file(source: SecretLintSourceCode) {
        for (const { id, value, range } of PATTERNS.flatMap((pattern) => matches(pattern, source.content))) {
          if (!allowed(value, allows)) context.report({ message: t(id, { VALUE: value }), range });
        }
      },
    };
  },
};
