/** Answers what a page or a command line asks of a worker. One world at a time; one request after another. */
import type { Input } from "../attempt/input.ts";
import { Play, type PlayData, type PlayOptions } from "../attempt/play.ts";
import { admit } from "../attempt/admit.ts";
import { CORE } from "../attempt/core.ts";
import { enterWith, type Enter } from "../attempt/realmPort.ts";
import { fileContent } from "../attempt/fileContent.ts";
import { invariant } from "../base/invariant.ts";
import { toUtf8 } from "../base/bytes.ts";
import type { Config } from "../engine/config.ts";
import { scan, scanContent, scanWith } from "../engine/engine.ts";
import { graderMemory, type GraderMemory } from "../grader/memory.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { Documents } from "../pipeline/documents.ts";
import { preload } from "../attempt/preload.ts";
import { rememberingDetector } from "../attempt/detect.ts";
import { knownAhead } from "../attempt/timetable.ts";
import { preloadCommon } from "../shell/commands/git/registry.ts";
import type { Realm } from "../realm/realm.ts";
import { START_MS } from "../world/clock.ts";
import { LEARNER } from "../world/person.ts";
import type { World } from "../world/world.ts";
import type { Applied, Ask, Completion, FileContent, Opened, Request, Snapshot, Told } from "./protocol.ts";

/** How often a busy statement tells how far it is. */
const TELL_WORK_EVERY = 64;

interface Start {
  /** Of lab, seed and setting. */
  readonly key: string;
  readonly world: World;
  readonly memory: GraderMemory;
  /** What was played from it, where more is to come that begins alike. */
  readonly plays: Play[];
}

export class Server {
  readonly #realm: Realm | null;
  readonly #tell: (told: Told) => void;
  readonly #enter: Enter;
  readonly #memory: GraderMemory = graderMemory();
  readonly #detect = rememberingDetector();
  readonly #documents = new Documents();
  #play: Play | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #replaying = false;
  #stop: Int32Array | null = null;
  #stoppedAt: number | null = null;
  /** The start that was built last: many plays of one lab and seed begin alike. */
  #start: Start | null = null;

