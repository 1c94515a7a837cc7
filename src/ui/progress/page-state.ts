/** Progress on a page of the site: empty while the page is built, read from the browser when the page comes to life. */
import { signal, type Signal } from "@preact/signals";
import { NO_ATTEMPTS, openAttempts, visitsOf, type Attempts, type WholeAttempt } from "./attempts.ts";
import { openProgress, visitProgress, type Kept, type ProgressStore } from "./progress.ts";

/** Tells the other pages of the site that something was written. */
export const CHANNEL = "leaklab/progress";

export interface PageState {
  readonly kept: Signal<Kept>;
  /** Attempts that another one of their lab took the place of, the newest first. */
  readonly aside: Signal<readonly WholeAttempt[]>;
  /** False until storage has been read: nothing is claimed before. */
  readonly live: Signal<boolean>;
  readonly lasts: Signal<ProgressStore["lasts"]>;
  /** Real time, ms since 1970. */
  readonly now: Signal<number>;
  /** The path that the page is about, where it is about one. */
  readonly path: Signal<string>;
  store: ProgressStore;
  attempts: Attempts;
}

export const EMPTY: Kept = { results: [], visits: [], damaged: 0 };

export function emptyState(path = ""): PageState {
  return {
    kept: signal(EMPTY),
    aside: signal<readonly WholeAttempt[]>([]),
    live: signal(false),
    lasts: signal<ProgressStore["lasts"]>("stored"),
    now: signal(0),
    path: signal(path),
    store: visitProgress(null),
    attempts: NO_ATTEMPTS,
  };
}

/** Reads everything again. Where the browser has closed its storage meanwhile, what was read stays for this visit. */
export async function refresh(state: PageState): Promise<void> {
  const kept = await state.store.all().catch(() => {
    state.lasts.value = "visit";
    return state.kept.value;
  });
  const attempts = await state.attempts.all().catch(() => []);
  const begun = visitsOf(attempts, kept.visits);
  state.now.value = Date.now();
  const newer = new Set(begun.map(({ attempt }) => attempt));
  const noted = kept.visits.filter(({ attempt }) => !newer.has(attempt));
  state.kept.value = { ...kept, visits: [...noted, ...begun] };
  state.aside.value = attempts
    .filter(({ record }) => record.state === "aside")
    .sort((a, b) => b.record.startedAt - a.record.startedAt);
}

export async function bringToLife(state: PageState): Promise<void> {
  state.store = await openProgress();
  state.attempts = await openAttempts();
  state.lasts.value = state.store.lasts;
  await refresh(state);
  state.live.value = true;
  const again = () => void refresh(state);
  if ("BroadcastChannel" in window) new BroadcastChannel(CHANNEL).addEventListener("message", again);
  // Coming back to a page that the browser kept as it was left.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  window.addEventListener("pageshow", (event) => event.persisted && again());
}

export function tellOthers(): void {
  if (!("BroadcastChannel" in window)) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}
