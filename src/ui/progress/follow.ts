/**
 * Notes progress while a lab is played: a result when checks have run, and where the learner is. It reads the session's
 * signals and writes to a store of its own; the attempt does not wait for it.
 */
import { effect, untracked } from "@preact/signals";
import type { Grade } from "../../worker/protocol.ts";
import { toast, type Bench } from "../workbench/bench.ts";
import { readDebrief } from "../workbench/commands.ts";
import type { Paths } from "./bench-progress.ts";
import { keepLastPath, readLastPath } from "./last-path.ts";
import { CHANNEL, tellOthers } from "./page-state.ts";
import { openProgress, type ProgressStore } from "./progress.ts";
import { MAX_PROOF, sumOfChecks, type LabResult, type Purpose, type Visit } from "./result.ts";
import { daysBetween } from "./when.ts";

function resultOf(bench: Bench, grade: Grade, when: number): LabResult | null {
  const { session, progress } = bench;
  const record = session.record.value;
  if (!record) return null;
  const { lab, labVersion, labDigest, core, seed, setting } = record.header;
  const seq = session.entries.value.length;
  const text = grade.passed ? (session.attemptFile(undefined, [seq, grade.digest])?.text ?? "") : null;
  const extra = grade.checks.filter(({ required, verdict }) => !required && verdict === "pass").length;
  return {
    attempt: record.id,
    ...{ lab, labVersion, labDigest, core, seed, setting },
    purpose: progress.purpose.value,
    passed: grade.passed,
    marks: grade.marks,
    checks: sumOfChecks(grade),
    extra,
    hints: grade.hints,
    undos: grade.undos,
    clock: session.clockMs.value - session.startMs.value,
    when,
    proof: text !== null && text.length <= MAX_PROOF ? text : null,
  };
}

function visitOf(bench: Bench, when: number): Visit | null {
  const { session, progress } = bench;
  const record = session.record.value;
  if (!record) return null;
  const grade = session.grade.value;
  const known = progress.kept.value.visits.find(({ attempt }) => attempt === record.id);
  return {
    attempt: record.id,
    lab: record.lab,
    purpose: progress.purpose.value,
    clock: Math.max(0, session.clockMs.value - session.startMs.value),
    when,
    commands: session.acts.value,
    checks: grade ? sumOfChecks(grade) : (known?.checks ?? null),
  };
}

/** Why this attempt is played: what was noted of it, or what the address asks for. */
function purposeOf(bench: Bench, asked: URLSearchParams, known: Visit | undefined): Purpose {
  if (known && known.purpose !== "lab") return known.purpose;
  if (asked.has("review") && !known) return "review";
  return asked.has("placement") && bench.session.hints.value.open === 0 ? "placement" : "lab";
}

function choosePath(bench: Bench, asked: URLSearchParams): void {
  const data = document.getElementById("lab-paths")?.textContent;
  const paths = JSON.parse(data ?? '{"labs":[],"paths":[]}') as Paths;
  const named = asked.get("path");
  const on = (id: string | null) => paths.paths.find((path) => path.id === id)?.id;
  const path = on(named) ?? on(readLastPath()) ?? paths.paths[0]?.id ?? null;
  if (path !== null && path === named) keepLastPath(path);
  bench.progress.paths.value = paths;
  bench.progress.path.value = path;
}

/** Writes that run one after another; a failed one costs this note only. */
function writer(bench: Bench, store: ProgressStore): (write: () => Promise<void>) => void {
  let last: Promise<void> = Promise.resolve();
  return (write) => {
    last = last
      .then(write)
      .then(async () => {
        bench.progress.kept.value = await store.all();
        tellOthers();
      })
      .catch(() => {});
  };
}

/** Resolves when the attempt stands, and with it the count of its commands. */
function opened(bench: Bench): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const { at } = bench.session.phase.value;
      if (at !== "ready" && at !== "waiting") return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Results of later check runs; the first look only remembers which there were. */
function followChecks(bench: Bench, store: ProgressStore, write: (work: () => Promise<void>) => void): void {
  let seen = bench.session.checkRuns.peek().length;
  effect(() => {
    const runs = bench.session.checkRuns.value;
    const grade = runs.length > seen ? runs.at(-1)?.grade : undefined;
    seen = runs.length;
    const result = grade && resultOf(bench, grade, Date.now());
    if (result && (!result.passed || result.proof !== null)) write(() => store.addResults([result]));
  });
}

function followPlace(bench: Bench, store: ProgressStore, write: (work: () => Promise<void>) => void): void {
  const { session, progress } = bench;
  const special = () => progress.purpose.value !== "lab";
  const stands = () =>
    [
      session.record.peek()?.id,
      session.acts.peek(),
      session.checkRuns.value.length,
      progress.purpose.value,
    ].join(" ");
  // To open a lab and look is no step; a placement or a review is remembered from its start.
  let seen = special() ? "" : stands();
  effect(() => {
    // Once the world has changed, so that the clock is told as well: the tab may close the moment after.
    const version = session.version.value;
    const now = stands();
    if (version === 0 || now === seen || (session.acts.peek() === 0 && !special())) return;
    seen = now;
    if (session.access.peek() === "reader") return;
    const visit = untracked(() => visitOf(bench, Date.now()));
    if (visit) write(() => store.addVisits([visit]));
  });
}

/** A hint that is opened in the placement check makes it a normal attempt, and the page says so. */
function followHints(bench: Bench): void {
  const { session, progress } = bench;
  effect(() => {
    if (session.hints.value.open === 0 || progress.purpose.peek() !== "placement") return;
    progress.purpose.value = "lab";
    toast(bench, { tone: "plain", text: bench.t("A hint is open: this is a normal attempt now.") });
  });
}

export async function followProgress(bench: Bench): Promise<void> {
  const { session, progress } = bench;
  const asked = new URLSearchParams(location.search);
  // The page is hydrated as it was built; only then may it differ.
  await Promise.resolve();
  choosePath(bench, asked);
  if (asked.has("placement")) progress.purpose.value = "placement";
  const store = await openProgress();
  progress.lasts.value = store.lasts;
  progress.kept.value = await store.all();
  await opened(bench);
  const known = progress.kept.value.visits.find(({ attempt }) => attempt === session.record.value?.id);
  progress.purpose.value = purposeOf(bench, asked, known);
  if (known && known.commands > 0 && daysBetween(known.when, Date.now()) > 0) progress.left.value = known;
  const passed = progress.kept.value.results.some((it) => it.lab === bench.page.id && it.passed);
  if (asked.has("debrief") && passed) readDebrief(bench);
  const write = writer(bench, store);
  followChecks(bench, store, write);
  followPlace(bench, store, write);
  followHints(bench);
  if (!("BroadcastChannel" in window)) return;
  const read = async () => (progress.kept.value = await store.all());
  new BroadcastChannel(CHANNEL).addEventListener("message", () => void read().catch(() => {}));
}
