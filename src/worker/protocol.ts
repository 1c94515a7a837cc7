/**
 * What page and worker say to each other. Plain data only: every message survives structured cloning.
 * The page owns the attempt log; the worker owns the world. The page writes an input durably, then sends `apply`.
 */
import type { PipelineReport } from "../attempt/pipelineReport.ts";
import type { PipelineAsk } from "../attempt/pipelineRun.ts";
import type { CommitNode } from "../attempt/view.ts";
import type { CheckResult, Diagnosis, Evidence, Grade, Mark, Verdict } from "../grader/grade.ts";
import type { Entry, Header, Input, Waiting } from "../attempt/input.ts";
import type { ShownTranslation } from "../lab/compile.ts";

/** Page → worker. Each carries an id; the worker answers each with `answer` or `failed` of the same id. */
export type Ask =
  /** Builds the world of a lab and replays what is given. Answer: Opened. */
  | {
      readonly ask: "open";
      readonly header: Header;
      /** JSON of the lab's bundle, as LabPage carries it; opaque to the page. */
      readonly bundle: string;
      /** All inputs of the log, or those after the snapshot. */
      readonly inputs: readonly Input[];
      /** State digests recorded after inputs; the first that does not come out again is reported. */
      readonly digests?: readonly (readonly [seq: number, digest: string])[];
      readonly snapshot?: Snapshot;
      /** A person looks: git colours, decorates and pages. Off for scripts, whose output is compared. */
      readonly colour?: boolean;
      /** Further logs of this lab and seed follow: what they have in common with this one is played once. */
      readonly akin?: boolean;
      /** Memory shared with the page: not 0 asks the running statement to stop at its next unit of work. */
      readonly stop?: Int32Array;
    }
  /** Applies one input. Answer: Applied, once the world is quiescent or waits for the learner. */
  | { readonly ask: "apply"; readonly input: Input }
  /** May this input be stored? Answer: Admission. Changes nothing. */
  | { readonly ask: "admit"; readonly input: Input }
  /** Is this text a whole chunk of shell? Answer: "complete" | "incomplete" | "invalid". */
  | { readonly ask: "parse"; readonly text: string }
  /** Answer: Prompt. Looking at a terminal that no line has opened yet does not open it. */
  | { readonly ask: "prompt"; readonly terminal: number }
  /** Tab: candidates at a cursor. Answer: Completion. */
  | { readonly ask: "complete"; readonly terminal: number; readonly text: string; readonly cursor: number }
  /** Grades the last quiescent state. Answer: Grade. */
  | { readonly ask: "check" }
  /** Answer: View. Looking changes nothing. */
  | { readonly ask: "view" }
  /** What others really did: asked once the lab is passed. Answer: Aftermath. */
  | { readonly ask: "aftermath" }
  /** Answer: FileContent, or null where there is no such file. */
  | { readonly ask: "read"; readonly path: string }
  /** The same as the newest commit has it. Answer: FileContent | null. */
  | { readonly ask: "committed"; readonly path: string }
  /** Answer: CommitDetail | null. */
  | { readonly ask: "commit"; readonly commit: string }
  /** GET requests as the learner's browser would make them; looking changes nothing. Answer: readonly Look[]. */
  | { readonly ask: "look"; readonly urls: readonly string[] }
  /** Findings of the engine in a text, as editor markers. Answer: readonly Marker[]. */
  | { readonly ask: "scan"; readonly path: string; readonly content: string }
  /** Everything the engine finds in a content; with a configuration of one's own, or the canonical one. Needs no lab. */
  | { readonly ask: "findings"; readonly path: string; readonly bytes: Uint8Array; readonly config?: string }
  /** Runs the workflows of a folder in a world of its own. Needs no lab. Answer: PipelineReport. */
  | ({ readonly ask: "pipeline" } & PipelineAsk)
  /** The whole world as data, to resume from. Answer: Snapshot. */
  | { readonly ask: "snapshot" }
  /** Answer: string, SHA-256 of the whole state. */
  | { readonly ask: "digest" }
  /** Content of `.bash_history` of a terminal's user, oldest first. Answer: readonly string[]. */
  | { readonly ask: "history"; readonly terminal: number };

export type Request = Ask & { readonly id: number };

/** Worker → page. */
export type Told =
  | { readonly told: "answer"; readonly id: number; readonly value: unknown }
  | { readonly told: "failed"; readonly id: number; readonly code: string; readonly message: string }
  /** Output of the running statement, in order. `paged`: a pager would show it. Hostile text. */
  | {
      readonly told: "output";
      readonly terminal: number;
      readonly stream: "stdout" | "stderr";
      readonly text: string;
      readonly paged: boolean;
    }
  /** Clears the screen (`clear`). */
  | { readonly told: "clear"; readonly terminal: number }
  /** Units of work done by the running statement so far; the page stores the last one for Ctrl-C. */
  | { readonly told: "work"; readonly terminal: number; readonly work: number }
  /** The running statement waits for the learner; answered by a `reply`, `edit`, `close` or `interrupt` input. */
  | { readonly told: "waiting"; readonly waiting: Waits };

export type Waits =
  | { readonly for: "reply"; readonly at: Waiting; readonly prompt: string; readonly silent: boolean }
  | { readonly for: "editor"; readonly at: Waiting; readonly path: string; readonly content: string };

