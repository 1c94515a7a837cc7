/**
 * One attempt being played: a world, the learner's shells, and what was done so far. Inputs are applied one at a time;
 * the same inputs give the same state in every host.
 */
import { sha256 } from "../base/digest.ts";
import { invariant } from "../base/invariant.ts";
import { canonicalJson } from "../base/json.ts";
import { graderMemory, type GraderMemory } from "../grader/memory.ts";
import type { Grade } from "../grader/grade.ts";
import type { StoryOutcome } from "../grader/story.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { chunkParser, type ChunkState } from "../shell/chunk.ts";
import type { Documents } from "../pipeline/documents.ts";
import type { Shell } from "../shell/session.ts";
import { stateData, type ShellState } from "../shell/state.ts";
import type { DetectSecrets } from "../world/services/forge/model.ts";
import { TICK_MS } from "../world/clock.ts";
import { LEARNER } from "../world/person.ts";
import { World, type WorldData } from "../world/world.ts";
import { effectiveEntries, interruptOf, isUndoable, takeBack } from "./effective.ts";
import type { Entry, Header, Input } from "./input.ts";
import { knownValues } from "./labPort.ts";
import { saveFile, send } from "./panel.ts";
import { promptOf, type Prompt } from "./prompt.ts";
import type { Enter } from "./realmPort.ts";
import { refusalOf, type Refusal } from "./refusal.ts";
import { learnerShell } from "./shells.ts";
import { startWorld } from "./start.ts";
import { nobody, PlayTerminal, type Audience, type Waits } from "./terminals.ts";
import { worldPorts } from "./worldPorts.ts";
import { withEntry, type TranscriptEntry } from "./transcript.ts";

export interface PlayOptions {
  readonly bundle: LabBundle;
  readonly header: Header;
  readonly detect: DetectSecrets;
  /** Workflow files that other plays parsed. */
  readonly documents?: Documents;
  readonly enter: Enter;
  readonly audience?: Audience;
  /** A person looks at the terminal: output is coloured, decorated and paged. The state is the same either way. */
  readonly colour?: boolean;
  /** What the grader remembers of other plays of the same lab and seed. */
  readonly memory?: GraderMemory;
}

/** What one input did. */
export interface Outcome {
  readonly seq: number;
  readonly exitCode: number;
  readonly waiting: Waits | null;
  /** Why the input had no effect. */
  readonly refused?: Refusal;
  /** Which limit ended the statement. */
  readonly limit?: string;
}

/** World and shells at rest: what is digested, graded, stored. */
interface State {
  world: World;
  shells: Map<number, ShellState>;
}

export interface PlayData {
  readonly world: WorldData;
  readonly start: WorldData;
  readonly shells: readonly (readonly [number, ShellState])[];
  readonly entries: readonly Entry[];
  /** Sequence numbers of undos that were refused, so that they take nothing back later. */
  readonly refusedUndos: readonly number[];
  readonly transcript: readonly TranscriptEntry[];
}

interface Running {
  readonly entry: Entry;
  readonly terminal: PlayTerminal;
  readonly done: Promise<Outcome>;
  readonly prompt: Prompt;
}

function isSame(input: Input, other: Input | undefined): boolean {
  return other !== undefined && JSON.stringify(input) === JSON.stringify(other);
}

/** How many inputs can be taken back without playing from the beginning. */
const STATES_KEPT = 50;
export class Play {
  readonly bundle: LabBundle;
  readonly header: Header;
  readonly #options: PlayOptions;
  readonly #memory: GraderMemory;
  readonly #parse: (text: string) => ChunkState = chunkParser();
  #start: World;
  #world: World;
  readonly #shells = new Map<number, Shell>();
  readonly #terminals = new Map<number, PlayTerminal>();
  #savedShells = new Map<number, ShellState>();
  #entries: Entry[] = [];
  #effective: Entry[] = [];
  #refusedUndos: number[] = [];
  #transcript: TranscriptEntry[] = [];
  #running: Running | null = null;
  /** State before the newest effective entries, so that undo costs nothing. Empty after a restore. */
  readonly #before = new Map<number, State>();
  /** State before the statement that waits. */
  #quiet: State | null = null;
  #free = false;
  #known: readonly string[] | null = null;
  #audience: Audience = nobody;

