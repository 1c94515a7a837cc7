/** What is said of a lab's state, and how marks are named. */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";
import { labOf, type Catalog } from "./catalog.ts";
import type { LabStanding, LabState, PathStanding } from "./standing.ts";
import { dayText, labClock } from "./when.ts";
import type { Mark } from "../../worker/protocol.ts";

/** In the order of the table's columns. */
export const MARK_LABELS: readonly (readonly [Mark, string])[] = [
  ["contained", said("Contained")],
  ["clean", said("Clean")],
  ["continuous", said("Continuous")],
  ["prevented", said("Prevented")],
  ["answered", said("Answered")],
];

export const STATE_WORDS: Readonly<Record<LabState, string>> = {
  new: said("not begun"),
  begun: said("begun"),
  passed: said("passed"),
  covered: said("covered"),
  "to-come": said("to come"),
};

/** The difficulties that a manifest can name. */
const DIFFICULTIES: Readonly<Record<string, string>> = {
  easy: said("easy"),
  medium: said("medium"),
  hard: said("hard"),
};

export function difficultyText(t: Text, difficulty: string): string {
  return t(DIFFICULTIES[difficulty] ?? difficulty);
}

/** "3 of 12 labs, 6 to come": all labs of a path, those included that cannot be played yet. */
export function passedOf(t: Text, { passed, ready, labs }: PathStanding): string {
  const coming = labs.length - ready;
  const sum = t("{n} of {all} labs", { n: passed, all: labs.length });
  return coming > 0 ? t("{sum}, {n} to come", { sum, n: coming }) : sum;
}

function passedText(t: Text, { pass, attempts }: LabStanding, now: number): string {
  if (!pass) return "";
  const day = dayText(t, pass.when, now);
  const facts = [
    pass.purpose === "placement"
      ? t("Passed {day} in the placement check", { day })
      : t("Passed {day}", { day }),
    ...(attempts > 1 ? [t("attempt {n}", { n: attempts })] : []),
    pass.hints === 0 ? t("no hint") : t.many(pass.hints, "{n} hint", "{n} hints"),
  ];
  return facts.join(", ");
}

function begunText(t: Text, { visit, checks }: LabStanding, now: number): string {
  if (!visit) return "";
  const left = t("left {day} at {clock}", { day: dayText(t, visit.when, now), clock: labClock(visit.clock) });
  if (checks)
    return t("{passed} of {asked} checks pass, {left}", { passed: checks.passed, asked: checks.asked, left });
  return t.many(visit.commands, "{n} command, {left}", "{n} commands, {left}", { left });
}

/** The line under a lab's title; empty where there is nothing to say but its description. */
export function stateText(t: Text, catalog: Catalog, standing: LabStanding, now: number): string {
  const { state, cover } = standing;
  if (state === "passed") return passedText(t, standing, now);
  if (state === "begun") return begunText(t, standing, now);
  if (state === "to-come") return t("Still being built");
  if (!cover) return "";
  const by = labOf(catalog, cover.by)?.title ?? cover.by;
  return t("Covered by {lab}. {reason}", { lab: by, reason: t(cover.reason) });
}
