/** What the page tells back beside a check run, as state: verdicts that move, turns, and what really happened. */
import { signal, type Signal } from "@preact/signals";
import type { Aftermath } from "../../worker/protocol.ts";
import type { CheckRun } from "../attempt/session.ts";
import type { Turn } from "./turns.ts";

export interface Feedback {
  /** The newest verdicts, where they are newer than the last check run. */
  readonly live: Signal<CheckRun | null>;
  /** Of this attempt, oldest first. */
  readonly turns: Signal<readonly Turn[]>;
  /** Null until the lab is passed. */
  readonly aftermath: Signal<Aftermath | null>;
  /** The last check has passed just now, on this page. */
  readonly celebrates: Signal<boolean>;
  /** The timeline as a list. */
  readonly timelineText: Signal<boolean>;
}

export function createFeedback(): Feedback {
  return {
    live: signal<CheckRun | null>(null),
    turns: signal<readonly Turn[]>([]),
    aftermath: signal<Aftermath | null>(null),
    celebrates: signal(false),
    timelineText: signal(false),
  };
}

export function hasPassed({ turns }: Feedback): boolean {
  return turns.value.some(({ passed }) => passed);
}
