/**
 * The service worker, built to /sw.js: keeps every file of its build, and older builds for as long as a tab or an
 * unfinished attempt needs them. Pages come from what is kept, so they come without a network, and all files of a page
 * come from one build. https://www.w3.org/TR/service-workers/
 */
import { inOrder, type SiteBuild, type SiteFile } from "./files.ts";
import { cacheOf, canPlay, keptBuilds, type PlayedIn } from "./kept.ts";
import { openAttempts } from "./open-attempts.ts";
import type { Kept, Wish } from "./state.ts";

declare const __LEAKLAB_SITE__: SiteBuild;

const scope = globalThis as unknown as ServiceWorkerGlobalScope;
const SITE = __LEAKLAB_SITE__;
const OWN = cacheOf(SITE.build);
/** Digest of a kept file's content, so that a later build can take what has not changed. */
const DIGEST = "x-leaklab-digest";
/** Files that are fetched at the same time. */
const AT_ONCE = 4;
/** Pages hear of every so many files. */
const TELL_EVERY = 5;

/** The server has another build already: what it sends does not belong to this one. */
class OtherBuild extends Error {
  override readonly name = "OtherBuild";
}

async function pathsIn(cache: Cache): Promise<ReadonlySet<string>> {
  return new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
}

async function state(): Promise<Kept> {
  const paths = await pathsIn(await caches.open(OWN));
  const done = SITE.files.filter(([path]) => paths.has(path)).length;
  return { told: "kept", build: SITE.build, done, all: SITE.files.length, away: await isAway() };
}

/** What the browser says of the network is not what the server says. */
async function isAway(): Promise<boolean> {
  try {
    await fetch("/sw.js", { method: "HEAD", cache: "no-store" });
    return false;
  } catch {
    return true;
  }
}

async function tell(kept: Kept): Promise<void> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(kept);
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file as the server sends it: with its headers (policy and isolation among them), its content checked. */
async function fetched([path, digest]: SiteFile): Promise<Response> {
  const response = await fetch(path, { cache: path.startsWith("/_astro/") ? "default" : "no-cache" });
  const bytes = await response.arrayBuffer();
  const found = await digestOf(bytes);
  if (!response.ok && path !== "/404.html") throw new OtherBuild(`${path}: ${response.status}`);
  if (!found.startsWith(digest)) throw new OtherBuild(path);
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set(DIGEST, digest);
  return new Response(bytes, { status: response.status, headers });
}

async function fromOlder(older: readonly Cache[], [path, digest]: SiteFile): Promise<Response | null> {
  for (const cache of older) {
    const found = await cache.match(path);
    if (found?.headers.get(DIGEST) === digest) return found;
  }
  return null;
}

/** Fetches what is missing of this build. Ends early, without an error, where the server has moved on. */
async function fill(language: string): Promise<boolean> {
  const cache = await caches.open(OWN);
  const there = await pathsIn(cache);
  const missing = inOrder(SITE, language).filter(([path]) => !there.has(path));
  const olderNames = (await keptBuilds(caches)).filter((build) => build !== SITE.build);
  const older = await Promise.all(olderNames.map((build) => caches.open(cacheOf(build))));
  const queue = missing.values();
  let done = SITE.files.length - missing.length;
  const work = async (): Promise<void> => {
    for (const file of queue) {
      await cache.put(file[0], (await fromOlder(older, file)) ?? (await fetched(file)));
      done += 1;
      if (done % TELL_EVERY === 0)
        await tell({ told: "kept", build: SITE.build, done, all: SITE.files.length, away: false });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    if (error instanceof OtherBuild) void scope.registration.update().catch(() => {});
    return false;
  } finally {
    await tell(await state());
  }
  return true;
}

/** Whether a tab of that build is open. */
function inUse(build: string): Promise<boolean> {
  return navigator.locks.request(cacheOf(build), { ifAvailable: true }, (lock) => lock === null);
}

/** Drops older builds that no tab and no unfinished attempt needs; of the others, what such an attempt does not need. */
async function tidy(): Promise<void> {
  // A newer build fills its cache now; it will tidy when it takes over.
  const { installing, waiting } = scope.registration;
  if (installing || waiting) return;
  const older = (await keptBuilds(caches)).filter((build) => build !== SITE.build);
  if (older.length === 0) return;
  const open = await openAttempts();
  const own = await caches.open(OWN);
  for (const build of older) {
    if (await inUse(build)) continue;
    const cache = await caches.open(cacheOf(build));
    const needed: PlayedIn[] = [];
    for (const played of open)
      if (!(await canPlay(own, played)) && (await canPlay(cache, played))) needed.push(played);
    if (needed.length === 0) await caches.delete(cacheOf(build));
    else await dropOtherPages(cache, new Set(needed.map(({ lab }) => lab)));
  }
}

async function dropOtherPages(cache: Cache, labs: ReadonlySet<string>): Promise<void> {
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    const lab = /\/labs\/([\w-]+)\//.exec(pathname)?.[1];
    const page = /\.html$|\/$/.test(pathname);
    if (lab === undefined ? page : !labs.has(lab)) await cache.delete(request);
  }
}

/** `?build=…` asks for the page of an older build. */
async function page(request: Request, url: URL): Promise<Response> {
  const asked = url.searchParams.get("build");
  const paths = url.pathname.endsWith("/") ? [url.pathname] : [url.pathname, `${url.pathname}/`];
  const names = [...(asked === null ? [] : [cacheOf(asked)]), OWN];
  for (const name of names) {
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    for (const path of paths) {
      const found = await cache.match(path);
      if (found) return found;
    }
  }
  try {
    return await fetch(request);
  } catch {
    const lost = await caches.match("/404.html");
    return lost ?? Response.error();
  }
}

/** Files of a page: their names change with their content, so any build's will do; those that do not, from this one. */
async function part(request: Request, url: URL): Promise<Response> {
  const own = await (await caches.open(OWN)).match(url.pathname);
  return own ?? (await caches.match(url.pathname)) ?? fetch(request);
}

scope.addEventListener("install", (event) => {
  const install = async (): Promise<void> => {
    // The first build keeps its files while it is used already; a later one takes over when it is whole.
    const first = (await keptBuilds(caches)).every((build) => build === SITE.build);
    if (!first && !(await fill("en"))) throw new Error("The new version is not whole yet.");
    await scope.skipWaiting();
  };
  event.waitUntil(install());
});

scope.addEventListener("activate", (event) => {
  const activate = async (): Promise<void> => {
    await scope.clients.claim();
    await tidy();
    await tell(await state());
  };
  event.waitUntil(activate());
});

scope.addEventListener("message", (event) => {
  const { wish, language } = event.data as Wish;
  const work: Readonly<Record<Wish["wish"], () => Promise<unknown>>> = {
    state: async () => tell(await state()),
    fill: () => fill(language),
    tidy,
  };
  event.waitUntil(work[wish]());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request, url) : part(request, url));
});