/** Why an input may not be stored. `line` is the line of the input's own text where it can be named. */
export type Admission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      /** `real-credential`: looks like a credential that this seed did not plant; `too-large`; `malformed`. */
      readonly code: "real-credential" | "too-large" | "malformed";
      readonly message: string;
    };

export interface Opened {
  readonly core: string;
  readonly prompts: Readonly<Record<number, Prompt>>;
  readonly replayed: number;
  /** The input after which the state differs from the recorded digest; null where none does. */
  readonly divergedAt: number | null;
  readonly clockMs: number;
  readonly startMs: number;
  /** What the terminal showed for the replayed inputs, so that scrollback comes back. */
  readonly transcript: readonly TranscriptEntry[];
}

export interface TranscriptEntry {
  readonly seq: number;
  readonly terminal: number;
  readonly prompt: Prompt;
  readonly text: string;
  readonly output: readonly { readonly stream: "stdout" | "stderr"; readonly text: string }[];
  readonly exitCode: number;
  readonly atMs: number;
}

/** The prompt as text (from PS1, without escapes) and its parts for screen readers. */
export interface Prompt {
  readonly text: string;
  readonly cwd: string;
  readonly branch: string | null;
  readonly user: string;
}

export interface Applied {
  readonly seq: number;
  readonly exitCode: number;
  readonly prompt: Prompt;
  readonly clockMs: number;
  /** The statement waits for the learner; the answer to `apply` came early, `waiting` says for what. */
  readonly waiting: Waits | null;
  /** Set when the input was refused (a stale save, a reply nobody waits for). */
  readonly refused?: { readonly code: string; readonly message: string };
  /** Set when `stop` ended the statement: the units of work done. The page stores the `interrupt` that says so. */
  readonly stoppedAt?: number;
  /** Set when a limit ended the statement. */
  readonly limit?: string;
}

export interface Completion {
  /** The part of the text, from `start` to the cursor, that a candidate replaces. */
  readonly start: number;
  readonly candidates: readonly string[];
}

export interface FileContent {
  readonly path: string;
  readonly content: string;
  /** SHA-256 (hex) of the content on disk, for `edit.replaces`. */
  readonly hash: string;
  readonly binary: boolean;
}

/** A finding of the engine; `message` is masked. Lines from 1, columns from 0, `range` in UTF-16 code units. */
export interface ScannedFinding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly range: readonly [number, number];
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

export interface Marker {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly rule: string;
}

export interface CommitDetail extends CommitNode {
  readonly message: string;
  readonly patch: string;
}

/** Plain, structured-cloneable; opaque to the page. `seq` is the last input it contains. */
export interface Snapshot {
  readonly format: "leaklab-snapshot/1";
  readonly core: string;
  readonly seq: number;
  readonly state: unknown;
}

/** A real incident beside the learner's run. */
export interface IncidentView {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  /** At minutes and seconds since the beginning ("1:20"), or at dates. */
  readonly timeline: readonly { readonly at: string; readonly who: string; readonly what: string }[];
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

/** The compiled manifest of a lab as the page sees it: prose and titles, no cases, no values. */
export interface LabPage {
  readonly id: string;
  /** Names the build of the core that this page's worker runs. */
  readonly core: string;
  readonly labDigest: string;
  readonly setting: Header["setting"];
  /** JSON for `open`: manifest, start and stories; no cases, no values. */
  readonly bundle: string;
  readonly title: string;
  readonly version: string;
  readonly minutes: number;
  readonly difficulty: string;
  readonly module: string;
  readonly brief: string;
  readonly tasks: readonly string[];
  readonly hints: readonly string[];
  readonly debrief: string;
  readonly question: string;
  readonly cards: readonly { readonly name: string; readonly content: string }[];
  /** What the company has: which panels there are. */
  readonly services: readonly string[];
  readonly layout: string;
  /** Surfaces that the checks of the lab search, each once. */
  readonly surfaces: readonly string[];
  /** Which credential open checks search for, on which surfaces. */
  readonly traced: readonly { readonly credential: string; readonly surfaces: readonly string[] }[];
  /** Credentials that the lab planted, by id. */
  readonly planted: readonly string[];
  /** Checks or diagnoses play stories: grading takes its time. */
  readonly plays: boolean;
  /** owner/name of what the forge has, the main one first. */
  readonly repositories: readonly string[];
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly mark: string;
    readonly required: boolean;
  }[];
  readonly home: string;
  readonly work: string;
  /** Real incidents that the lab is about, the closest first. The page of a lab carries them. */
  readonly incidents?: readonly IncidentView[];
  /** Title and sentence of the calm line beside the clock. */
  readonly ahead: string;
  /** What a page in another language shows instead of what the worker says; absent in English. */
  readonly translation?: ShownTranslation;
}

export type { PipelineAsk, PipelineReport };
export type { CheckResult, Diagnosis, Entry, Evidence, Grade, Header, Input, Mark, Verdict, Waiting };
export type { Look } from "../attempt/look.ts";
export type { Aftermath } from "../attempt/aftermath.ts";
export type { HealthView } from "../attempt/healthView.ts";
export type { KeyView } from "../attempt/keyView.ts";
export type { RunView } from "../attempt/runView.ts";
export type { CommitNode, EventView, FileEntry, RemoteView, RepositoryView, View } from "../attempt/view.ts";
export type * from "../world/services/cloud/console/view.ts";
export type * from "../world/services/store/ui/view.ts";
