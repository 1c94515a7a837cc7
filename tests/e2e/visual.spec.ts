/**
 * Pictures of pages and panels, compared with those in baselines/. `LEAKLAB_BASELINES=write` makes them. Another version
 * of the browser, or other fonts to fall back to, draw text in another way: then differences are told and fail nothing.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ROOT } from "./cases.ts";
import { LAB_VISITS } from "./labStates.ts";
import { PAGE_VISITS } from "./pageStates.ts";
import { smallPng } from "./smallPng.ts";
import { viewName, type State, type View } from "./states.ts";
import { expect, test } from "./test.ts";

const VISITS = [...PAGE_VISITS, ...LAB_VISITS];
const FOLDER = join(ROOT, "tests/e2e/baselines");
const VERSION = join(FOLDER, "browser.json");
const COMMAND =
  "LEAKLAB_BASELINES=write npx playwright test --config tests/e2e/playwright.config.ts tests/e2e/visual.spec.ts";
/** Share of pixels that may differ, and how far a pixel may be off: as far as smallPng moves a colour. */
const TOLERANCE = { maxDiffPixelRatio: 0.0005, threshold: 0.1 } as const;

const major = (version: string): string => version.split(".")[0] as string;
const writing = process.env["LEAKLAB_BASELINES"] === "write";

/** What draws: the browser, and the fonts that it falls back to, by the widths of signs that ours do not have. */
interface Drawer {
  readonly chromium: string;
  readonly fonts: string;
}

function baselineDrawer(): Drawer | null {
  return existsSync(VERSION) ? (JSON.parse(readFileSync(VERSION, "utf8")) as Drawer) : null;
}

const fontsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    const widths = ["sans-serif", "serif", "monospace", "system-ui"].map((family) => {
      if (context) context.font = `40px ${family}`;
      return context?.measureText("Aa0 \u2022\u25b6\u2713\u26a0\u2192").width.toFixed(1);
    });
    return widths.join(" ");
  });

async function drawerOf(page: Page): Promise<Drawer> {
  return { chromium: page.context().browser()?.version() ?? "", fonts: await fontsOf(page) };
}

/** Blinks, goes by the clock on the wall, or is still on its way. */
const UNSTEADY = `
  .xterm-cursor-layer, .xterm-cursor, .monaco-editor .cursor { visibility: hidden !important }
  #offline-state, .badge[data-offline] { visibility: hidden !important }
  .monaco-scrollable-element > .scrollbar, .xterm-scrollable-element > .scrollbar { visibility: hidden !important }
  .toasts:not(:focus-within) { opacity: 0 !important }
`;

/** As a sheet of the page's own: what forbids styles does not forbid it, and it is there without scripts. */
const hideUnsteady = (page: Page): Promise<void> =>
  page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, UNSTEADY);

const HEIGHTS = { 1440: 900, 1024: 900, 390: 844 } as const;

async function look(page: Page, { whole }: State, [width, colorScheme]: View): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: HEIGHTS[width] });
  if (typeof whole !== "string") return;
  const below = await page.locator(whole).evaluate((element) => element.scrollHeight - element.clientHeight);
  await page.setViewportSize({ width, height: HEIGHTS[width] + below });
}

/** The picture once two in a row are the same: terminal, editor, graph and timeline have then found their new size. */
async function picture(page: Page, { whole, only }: State): Promise<Buffer> {
  const how = { animations: "disabled", caret: "hide" } as const;
  const shoot = () =>
    only === undefined
      ? page.screenshot({ ...how, fullPage: whole === true })
      : page.locator(only).screenshot(how);
  await page.waitForTimeout(60);
  let [before, now] = [await shoot(), await shoot()];
  for (let i = 0; i < 20 && !now.equals(before); i++) [before, now] = [now, await shoot()];
  return now;
}

function write(name: string, now: Buffer, drawer: Drawer): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.png`), smallPng(now));
  if (!isSame(baselineDrawer(), drawer)) writeFileSync(VERSION, `${JSON.stringify(drawer, null, 2)}\n`);
}

const isSame = (one: Drawer | null, other: Drawer): boolean =>
  one !== null && major(one.chromium) === major(other.chromium) && one.fonts === other.fonts;

/** Fails softly: a visit tells of every picture that differs. */
function compare(name: string, now: Buffer, drawer: Drawer): void {
  const there = existsSync(join(FOLDER, `${name}.png`));
  expect.soft(there, `There is no baseline ${name}.png. Make it: ${COMMAND}`).toBe(true);
  if (!there) return;
  const before = baselineDrawer();
  if (isSame(before, drawer)) return expect.soft(now).toMatchSnapshot(`${name}.png`, TOLERANCE);
  try {
    expect(now).toMatchSnapshot(`${name}.png`, TOLERANCE);
  } catch {
    const description = `${name} differs from its baseline, which Chromium ${before?.chromium} made; this is ${drawer.chromium}, or other fonts.`;
    test.info().annotations.push({ type: "warning", description });
  }
}

/** Files and graph come after the prompt; where no world opens, they do not come. */
async function arrived(page: Page): Promise<void> {
  if ((await page.locator("html[data-live=true]").count()) === 0) return;
  const busy = page.locator("[aria-busy=true]");
  await expect(busy)
    .toHaveCount(0, { timeout: 3_000 })
    .catch(() => {});
}

async function lookAt(page: Page, state: State): Promise<void> {
  await look(page, { ...state, whole: undefined } as State, state.views[0] as View);
  await state.reach?.(page);
  await arrived(page);
  await hideUnsteady(page);
  await page.mouse.move(0, 0);
  const drawer = await drawerOf(page);
  for (const view of state.views) {
    await look(page, state, view);
    const now = await picture(page, state);
    if (writing) write(viewName(state, view), now, drawer);
    else compare(viewName(state, view), now, drawer);
  }
}

// A whole lab is played for the debrief, and a class is graded for the report.
test.describe.configure({ timeout: 300_000 });
// The pictures tell what happened; a trace of each would take longer than they do.
test.use({ reducedMotion: "reduce", timezoneId: "UTC", trace: "off" });

for (const { name, address, states, prepare, newcomer = false, withoutScripts = false } of VISITS) {
  test.describe(() => {
    test.use({ newcomer, javaScriptEnabled: !withoutScripts });

    test(name, async ({ page }) => {
      await prepare?.(page);
      const answer = await page.goto(address);
      expect(answer?.status(), `${address} is a page`).toBe(200);
      for (const state of states) await lookAt(page, state);
    });
  });
}

test("every baseline is of a state", () => {
  const names = VISITS.flatMap(({ states }) => states).flatMap((state) =>
    state.views.map((view) => `${viewName(state, view)}.png`),
  );
  expect(names.length, "no name twice").toBe(new Set(names).size);
  const stale = readdirSync(FOLDER).filter((file) => file.endsWith(".png") && !names.includes(file));
  if (writing) for (const file of stale) rmSync(join(FOLDER, file));
  else expect(stale, "Baselines that no state names: delete them").toEqual([]);
});
