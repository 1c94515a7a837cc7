/** Inputs of a dispatch, judged by what the workflow declares. https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event */
import type { DispatchInput } from "./workflow-file.ts";

/** GitHub's limit. */
export const MOST_INPUTS = 25;

export type JudgedInputs =
  | { readonly inputs: Readonly<Record<string, string>>; readonly problem: null }
  | { readonly inputs: null; readonly problem: string };

/** Values as text, defaults filled in; or what is wrong, in the forge's words. */
export function judgeInputs(
  declared: readonly DispatchInput[],
  given: ReadonlyMap<string, unknown>,
): JudgedInputs {
  const names = declared.map(({ name }) => name);
  const unexpected = [...given.keys()].filter((name) => !names.includes(name));
  if (unexpected.length > 0)
    return wrong(
      `Unexpected inputs provided: [${unexpected.map((name) => JSON.stringify(name)).join(", ")}]`,
    );
  if (given.size > MOST_INPUTS) return wrong(`More than ${MOST_INPUTS} inputs provided`);
  const values: [string, string][] = [];
  for (const input of declared) {
    const value = valueOf(input, given.get(input.name));
    const problem = problemOf(input, value);
    if (problem !== null) return wrong(problem);
    values.push([input.name, value ?? (input.type === "boolean" ? "false" : "")]);
  }
  return { inputs: Object.fromEntries(values), problem: null };
}

function wrong(problem: string): JudgedInputs {
  return { inputs: null, problem };
}

function valueOf(input: DispatchInput, given: unknown): string | null {
  if (typeof given === "string" || typeof given === "number" || typeof given === "boolean")
    return String(given);
  if (given === undefined || given === null) return input.default;
  return JSON.stringify(given);
}

function problemOf({ name, type, required, options }: DispatchInput, value: string | null): string | null {
  if (value === null || value === "") return required ? `Required input '${name}' not provided` : null;
  if (type === "choice" && !options.includes(value))
    return `Provided value '${value}' for input '${name}' not in the list of allowed values`;
  if (type === "boolean" && value !== "true" && value !== "false")
    return `Provided value '${value}' for input '${name}' not in the list of allowed values`;
  if (type === "number" && !/^-?\d+(?:\.\d+)?$/.test(value))
    return `Provided value '${value}' for input '${name}' is not a number`;
  return null;
}
