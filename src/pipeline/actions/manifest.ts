/** `action.yml`. https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
import { parse } from "yaml";

export interface ActionManifest {
  readonly name: string;
  /** By name, in lower case. */
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** Of a composite action: templates. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly runs: ActionRuns;
}

export interface ActionInput {
  /** A template; null where there is none. */
  readonly default: string | null;
  readonly required: boolean;
}

export type ActionRuns =
  | { readonly using: "composite"; readonly steps: readonly CompositeStep[] }
  | {
      readonly using: "node";
      readonly main: string;
      readonly pre: string | null;
      readonly post: string | null;
      readonly postIf: string;
    }
  | { readonly using: "docker"; readonly image: string }
  | { readonly using: "other"; readonly word: string };

export interface CompositeStep {
  readonly id: string | null;
  readonly name: string | null;
  readonly if: string | null;
  readonly run: string | null;
  readonly shell: string | null;
  readonly uses: string | null;
  readonly with: ReadonlyMap<string, string>;
  readonly env: ReadonlyMap<string, string>;
  readonly workingDirectory: string | null;
  readonly continueOnError: string | null;
}

/** A manifest, or why it is none. */
export function parseManifest(text: string): ActionManifest | string {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100, logLevel: "error" }) as unknown;
  } catch (error) {
    return String((error as Error).message.split("\n")[0]);
  }
  const runs = fields(fields(value).get("runs"));
  if (runs.size === 0) return "Top level 'runs:' section is required.";
  const known = runsOf(runs);
  if (typeof known === "string") return known;
  return {
    name: text1(fields(value).get("name")) ?? "",
    inputs: new Map(
      [...fields(fields(value).get("inputs"))].map(([name, input]) => [name.toLowerCase(), inputOf(input)]),
    ),
    outputs: new Map(
      [...fields(fields(value).get("outputs"))].map(([name, output]) => [
        name,
        text1(fields(output).get("value")) ?? "",
      ]),
    ),
    runs: known,
  };
}

function inputOf(value: unknown): ActionInput {
  const input = fields(value);
  return { default: text1(input.get("default")), required: input.get("required") === true };
}

function runsOf(runs: ReadonlyMap<string, unknown>): ActionRuns | string {
  const using = text1(runs.get("using")) ?? "";
  if (using === "composite") {
    const listed = runs.get("steps");
    if (!Array.isArray(listed)) return "Required property is missing: steps";
    const steps = listed.map(stepOf);
    const wrong = steps.find((step): step is string => typeof step === "string");
    return wrong ?? { using, steps: steps as CompositeStep[] };
  }
  if (using === "docker") return { using, image: text1(runs.get("image")) ?? "" };
  if (!/^node\d+$/.test(using)) return { using: "other", word: using };
  const main = text1(runs.get("main"));
  if (main === null)
    return `You are using a JavaScript Action but there is not an entry JavaScript file provided in 'runs'.`;
  const postIf = text1(runs.get("post-if")) ?? "always()";
  return { using: "node", main, pre: text1(runs.get("pre")), post: text1(runs.get("post")), postIf };
}

function stepOf(value: unknown): CompositeStep | string {
  const step = fields(value);
  const of = (name: string) => text1(step.get(name));
  const [run, uses, shell] = [of("run"), of("uses"), of("shell")];
  if (run === null && uses === null) return "Required property is missing: run";
  if (run !== null && shell === null) return "Required property is missing: shell";
  return {
    id: of("id"),
    name: of("name"),
    if: of("if"),
    run,
    shell,
    uses,
    with: texts(step.get("with")),
    env: texts(step.get("env")),
    workingDirectory: of("working-directory"),
    continueOnError: of("continue-on-error"),
  };
}

/** Own fields only: names like `constructor` mean nothing. */
function fields(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  return new Map(isObject ? Object.entries(value) : []);
}

function texts(value: unknown): ReadonlyMap<string, string> {
  return new Map([...fields(value)].map(([name, item]) => [name, text1(item) ?? ""]));
}

function text1(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : null;
}
