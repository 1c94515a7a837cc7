/**
 * The page, cold: how soon the brief can be read, how soon the first command has answered, how soon an attempt is
 * resumed, and what was loaded. Every run has a browser context of its own, so nothing is cached.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright";
import { ROOT } from "../coreBuild.ts";
import { builtSite } from "../siteBuild.ts";
import { serveSite } from "../siteServer.ts";
import { figure, median, type Figure } from "./figure.ts";
import { builtFloor } from "./floorBuild.ts";
import { countTraffic } from "./traffic.ts";

const RUNS = 5;
const INPUTS = 300;
const LAB = "labs/unpushed-leak/";
const INPUT = "textarea.xterm-helper-textarea";
const ENTRIES = ".terminal-text li";
/** Steps of a long attempt, as a learner mixes them. */
const STEPS = [
  "git status",
  "ls -la",
  "echo tide >> notes",
  "git add notes",
  "git commit -q -m notes",
  "git log --oneline -3",
];

/** What a page looked for, in ms since its navigation began; written by `watch` in the page. */
interface Seen {
  readonly brief: number;
  readonly output: number;
}

async function launch(): Promise<Browser> {
  // Where browsers are found is known to the tests, which come with the sources and not with an installed package.
  const finder = pathToFileURL(join(ROOT, "tests/browser.ts")).href;
  const { findBrowser, BROWSER_ARGS } = (await import(finder)) as {
    findBrowser(): string;
    BROWSER_ARGS: string[];
  };
  const { chromium } = await import("playwright");
  return chromium.launch({ executablePath: findBrowser(), args: BROWSER_ARGS });
}

/** Runs in the page before its own scripts: notes the first paint with a brief, and the first moment `output` holds. */
function watch({ brief, output }: { readonly brief: string; readonly output: string }): void {
  const seen = { brief: 0, output: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    const shown = document.querySelector(brief);
    if (paint && shown && shown.getBoundingClientRect().height > 0) seen.brief = paint.startTime;
  }).observe({ type: "paint", buffered: true });
  const look = (): void => {
    if (seen.output === 0 && document.evaluate(`boolean(${output})`, document).booleanValue)
      seen.output = performance.now();
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    characterData: true,
  });
}

/** The first `git status` has printed its first line. */
const ANSWERED = `//*[contains(@class,"terminal-text")]//pre[starts-with(., "On branch")]`;
const FLOOR_ANSWERED = `//pre[@id="out" and starts-with(., "On branch")]`;
/** As many commands as were played stand in the terminal again. */
const RESUMED = `count(//*[contains(@class,"terminal-text")]//li[@data-exit-code!=""]) >= ${INPUTS}`;

const seenIn = (page: Page): Promise<Seen> => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

async function until(page: Page): Promise<Seen> {
  await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.output > 0, undefined, {
    polling: 20,
  });
  return seenIn(page);
}

async function cold<T>(
  browser: Browser,
  use: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** A first visit: `git status` is typed as soon as the terminal takes keys. */
async function firstVisit(page: Page, origin: string): Promise<Seen> {
  await page.addInitScript(watch, { brief: "#panel-brief .prose p", output: ANSWERED });
  await page.goto(`${origin}${LAB}?seed=7`, { waitUntil: "commit" });
  await page.locator(INPUT).focus();
  await page.keyboard.insertText("git status");
  await page.keyboard.press("Enter");
  return until(page);
}

async function floorVisit(page: Page, origin: string): Promise<number> {
  await page.addInitScript(watch, { brief: "pre", output: FLOOR_ANSWERED });
  await page.goto(origin, { waitUntil: "commit" });
  return (await until(page)).output;
}

async function playMany(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}${LAB}?seed=7`);
  await page.locator(INPUT).focus();
  for (let i = 0; i < INPUTS; i++) {
    await page.keyboard.insertText(STEPS[i % STEPS.length] as string);
    await page.keyboard.press("Enter");
    await page
      .locator(ENTRIES)
      .nth(i)
      .and(page.locator('[data-exit-code]:not([data-exit-code=""])'))
      .waitFor({ state: "attached" });
  }
}

/** Navigation to prompt, with an attempt of many inputs stored. Each visit is a tab of its own in the same browser. */
async function resumes(browser: Browser, origin: string): Promise<number[]> {
  return cold(browser, async (first, context) => {
    await playMany(first, origin);
    await first.close();
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const page = await context.newPage();
      await page.addInitScript(watch, { brief: "#panel-brief .prose p", output: RESUMED });
      await page.goto(`${origin}${LAB}`, { waitUntil: "commit" });
      times.push((await until(page)).output);
      await page.close();
    }
    return times;
  });
}

/** Every byte sent before the first output, and the largest parts of it on stderr. */
async function loadedBytes(browser: Browser, target: string): Promise<number> {
  const traffic = await countTraffic(target);
  try {
    await cold(browser, (page) => firstVisit(page, traffic.url));
    const parts = [...traffic.bytes].sort(([, a], [, b]) => b - a);
    for (const [path, size] of parts.slice(0, 5))
      process.stderr.write(`${(size / 1000).toFixed(1).padStart(8)} kB  ${path}\n`);
    return parts.reduce((sum, [, size]) => sum + size, 0);
  } finally {
    traffic.close();
  }
}

export async function browserFigures(): Promise<Figure[]> {
  const site = await serveSite(await builtSite(), 0);
  const floor = await serveSite(await builtFloor(), 0);
  const browser = await launch();
  try {
    // Each server compresses a file when it is first asked for it.
    await cold(browser, (page) => firstVisit(page, site.url));
    await cold(browser, (page) => floorVisit(page, floor.url));
    const visits: Seen[] = [];
    const floors: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      visits.push(await cold(browser, (page) => firstVisit(page, site.url)));
      floors.push(await cold(browser, (page) => floorVisit(page, floor.url)));
    }
    const first = median(visits.map(({ output }) => output));
    const bytes = await loadedBytes(browser, site.url);
    return [
      figure("browser/brief-readable", median(visits.map(({ brief }) => brief)), "ms", 400),
      figure("browser/first-git-status", first, "ms", 1200),
      figure("browser/floor-git-status", median(floors), "ms", null),
      figure("browser/first-git-status-to-floor", first / median(floors), "ratio", 1.5),
      figure(`browser/resume-${INPUTS}-inputs`, median(await resumes(browser, site.url)), "ms", 1000),
      figure("browser/bytes-before-first-output", bytes / 1000, "kB", 600),
    ];
  } finally {
    await browser.close();
    await Promise.all([site.close(), floor.close()]);
  }
}
