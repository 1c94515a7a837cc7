/**
 * One lab being played in one tab: binds log, lock and worker. Every input takes the same way: admit → write durably
 * → apply. The state is signals; panels read them, nothing else writes them.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Entry, Header, Input, Waiting } from "../../worker/protocol.ts";
import { WorldError, type Unasked, type WorldClient } from "../../worker/client.ts";
import type {
  Applied,
  Grade,
  LabPage,
  Opened,
  Prompt,
  Snapshot,
  TranscriptEntry,
  View,
  Waits,
} from "../../worker/protocol.ts";
import { gradeIn, viewIn } from "../prose/translated.ts";
import { actsSince, attemptText, hintsOpen, isWhole, standingActs } from "./file.ts";
import type { AttemptLock } from "./lock.ts";
import {
  LogError,
  memoryLog,
  type AttemptLog,
  type AttemptRecord,
  type KeptDigest,
  type LogFailure,
  type StoredAttempt,
} from "./log.ts";

export type Phase =
  | { readonly at: "opening"; readonly replaying: number }
  | { readonly at: "ready" }
  | { readonly at: "running" }
  | { readonly at: "waiting"; readonly waits: Waits }
  /** A stored attempt belongs to another build of the core; it is never replayed silently. */
  | { readonly at: "other-core"; readonly stored: StoredAttempt }
  /** A stored attempt has holes. */
  | { readonly at: "damaged"; readonly stored: StoredAttempt }
  /** Replayed, the attempt is another one after this input than it was when it was recorded. */
  | { readonly at: "diverged"; readonly seq: number }
  | { readonly at: "failed"; readonly message: string };

export interface SessionParts {
  readonly page: LabPage;
  readonly startWorker: () => WorldClient;
  readonly openLog: () => Promise<AttemptLog>;
  readonly lock: AttemptLock;
  /** A new random text per call. */
  readonly newId: () => string;
  readonly newSeed: () => number;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  /** Does work that nobody waits for, once the page has nothing better to do, and not before so many ms. */
  readonly idle: (work: () => void, afterMs: number) => void;
  /** Does something after so many ms. */
  readonly after: (work: () => void, ms: number) => void;
  /** Memory that a busy worker sees (one number); null where the browser does not share any. */
  readonly stop: Int32Array | null;
}

/** What one terminal hears. */
export interface Screen {
  output(told: Extract<Unasked, { told: "output" }>): void;
  clear(): void;
  /** The world was opened (again): what the terminal showed before is in the transcript. */
  reopened(): void;
  /** A statement ended; `ranAtMs` is the virtual time at which it ran. */
  ended(applied: Applied, ranAtMs: number): void;
  /** Inputs were taken back: the prompt may be another one. */
  takenBack(texts: readonly string[], prompt: Prompt): void;
}

interface Running {
  readonly seq: number;
  readonly terminal: number;
  readonly prompt: Prompt;
  readonly text: string;
  readonly atMs: number;
  readonly output: { readonly stream: "stdout" | "stderr"; readonly text: string }[];
}

export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly message: string;
}

/** When checks ran, for the timeline. */
export interface CheckRun {
  readonly atMs: number;
  readonly grade: Grade;
}

/** After so many inputs state is digested and kept: what a reload or Ctrl-C replays is never more than this. */
const KEEP_EVERY = 10;
/** As many as an attempt can name. */
export const TERMINALS = 8;
/** Commands kept for a terminal that is opened anew. */
const TRANSCRIPT = 500;
/** Before the panels look at the world for the first time, the learner's first command has the worker to itself. Ms. */
const FIRST_LOOK = 300;
/** The second worker begins to load when the first one has settled. Ms. */
const SPARE_AFTER = 1500;
/** A busy worker that has not seen Ctrl-C by then is ended. Ms. */
const SEES_STOP = 400;

