/** The page's end of the protocol: one promise per ask, one listener for what the worker says by itself. */
import type {
  Admission,
  Aftermath,
  Applied,
  Ask,
  CommitDetail,
  Completion,
  FileContent,
  Look,
  Grade,
  Marker,
  Opened,
  PipelineReport,
  Request,
  ScannedFinding,
  Snapshot,
  Told,
  View,
  Prompt,
} from "./protocol.ts";

/** What each ask is answered with. */
export interface Answers {
  open: Opened;
  apply: Applied;
  admit: Admission;
  parse: "complete" | "incomplete" | "invalid";
  prompt: Prompt;
  complete: Completion;
  check: Grade;
  view: View;
  aftermath: Aftermath;
  read: FileContent | null;
  committed: FileContent | null;
  commit: CommitDetail | null;
  scan: readonly Marker[];
  findings: readonly ScannedFinding[];
  pipeline: PipelineReport;
  snapshot: Snapshot;
  digest: string;
  history: readonly string[];
  look: readonly Look[];
}

/** The part of `Worker` that the client needs. */
export interface WorkerPort {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The worker refused (its own code), was ended by the page ("terminated") or broke ("crashed"). */
export class WorldError extends Error {
  override readonly name = "WorldError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: WorldError): void;
}

export type Unasked = Exclude<Told, { told: "answer" } | { told: "failed" }>;

export class WorldClient {
  onTold: ((told: Unasked) => void) | null = null;
  /** The worker broke by itself; whatever was asked is rejected as well. */
  onCrashed: ((error: WorldError) => void) | null = null;
  readonly #port: WorkerPort;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended: WorldError | null = null;

  constructor(port: WorkerPort) {
    this.#port = port;
    port.onmessage = (event) => this.#hear(event.data as Told);
    port.onerror = (event) => this.#crash(new WorldError("crashed", event.message || "The worker stopped."));
  }

  ask<A extends Ask>(ask: A): Promise<Answers[A["ask"]]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#port.postMessage({ ...(ask as Ask), id } as Request);
    });
  }

  /** Ends the worker, busy or not; everything still asked is rejected with "terminated". */
  terminate(): void {
    this.#port.terminate();
    this.#end(new WorldError("terminated", "The worker was ended."));
  }

  #hear(told: Told): void {
    if (this.#ended) return;
    if (told.told !== "answer" && told.told !== "failed") {
      this.onTold?.(told);
      return;
    }
    const pending = this.#pending.get(told.id);
    this.#pending.delete(told.id);
    if (told.told === "answer") pending?.resolve(told.value);
    else pending?.reject(new WorldError(told.code, told.message));
  }

  #crash(error: WorldError): void {
    if (this.#ended) return;
    this.#end(error);
    this.onCrashed?.(error);
  }

  #end(error: WorldError): void {
    this.#ended ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
