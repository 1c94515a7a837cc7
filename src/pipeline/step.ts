/**
 * The border between the two halves of the pipeline: the scheduler decides what runs when and evaluates expressions; the
 * runner runs one step whole, on the job's machine, in the shell.
 */
import type { Job, Run, Runner } from "../world/services/forge/actions/model.ts";
import type { World } from "../world/world.ts";

/** A step whose expressions are evaluated. `env` is everything that its process sees. */
export type Step = RunStep | UsesStep;

interface StepBase {
  /** Position among the job's steps, from 1; names its log. */
  readonly number: number;
  /** `id:`, or a generated one. */
  readonly id: string;
  readonly name: string;
  /** workflow env, job env, $GITHUB_ENV so far, step env, then the default variables (GITHUB_*, RUNNER_*, CI). */
  readonly env: Readonly<Record<string, string>>;
  /** Place in the workflow file, for messages. */
  readonly at: { readonly file: string; readonly line: number };
}

export interface RunStep extends StepBase {
  readonly kind: "run";
  /** `${{ }}` is already replaced, as text. */
  readonly script: string;
  /** "bash", "sh", "python"…, or a template with {0}; null for the default: `bash -e {0}`. */
  readonly shell: string | null;
  readonly workingDirectory: string | null;
}

export interface UsesStep extends StepBase {
  readonly kind: "uses";
  /** "actions/checkout@v4", "./.github/actions/x", "docker://…". */
  readonly uses: string;
  /** Inputs as given; the action's own defaults are added by who runs it. Keys in lower case. */
  readonly with: Readonly<Record<string, string>>;
}

/** What a job carries from step to step. Plain data: it forks with the world. */
export interface JobState {
  readonly job: number;
  /** Name of the machine that it runs on. */
  readonly machine: string;
  /** Unix user of the runner on that machine. */
  readonly user: string;
  /** "/home/runner/work/tides/tides". */
  readonly workspace: string;
  /** "/home/runner/work/_temp". */
  readonly temp: string;
  /** Id of the job token's credential. */
  readonly token: string;
  /** From $GITHUB_ENV. */
  readonly env: Readonly<Record<string, string>>;
  /** From $GITHUB_PATH, newest first. */
  readonly path: readonly string[];
  /** Values that logs hide: secrets, the token, `::add-mask::`. */
  readonly masks: readonly string[];
  /** What actions left to do after the last step, last one first. */
  readonly posts: readonly Post[];
  /** `::save-state::` and $GITHUB_STATE by step id. */
  readonly states: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A step that an action runs at the end of its job. */
export interface Post {
  readonly name: string;
  readonly step: UsesStep;
  /** `post-if` of the action: an expression, evaluated as the `if:` of a step; "always()" unless told. */
  readonly condition: string;
}

/** What one step gets. */
export interface StepRun {
  readonly world: World;
  readonly run: Run;
  readonly job: Job;
  readonly state: JobState;
  readonly step: Step;
  /** The main part, or the post part that it left. */
  readonly phase: "main" | "post";
  /** The `github` context, as JSON, for actions that read it. */
  readonly github: Readonly<Record<string, unknown>>;
  /** Plays the steps of a composite action, or other nested work, with expressions evaluated by the scheduler. */
  readonly nested: Nested;
}

/** How a composite action evaluates its own texts: with its inputs, and with the steps that ran in it. */
export interface Nested {
  /** Replaces `${{ }}` in a text. `scope` adds or replaces contexts (inputs, steps, env). Throws ExpressionProblem. */
  text(template: string, scope: Readonly<Record<string, unknown>>): string;
  /** Evaluates an `if:`; `failed` says whether a step before failed. */
  condition(template: string, scope: Readonly<Record<string, unknown>>, failed: boolean): boolean;
}

export interface StepOutcome {
  readonly conclusion: "success" | "failure" | "cancelled";
  readonly outputs: Readonly<Record<string, string>>;
  /** Virtual seconds that it took beside the declared duration: `sleep`, waiting. */
  readonly seconds: number;
  /** The job's state after it. */
  readonly state: JobState;
  readonly annotations: Job["annotations"];
}

/** Runs one step whole, at the present time. Never throws for what a workflow can get wrong. */
export type RunStepWhole = (step: StepRun) => Promise<StepOutcome>;

/** What the scheduler knows about a job before its machine is there. */
export interface Preparation {
  /** Id of the job token's credential. */
  readonly token: string;
  /** Values of all secrets that the job can see; logs hide them, and the token. */
  readonly secrets: readonly string[];
  /** The self-hosted runner that took the job; null for a hosted one, whose name is `job.runner`. */
  readonly runner: Runner | null;
  /** What runs beside the job; nothing said: nothing. */
  readonly services?: readonly ServiceContainer[];
}

/** A container that starts before the first step. */
export interface ServiceContainer {
  readonly name: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  /** "5432:5432" */
  readonly ports: readonly string[];
}

/** Gives a job its machine: a fresh hosted one, or that of the runner. Writes the log of step 0, "Set up job". */
export type PrepareMachine = (
  world: World,
  run: Run,
  job: Job,
  preparation: Preparation,
) => JobState | Promise<JobState>;

/** The job is over: a hosted machine goes away. */
export type ReleaseMachine = (world: World, state: JobState) => void | Promise<void>;
