/** One walk: inputs chosen by a seed, each followed by a look at everything that must hold. Runs in a thread with the realm. */
import { Stream } from "../../src/base/stream.ts";
import type { Header, Input } from "../../src/attempt/input.ts";
import { detectSecrets } from "../../src/attempt/detect.ts";
import { Play, type PlayData } from "../../src/attempt/play.ts";
import type { Enter } from "../../src/attempt/realmPort.ts";
import type { Waits } from "../../src/attempt/terminals.ts";
import type { ObjectMemory } from "../../src/grader/repository.ts";
import { sha256 } from "../../src/base/digest.ts";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { chooseAction } from "./actions.ts";
import { brokenInvariant, type Looked } from "./invariants.ts";
import { walkLab } from "./lab.ts";
import { observe } from "./model.ts";

export interface Order {
  readonly seed: number;
  readonly steps: number;
  readonly header: Header;
  /** These inputs instead of chosen ones. */
  readonly inputs?: readonly Input[];
}

export interface Step {
  readonly action: string;
  readonly input: Input;
  readonly exitCode: number;
  readonly limit: boolean;
  /** Of the step itself and of looking at the world after it, in host milliseconds. */
  readonly ms: readonly [step: number, look: number];
}

export interface Walk {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly digest: string;
  /** The invariant that broke, in words; null where all held. */
  readonly problem: string | null;
  /** The state at the end; null once it was looked at. */
  readonly snapshot: PlayData | null;
}

/** Ctrl-C while a line is busy: recorded after it, and told to it before it runs. */
const INTERRUPTED = 0.02;

export async function takeWalk(order: Order, enter: Enter, stopwatch: () => number): Promise<Walk> {
  const rng = new Stream(order.seed, "walk");
  const memory: ObjectMemory = new Map();
  const looked: Looked = { objects: memory, files: new Map() };
  const play = await Play.begin({ bundle: walkLab, header: order.header, detect: detectSecrets, enter });
  const steps: Step[] = [];
  let problem = await guarded(() => brokenInvariant(play, looked, enter));
  const take = async (action: string, input: Input, interruptAt?: number): Promise<void> => {
    const begun = stopwatch();
    const outcome = await guardedStep(play, input, interruptAt);
    const ended = stopwatch();
    problem = outcome.problem ?? (await guarded(() => brokenInvariant(play, looked, enter)));
    steps.push({
      action,
      input,
      exitCode: outcome.exitCode,
      limit: outcome.limit,
      ms: [ended - begun, stopwatch() - ended],
    });
  };
  if (order.inputs) {
    for (const [i, input] of order.inputs.entries()) {
      if (problem !== null) break;
      const next = order.inputs[i + 1];
      await take("given", input, next?.kind === "interrupt" && next.work > 0 ? next.work : undefined);
    }
  }
  while (!order.inputs && steps.length < order.steps && problem === null) {
    const { waiting } = play;
    if (waiting) {
      await take(`answer ${waiting.for}`, answer(rng, waiting));
      continue;
    }
    const model = await observe(play, memory);
    const { name, make } = chooseAction(rng, model);
    const line: Input = { kind: "line", terminal: 1, text: make(rng, model) };
    const interruptAt = rng.float() < INTERRUPTED ? 1 + rng.below(4) : undefined;
    await take(name, line, interruptAt);
    if (interruptAt !== undefined && problem === null)
      await take("Ctrl-C", { kind: "interrupt", terminal: 1, work: interruptAt });
  }
  return { seed: order.seed, steps, digest: play.digest(), problem, snapshot: play.snapshot() };
}

/** What a person does when a command waits: writes something, gives up, or closes the window. */
function answer(rng: Stream, waits: Waits): Input {
  const waiting = waits.at;
  const chance = rng.float();
  if (chance < 0.15) return { kind: "interrupt", terminal: waiting.terminal, work: 0 };
  if (waits.for === "reply")
    return {
      kind: "reply",
      waiting,
      text: chance < 0.8 ? rng.pick(["y", "n", "", "q", "text with spaces"]) : null,
    };
  if (chance < 0.55)
    return {
      kind: "edit",
      path: waits.path,
      content: `${rng.pick(["Written", "Changed"])} in the editor\n${waits.content}`,
      replaces: sha256(fromUtf8(waits.content)),
      waiting,
    };
  return { kind: "close", waiting };
}

async function guarded(check: () => Promise<string | null>): Promise<string | null> {
  try {
    return await check();
  } catch (error) {
    return `looking threw: ${(error as Error).stack ?? String(error)}`;
  }
}

async function guardedStep(
  play: Play,
  input: Input,
  interruptAt?: number,
): Promise<{ exitCode: number; limit: boolean; problem: string | null }> {
  try {
    const { exitCode, limit } = await play.step(input, interruptAt);
    return { exitCode, limit: limit !== undefined, problem: null };
  } catch (error) {
    return {
      exitCode: -1,
      limit: false,
      problem: `the step threw: ${(error as Error).stack ?? String(error)}`,
    };
  }
}