  private constructor(options: PlayOptions, start: World, world: World) {
    this.#options = options;
    this.#memory = options.memory ?? graderMemory();
    this.bundle = options.bundle;
    this.header = options.header;
    this.#start = start;
    this.#world = world;
  }

  /** Builds the lab's world, or takes one that was built before, and applies nothing. */
  static async begin(options: PlayOptions, built?: World): Promise<Play> {
    const start = built?.fork() ?? (await startWorld({ ...options, ...options.header }));
    const play = new Play(options, start, start.fork());
    play.#audience = options.audience ?? nobody;
    return play;
  }

  static restore(options: PlayOptions, data: PlayData): Play {
    const ports = worldPorts({ ...options, setting: options.header.setting });
    const play = new Play(options, World.restore(data.start, ports), World.restore(data.world, ports));
    play.#savedShells = new Map(data.shells.map(([number, state]) => [number, structuredClone(state)]));
    play.#entries = [...data.entries];
    play.#refusedUndos = [...data.refusedUndos];
    play.#effective = effectiveEntries(data.entries.filter(({ seq }) => !data.refusedUndos.includes(seq)));
    play.#transcript = [...data.transcript];
    play.#world.seq = data.entries.at(-1)?.seq ?? 0;
    play.#audience = options.audience ?? nobody;
    return play;
  }

