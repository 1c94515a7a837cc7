/** The page's end: registers the service worker once nobody waits for anything, and follows what it tells. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { cacheOf } from "./kept.ts";
import { afterTelling, offlineFrom, type Kept, type Offline, type Wish } from "./state.ts";

/** A lab says with this event that its world stands; other pages need not wait for anything. */
export const SETTLED = "leaklab:settled";
/** A lab that does not settle (no storage, an error) is kept all the same. Ms. */
const SETTLES_WITHIN = 20_000;
/** What a visitor does first has the network to itself. Ms. */
const REST = 2000;

/** The build that this page is of; empty while developing. */
export const buildOfPage = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="leaklab-build"]')?.content ?? "";

function settled(): Promise<void> {
  return new Promise((resolve) => {
    if (!document.getElementById("workbench")) return resolve();
    document.addEventListener(SETTLED, () => resolve(), { once: true });
    setTimeout(resolve, SETTLES_WITHIN);
  });
}

const loaded = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", () => resolve(), { once: true });
  });

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST));

async function wish(what: Wish["wish"]): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ wish: what, language: document.documentElement.lang } satisfies Wish);
}

/** As long as the page lives, its build is in use. */
function holdBuild(build: string): void {
  void navigator.locks?.request(cacheOf(build), { mode: "shared" }, () => new Promise<never>(() => {}));
}

export async function keepSite(): Promise<void> {
  const build = buildOfPage();
  if (build === "" || !("serviceWorker" in navigator)) return;
  holdBuild(build);
  await Promise.all([loaded(), settled()]);
  await rest();
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    // Not everywhere may a page be kept (private windows, blocked storage); it works with a network.
    return;
  }
  await wish("fill");
  await wish("tidy");
}

export function followOffline(): ReadonlySignal<Offline> {
  const state = signal<Offline>({ at: "unknown" });
  if (!("serviceWorker" in navigator)) return state;
  const build = buildOfPage();
  let kept: Kept | null = null;
  const update = (): void => {
    state.value = offlineFrom(kept, build, navigator.onLine);
  };
  navigator.serviceWorker.addEventListener("message", ({ data }: MessageEvent<Kept>) => {
    if (data.told !== "kept") return;
    kept = afterTelling(kept, data, build);
    update();
  });
  for (const change of ["online", "offline"]) addEventListener(change, update);
  void wish("state");
  return state;
}
