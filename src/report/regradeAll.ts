/** Re-grades many submissions in a few workers. One that does not end, or breaks its worker, costs only itself. */
import { err, type Result } from "../base/result.ts";
import type { WorldClient } from "../worker/client.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { admissible, regrade, type Regraded } from "./regrade.ts";
import type { ReportLab } from "./reportLab.ts";
import type { Submission } from "./submission.ts";

export interface Regrading {
  /** A lab by its id, or null; asked once for each. */
  readonly lab: (id: string) => Promise<ReportLab | null>;
  readonly startWorker: () => Promise<WorldClient>;
  readonly workers: number;
  /** Most that one submission may take, in ms; a replay takes some milliseconds an input. */
  readonly timeLimit: number;
  /** Told after each. */
  readonly onDone?: (result: Result<Regraded, Refusal>) => void;
  /** True when nobody wants the rest. */
  readonly ended?: () => boolean;
}

export const TIME_LIMIT = 60_000;

export async function regradeAll(
  submissions: readonly Submission[],
  parts: Regrading,
): Promise<readonly Result<Regraded, Refusal>[]> {
  const results: Result<Regraded, Refusal>[] = Array.from({ length: submissions.length });
  const labs = new Map<string, Promise<ReportLab | null>>();
  const labOf = (id: string) => {
    const known = labs.get(id) ?? parts.lab(id);
    labs.set(id, known);
    return known;
  };
  // Neighbours of one lab and seed share the start that a worker has built.
  const order = submissions.map((_, i) => i).sort((a, b) => byStart(submissions, a, b));
  const seats = Array.from({ length: Math.min(parts.workers, submissions.length) }, () => new Seat(parts));
  const work = async (seat: Seat) => {
    for (let i = order.shift(); i !== undefined && !parts.ended?.(); i = order.shift()) {
      const submission = submissions[i] as Submission;
      const result = await labOf(submission.attempt.header.lab).then(
        (lab) => seat.regrade(submission, lab),
        () => err(notLoaded(submission)),
      );
      results[i] = result;
      parts.onDone?.(result);
    }
    seat.end();
  };
  await Promise.all(seats.map(work));
  return results.filter((result) => result !== undefined);
}

function notLoaded({ path, attempt }: Submission): Refusal {
  return refusal(path, "lab-not-loaded", { lab: attempt.header.lab });
}

function byStart(submissions: readonly Submission[], a: number, b: number): number {
  const key = (i: number) => {
    const { lab, seed } = (submissions[i] as Submission).attempt.header;
    return `${lab} ${String(seed).padStart(10, "0")}`;
  };
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b;
}

/** A worker, renewed when one had to be ended. */
class Seat {
  readonly #parts: Regrading;
  #client: WorldClient | null = null;

  constructor(parts: Regrading) {
    this.#parts = parts;
  }

  async regrade(submission: Submission, lab: ReportLab | null): Promise<Result<Regraded, Refusal>> {
    const refused = admissible(submission, lab);
    if (refused || !lab) return err(refused ?? refusal(submission.path, "crashed"));
    try {
      this.#client ??= await this.#parts.startWorker();
      return await this.#inTime(regrade(this.#client, submission, lab), submission);
    } catch {
      this.end();
      return err(refusal(submission.path, "crashed"));
    }
  }

  end(): void {
    this.#client?.terminate();
    this.#client = null;
  }

  async #inTime(
    work: Promise<Result<Regraded, Refusal>>,
    { path }: Submission,
  ): Promise<Result<Regraded, Refusal>> {
    const { timeLimit } = this.#parts;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Result<Regraded, Refusal>>((resolve) => {
      timer = setTimeout(() => {
        resolve(err(refusal(path, "too-slow", { seconds: Math.ceil(timeLimit / 1000) })));
        work.catch(() => {});
        this.end();
      }, timeLimit);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
