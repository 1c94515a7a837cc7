/**
 * What a step changes while it runs. The steps of a composite action share the Execution of the step that uses it and
 * have each a Frame of their own.
 */
import type { Command } from "just-bash/browser";
import type { Disk } from "../../disk/disk.ts";
import type { User } from "../../disk/user.ts";
import type { Reach } from "../../world/network.ts";
import { logPath, summaryPath } from "../../world/services/forge/actions/files.ts";
import { scopeKey, SECRETS, VARIABLES, type Annotation } from "../../world/services/forge/actions/model.ts";
import { addedMasks, Masker } from "../masking.ts";
import { identityVariables } from "../oidc.ts";
import type { Post, Step, StepOutcome, StepRun } from "../step.ts";
import { StepLog } from "./log.ts";
import { withContainers } from "./containers.ts";
import { addressOf } from "./address.ts";

/** Runs a nested step; the runner gives it to actions, which cannot know the runner. */
export type PlayStep = (frame: Frame) => Promise<void>;

export class Execution {
  readonly request: StepRun;
  readonly log: StepLog;
  readonly play: PlayStep;
  readonly #masker: Masker;
  /** From $GITHUB_ENV, and what this step adds. */
  env: Record<string, string>;
  /** From $GITHUB_PATH, newest first. */
  path: string[];
  posts: Post[];
  masks: string[];
  states: Record<string, Readonly<Record<string, string>>>;
  annotations: Annotation[] = [];
  /** Markdown of $GITHUB_STEP_SUMMARY, hidden line by line. */
  summary = "";
  /** Virtual seconds waited. */
  seconds = 0;
  readonly debugging: boolean;
  /** The git of actions: it knows the objects that it has read. */
  git: Command | null = null;

  constructor(request: StepRun, play: PlayStep) {
    const { state, world } = request;
    this.request = request;
    this.play = play;
    this.debugging = stepDebugging(request);
    this.env = { ...state.env };
    this.path = [...state.path];
    this.posts = [...state.posts];
    this.masks = [...state.masks];
    this.states = { ...state.states };
    this.#masker = new Masker(state.masks);
    this.log = new StepLog(this.#masker, () => world.clock.now() + this.seconds * 1000);
  }

  get disk(): Disk {
    return this.request.world.machines.get(this.request.state.machine);
  }

  get user(): User {
    return { name: this.request.state.user };
  }

  get home(): string {
    return `/home/${this.request.state.user}`;
  }

  /** How programs of this machine reach the network. Nobody is signed in with a browser. */
  get reach(): Reach {
    const { world, state } = this.request;
    const outside = world.network.from({ address: addressOf(state.machine), session: null });
    return withContainers(world, state.machine, outside);
  }

  /** The value of the job's token. */
  get token(): string {
    return this.request.world.credentials.get(this.request.state.token)?.value ?? "";
  }

  /** How a job with `id-token: write` asks for an identity token; nothing without it. */
  get identityVariables(): Readonly<Record<string, string>> {
    const { run, job, world } = this.request;
    return identityVariables(world, run, job);
  }

  mask(text: string): string {
    return this.#masker.mask(text);
  }

  addMask(value: string): void {
    for (const mask of addedMasks(value)) {
      if (this.masks.includes(mask)) continue;
      this.masks.push(mask);
      this.#masker.add(mask);
    }
  }

  random(length: number, alphabet = "0123456789abcdef"): string {
    return this.request.world.ports("runner").random(length, alphabet);
  }

  uuid(): string {
    const hex = this.random(32);
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
    return [...parts, hex.slice(20)].join("-");
  }

  outcome(frame: Frame): StepOutcome {
    const { run, job, step, state, world } = this.request;
    const disk = world.forge.disk;
    this.log.save(disk, logPath(run.id, job.attempt, job.id, step.number));
    if (this.summary !== "") disk.write(summaryPath(run.id, job.attempt, job.id, step.number), this.summary);
    const { env, path, posts, masks, states } = this;
    return {
      conclusion: frame.failed ? "failure" : "success",
      outputs: { ...frame.outputs },
      seconds: this.seconds,
      state: { ...state, env, path, posts, masks, states },
      annotations: this.annotations,
    };
  }
}

/**
 * A run with debug logging, or a repository with the secret or variable ACTIONS_STEP_DEBUG.
 * https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging
 */
function stepDebugging({ world, run }: StepRun): boolean {
  const key = `${scopeKey({ kind: "repository", repository: run.repository })} ACTIONS_STEP_DEBUG`;
  const value = world.tables.of(SECRETS).get(key)?.value ?? world.tables.of(VARIABLES).get(key)?.value;
  return run.debug || value?.trim().toLowerCase() === "true";
}

/** One step, or one step of a composite action. */
export interface Frame {
  readonly execution: Execution;
  readonly step: Step;
  readonly phase: "main" | "post";
  /** How many composite actions are around it. */
  readonly depth: number;
  /** Further variables of its process, beside those of the step: GITHUB_ACTION_PATH, INPUT_…. */
  readonly extra: Readonly<Record<string, string>>;
  outputs: Record<string, string>;
  failed: boolean;
}

export function frameOf(
  execution: Execution,
  step: Step,
  fields: Partial<Pick<Frame, "phase" | "depth" | "extra">> = {},
): Frame {
  return { execution, step, phase: "main", depth: 0, extra: {}, outputs: {}, failed: false, ...fields };
}

/** Tells an error: a line in the log and an annotation of the job. */
export function issue(frame: Frame, level: Annotation["level"], message: string): void {
  const { execution } = frame;
  const word = level === "failure" ? "error" : level;
  execution.log.write(`##[${word}]${message}`);
  execution.annotations.push({
    level,
    message: execution.mask(message),
    title: null,
    file: null,
    line: null,
  });
}

/** Ends a step with an error. */
export function fail(frame: Frame, message: string): void {
  issue(frame, "failure", message);
  frame.failed = true;
}

/** What LeakLab does not have, with the place that asks for it. */
export function notSimulated(frame: Frame, what: string): void {
  const { file, line } = frame.step.at;
  fail(frame, `${what}: not simulated in LeakLab (${file}:${line})`);
}

/** Shown only with step debugging. */
export function debug(execution: Execution, message: string): void {
  if (execution.debugging)
    execution.log.write(
      message
        .split("\n")
        .map((line) => `##[debug]${line}`)
        .join("\n"),
    );
}
