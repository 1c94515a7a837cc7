/**
 * Functions that depend on the job, and those of which the library's own would reach JavaScript's objects.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#functions
 */
import { data } from "@actions/expressions";
import { prettyJson, toValue, type Value } from "./data.ts";
import { ExpressionProblem } from "./problem.ts";

/** How it stands with what ran before, and what lies on the runner's disk. */
export interface Situation {
  /** Everything before succeeded (of a job: every job that it needs). */
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
  /** Absent where there is no disk yet. */
  hashFiles?(patterns: readonly string[]): string;
  /** Of jobs before this one, by key in lower case: only the `if` of a job may ask for single ones. */
  readonly before?: ReadonlyMap<string, string>;
}

export interface FunctionOfExpression {
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  call(...values: Value[]): Value;
}

/** Names of functions that an expression may call, in lower case. */
export const FUNCTION_NAMES: readonly string[] = [
  "contains",
  "startswith",
  "endswith",
  "format",
  "join",
  "tojson",
  "fromjson",
  "case",
  "hashfiles",
  "success",
  "failure",
  "always",
  "cancelled",
];

export const STATUS_FUNCTIONS: readonly string[] = ["success", "failure", "always", "cancelled"];

export function functionsFor(situation: Situation): readonly FunctionOfExpression[] {
  const { cancelled } = situation;
  return [
    status("success", situation, !cancelled && situation.success, (all) =>
      all.every((result) => !cancelled && result === "success"),
    ),
    status("failure", situation, !cancelled && situation.failure, (all) =>
      all.some((result) => !cancelled && result === "failure"),
    ),
    status("always", situation, true),
    status("cancelled", situation, cancelled),
    { name: "hashfiles", minArgs: 1, maxArgs: 255, call: (...values) => hash(situation, values) },
    { name: "tojson", minArgs: 1, maxArgs: 1, call: (value) => text(prettyJson(value as Value)) },
    { name: "fromjson", minArgs: 1, maxArgs: 1, call: (value) => parse(value as Value) },
  ];
}

/** `named`: what it says of jobs that it names, as `success('build')` does in the `if` of a job. */
function status(
  name: string,
  { before }: Situation,
  value: boolean,
  named?: (results: readonly (string | undefined)[]) => boolean,
): FunctionOfExpression {
  return {
    name,
    minArgs: 0,
    maxArgs: named && before ? 255 : 0,
    call: (...jobs) => {
      const results = jobs.map((job) => before?.get(job.coerceString().toLowerCase()));
      return new data.BooleanData(named && jobs.length > 0 ? named(results) : value);
    },
  };
}

function hash(situation: Situation, values: readonly Value[]): Value {
  if (!situation.hashFiles) throw new ExpressionProblem("hashFiles() needs a job's workspace");
  return text(situation.hashFiles(values.map((value) => value.coerceString())));
}

function parse(value: Value): Value {
  try {
    return toValue(JSON.parse(value.coerceString()));
  } catch {
    // The engine's own words differ between engines.
    throw new ExpressionProblem("Error parsing fromJson");
  }
}

function text(value: string): Value {
  return new data.StringData(value);
}
