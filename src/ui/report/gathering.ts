/** What was handed in so far and what came of it; files may be added while others are still being graded. */
import { computed, signal } from "@preact/signals";
import { classReport, type ClassReport } from "../../report/classReport.ts";
import { refusal, type Refusal } from "../../report/refusal.ts";
import { regradeAll, type Regrading } from "../../report/regradeAll.ts";
import type { Regraded } from "../../report/regrade.ts";
import type { ReportLab } from "../../report/reportLab.ts";
import { MAX_FILES } from "../../report/submission.ts";
import type { HandedIn } from "./handIn.ts";

export interface Progress {
  readonly done: number;
  readonly all: number;
}

export type Means = Pick<Regrading, "lab" | "startWorker" | "workers" | "timeLimit">;

export class Gathering {
  readonly progress = signal<Progress | null>(null);
  readonly leftOut = signal(0);
  readonly report = computed<ClassReport>(() =>
    classReport(this.#results.value, this.#refused.value, this.#labs.value),
  );
  readonly #results = signal<readonly Regraded[]>([]);
  readonly #refused = signal<readonly Refusal[]>([]);
  readonly #labs = signal<readonly ReportLab[]>([]);
  readonly #means: Means;
  #taken = 0;
  #queue: Promise<void> = Promise.resolve();
  /** Grows when everything is put away: what is still being graded then is not wanted any more. */
  #round = 0;

  constructor(means: Means) {
    this.#means = means;
  }

  add({ submissions, refused, leftOut }: HandedIn): Promise<void> {
    const room = submissions.slice(0, Math.max(0, MAX_FILES - this.#taken));
    const beyond = submissions[room.length];
    this.#taken += room.length;
    this.leftOut.value += leftOut;
    this.#refused.value = [
      ...this.#refused.value,
      ...refused,
      ...(beyond ? [refusal(beyond.path, "too-many", { limit: MAX_FILES })] : []),
    ];
    if (room.length === 0) return this.#queue;
    const { done, all } = this.progress.value ?? { done: 0, all: 0 };
    this.progress.value = { done, all: all + room.length };
    const round = this.#round;
    this.#queue = this.#queue.then(() => this.#regrade(room, round));
    return this.#queue;
  }

  clear(): void {
    this.#round += 1;
    this.#taken = 0;
    this.#results.value = [];
    this.#refused.value = [];
    this.#labs.value = [];
    this.leftOut.value = 0;
    this.progress.value = null;
  }

  async #regrade(submissions: HandedIn["submissions"], round: number): Promise<void> {
    const wanted = () => round === this.#round;
    await regradeAll(submissions, {
      ...this.#means,
      lab: (id) => this.#lab(id, wanted),
      ended: () => !wanted(),
      onDone: (result) => {
        if (!wanted()) return;
        if (result.ok) this.#results.value = [...this.#results.value, result.value];
        else this.#refused.value = [...this.#refused.value, result.error];
        const { done, all } = this.progress.value ?? { done: 0, all: 0 };
        this.progress.value = { done: done + 1, all };
      },
    });
    if (wanted() && this.progress.value?.done === this.progress.value?.all) this.progress.value = null;
  }

  async #lab(id: string, wanted: () => boolean): Promise<ReportLab | null> {
    const known = this.#labs.value.find((lab) => lab.id === id);
    const lab = known ?? (await this.#means.lab(id));
    if (lab && wanted() && !this.#labs.value.some((it) => it.id === id))
      this.#labs.value = [...this.#labs.value, lab].sort((a, b) => (a.id < b.id ? -1 : 1));
    return lab;
  }
}