  constructor(realm: Realm | null, tell: (told: Told) => void) {
    this.#realm = realm;
    this.#tell = tell;
    let source = { now: () => 0, uint32: () => 0 };
    this.#enter = enterWith((next) => {
      const before = source;
      source = next;
      return realm ? realm.enter(next) : before;
    });
  }

  /** Queues a request; tells its answer. Never throws. */
  receive(request: Request): void {
    this.#queue = this.#queue.then(async () => {
      try {
        this.#tell({ told: "answer", id: request.id, value: await this.#answer(request) });
      } catch (error) {
        const { code = "internal", message } = error as { code?: string; message: string };
        this.#tell({ told: "failed", id: request.id, code, message });
      }
    });
  }

  async #answer(ask: Ask): Promise<unknown> {
    switch (ask.ask) {
      case "open":
        return this.#open(ask);
      case "apply":
        return this.#apply(ask.input);
      case "admit":
        return admit(ask.input, this.#known());
      case "parse":
        return this.#opened().parse(ask.text);
      case "prompt":
        return this.#opened().prompt(ask.terminal);
      case "complete":
        return this.#complete(ask);
      case "check":
        return this.#opened().grade();
      case "view":
        return this.#view();
      case "aftermath":
        return this.#aftermath();
      case "read":
        return fileContent(this.#opened().present, ask.path);
      case "committed":
        return this.#committed(ask.path);
      case "commit":
        return (await import("../attempt/commitDetail.ts")).commitDetail(
          this.#opened(),
          this.#memory,
          this.#enter,
          ask.commit,
        );
      case "look": {
        const { look } = await import("../attempt/look.ts");
        return look(this.#opened().world, LEARNER, ask.urls, this.#enter);
      }
      case "scan":
        return this.#scan(ask.path, ask.content);
      case "findings":
        return this.#findings(ask.path, ask.bytes, ask.config);
      case "pipeline":
        return (await import("../attempt/pipelineRun.ts")).pipelineRun(ask, this.#enter);
      case "snapshot":
        return this.#snapshot();
      case "digest":
        return this.#opened().digest();
      case "history":
        return this.#history();
    }
  }

  #opened(): Play {
    invariant(this.#play, "a lab is open");
    return this.#play;
  }

  async #open(ask: Ask & { ask: "open" }): Promise<Opened> {
    const bundle = JSON.parse(ask.bundle) as LabBundle;
    const options: PlayOptions = {
      bundle,
      header: ask.header,
      detect: this.#detect,
      documents: this.#documents,
      enter: this.#enter,
      audience: this.#audience(),
      colour: ask.colour ?? false,
    };
    await preload(bundle.manifest);
    this.#replaying = true;
    this.#stop = ask.stop ?? null;
    const { play, done } = ask.snapshot
      ? { play: Play.restore(options, ask.snapshot.state as PlayData), done: 0 }
      : await this.#begin(options, ask);
    const first = (ask.snapshot?.seq ?? 0) + done + 1;
    this.#play = play;
    const divergedAt = await this.#replay(
      play,
      ask.inputs.slice(done).map((input, i) => ({ seq: first + i, at: 0, input })),
      new Map(ask.digests),
    );
    const waiting = play.waiting;
    if (waiting) this.#tell({ told: "waiting", waiting });
    return {
      core: CORE,
      prompts: promptsOf(play),
      replayed: ask.inputs.length,
      divergedAt,
      clockMs: play.world.clock.now(),
      startMs: START_MS,
      transcript: play.transcript,
    };
  }

  /** Nothing of a replay is told as it happens. */
  async #replay(
    play: Play,
    entries: Parameters<Play["replay"]>[0],
    digests: ReadonlyMap<number, string>,
  ): Promise<number | null> {
    this.#replaying = true;
    try {
      return (await play.replay(entries, digests)).divergedAt;
    } finally {
      this.#replaying = false;
    }
  }

  async #begin(options: PlayOptions, ask: Ask & { ask: "open" }): Promise<{ play: Play; done: number }> {
    const key = `${options.header.seed} ${options.header.setting} ${ask.bundle}`;
    const known = this.#start?.key === key ? this.#start : undefined;
    const memory = known?.memory ?? graderMemory();
    const { play, done } = longest(known?.plays ?? [], ask.inputs);
    const begun = play
      ? { play: play.branch({ ...options, memory }, done), done }
      : { play: await Play.begin({ ...options, memory }, known?.world), done };
    const plays = ask.akin ? [...(known?.plays ?? []), begun.play] : [];
    this.#start = { key, world: known?.world ?? begun.play.start.fork(), memory, plays };
    return begun;
  }

  async #apply(input: Parameters<Play["step"]>[0]): Promise<Applied> {
    const play = this.#opened();
    const terminal =
      input.kind === "line" || input.kind === "interrupt"
        ? input.terminal
        : "waiting" in input && input.waiting
          ? input.waiting.terminal
          : 1;
    this.#stoppedAt = null;
    const outcome = await play.step(input);
    if (outcome.waiting) this.#tell({ told: "waiting", waiting: outcome.waiting });
    return {
      seq: outcome.seq,
      exitCode: outcome.exitCode,
      prompt: play.prompt(terminal),
      clockMs: play.world.clock.now(),
      waiting: outcome.waiting,
      ...(outcome.refused === undefined ? {} : { refused: outcome.refused }),
      ...(this.#stoppedAt === null ? {} : { stoppedAt: this.#stoppedAt }),
      ...(outcome.limit === undefined ? {} : { limit: outcome.limit }),
    };
  }

  #audience(): NonNullable<PlayOptions["audience"]> {
    return {
      output: (terminal, { stream, text }, paged) => {
        if (!this.#replaying) this.#tell({ told: "output", terminal, stream, text, paged });
      },
      clear: (terminal) => {
        if (!this.#replaying) this.#tell({ told: "clear", terminal });
      },
      work: (terminal, work) => {
        if (this.#replaying) return;
        if (work % TELL_WORK_EVERY === 0) this.#tell({ told: "work", terminal, work });
        if (this.#stop && this.#stoppedAt === null && Atomics.load(this.#stop, 0) !== 0)
          this.#stopAt(terminal, work);
      },
    };
  }

  #known(): readonly string[] {
    return this.#opened().knownValues();
  }

  /** Ctrl-C that a busy statement sees: it ends here, and so it does in every replay of the count. */
  #stopAt(terminal: number, work: number): void {
    this.#stoppedAt = work;
    this.#opened().shell(terminal).interrupt();
  }

  /** Panels look when nobody waits: once somebody works here, time to fetch what most sessions come to need as well. */
  async #view() {
    if (this.#opened().transcript.length > 0) void preloadCommon();
    const { viewOf } = await import("../attempt/view.ts");
    const { askedAbout } = await import("../attempt/keyView.ts");
    const { world, bundle, header } = this.#opened();
    const { work, repository } = bundle.manifest;
    return viewOf({
      world,
      startMs: START_MS,
      work: `${LEARNER.home}/${work}`,
      remote: repository.name,
      memory: this.#memory,
      ahead: knownAhead(world, bundle.manifest, header.setting),
      asked: askedAbout(bundle.manifest),
    });
  }

  async #aftermath() {
    const { aftermathOf } = await import("../attempt/aftermath.ts");
    return aftermathOf(this.#opened().world, START_MS);
  }

  async #complete({ terminal, text, cursor }: Ask & { ask: "complete" }): Promise<Completion> {
    const { completeLine } = await import("../attempt/complete.ts");
    return completeLine(this.#opened(), terminal, text, cursor);
  }

  async #committed(path: string): Promise<FileContent | null> {
    const { committedFile } = await import("../attempt/committedFile.ts");
    const { world, bundle } = this.#opened();
    return committedFile(world, `${LEARNER.home}/${bundle.manifest.work}`, this.#memory, path);
  }

  async #scan(path: string, content: string) {
    const findings = await scan({ path, text: content });
    return findings.map(({ line, column, endLine, endColumn, message, ruleId }) => ({
      line,
      column: column + 1,
      endLine,
      endColumn: endColumn + 1,
      message,
      rule: ruleId,
    }));
  }

  async #findings(path: string, bytes: Uint8Array, config: string | undefined) {
    if (config === undefined) return (await scanContent(path, bytes)).findings;
    const scanned = await scanWith(JSON.parse(config) as Config, { path, text: toUtf8(bytes) });
    if (!scanned.ok) throw Object.assign(new Error(scanned.error), { code: "config" });
    return scanned.value;
  }

  #snapshot(): Snapshot {
    const state = this.#opened().snapshot();
    return { format: "leaklab-snapshot/1", core: CORE, seq: state.entries.at(-1)?.seq ?? 0, state };
  }

  #history(): string[] {
    const file = fileContent(this.#opened().world, `${LEARNER.home}/.bash_history`);
    return file ? file.content.split("\n").filter(Boolean) : [];
  }

  /** Whether the realm is in force; hosts assert it. */
  get deterministic(): boolean {
    return this.#realm !== null;
  }
}

/** Of the first terminal and of each that a line was typed into. */
function promptsOf(play: Play): Opened["prompts"] {
  const used = new Set([1, ...play.transcript.map(({ terminal }) => terminal)]);
  return Object.fromEntries([...used].map((terminal) => [terminal, play.prompt(terminal)]));
}

/** The play that has most in common with a log. */
function longest(plays: readonly Play[], inputs: readonly Input[]): { play: Play | null; done: number } {
  let best: { play: Play | null; done: number } = { play: null, done: 0 };
  for (const play of plays) {
    const done = play.common(inputs);
    if (done > best.done) best = { play, done };
  }
  return best;
}
