/**
 * When a learner asked for a verdict. `lab check` in the terminal is an input; the page's own button is none, since
 * looking changes nothing, so the workbench notes it in a remark. What is met at these moments is what the learner was
 * told; the state between two of them is work in progress and is judged by nobody. A remark only says where to look:
 * the verdict is computed.
 */
import type { Attempt } from "../attempt/log.ts";
import type { Input } from "../attempt/input.ts";

/** So many verdicts of one attempt are computed again; of more, evenly chosen ones and the last. */
const MOST = 24;

const ASKS = /(?:^|[\s;&|({])lab\s+(?:check|status)\b/;
const REMARK = /^\{"remark":"Checks ran after input (\d{1,6})\."\}$/gm;

export function checkRemark(seq: number): { readonly remark: string } {
  return { remark: `Checks ran after input ${seq}.` };
}

export function moments(attempt: Attempt, text: string): readonly number[] {
  const inputs = attempt.entries.map(({ input }) => input);
  const asked = inputs.flatMap((input, i) => (input.kind === "line" && ASKS.test(input.text) ? [i + 1] : []));
  const noted = [...text.matchAll(REMARK)].map(([, seq]) => Number(seq));
  const at = [...asked, ...noted].filter((seq) => seq >= 1 && seq < inputs.length);
  const standing = at.map((seq) => endOfLine(inputs, seq)).filter((seq) => seq < inputs.length);
  const sorted = [...new Set(standing)].sort((a, b) => a - b);
  return [...thinned(sorted, MOST - 1), inputs.length];
}

/** A line goes together with the answers that it waits for, and with the Ctrl-C that ends it. */
function endOfLine(inputs: readonly Input[], seq: number): number {
  let end = seq;
  while (end < inputs.length && belongsToLine(inputs[end] as Input)) end += 1;
  return end;
}

function belongsToLine(input: Input): boolean {
  return (
    input.kind === "reply" ||
    input.kind === "close" ||
    input.kind === "interrupt" ||
    (input.kind === "edit" && input.waiting !== undefined)
  );
}

function thinned(sorted: readonly number[], most: number): readonly number[] {
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, i) => sorted[Math.floor((i * sorted.length) / most)] as number);
}
