/**
 * What a learner did, as stored. An attempt is a header and a list of these; everything else is derived.
 * Text format (one JSON value per line) and its refusals: log.ts.
 */

/** Longest text of one input, in characters: a file that an editor would still open. */
export const MAX_TEXT = 1 << 20;
export const MAX_TERMINAL = 8;

/** Names one waiting place: the terminal and the number of the line input whose statement waits there. */
export interface Waiting {
  readonly terminal: number;
  readonly line: number;
}

export type Input =
  /** One parser-complete chunk of shell, typed or scripted. */
  | { readonly kind: "line"; readonly terminal: number; readonly text: string }
  /** An answer to a statement that reads from the terminal; null is end of file (Ctrl-D). */
  | { readonly kind: "reply"; readonly waiting: Waiting; readonly text: string | null }
  /**
   * A saved file: absolute path, whole content, and the SHA-256 (hex) of the content that it replaces ("" when the
   * file is new). A stale save is refused. `waiting` is set when a statement waits for this editor.
   */
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly content: string;
      readonly replaces: string;
      readonly waiting?: Waiting;
    }
  /** The editor that a statement waits for was closed. */
  | { readonly kind: "close"; readonly waiting: Waiting }
  /** Ctrl-C after `work` (1 or more) units of work of the running statement; 0 while it waits. */
  | { readonly kind: "interrupt"; readonly terminal: number; readonly work: number }
  /** A change made in a panel: an HTTP request to a service of the world. */
  | { readonly kind: "request"; readonly method: string; readonly url: string; readonly body: string }
  /** Virtual seconds spent on purpose. */
  | { readonly kind: "advance"; readonly seconds: number }
  /** Hint k (1–3) opened. */
  | { readonly kind: "hint"; readonly hint: number }
  /** The last `count` inputs (hints and undos not counted) taken back. */
  | { readonly kind: "undo"; readonly count: number }
  /** Something from outside the core; what rests on it stays unconfirmed. */
  | { readonly kind: "observation"; readonly name: string; readonly value: string };

export type InputKind = Input["kind"];

export const SETTINGS = ["gentle", "normal", "fast"] as const;
export type Setting = (typeof SETTINGS)[number];

export interface Header {
  readonly format: "leaklab-attempt/1";
  readonly lab: string;
  readonly labVersion: string;
  /** SHA-256 over manifest, start and stories of the lab, not over its prose. */
  readonly labDigest: string;
  /** Names the build of the core that made the attempt. */
  readonly core: string;
  readonly seed: number;
  readonly setting: Setting;
  readonly learner?: string;
  readonly challenge?: string;
}

/** One input with its place in the log and the virtual time (ms since 1970) at which it was applied. */
export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly input: Input;
}
