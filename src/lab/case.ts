/** An executable case beside a lab: a script of inputs, and the verdict that it deserves. */
import type { Input } from "../attempt/input.ts";

export type CaseKind = "solution" | "wrong" | "adversarial";

export interface Expectation {
  readonly passed: boolean;
  /** The whole list, in order. */
  readonly diagnoses: readonly string[];
}

export interface Case {
  /** Path below the lab's folder. */
  readonly name: string;
  readonly kind: CaseKind;
  readonly script: string;
  readonly expected: Expectation;
}

/** First line: `# expect: passed`, `# expect: passed W8`, `# expect: W1 W3`. */
export function expectationOf(script: string): Expectation | null {
  const words =
    /^# expect:[ \t]*(.*)$/m
      .exec(script.split("\n")[0] ?? "")?.[1]
      ?.trim()
      .split(/[\s,]+/) ?? [];
  if (words.length === 0 || words[0] === "") return null;
  const passed = words[0] === "passed";
  const diagnoses = passed ? words.slice(1) : words;
  return diagnoses.every((word) => /^W\d+[a-z]?$/.test(word)) ? { passed, diagnoses } : null;
}

export type ChunkState = "complete" | "incomplete" | "invalid";

/**
 * A script as inputs: one parser-complete chunk each; a line `#@ {…}` is any other input as JSON. Comments between
 * chunks are left out. `parse` says whether a text is a whole chunk.
 */
export function scriptInputs(script: string, parse: (text: string) => ChunkState): Input[] {
  const inputs: Input[] = [];
  let chunk = "";
  for (const line of script.split("\n")) {
    if (chunk === "" && line.startsWith("#@ ")) inputs.push(JSON.parse(line.slice(3)) as Input);
    else if (chunk === "" && (line.trim() === "" || line.trimStart().startsWith("#"))) continue;
    else {
      chunk = chunk === "" ? line : `${chunk}\n${line}`;
      if (parse(chunk) === "incomplete") continue;
      inputs.push({ kind: "line", terminal: 1, text: chunk });
      chunk = "";
    }
  }
  if (chunk !== "") inputs.push({ kind: "line", terminal: 1, text: chunk });
  return inputs;
}
