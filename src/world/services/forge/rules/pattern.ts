/** Patterns of rules for texts: four operators. */

export const OPERATORS = ["starts_with", "ends_with", "contains", "regex"] as const;

export interface TextPattern {
  readonly name: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly pattern: string;
  readonly negate: boolean;
}

/** Whether a text is as the rule wants it. A pattern that is no regular expression matches nothing. */
export function fits({ operator, pattern, negate }: TextPattern, text: string): boolean {
  return matches(operator, pattern, text) !== negate;
}

function matches(operator: TextPattern["operator"], pattern: string, text: string): boolean {
  if (operator === "starts_with") return text.startsWith(pattern);
  if (operator === "ends_with") return text.endsWith(pattern);
  if (operator === "contains") return text.includes(pattern);
  try {
    return new RegExp(pattern, "m").test(text);
  } catch {
    return false;
  }
}

/** "must start with the pattern: x", in the words of a refusal. */
export function demand({ operator, pattern, negate, name }: TextPattern): string {
  const verb = { starts_with: "start with", ends_with: "end with", contains: "contain", regex: "match" }[
    operator
  ];
  const kind = operator === "regex" ? "a given regex pattern" : "a given pattern";
  return `must ${negate ? "not " : ""}${verb} ${kind}: ${name === "" ? pattern : name}`;
}
