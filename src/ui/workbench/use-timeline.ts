/** The timeline of this attempt as it stands. */
import type { HealthView } from "../../worker/protocol.ts";
import { useText } from "../text/context.ts";
import { useBench } from "./bench.ts";
import { keyBands, timelineItems, type KeyBand, type TimelineItem } from "./timeline-items.ts";

export interface ShownTimeline {
  readonly items: readonly TimelineItem[];
  readonly bands: readonly KeyBand[];
  readonly health: readonly HealthView[];
  readonly startMs: number;
  readonly nowMs: number;
}

export function useTimeline(): ShownTimeline {
  const { session, feedback } = useBench();
  const t = useText();
  const view = session.view.value;
  const startMs = session.startMs.value;
  const clockMs = session.clockMs.value;
  const exits = new Map(session.transcript.value.map(({ seq, exitCode }) => [seq, exitCode]));
  const entries = session.entries.value;
  return {
    items: timelineItems(t, { entries, exits, turns: feedback.turns.value, view, startMs, clockMs }),
    bands: keyBands(view?.keys ?? [], startMs),
    health: view?.health ?? [],
    startMs,
    nowMs: clockMs - startMs,
  };
}