function union(some: readonly number[], others: readonly number[]): readonly number[] {
  return [...new Set([...some, ...others])].sort((a, b) => a - b);
}

/** What was replayed is not what was recorded. */
class Diverged extends Error {
  override readonly name = "Diverged";
  readonly seq: number;

  constructor(seq: number) {
    super(`after input ${seq} the state is not the recorded one`);
    this.seq = seq;
  }
}

export class Session {
  readonly page: LabPage;
  readonly phase = signal<Phase>({ at: "opening", replaying: 0 });
  readonly access = signal<"owner" | "reader">("owner");
  /** The last thing that went wrong with storing; null while everything is stored. */
  readonly storage = signal<Exclude<LogFailure, "stolen"> | null>(null);
  readonly record = signal<AttemptRecord | null>(null);
  readonly entries = signal<readonly Entry[]>([]);
  readonly prompts = signal<Readonly<Record<number, Prompt>>>({});
  readonly transcript = signal<readonly TranscriptEntry[]>([]);
  readonly clockMs = signal(0);
  readonly startMs = signal(0);
  readonly view = signal<View | null>(null);
  readonly checkRuns = signal<readonly CheckRun[]>([]);
  readonly checking = signal(false);
  /** Grows with every change of the world; panels that read from it look again. */
  readonly version = signal(0);
  readonly acts: ReadonlySignal<number> = computed(() => standingActs(this.entries.value).length);
  readonly hints = computed(() => hintsOpen(this.entries.value));
  readonly grade = computed(() => this.checkRuns.value.at(-1)?.grade ?? null);
  /** Terminals that are open, by number; the first one always is. */
  readonly terminals = signal<readonly number[]>([1]);
  /** What each terminal on the page hears, by its number. */
  readonly screens = new Map<number, Screen>();

