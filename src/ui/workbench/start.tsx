/** Brings the page of a lab to life: session, keys, widths, and the components over the HTML that is there. */
import { effect, untracked } from "@preact/signals";
import { hydrate } from "preact";
import type { WorldClient } from "../../worker/client.ts";
import type { LabPage } from "../../worker/protocol.ts";
import { attemptLock } from "../attempt/lock.ts";
import { openLog } from "../attempt/log.ts";
import { Session } from "../attempt/session.ts";
import { askToPersist } from "../attempt/storage.ts";
import { SETTLED } from "../offline/page.ts";
import { followPeople } from "../people/followPeople.ts";
import { followProgress } from "../progress/follow.ts";
import { followStatus } from "../status/followStatus.ts";
import type { Text } from "../text/text.ts";
import { createBench, WIDTHS, type Bench, type Width } from "./bench.ts";
import { followFeedback } from "./follow-feedback.ts";
import { listenForKeys } from "./keyboard.ts";
import { loadDialogs } from "./Later.tsx";
import { COMPACT_SIZES, readSizes, sizesOf } from "./panel-sizes.ts";
import { Workbench } from "./Workbench.tsx";

const ROOT_PX = 16;
const DIALOGS_AFTER_MS = 1000;

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function newSeed(): number {
  return 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 999_999);
}

/** Safari has no idle callbacks; there it is soon. */
function whenIdle(work: () => void, afterMs: number): void {
  const soon = () => {
    if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 500 });
    else setTimeout(work);
  };
  if (afterMs > 0) setTimeout(soon, afterMs);
  else soon();
}

/** `?seed=7`: a seed that somebody issued. It leaves the address once it is taken, so that a reload resumes. */
function askedSeed(): number | undefined {
  const text = new URLSearchParams(location.search).get("seed");
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The address that a reload resumes: without the seed, with the older version that was asked for. */
function keptAddress(): string {
  const build = new URLSearchParams(location.search).get("build");
  return location.pathname + (build === null ? "" : `?build=${encodeURIComponent(build)}`);
}

/** Widths are in em, so that larger text leads to the narrower layout. */
function followWidth(bench: Bench): void {
  const names = (Object.keys(WIDTHS) as Width[]).reverse();
  const queries = names.map(
    (name) => [name, matchMedia(`(min-width: ${WIDTHS[name] / ROOT_PX}em)`)] as const,
  );
  const short = matchMedia("(max-height: 43.74em)");
  const update = () => {
    bench.width.value = queries.find(([, query]) => query.matches)?.[0] ?? "reading";
    bench.short.value = short.matches;
  };
  for (const [, query] of [...queries, ["short", short] as const]) query.addEventListener("change", update);
  update();
  if (bench.width.value !== "wide") {
    bench.sizes.value = { ...sizesOf(bench.page.layout), ...COMPACT_SIZES, ...readSizes(bench.page.id) };
  }
}

/** Open files follow the disk; the browser is asked to keep the attempt once there is one. Then there is time for more. */
function followWorld(bench: Bench): void {
  effect(() => {
    // What refreshing reads of the open files must not bring the next refreshing.
    if (bench.session.version.value > 0) void untracked(() => bench.documents.refresh());
  });
  let asked = false;
  effect(() => {
    if (asked || bench.session.acts.value === 0) return;
    asked = true;
    void askToPersist(navigator.storage);
    // Whoever opens one by key may type on at once.
    whenIdle(() => void loadDialogs().catch(() => {}), DIALOGS_AFTER_MS);
  });
}

export function start(page: LabPage, text: Text, first: WorldClient, startWorker: () => WorldClient): void {
  let ready: WorldClient | null = first;
  const session = new Session({
    page,
    startWorker: () => {
      const client = ready ?? startWorker();
      ready = null;
      return client;
    },
    openLog,
    lock: attemptLock(navigator.locks),
    newId,
    newSeed,
    now: () => Date.now(),
    idle: whenIdle,
    after: (work, ms) => void setTimeout(work, ms),
    stop: crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null,
  });
  const bench = createBench(page, session, text, {
    terminal: () => import("./terminal-binding.ts"),
    editor: () => import("../editor/monaco.ts"),
  });
  bench.look.follow();
  // A browser that closes its storage meanwhile costs notes of progress, never the attempt.
  followProgress(bench).catch(() => {});
  void session.open(askedSeed()).then(() => {
    history.replaceState(null, "", keptAddress());
    document.dispatchEvent(new Event(SETTLED));
  });
  const root = document.getElementById("workbench");
  if (root) hydrate(<Workbench bench={bench} />, root);
  bench.tour.greet(new URLSearchParams(location.search).has("tour"));
  bench.sizes.value = { ...sizesOf(page.layout), ...readSizes(page.id) };
  followWidth(bench);
  followWorld(bench);
  listenForKeys(bench);
  followFeedback(bench);
  if (location.hash === "#debrief") bench.story.value = "debrief";
  followPeople(bench);
  followStatus(bench);
  document.documentElement.dataset["live"] = "true";
}
