/** Plays attempts in worker threads: scripts as a learner, and recorded logs again. */
import { printAttempt, type Attempt } from "../attempt/log.ts";
import type { Entry, Header, Input, Setting } from "../attempt/input.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { labDigest } from "../lab/bundle.ts";
import { scriptInputs } from "../lab/case.ts";
import type { Applied, Grade, Opened } from "../worker/protocol.ts";
import { coreName } from "./coreBuild.ts";
import { startCoreWorker, type CoreWorker } from "./coreWorker.ts";

/** One input as it went. */
export interface Played {
  readonly entry: Entry;
  readonly stdout: string;
  readonly stderr: string;
  readonly applied: Applied;
}

export interface Performance {
  readonly header: Header;
  readonly played: readonly Played[];
  readonly digests: ReadonlyMap<number, string>;
  readonly digest: string;
}

export function headerOf(
  bundle: LabBundle,
  seed: number,
  setting: Setting = bundle.manifest.setting,
): Header {
  const { id, version } = bundle.manifest;
  return {
    format: "leaklab-attempt/1",
    lab: id,
    labVersion: version,
    labDigest: labDigest(bundle),
    core: coreName(),
    seed,
    setting,
  };
}

type Digests = readonly (readonly [seq: number, digest: string])[];

/** A worker with a lab opened in it. */
export class Stage {
  readonly #worker: CoreWorker;
  readonly opened: Opened;
  readonly header: Header;
  #clockMs: number;
  #shown = { stdout: "", stderr: "" };

  private constructor(worker: CoreWorker, header: Header, opened: Opened) {
    this.#worker = worker;
    this.header = header;
    this.opened = opened;
    this.#clockMs = opened.clockMs;
    worker.client.onTold = (told) => {
      if (told.told === "output") this.#shown[told.stream] += told.text;
    };
  }

  /** Opens a lab in a worker of its own. */
  static async open(
    bundle: LabBundle,
    header: Header,
    inputs: readonly Input[] = [],
    digests: Digests = [],
  ): Promise<Stage> {
    const worker = await startCoreWorker();
    try {
      return await Stage.openIn(worker, bundle, header, inputs, { digests });
    } catch (error) {
      await worker.end();
      throw error;
    }
  }

  /** Opens a lab in a worker that may have played others before; what was there is left behind. */
  static async openIn(
    worker: CoreWorker,
    bundle: LabBundle,
    header: Header,
    inputs: readonly Input[] = [],
    { digests = [], akin = false }: { readonly digests?: Digests; readonly akin?: boolean } = {},
  ): Promise<Stage> {
    const opened = await worker.client.ask({
      ask: "open",
      header,
      bundle: JSON.stringify(bundle),
      inputs,
      digests,
      akin,
    });
    return new Stage(worker, header, opened);
  }

  get client(): CoreWorker["client"] {
    return this.#worker.client;
  }

  async apply(input: Input): Promise<Played> {
    this.#shown = { stdout: "", stderr: "" };
    const at = this.#clockMs;
    const applied = await this.client.ask({ ask: "apply", input });
    this.#clockMs = applied.clockMs;
    return { entry: { seq: applied.seq, at, input }, ...this.#shown, applied };
  }

  grade(): Promise<Grade> {
    return this.client.ask({ ask: "check" });
  }

  digest(): Promise<string> {
    return this.client.ask({ ask: "digest" });
  }

  async end(): Promise<void> {
    await this.#worker.end();
  }
}

const DIGEST_EVERY = 10;

/** Plays a script as the learner, one parser-complete chunk per input, with a state digest now and then. */
export async function playScript(
  stage: Stage,
  script: string,
  inputs?: readonly Input[],
): Promise<Performance> {
  inputs ??= await chunksOf(stage, script);
  const played: Played[] = [];
  const digests = new Map([[0, await stage.digest()]]);
  for (const input of inputs) {
    const step = await stage.apply(input);
    played.push(step);
    if (step.entry.seq % DIGEST_EVERY === 0) digests.set(step.entry.seq, await stage.digest());
  }
  const digest = await stage.digest();
  const last = played.at(-1);
  if (last) digests.set(last.entry.seq, digest);
  return { header: stage.header, played, digests, digest };
}

/** The inputs of a script. Answers of the core's own parser, asked for each candidate chunk. */
export async function chunksOf(stage: Stage, script: string): Promise<Input[]> {
  const states = new Map<string, "complete" | "incomplete" | "invalid">();
  for (;;) {
    const unknown: string[] = [];
    const inputs = scriptInputs(script, (text) => {
      const state = states.get(text);
      if (state === undefined) unknown.push(text);
      return state ?? "complete";
    });
    const [first] = unknown;
    if (first === undefined) return inputs;
    for (const text of unknown) states.set(text, await stage.client.ask({ ask: "parse", text }));
  }
}

export function attemptText({ header, played, digests }: Performance): string {
  return printAttempt({ header, entries: played.map(({ entry }) => entry), digests });
}

/** Replays a recorded attempt in a worker of its own, checking every digest that it recorded. */
export function replayAttempt(bundle: LabBundle, attempt: Attempt): Promise<Stage> {
  const inputs = attempt.entries.map(({ input }) => input);
  return Stage.open(bundle, attempt.header, inputs, [...attempt.digests]);
}
