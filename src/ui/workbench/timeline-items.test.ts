/** What stands on the timeline: who, in which order, and nobody whom the learner cannot know of. */
import { expect, test } from "vitest";
import type { EventView, KeyView, RunView } from "../../worker/protocol.ts";
import { textIn } from "../text/text.ts";
import { keyBands, timelineItems, type TimelineFacts } from "./timeline-items.ts";
import type { Turn } from "./turns.ts";

const START = 5_000_000;
const t = textIn("en", {});

const line = (seq: number, s: number, text: string) => ({
  seq,
  at: START + s * 1000,
  input: { kind: "line" as const, terminal: 1, text },
});
const event = (s: number, who: EventView["who"], what: string, more: Partial<EventView> = {}): EventView => ({
  atMs: START + s * 1000,
  who,
  what,
  seq: null,
  by: null,
  ...more,
});
const turn = (s: number, first: string | null): Turn => ({
  atMs: s * 1000,
  inputs: 1,
  passing: 1,
  asked: 3,
  passed: false,
  first,
});
const run: RunView = {
  id: 4,
  name: "Test",
  title: "Fix",
  fromMs: START + 20_000,
  toMs: START + 62_000,
  conclusion: "failure",
};

const facts = (more: Partial<TimelineFacts> = {}): TimelineFacts => ({
  entries: [],
  exits: new Map(),
  turns: [],
  view: null,
  startMs: START,
  clockMs: START + 90_000,
  ...more,
});

const told = (more: Partial<TimelineFacts>) =>
  timelineItems(t, facts(more)).map(
    ({ kind, atMs, what, result }) => `${atMs / 1000} ${kind}: ${what}${result && ` (${result})`}`,
  );

test("everything in the order of time", () => {
  const view = {
    events: [event(30, "colleague", "Mina wrote"), event(10, "provider", "Mail from AWS")],
    ahead: [{ atMs: START + 300_000, what: "A bot reads logs" }],
    runs: [run],
  };
  expect(
    told({
      entries: [line(1, 0, "ls"), line(2, 15, "git push")],
      exits: new Map([[2, 1]]),
      turns: [turn(40, "W.")],
      view,
    }),
  ).toEqual([
    "0 act: ls",
    "10 provider: Mail from AWS",
    "15 act: git push (exit code 1)",
    "20 run: Test, Fix (failed after 0:42)",
    "30 colleague: Mina wrote",
    "40 checks: checks ran, 1 of 3 pass (W.)",
    "300 ahead: A bot reads logs",
  ]);
});

test("what the learner did to the forge is the result of the act, not an act of somebody else", () => {
  const pushed = event(0, "forge", "learner pushed main", { seq: 1, by: "learner" });
  const others = event(5, "forge", "teo pushed main", { by: "teo" });
  expect(
    told({ entries: [line(1, 0, "git push")], view: { events: [pushed, others], ahead: [], runs: [] } }),
  ).toEqual(["0 act: git push (learner pushed main)", "5 forge: teo pushed main"]);
});

test("at one moment, a pipeline stands behind the push that starts it", () => {
  const push = event(20, "colleague", "teo pushed main", { by: "teo" });
  expect(told({ view: { events: [push], ahead: [], runs: [run] } })).toEqual([
    "20 colleague: teo pushed main",
    "20 run: Test, Fix (failed after 0:42)",
  ]);
});

test("a check run of a time that was taken back is gone", () => {
  expect(told({ turns: [turn(40, null), turn(400, null)] })).toEqual(["40 checks: checks ran, 1 of 3 pass"]);
});

test("bands are of keys that the learner knows of", () => {
  const key = (id: string, known: boolean): KeyView => ({
    id,
    name: id,
    made: false,
    known,
    worked: [
      { fromMs: START, toMs: START + 1000 },
      { fromMs: START + 2000, toMs: null },
    ],
  });
  expect(
    keyBands([key("a", true), key("hidden", false)], START).map(({ key: id, fromMs, toMs }) => [
      id,
      fromMs,
      toMs,
    ]),
  ).toEqual([
    ["a-0", 0, 1000],
    ["a-1", 2000, null],
  ]);
});