  readonly #parts: SessionParts;
  readonly #tab: string;
  #client: WorldClient | null = null;
  /** Has booted and waits: Ctrl-C ends the busy worker and goes on in this one. */
  #spare: WorldClient | null = null;
  #spareDue = false;
  #snapshot: Snapshot | null = null;
  #lookDue = false;
  #log: AttemptLog = memoryLog();
  #queue: Promise<unknown> = Promise.resolve();
  #work = 0;
  /** The running statement has ended because it saw `stop`. */
  #stopSeen = false;
  #interrupting: Promise<Opened> | null = null;
  #running: Running | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.page = parts.page;
    this.#tab = parts.newId();
  }

  /** The worker, for reading. Undefined before the first start. */
  get client(): WorldClient | null {
    return this.#client;
  }

  /** Starts the worker before anything else is known: it loads while the page gets ready. */
  warmUp(): void {
    this.#client ??= this.#start();
  }

  /** Opens the stored attempt, or begins one. A seed that is given begins a new one when it differs. */
  async open(seed?: number): Promise<void> {
    this.warmUp();
    await this.#openLog();
    const holds = await this.#parts.lock.tryHold(this.#lockName, () => this.#lost());
    this.access.value = holds ? "owner" : "reader";
    await this.#resume(seed);
  }

  /** This tab becomes the one that writes; the other one reads from now on. */
  async takeOver(): Promise<void> {
    await this.#parts.lock.takeOver(this.#lockName, () => this.#lost());
    this.access.value = "owner";
    this.#restart();
    await this.#resume();
  }

  /** One line of shell. Resolves when the prompt is back or the statement waits. */
  submit(terminal: number, text: string): Promise<Applied | Refusal> {
    return this.commit({ kind: "line", terminal, text });
  }

  /** Admits, stores and applies one input, after those that were given before it. */
  commit(input: Input): Promise<Applied | Refusal> {
    const done = this.#queue.then(() => this.#commit(input));
    this.#queue = done.catch(() => {});
    return done;
  }

  /** Saves a file: `replaces` is the hash of what the editor had read. */
  save(path: string, content: string, replaces: string, waiting?: Waiting): Promise<Applied | Refusal> {
    return this.commit({ kind: "edit", path, content, replaces, ...(waiting && { waiting }) });
  }

  openHint(hint: number): Promise<Applied | Refusal> {
    return this.commit({ kind: "hint", hint });
  }

  undo(count = 1): Promise<Applied | Refusal> {
    return this.commit({ kind: "undo", count });
  }

  undoTo(seq: number): Promise<Applied | Refusal> {
    return this.undo(actsSince(this.entries.value, seq));
  }

  /**
   * Ctrl-C. A statement that waits is told. A busy worker cannot hear, but may see: it stops at its next unit of work
   * and says at which. One that does not is ended: the input is stored with the work that it last reported, and the
   * newest snapshot and what came after it are opened in the spare worker; at that count the statement stops.
   */
  async interrupt(terminal: number): Promise<void> {
    const phase = this.phase.value;
    if (this.access.value === "reader" || this.#interrupting) return;
    // Work 0 says that nothing ran: the statement waited.
    if (phase.at === "waiting") await this.commit({ kind: "interrupt", terminal, work: 0 });
    if (phase.at !== "running" || (await this.#seesStop(phase))) return;
    this.#interrupting = this.#stopAndReplay({ kind: "interrupt", terminal, work: Math.max(1, this.#work) });
    try {
      await this.#interrupting;
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#interrupting = null;
    }
  }

  /** Asks the busy worker to stop; false when it does not see that in time. */
  #seesStop(running: Phase): Promise<boolean> {
    const { stop, after } = this.#parts;
    if (!stop) return Promise.resolve(false);
    Atomics.store(stop, 0, 1);
    return new Promise((resolve) => {
      const end = (seen: boolean) => {
        unsubscribe();
        resolve(seen);
      };
      const unsubscribe = this.phase.subscribe((phase) => {
        if (phase !== running) queueMicrotask(() => end(true));
      });
      after(() => end(this.#stopSeen || this.phase.value !== running), SEES_STOP);
    });
  }

  async check(): Promise<Grade | null> {
    if (!this.#client || this.checking.value || !this.#standing) return null;
    this.checking.value = true;
    try {
      const grade = gradeIn(this.page, await this.#client.ask({ ask: "check" }));
      this.checkRuns.value = [...this.checkRuns.value, { atMs: this.clockMs.value, grade }];
      this.#noteCheck(this.entries.value.length);
      return grade;
    } catch (error) {
      this.#fail(error);
      return null;
    } finally {
      this.checking.value = false;
    }
  }

  /** Sets this attempt aside and begins another one, with the same seed or a new one. */
  async reset(seed: "same" | "new"): Promise<void> {
    const old = this.record.value?.header.seed;
    this.#restart();
    await this.#begin(seed === "same" && old !== undefined ? old : this.#parts.newSeed());
  }

  /** After a failure: a new worker and a replay; `without` takes back that many acts first. */
  async tryAgain(without = 0): Promise<void> {
    this.#restart();
    if (without > 0) await this.#store({ kind: "undo", count: without });
    await this.#replay();
  }

  /** The attempt as a file. */
  attemptFile(
    stored?: StoredAttempt,
    newest?: KeptDigest,
  ): { readonly header: Header; readonly text: string } | null {
    const record = stored?.record ?? this.record.value;
    if (!record) return null;
    const { header } = record;
    const digests = [...(record.digests ?? []), ...(newest ? [newest] : [])];
    const entries = stored?.entries ?? this.entries.value;
    return { header, text: attemptText(header, entries, digests, record.checked) };
  }

  /** Checks are no input; that they ran is noted, so that a file can say where its learner stood then. */
  #noteCheck(seq: number): void {
    const record = this.record.value;
    if (!record || seq === 0 || record.checked?.includes(seq)) return;
    this.record.value = { ...record, checked: [...(record.checked ?? []), seq] };
    if (this.access.value === "owner") void this.#log.noteCheck(record.id, seq).catch(() => {});
  }

  /** The world stands still: inputs and questions are welcome. */
  get #standing(): boolean {
    return this.phase.value.at === "ready" || this.phase.value.at === "waiting";
  }

  get #lockName(): string {
    return `leaklab/attempt/${this.page.id}`;
  }

  #start(): WorldClient {
    return this.#listen(this.#parts.startWorker());
  }

  #listen(client: WorldClient): WorldClient {
    client.onTold = (told) => this.#hear(told);
    client.onCrashed = (error) => this.#fail(error);
    return client;
  }

  #restart(): void {
    this.#client?.terminate();
    this.#client = this.#start();
  }

  /** Like a restart, but in the worker that is ready already, if there is one. */
  #takeSpare(): void {
    const spare = this.#spare;
    this.#spare = null;
    if (!spare) return this.#restart();
    this.#client?.terminate();
    this.#client = this.#listen(spare);
  }

  /** A second worker gets ready in the background: loaded, compiled, and warm from opening this very attempt. */
  #keepSpare(): void {
    if (this.#spare || this.#spareDue || this.access.value === "reader") return;
    this.#spareDue = true;
    this.#parts.idle(() => {
      this.#spareDue = false;
      const header = this.record.value?.header;
      if (!header || this.#spare) return;
      const spare = this.#parts.startWorker();
      const gone = (): void => {
        if (this.#spare === spare) this.#spare = null;
      };
      spare.onCrashed = gone;
      this.#spare = spare;
      const from = this.#snapshot ? { snapshot: this.#snapshot } : {};
      spare
        .ask({ ask: "open", header, bundle: this.page.bundle, inputs: [], colour: true, ...from })
        .catch(gone);
      spare.ask({ ask: "view" }).catch(() => {});
    }, SPARE_AFTER);
  }

  #hear(told: Unasked): void {
    if (told.told === "output") {
      this.#running?.output.push({ stream: told.stream, text: told.text });
      this.screens.get(told.terminal)?.output(told);
    } else if (told.told === "clear") this.screens.get(told.terminal)?.clear();
    else if (told.told === "work") this.#work = told.work;
    else this.phase.value = { at: "waiting", waits: told.waiting };
  }

  #lost(): void {
    this.access.value = "reader";
  }

  #fail(error: unknown): void {
    if (error instanceof Diverged) {
      this.phase.value = { at: "diverged", seq: error.seq };
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.phase.value = { at: "failed", message };
  }

  async #openLog(): Promise<void> {
    try {
      this.#log = await this.#parts.openLog();
    } catch (error) {
      this.#memoryOnly(error);
    }
  }

  #memoryOnly(error: unknown): void {
    this.storage.value = error instanceof LogError && error.code === "full" ? "full" : "blocked";
    this.#log = memoryLog();
  }

  async #resume(seed?: number): Promise<void> {
    let stored: StoredAttempt | null = null;
    try {
      stored = await this.#log.current(this.page.id);
    } catch (error) {
      this.#memoryOnly(error);
    }
    if (
      !stored ||
      (seed !== undefined && stored.record.header.seed !== seed && this.access.value === "owner")
    ) {
      await this.#begin(seed ?? this.#parts.newSeed());
      return;
    }
    if (!isWhole(stored.entries) || stored.entries.length !== stored.record.last) {
      this.phase.value = { at: "damaged", stored };
      return;
    }
    const { core, labDigest } = stored.record.header;
    if (core !== this.page.core || labDigest !== this.page.labDigest) {
      this.phase.value = { at: "other-core", stored };
      return;
    }
    if (this.access.value === "owner") await this.#log.claim(stored.record.id, this.#tab).catch(() => {});
    this.record.value = { ...stored.record, owner: this.#tab };
    this.entries.value = stored.entries;
    this.#snapshot = stored.snapshot;
    await this.#replay();
  }

  async #begin(seed: number): Promise<void> {
    const { id, version, labDigest, core } = this.page;
    const header: Header = {
      format: "leaklab-attempt/1",
      lab: id,
      labVersion: version,
      labDigest,
      core,
      seed,
      setting: this.page.setting,
    };
    const record: AttemptRecord = {
      id: this.#parts.newId(),
      lab: id,
      header,
      state: "open",
      last: 0,
      owner: this.#tab,
      startedAt: this.#parts.now(),
    };
    if (this.access.value === "owner") await this.#storeRecord(record, []);
    this.record.value = record;
    this.entries.value = [];
    this.terminals.value = [1];
    this.prompts.value = {};
    this.checkRuns.value = [];
    this.#snapshot = null;
    await this.#replay();
  }

  async #storeRecord(record: AttemptRecord, entries: readonly Entry[]): Promise<void> {
    try {
      await this.#log.begin(record, entries);
    } catch (error) {
      this.#memoryOnly(error);
      await this.#log.begin(record, entries);
    }
  }

  async #replay(): Promise<void> {
    this.phase.value = { at: "opening", replaying: this.entries.value.length };
    try {
      this.#opened(await this.#openWorld());
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A snapshot that the worker does not take, or that leads elsewhere, is no loss: the entries are all there. */
  async #openWorld(): Promise<Opened> {
    if (this.#snapshot && this.#fits(this.#snapshot)) {
      try {
        const opened = await this.#openFrom(this.#snapshot);
        if (opened.divergedAt === null) return opened;
      } catch (error) {
        if (error instanceof WorldError && error.code === "terminated") throw error;
      }
    }
    this.#snapshot = null;
    const opened = await this.#openFrom(null);
    if (opened.divergedAt !== null) throw new Diverged(opened.divergedAt);
    return opened;
  }

  #fits({ core, seq }: Snapshot): boolean {
    return core === this.record.value?.header.core && seq <= this.entries.value.length;
  }

  #openFrom(snapshot: Snapshot | null): Promise<Opened> {
    const { header, digests = [] } = this.record.value as AttemptRecord;
    const { bundle } = this.page;
    const from = snapshot?.seq ?? 0;
    const inputs = this.entries.value.slice(from).map(({ input }) => input);
    const later = digests.filter(([seq]) => snapshot === null || seq > from);
    const { stop } = this.#parts;
    const shared = stop ? { stop } : {};
    const ask = { ask: "open", header, bundle, inputs, digests: later, colour: true, ...shared } as const;
    return (this.#client as WorldClient).ask(snapshot ? { ...ask, snapshot } : ask);
  }

  #opened(opened: Opened): void {
    this.prompts.value = { ...this.prompts.value, ...opened.prompts };
    this.clockMs.value = opened.clockMs;
    this.startMs.value = opened.startMs;
    this.transcript.value = opened.transcript;
    if (this.phase.value.at !== "waiting") this.phase.value = { at: "ready" };
    this.#running = null;
    this.terminals.value = union(this.terminals.value, Object.keys(opened.prompts).map(Number));
    for (const screen of this.screens.values()) screen.reopened();
    this.#changed();
  }

  async #commit(input: Input): Promise<Applied | Refusal> {
    if (this.access.value === "reader") {
      return { refused: true, code: "read-only", message: "Another tab plays this attempt." };
    }
    const client = this.#client;
    if (!client || !this.#standing) {
      return { refused: true, code: "not-ready", message: "The lab is not ready yet." };
    }
    try {
      const admission = await client.ask({ ask: "admit", input });
      if (!admission.admitted) return { refused: true, code: admission.code, message: admission.message };
      const before = standingActs(this.entries.value);
      const waits = this.phase.value;
      if (!(await this.#store(input))) {
        return { refused: true, code: "read-only", message: "Another tab took this attempt over." };
      }
      this.#begins(input);
      const applied = this.#applied(await this.#ended130(await this.#apply(input), input), input, waits);
      if (input.kind === "undo") await this.#tellUndone(before);
      return applied;
    } catch (error) {
      this.#fail(error);
      return { refused: true, code: "failed", message: "The lab stopped. Nothing is lost." };
    }
  }

  async #apply(input: Input): Promise<Applied> {
    const client = this.#client as WorldClient;
    this.#work = 0;
    this.#stopSeen = false;
    this.#parts.stop?.fill(0);
    this.phase.value = { at: "running" };
    try {
      return await client.ask({ ask: "apply", input });
    } catch (error) {
      if (!this.#interrupting) throw error;
      return this.#stopped(await this.#interrupting, input);
    }
  }

  /** A statement that saw Ctrl-C has ended already; the input that says where is stored and applied after it. */
  async #ended130(applied: Applied, line: Input): Promise<Applied> {
    if (applied.stoppedAt === undefined) return applied;
    this.#stopSeen = true;
    const terminal = this.#terminalOf(line);
    const input: Input = { kind: "interrupt", terminal, work: applied.stoppedAt };
    await this.#store(input);
    const { seq } = await (this.#client as WorldClient).ask({ ask: "apply", input });
    return { ...applied, seq };
  }

  /** What an interrupted statement is answered with: the shell stands again, 128 + SIGINT. */
  #stopped(opened: Opened, input: Input): Applied {
    const terminal = input.kind === "line" ? input.terminal : 1;
    const prompt = opened.prompts[terminal] ?? (Object.values(opened.prompts)[0] as Prompt);
    return { seq: this.entries.value.length, exitCode: 130, prompt, clockMs: opened.clockMs, waiting: null };
  }

  #begins(input: Input): void {
    const { terminal, text } = input.kind === "line" ? input : { terminal: 1, text: null };
    const { seq, at } = this.entries.value.at(-1) as Entry;
    const prompt = this.prompts.value[terminal];
    if (text !== null && prompt) this.#running = { seq, terminal, prompt, text, atMs: at, output: [] };
  }

  #applied(applied: Applied, input: Input, before: Phase): Applied {
    const terminal = this.#terminalOf(input);
    this.prompts.value = { ...this.prompts.value, [terminal]: applied.prompt };
    this.clockMs.value = applied.clockMs;
    // Only closing it ends the wait for an editor, whatever was saved in it.
    const saved = input.kind === "edit" && before.at === "waiting" ? before : null;
    if (applied.waiting) this.phase.value = { at: "waiting", waits: applied.waiting };
    else this.phase.value = saved ?? { at: "ready" };
    this.#changed();
    if (this.phase.value.at === "ready") this.#ended(applied);
    return applied;
  }

  #ended(applied: Applied): void {
    const running = this.#running;
    this.#running = null;
    if (running) {
      const { exitCode } = applied;
      this.transcript.value = [...this.transcript.value.slice(-TRANSCRIPT), { ...running, exitCode }];
      this.screens.get(running.terminal)?.ended(applied, running.atMs);
    }
  }

  /** Each terminal says what was taken back in it, and stands where it stood before that. */
  async #tellUndone(before: readonly Entry[]): Promise<void> {
    const left = standingActs(this.entries.value).length;
    const back = before.slice(left).map(({ input }) => input);
    for (const [terminal, screen] of this.screens) {
      const texts = back.flatMap((it) => (it.kind === "line" && it.terminal === terminal ? [it.text] : []));
      const prompt = await this.#askPrompt(terminal);
      if (prompt && (terminal === 1 || texts.length > 0)) screen.takenBack(texts, prompt);
    }
  }

  async #askPrompt(terminal: number): Promise<Prompt | null> {
    const prompt = (await this.#client?.ask({ ask: "prompt", terminal })) ?? null;
    if (prompt) this.prompts.value = { ...this.prompts.value, [terminal]: prompt };
    return prompt;
  }

  /** Opens one more terminal and says its number; null where there are as many as there can be, or nothing stands. */
  async openTerminal(): Promise<number | null> {
    const number = Math.max(...this.terminals.value) + 1;
    if (number > TERMINALS || !this.#standing || !(await this.#askPrompt(number))) return null;
    this.terminals.value = union(this.terminals.value, [number]);
    return number;
  }

  #terminalOf(input: Input | undefined): number {
    if (input?.kind === "line" || input?.kind === "interrupt") return input.terminal;
    return input && "waiting" in input && input.waiting ? input.waiting.terminal : 1;
  }

  async #stopAndReplay(input: Input): Promise<Opened> {
    await this.#store(input);
    this.#takeSpare();
    const opened = await this.#openWorld();
    this.prompts.value = opened.prompts;
    this.clockMs.value = opened.clockMs;
    return opened;
  }

  /** Writes one input durably. False when another tab writes now; other failures go on in memory. */
  async #store(input: Input): Promise<boolean> {
    const record = this.record.value as AttemptRecord;
    const entry: Entry = { seq: this.entries.value.length + 1, at: this.clockMs.value, input };
    try {
      await this.#log.append(record.id, this.#tab, entry);
    } catch (error) {
      if (error instanceof LogError && error.code === "stolen") {
        this.#lost();
        return false;
      }
      await this.#keep(error, record, [...this.entries.value, entry]);
    }
    this.entries.value = [...this.entries.value, entry];
    return true;
  }

  /** Evicted: everything is still here, so it is stored again. Full or blocked: on in memory. */
  async #keep(error: unknown, record: AttemptRecord, entries: readonly Entry[]): Promise<void> {
    if (error instanceof LogError && error.code === "evicted") {
      try {
        this.#log = await this.#parts.openLog();
        await this.#log.begin(record, entries);
        this.storage.value = "evicted";
        return;
      } catch (again) {
        this.#memoryOnly(again);
      }
    } else this.#memoryOnly(error);
    await this.#log.begin(record, entries);
  }

  /** Digest and snapshot of the state, now and then, while nobody waits. */
  #keepState(): void {
    if (this.access.value === "reader") return;
    const kept = this.#snapshot?.seq ?? -KEEP_EVERY;
    const seq = this.entries.value.length;
    const record = this.record.value;
    if (!record || this.phase.value.at !== "ready" || seq - kept < KEEP_EVERY) return;
    void this.#askState(record, seq).catch(() => {
      // Without a snapshot a reload replays more; nothing is lost.
    });
  }

  async #askState({ id }: AttemptRecord, seq: number): Promise<void> {
    const client = this.#client as WorldClient;
    const answers = [client.ask({ ask: "digest" }), client.ask({ ask: "snapshot" })] as const;
    const [digest, snapshot] = await Promise.all(answers);
    const record = this.record.value;
    if (record?.id !== id || !snapshot) return;
    this.#snapshot = snapshot;
    this.record.value = { ...record, digests: [...(record.digests ?? []), [seq, digest]] };
    await this.#log.keepState(id, [seq, digest], snapshot);
  }

  /** The world is another one: panels look again, and what is kept is brought up to date, when nobody waits. */
  #changed(): void {
    const afterMs = this.version.value === 0 ? FIRST_LOOK : 0;
    this.version.value += 1;
    if (this.#lookDue) return;
    this.#lookDue = true;
    this.#parts.idle(() => {
      this.#lookDue = false;
      // A statement that runs now brings its own change when it ends.
      if (this.#standing) this.#look();
    }, afterMs);
  }

  #look(): void {
    const version = this.version.value;
    void this.#client?.ask({ ask: "view" }).then(
      (view) => {
        if (version === this.version.value) this.view.value = viewIn(this.page, view);
      },
      () => {},
    );
    this.#keepState();
    this.#keepSpare();
  }
}