  /** How many of these inputs were applied here too, one after the other from the beginning, as far as states are kept. */
  common(inputs: readonly Input[]): number {
    // How a line ends depends on the Ctrl-C after it.
    if ([...this.#entries.map(({ input }) => input), ...inputs].some(({ kind }) => kind === "interrupt"))
      return 0;
    const other = this.#entries.findIndex(({ input }, i) => !isSame(input, inputs[i]));
    let done = other < 0 ? this.#entries.length : other;
    while (done > 0 && !this.#before.has(done + 1)) done -= 1;
    return done;
  }

  /** Another attempt whose first inputs were those of this one; so many as `common` said. */
  branch(options: PlayOptions, done: number): Play {
    const state = this.#before.get(done + 1);
    invariant(state, "the state is kept");
    const play = new Play(options, this.#start, this.#start.fork());
    play.#become(state);
    play.#entries = this.#entries.slice(0, done);
    play.#refusedUndos = this.#refusedUndos.filter((seq) => seq <= done);
    play.#effective = effectiveEntries(play.#entries.filter(({ seq }) => !play.#refusedUndos.includes(seq)));
    play.#transcript = this.#transcript.filter(({ seq }) => seq <= done);
    for (const [seq, before] of this.#before) if (seq <= done) play.#before.set(seq, before);
    play.#audience = options.audience ?? nobody;
    return play;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get transcript(): readonly TranscriptEntry[] {
    return this.#transcript;
  }

  get waiting(): Waits | null {
    return this.#running?.terminal.waits ?? null;
  }

  /** Planted values and canaries: what may be typed although it looks real. */
  knownValues(): readonly string[] {
    return (this.#known ??= knownValues(this.#start));
  }

  /** The last quiescent world. Callers look; they do not change it. */
  get world(): World {
    return this.#quiet?.world ?? this.#world;
  }

  /** The world as the waiting statement left it: what an editor that it waits for must open. */
  get present(): World {
    return this.#world;
  }

  get start(): World {
    return this.#start;
  }

  parse(text: string): ChunkState {
    return this.#parse(text);
  }

  prompt(terminal: number): Prompt {
    return promptOf(this.#world.laptop, this.shell(terminal).cwd, LEARNER.home, LEARNER.login);
  }

  /** A terminal's shell, to look at. One that no line has opened yet is not opened by looking. */
  shell(terminal: number): Shell {
    return this.#shells.get(terminal) ?? this.#newShell(terminal, this.#savedShells.get(terminal));
  }

  /** Applies the next input. `interruptAt` is set while replaying a line that Ctrl-C ended. */
  async step(input: Input, interruptAt = Number.POSITIVE_INFINITY): Promise<Outcome> {
    return this.#play(
      { seq: (this.#entries.at(-1)?.seq ?? 0) + 1, at: this.#world.clock.now(), input },
      interruptAt,
    );
  }

  async #play(entry: Entry, interruptAt: number): Promise<Outcome> {
    this.#entries.push(entry);
    this.#world.seq = entry.seq;
    const outcome = await this.#apply(entry, interruptAt);
    if (isUndoable(entry)) this.#effective.push(entry);
    else if (entry.input.kind === "undo" && outcome.refused) this.#refusedUndos.push(entry.seq);
    return outcome;
  }

  /** Applies a whole log. The place of a difference from recorded digests is reported, never repaired. */
  async replay(
    entries: readonly Entry[],
    digests: ReadonlyMap<number, string> = new Map(),
  ): Promise<{ divergedAt: number | null }> {
    if (digests.has(0) && digests.get(0) !== this.digest()) return { divergedAt: 0 };
    for (const [i, entry] of entries.entries()) {
      await this.step(entry.input, interruptOf(entries, i));
      const expected = digests.get(entry.seq);
      if (expected !== undefined && expected !== this.digest()) return { divergedAt: entry.seq };
    }
    return { divergedAt: null };
  }

  async #apply(entry: Entry, interruptAt: number): Promise<Outcome> {
    const { input } = entry;
    const refusal = refusalOf(input, this.waiting);
    if (refusal) return this.#refused(entry, refusal);
    switch (input.kind) {
      case "line":
        return this.#line(entry, input, this.#remember(entry.seq), interruptAt);
      case "reply":
        return this.#resume(entry, input.text);
      case "close":
        return this.#resume(entry, null);
      case "interrupt":
        return this.#interrupt(entry, input.terminal);
      case "edit":
        return this.#edit(entry, input);
      case "request":
        this.#remember(entry.seq);
        return this.#request(entry, input);
      case "advance":
        this.#remember(entry.seq);
        await this.#options.enter(this.#world, () => this.#spend(input.seconds * 1000));
        return this.#done(entry);
      case "undo":
        return this.#undo(entry, input.count);
      case "hint":
      case "observation":
        return this.#done(entry);
    }
  }

  #done(entry: Entry, exitCode = 0): Outcome {
    return { seq: entry.seq, exitCode, waiting: this.waiting };
  }

  #refused(entry: Entry, refused: Refusal): Outcome {
    return { ...this.#done(entry, 1), refused };
  }

  // Lines

  async #line(
    entry: Entry,
    input: Input & { kind: "line" },
    before: State,
    interruptAt: number,
  ): Promise<Outcome> {
    const terminal = this.#terminal(input.terminal);
    const prompt = this.prompt(input.terminal);
    terminal.begin(entry.seq);
    if (input.text.trim() === "") return this.#done(entry);
    // Before the history is written: whoever resumes from here plays the line again.
    this.#quiet = before;
    this.#addHistory(input.text);
    const done = this.#options.enter(this.#world, () => this.#run(entry, input, interruptAt));
    // While the statement waits, the realm keeps its world; whoever runs next enters their own.
    this.#running = { entry, terminal, done, prompt };
    return this.#untilQuiet();
  }

  async #run(entry: Entry, input: Input & { kind: "line" }, interruptAt: number): Promise<Outcome> {
    const shell = this.#shell(input.terminal);
    const ticksBefore = this.#ticks;
    const result = await shell.run(input.text, { interruptAt });
    // A statement that was stopped is one too; a syntax error and a comment are none.
    const stopped = result.interrupted || result.limit !== null;
    if (this.#ticks === ticksBefore && (stopped || result.work > 0)) await this.#tick();
    if (result.exited) this.#renewShell(input.terminal);
    return {
      seq: entry.seq,
      exitCode: result.exitCode,
      waiting: null,
      ...(result.limit === null ? {} : { limit: result.limit }),
    };
  }

  /** Until the running statement ends or waits for the learner. */
  async #untilQuiet(): Promise<Outcome> {
    const running = this.#running;
    invariant(running, "a statement runs");
    try {
      const first = await Promise.race([running.done, running.terminal.suspended()]);
      if (first === "waiting")
        return { seq: running.entry.seq, exitCode: 0, waiting: running.terminal.waits };
      this.#finish(running, first);
      return first;
    } catch (error) {
      this.#settle();
      throw error;
    }
  }

  #finish({ entry, terminal, prompt }: Running, { exitCode }: Outcome): void {
    this.#settle();
    if (entry.input.kind !== "line") return;
    const { text } = entry.input;
    this.#transcript = withEntry(this.#transcript, {
      seq: entry.seq,
      terminal: terminal.number,
      prompt,
      text,
      output: terminal.printed(),
      exitCode,
      atMs: entry.at,
    });
  }

  #settle(): void {
    this.#running = null;
    this.#quiet = null;
  }

