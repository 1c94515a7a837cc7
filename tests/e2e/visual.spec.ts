/**
 * Pictures of pages and panels, compared with those in baselines/. `LEAKLAB_BASELINES=write` makes them. Another version
 * of the browser draws text in another way: then differences are told and fail nothing.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ROOT } from "./cases.ts";
import { smallPng } from "./smallPng.ts";
import { STATES, type State } from "./states.ts";
import { expect, test } from "./test.ts";

const FOLDER = join(ROOT, "tests/e2e/baselines");
const VERSION = join(FOLDER, "browser.json");
const COMMAND =
  "LEAKLAB_BASELINES=write npx playwright test --config tests/e2e/playwright.config.ts tests/e2e/visual.spec.ts";
/** Share of pixels that may differ: text is drawn a little differently by each graphics library. */
const TOLERANCE = { maxDiffPixelRatio: 0.01, threshold: 0.2 } as const;

const major = (version: string): string => version.split(".")[0] as string;
const writing = process.env["LEAKLAB_BASELINES"] === "write";

function baselineVersion(): string | null {
  return existsSync(VERSION)
    ? (JSON.parse(readFileSync(VERSION, "utf8")) as { chromium: string }).chromium
    : null;
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // What blinks or is still on its way.
  await page.addStyleTag({
    content:
      ".xterm-cursor-layer, .xterm-cursor, #offline-state, .badge[data-offline] { visibility: hidden !important }",
  });
}

const picture = (page: Page): Promise<Buffer> => page.screenshot({ animations: "disabled", caret: "hide" });

async function compare(page: Page, name: string, now: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  const before = baselineVersion();
  if (!existsSync(path)) throw new Error(`There is no baseline ${name}.png. Make it: ${COMMAND}`);
  const [said, error] = await matches(await picture(page), name);
  if (said) return;
  if (before !== null && major(before) === major(now)) throw error;
  test.info().annotations.push({
    type: "warning",
    description: `${name} differs from its baseline, which Chromium ${before} made; this is ${now}.`,
  });
}

async function matches(now: Buffer, name: string): Promise<readonly [boolean, unknown]> {
  try {
    expect(now).toMatchSnapshot(`${name}.png`, TOLERANCE);
    return [true, null];
  } catch (error) {
    return [false, error];
  }
}

async function show(page: Page, state: State): Promise<void> {
  await page.goto(state.address);
  await state.reach?.(page);
  await settle(page);
}

// A whole lab is played for the debrief.
test.describe.configure({ timeout: 180_000 });

for (const state of STATES) {
  for (const [width, colorScheme] of state.views) {
    test.describe(() => {
      test.use({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme,
        reducedMotion: "reduce",
        newcomer: state.newcomer ?? false,
      });
      const name = `${state.name}-${width}-${colorScheme}`;
      test(name, async ({ page, browser }) => {
        const { status } = await page.request.get(state.address).then((it) => ({ status: it.status() }));
        expect(status, `${state.address} is a page`).toBe(200);
        await show(page, state);
        if (!writing) return compare(page, name, browser.version());
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(join(FOLDER, `${name}.png`), smallPng(await picture(page)));
        writeFileSync(VERSION, `${JSON.stringify({ chromium: browser.version() }, null, 2)}\n`);
      });
    });
  }
}
