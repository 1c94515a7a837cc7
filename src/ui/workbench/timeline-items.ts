/** What stands on the timeline: your acts and check runs above the line, everybody else's below. */
import type { Input } from "../../worker/protocol.ts";
import type { EventView } from "../../worker/protocol.ts";
import { standingActs } from "../attempt/file.ts";
import type { Session } from "../attempt/session.ts";

export interface TimelineItem {
  readonly key: string;
  /** Since the start of the lab. */
  readonly atMs: number;
  readonly who: EventView["who"] | "checks";
  readonly what: string;
}

export function inputText(input: Input): string {
  switch (input.kind) {
    case "line":
      return input.text;
    case "edit":
      return `saved ${input.path}`;
    case "interrupt":
      return "Ctrl C";
    case "request":
      return `${input.method} ${input.url}`;
    case "advance":
      return `waited ${input.seconds} seconds`;
    default:
      return input.kind;
  }
}

const SHOWN: ReadonlySet<Input["kind"]> = new Set(["line", "edit", "request", "advance", "interrupt"]);

export function timelineItems(session: Session): readonly TimelineItem[] {
  const start = session.startMs.value;
  const acts = standingActs(session.entries.value)
    .filter(({ input }) => SHOWN.has(input.kind))
    .map(({ seq, at, input }) => ({
      key: `act-${seq}`,
      atMs: at - start,
      who: "you" as const,
      what: inputText(input),
    }));
  const runs = session.checkRuns.value
    .filter(({ atMs }) => atMs <= session.clockMs.value)
    .map(({ atMs, grade }, i) => {
      const passing = grade.checks.filter(({ verdict }) => verdict === "pass").length;
      return {
        key: `check-${i}`,
        atMs: atMs - start,
        who: "checks" as const,
        what: `checks ran, ${passing} pass`,
      };
    });
  const others = (session.view.value?.events ?? [])
    .filter(({ who }) => who !== "you")
    .map(({ atMs, who, what }, i) => ({ key: `event-${i}`, atMs: atMs - start, who, what }));
  return [...acts, ...runs, ...others].sort((a, b) => a.atMs - b.atMs);
}
