/** What stands on the timeline: your acts, check runs and pipelines above the line, everybody else's below. */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import type { EventView, Input, KeyView, RunView, View } from "../../worker/protocol.ts";
import type { Entry } from "../../worker/protocol.ts";
import { standingActs } from "../attempt/file.ts";
import { clockText } from "./timescale.ts";
import type { Turn } from "./turns.ts";

export type ItemKind = "act" | "checks" | "run" | "forge" | "colleague" | "provider" | "attacker" | "ahead";

export interface TimelineItem {
  readonly key: string;
  /** Since the start of the lab. */
  readonly atMs: number;
  /** Of what takes time; null while it lasts. */
  readonly untilMs?: number | null;
  readonly kind: ItemKind;
  readonly what: string;
  /** A command, as it was typed. */
  readonly typed?: boolean;
  /** How it ended, in words; empty where there is nothing to say. */
  readonly result: string;
}

/** For the text view. */
export const WHO: Readonly<Record<ItemKind, string>> = {
  act: said("You"),
  checks: said("Checks"),
  run: said("Pipeline"),
  forge: said("Forge"),
  colleague: said("Colleague"),
  provider: said("Service"),
  attacker: said("Attacker"),
  ahead: said("Known event"),
};

export interface TimelineFacts {
  readonly entries: readonly Entry[];
  /** Exit code by the number of the input. */
  readonly exits: ReadonlyMap<number, number>;
  readonly turns: readonly Turn[];
  readonly view: Pick<View, "events" | "ahead" | "runs"> | null;
  readonly startMs: number;
  readonly clockMs: number;
}

export function inputText(t: Text, input: Input): string {
  switch (input.kind) {
    case "line":
      return input.text;
    case "edit":
      return t("saved {path}", { path: input.path });
    case "interrupt":
      return "Ctrl C";
    case "request":
      return `${input.method} ${input.url}`;
    case "advance":
      return t("waited {seconds} seconds", { seconds: input.seconds });
    default:
      return input.kind;
  }
}

const SHOWN: ReadonlySet<Input["kind"]> = new Set(["line", "edit", "request", "advance", "interrupt"]);
/** As the events name the learner. */
const LEARNER = "learner";

export function timelineItems(t: Text, facts: TimelineFacts): readonly TimelineItem[] {
  const { view, startMs, clockMs } = facts;
  const events = view?.events ?? [];
  const items = [
    ...actItems(t, facts, events),
    ...facts.turns.filter(({ atMs }) => atMs <= clockMs - startMs).map((turn, i) => turnItem(t, turn, i)),
    ...(view?.runs ?? []).map((run) => runItem(t, run, startMs)),
    ...events.filter(isOthers).map((event, i) => eventItem(event, i, startMs)),
    ...(view?.ahead ?? []).map(({ atMs, what }, i): TimelineItem => ({
      key: `ahead-${i}`,
      atMs: atMs - startMs,
      kind: "ahead",
      what,
      result: "",
    })),
  ];
  return inOrder(items);
}

/** A pipeline begins in the moment of the push that starts it: what causes stands first. */
export function inOrder(items: readonly TimelineItem[]): readonly TimelineItem[] {
  const effect = ({ kind }: TimelineItem) => Number(kind === "run");
  return [...items].sort((a, b) => a.atMs - b.atMs || effect(a) - effect(b));
}

/** What the learner did reaches others as an event: there it is the result of the act. */
function isOthers({ who, by }: EventView): boolean {
  return who !== "you" && !(who === "forge" && by === LEARNER);
}

function actItems(
  t: Text,
  { entries, exits, startMs }: TimelineFacts,
  events: readonly EventView[],
): TimelineItem[] {
  return standingActs(entries)
    .filter(({ input }) => SHOWN.has(input.kind))
    .map(({ seq, at, input }) => {
      const exit = exits.get(seq) ?? 0;
      const told = events.filter(
        (event) => event.seq === seq && event.who === "forge" && event.by === LEARNER,
      );
      const failed = exit === 0 ? [] : [t("exit code {code}", { code: exit })];
      const result = [...failed, ...told.map(({ what }) => what)].join("; ");
      return {
        key: `act-${seq}`,
        atMs: at - startMs,
        kind: "act" as const,
        what: inputText(t, input),
        typed: input.kind === "line",
        result,
      };
    });
}

function turnItem(t: Text, { atMs, passing, asked, first }: Turn, i: number): TimelineItem {
  const what = t("checks ran, {n} of {all} pass", { n: passing, all: asked });
  return { key: `checks-${i}`, atMs, kind: "checks", what, result: first ?? "" };
}

const CONCLUSIONS: Readonly<Record<string, string>> = {
  success: said("succeeded"),
  failure: said("failed"),
  cancelled: said("was cancelled"),
  skipped: said("was skipped"),
};

function runItem(
  t: Text,
  { id, name, title, fromMs, toMs, conclusion }: RunView,
  startMs: number,
): TimelineItem {
  const end = CONCLUSIONS[conclusion ?? ""];
  const what = title === name ? name : `${name}, ${title}`;
  const took =
    toMs === null
      ? t("runs")
      : t("{end} after {time}", { end: end ? t(end) : "", time: clockText(toMs - fromMs) });
  const untilMs = toMs === null ? null : toMs - startMs;
  return { key: `run-${id}`, atMs: fromMs - startMs, untilMs, kind: "run", what, result: took };
}

export function eventItem({ atMs, who, what }: EventView, i: number, startMs: number): TimelineItem {
  const [head = what, rest = ""] = who === "attacker" ? what.split(/: (.*)/s) : [what];
  const kind = who === "you" ? "act" : who;
  return { key: `event-${i}`, atMs: atMs - startMs, kind, what: head, result: rest };
}

/** A stretch in which a key worked, for its band. */
export interface KeyBand {
  readonly key: string;
  readonly name: string;
  readonly made: boolean;
  readonly fromMs: number;
  /** Null while it works. */
  readonly toMs: number | null;
}

/** Only keys that the learner knows of. */
export function keyBands(keys: readonly KeyView[], startMs: number): readonly KeyBand[] {
  return keys
    .filter(({ known }) => known)
    .flatMap(({ id, name, made, worked }) =>
      worked.map(({ fromMs, toMs }, i) => ({
        key: `${id}-${i}`,
        name,
        made,
        fromMs: fromMs - startMs,
        toMs: toMs === null ? null : toMs - startMs,
      })),
    );
}
