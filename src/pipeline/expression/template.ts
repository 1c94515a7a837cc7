/** Splits a text into what is literal and what stands in `${{ }}`. A quoted `}}` does not end an expression. */
import { ExpressionProblem } from "./problem.ts";

export interface Part {
  readonly expression: boolean;
  readonly text: string;
}

const OPEN = "${{";

/** Throws ExpressionProblem where an expression does not end. */
export function splitTemplate(template: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const start = template.indexOf(OPEN, at);
    if (start < 0) break;
    const end = endOf(template, start + OPEN.length);
    if (end === null)
      throw new ExpressionProblem(
        "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.",
      );
    if (start > at) parts.push({ expression: false, text: template.slice(at, start) });
    parts.push({ expression: true, text: template.slice(start + OPEN.length, end).trim() });
    at = end + 2;
  }
  if (at < template.length) parts.push({ expression: false, text: template.slice(at) });
  return parts;
}

/** `${{ a }}` is `a`; text with expressions in it is a call of format(). */
export function expressionOf(parts: readonly Part[]): string {
  const [only] = parts;
  if (only?.expression && parts.length === 1) return only.text;
  const values: string[] = [];
  const format = parts.map((part) => {
    if (!part.expression) return part.text.replaceAll("'", "''").replace(/[{}]/g, "$&$&");
    values.push(part.text);
    return `{${values.length - 1}}`;
  });
  return `format(${[`'${format.join("")}'`, ...values].join(", ")})`;
}

/** Where the `}}` of an expression begins. */
function endOf(template: string, from: number): number | null {
  let quoted = false;
  for (let at = from; at < template.length; at++) {
    if (template[at] === "'") quoted = !quoted;
    else if (!quoted && template.startsWith("}}", at)) return at;
  }
  return null;
}
