/** What a check found, and the sum of all checks. Printed as JSON by the command line; shown by the page. */

export const MARKS = ["contained", "clean", "continuous", "prevented", "answered"] as const;
export type Mark = (typeof MARKS)[number];

export const VERDICTS = ["pass", "fail", "unconfirmed"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Where something was found: the surface, and the place in it as a person would write it. Never a value. */
export interface Evidence {
  readonly surface: string;
  /** For example "stash@{0} 8e1f04c .env:3". */
  readonly at: string;
  /** For panels that can point at it: object id, path and line, where they exist. */
  readonly object?: string;
  readonly path?: string;
  readonly line?: number;
  /** Who found the copy; absent where the evidence is no copy. Panels draw a frame for the engine, a disc for the trace. */
  readonly by?: "engine" | "trace" | "both";
  /** For the page, of a copy: which credential it is of, and what must be undone to see it, from the outside in. */
  readonly credential?: string;
  readonly steps?: readonly string[];
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly mark: Mark;
  readonly required: boolean;
  readonly verdict: Verdict;
  /** Empty where the lab withholds it. */
  readonly evidence: readonly Evidence[];
  /** How many places, also where the evidence is withheld. */
  readonly places: number;
}

export interface Diagnosis {
  readonly id: string;
  /** The id of the check that the sentence belongs to. */
  readonly check: string;
  readonly message: string;
  /** What stands in the braces of the lab's sentence: a page in another language fills its own with it. */
  readonly values: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
  /** One line on why the place matters; may be empty. */
  readonly why: string;
  /** Offers to take inputs back, to just before input `seq`. */
  readonly undoTo?: number;
}

export interface Grade {
  readonly lab: string;
  readonly labVersion: string;
  readonly core: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly marks: Readonly<Record<Mark, "pass" | "fail" | null>>;
  readonly checks: readonly CheckResult[];
  /** All that hold, in teaching order; the page shows the first two. */
  readonly diagnoses: readonly Diagnosis[];
  readonly hints: number;
  readonly undos: number;
  readonly digest: string;
}
