/**
 * What the page tells back beside a check run: verdicts that move as the learner works, turns that are kept, the
 * countdown for whoever cannot see it, and what really happened once the lab is passed.
 *
 * Verdicts move by themselves only where grading is cheap: a lab whose checks play stories takes the only worker for a
 * second or so, and the next command would wait for it. There they move on request. Where no story is played the page
 * grades when nobody has typed for a moment, and stops doing so for this visit once that took longer than QUICK_MS. It
 * begins only after the learner has asked once, and it never brings a diagnosis, a place or the end of the lab. Whoever
 * asked on an earlier visit finds the verdicts on coming back: any lab is graded once then.
 */
import { computed, effect, untracked } from "@preact/signals";
import type { CheckRun } from "../attempt/session.ts";
import type { Bench } from "./bench.ts";
import { hasPassed } from "./feedback.ts";
import { clockText, commandsUntil } from "./timescale.ts";
import { keepTurns, readTurns, turnOf } from "./turns.ts";

const IDLE_MS = 400;
const QUICK_MS = 150;
/** What was said within this time has not been heard yet. */
const JUST_SAID_MS = 1500;
/** The countdown is spoken from here on. */
const SOON_MS = 120_000;

export function followFeedback(bench: Bench): void {
  followTurns(bench);
  followVerdicts(bench);
  followCountdown(bench);
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function followTurns(bench: Bench): void {
  const { session, feedback } = bench;
  const attempt = computed(() => session.record.value?.id);
  effect(() => {
    const id = attempt.value;
    feedback.live.value = null;
    feedback.aftermath.value = null;
    feedback.celebrates.value = false;
    feedback.turns.value = id === undefined ? [] : readTurns(id, storage());
  });
  effect(() => {
    const run = session.checkRuns.value.at(-1);
    if (run) untracked(() => addTurn(bench, run));
  });
}

function addTurn(bench: Bench, run: CheckRun): void {
  const { session, feedback } = bench;
  const first = !hasPassed(feedback);
  const turn = turnOf(run, session.startMs.value, session.entries.value.length);
  feedback.turns.value = [...feedback.turns.value, turn];
  feedback.live.value = null;
  const id = session.record.value?.id;
  if (id !== undefined) keepTurns(id, feedback.turns.value, storage());
  if (!run.grade.passed) return;
  if (first) feedback.celebrates.value = true;
  void learnAftermath(bench);
}

/** Only what the learner has passed is asked for. */
export async function learnAftermath({ session, feedback }: Bench): Promise<void> {
  const aftermath = await session.client?.ask({ ask: "aftermath" }).catch(() => null);
  if (aftermath) feedback.aftermath.value = aftermath;
}

/** After each change of the world, when nobody has typed for a moment. */
function followVerdicts(bench: Bench): void {
  const { session, page } = bench;
  let quick = true;
  let comesBack = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const grade = async (): Promise<void> => {
    const version = session.version.value;
    const atMs = session.clockMs.value;
    if (!session.client || session.phase.value.at !== "ready" || session.checking.value) return;
    comesBack = false;
    const began = performance.now();
    const found = await session.client.ask({ ask: "check" }).catch(() => null);
    quick = performance.now() - began <= QUICK_MS;
    // Nobody looks at verdicts of a world that is gone.
    if (!found || version !== session.version.value) return;
    // Those of a check run say more, where it saw this very world.
    const told = found.digest === session.grade.value?.digest;
    bench.feedback.live.value = told ? null : { atMs, grade: found };
  };
  effect(() => {
    if (session.version.value === 0) return;
    clearTimeout(timer);
    const runs = untracked(() => session.checkRuns.value.length);
    const before = untracked(() => session.record.value?.checked?.length ?? 0);
    if (runs > 0) comesBack = false;
    const follows = !page.plays && quick && (runs > 0 || before > 0);
    if (follows || (comesBack && before > 0)) timer = setTimeout(() => void grade(), IDLE_MS);
  });
}

function followCountdown(bench: Bench): void {
  let before = -1;
  let saidAt = 0;
  effect(() => {
    if (bench.said.value !== "") saidAt = performance.now();
  });
  effect(() => {
    const next = bench.session.view.value?.ahead[0];
    const now = bench.session.view.value?.clockMs ?? 0;
    if (!next || now === before) return;
    before = now;
    const left = next.atMs - now;
    if (left > SOON_MS) return;
    const n = commandsUntil(left);
    const said = bench.t.many(n, "{what} in {time}, {n} command", "{what} in {time}, {n} commands", {
      what: next.what,
      time: clockText(left),
    });
    // What an act has just brought is heard first, and not instead.
    const heard = performance.now() - saidAt < JUST_SAID_MS ? `${bench.said.peek()} ` : "";
    bench.said.value = `${heard}${said}`;
  });
}
