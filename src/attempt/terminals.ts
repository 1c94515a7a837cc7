/** Terminals of a play: where output goes, and what a waiting statement waits for. */
import type { Terminal } from "../shell/terminal.ts";
import type { Waiting } from "./input.ts";

export interface OutputPart {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export type Waits =
  | { readonly for: "reply"; readonly at: Waiting; readonly prompt: string; readonly silent: boolean }
  | { readonly for: "editor"; readonly at: Waiting; readonly path: string; readonly content: string };

/** Who watches a play; silent while replaying. */
export interface Audience {
  output(terminal: number, part: OutputPart, paged: boolean): void;
  clear(terminal: number): void;
  work(terminal: number, count: number): void;
}

export const nobody: Audience = { output: () => undefined, clear: () => undefined, work: () => undefined };

/** Ends a wait: with a line, with end of file or a closed editor (null). */
type Release = (answer: string | null) => void;

/** One terminal, between a shell and a play. */
export class PlayTerminal implements Terminal {
  readonly number: number;
  /** Somebody sits here, also while a log is replayed: what they answered is in the log. */
  readonly attended = true;
  readonly #audience: () => Audience;
  readonly #readFile: (path: string) => string;
  /** Sequence number of the line being run. */
  line = 0;
  #paged = false;
  #parts: OutputPart[] = [];
  #waits: Waits | null = null;
  #release: Release | null = null;
  #suspend: (() => void) | null = null;
  #direct: () => boolean = () => false;

  constructor(number: number, audience: () => Audience, readFile: (path: string) => string) {
    this.number = number;
    this.#audience = audience;
    this.#readFile = readFile;
  }

  get waits(): Waits | null {
    return this.#waits;
  }

  /** Joins the shell that runs here: it knows whether output is collected. */
  attach(direct: () => boolean): void {
    this.#direct = direct;
  }

  direct(): boolean {
    return this.#direct();
  }

  /** Begins a line: what it prints is collected from here on. */
  begin(line: number): void {
    this.line = line;
    this.#paged = false;
    this.#parts = [];
  }

  /** What the line printed so far. */
  printed(): readonly OutputPart[] {
    return this.#parts;
  }

  /** Resolves when the running statement begins to wait, or waits already. */
  suspended(): Promise<"waiting"> {
    return new Promise((resolve) => {
      this.#suspend = () => resolve("waiting");
      if (this.#waits) this.#suspend();
    });
  }

  /** Ends the wait. */
  release(answer: string | null): void {
    const release = this.#release;
    this.#waits = null;
    this.#release = null;
    release?.(answer);
  }

  write(stream: "stdout" | "stderr", text: string): void {
    const last = this.#parts.at(-1);
    if (last?.stream === stream) this.#parts[this.#parts.length - 1] = { stream, text: last.text + text };
    else this.#parts.push({ stream, text });
    this.#audience().output(this.number, { stream, text }, this.#paged);
    this.#paged = false;
  }

  page(): void {
    this.#paged = this.#direct();
  }

  clear(): void {
    this.#audience().clear(this.number);
  }

  readLine(prompt: string, options: { readonly silent?: boolean } = {}): Promise<string | null> {
    return this.#wait({ for: "reply", at: this.#place(), prompt, silent: options.silent ?? false });
  }

  async edit(path: string): Promise<void> {
    await this.#wait({ for: "editor", at: this.#place(), path, content: this.#readFile(path) });
  }

  #place(): Waiting {
    return { terminal: this.number, line: this.line };
  }

  #wait(waits: Waits): Promise<string | null> {
    this.#waits = waits;
    return new Promise((resolve) => {
      this.#release = resolve;
      this.#suspend?.();
    });
  }
}