  async #resume(entry: Entry, answer: string | null): Promise<Outcome> {
    const running = this.#running;
    invariant(running, "a statement waits");
    const next = this.#options.enter(this.#world, () => {
      running.terminal.release(answer);
      return this.#untilQuiet();
    });
    return { ...(await next), seq: entry.seq };
  }

  async #interrupt(entry: Entry, terminal: number): Promise<Outcome> {
    const running = this.#running;
    // A busy line was already stopped at its count while it ran (interruptOf); nothing is left to do.
    if (running?.terminal.number !== terminal) return this.#done(entry, 130);
    this.#shell(running.terminal.number).interrupt();
    return this.#resume(entry, null);
  }

  /** What bash would append with `history -a`: commands that begin with a space are left out (HISTCONTROL=ignorespace). */
  #addHistory(text: string): void {
    if (text.startsWith(" ")) return;
    const path = `${LEARNER.home}/.bash_history`;
    const user = { name: LEARNER.login };
    try {
      this.#world.laptop.append(path, `${text}\n`, user);
    } catch {
      // A history file that cannot be written is the learner's affair, as in bash.
    }
  }

  // Time

  #ticks = 0;

  async #tick(): Promise<void> {
    this.#ticks += 1;
    if (this.#free) this.#free = false;
    else await this.#spend(TICK_MS);
  }

  /** Moves the clock, letting each due thing happen at its own time. */
  async #spend(ms: number): Promise<void> {
    await this.#world.advance(ms);
  }

  // Panels and editor

  #edit(entry: Entry, input: Input & { kind: "edit" }): Outcome {
    // Saves while a statement waits go with it when it is taken back.
    if (!this.#running) this.#remember(entry.seq);
    const refusal = saveFile(this.#world, input);
    return refusal ? this.#refused(entry, refusal) : this.#done(entry);
  }

  async #request(entry: Entry, input: Input & { kind: "request" }): Promise<Outcome> {
    const response = await this.#options.enter(this.#world, async () => {
      const answer = await send(this.#world, input);
      if (answer) await this.#spend(TICK_MS);
      return answer;
    });
    if (!response)
      return this.#refused(entry, {
        code: "not-allowed",
        message: `${input.method} ${input.url} is no request.`,
      });
    return this.#done(entry, response.ok ? 0 : 1);
  }

  // Undo

  async #undo(entry: Entry, count: number): Promise<Outcome> {
    const kept = takeBack(this.#effective, count);
    const first = this.#effective[kept.length];
    if (!first)
      return this.#refused(entry, { code: "nothing-to-undo", message: "There is nothing to take back." });
    const before = this.#before.get(first.seq);
    if (before) this.#become(before);
    else await this.#rebuild(kept);
    this.#effective = kept;
    this.#transcript = this.#transcript.filter((line) => line.seq < first.seq);
    for (const seq of [...this.#before.keys()]) if (seq >= first.seq) this.#before.delete(seq);
    return this.#done(entry);
  }

  /** Plays what is left from the beginning, unseen. */
  async #rebuild(kept: readonly Entry[]): Promise<void> {
    const play = new Play({ ...this.#options, audience: nobody }, this.#start, this.#start.fork());
    for (const [i, entry] of kept.entries())
      await play.#play({ ...entry, at: play.#world.clock.now() }, interruptOf(kept, i));
    this.#become(play.#fork());
  }

  #remember(seq: number): State {
    const state = this.#fork();
    this.#before.set(seq, state);
    const [oldest] = this.#before.keys();
    if (oldest !== undefined && this.#before.size > STATES_KEPT) this.#before.delete(oldest);
    return state;
  }

  #fork(): State {
    return { world: this.#world.fork(), shells: this.#shellStates() };
  }

  #shellStates(): Map<number, ShellState> {
    // A shell works on its state in place: what is kept must be a copy, also of one that no line has woken yet.
    const states = new Map([...this.#savedShells].map(([number, state]) => [number, structuredClone(state)]));
    for (const [number, shell] of this.#shells) states.set(number, structuredClone(shell.state));
    return states;
  }

  #become(state: State): void {
    this.#world = state.world.fork();
    this.#shells.clear();
    this.#terminals.clear();
    this.#savedShells = new Map([...state.shells].map(([number, shell]) => [number, structuredClone(shell)]));
  }

  // Shells

  #shell(number: number): Shell {
    let shell = this.#shells.get(number);
    if (!shell) this.#shells.set(number, (shell = this.#newShell(number, this.#savedShells.get(number))));
    return shell;
  }

  #renewShell(number: number): void {
    this.#savedShells.delete(number);
    this.#shells.delete(number);
  }

  #newShell(number: number, state?: ShellState): Shell {
    return learnerShell({
      world: this.#world,
      terminal: this.#terminal(number),
      directory: `${LEARNER.home}/${this.bundle.manifest.work}`,
      tick: () => this.#tick(),
      spend: (ms) => this.#spend(ms),
      free: () => void (this.#free = true),
      work: (count) => this.#audience.work(number, count),
      // Asked from a terminal, what the line has done so far counts: `git push && lab check`.
      grade: () => this.grade(this.#world),
      story: (file) => this.story(file, this.#world),
      bundle: this.bundle,
      colour: this.#options.colour ?? false,
      ...(state === undefined ? {} : { state }),
    });
  }

  #terminal(number: number): PlayTerminal {
    let terminal = this.#terminals.get(number);
    if (!terminal) {
      const read = (path: string) =>
        this.#world.laptop.exists(path) ? this.#world.laptop.readText(path) : "";
      this.#terminals.set(number, (terminal = new PlayTerminal(number, () => this.#audience, read)));
    }
    return terminal;
  }

  // Looking

  /** SHA-256 of the last quiescent state. */
  digest(): string {
    const { world, shells } = this.#quiet ?? { world: this.#world, shells: this.#shellStates() };
    const states = [...shells]
      .sort(([a], [b]) => a - b)
      .map(([number, state]) => [number, stateData(state)] as const);
    return sha256(canonicalJson({ world: world.digest(), shells: states }));
  }

  snapshot(): PlayData {
    const { world, shells } = this.#quiet ?? this.#fork();
    const running = this.#running?.entry.seq ?? Number.POSITIVE_INFINITY;
    return {
      world: world.snapshot(),
      start: this.#start.snapshot(),
      shells: [...shells],
      entries: this.#entries.filter((entry) => entry.seq < running),
      refusedUndos: this.#refusedUndos.filter((seq) => seq < running),
      transcript: this.#transcript,
    };
  }

  /** The grader is loaded when it is first asked: nobody waits for it at the prompt. */
  async grade(world: World = this.world): Promise<Grade> {
    const { gradeOf } = await import("./grading.ts");
    const { bundle, header, entries, start } = this;
    const play = { bundle, header, entries, start, world, digest: () => this.digest() };
    return gradeOf(play, this.#options.enter, this.#memory);
  }

  /** Plays a story in a fork, of the last quiescent world unless another is given. */
  async story(file: string, world: World = this.world): Promise<StoryOutcome> {
    const { playStory } = await import("./storyPlay.ts");
    const { bundle } = this;
    return playStory({ bundle, world, enter: this.#options.enter, memory: this.#memory }, file);
  }
}
