/**
 * Pictures of pages and panels, compared with those in baselines/. `LEAKLAB_BASELINES=write` makes them. Another version
 * of the browser, or other fonts to fall back to, draw text in another way: then differences are told and fail nothing.
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

async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // What blinks or is still on its way.
  await page.addStyleTag({
    content:
      ".xterm-cursor-layer, .xterm-cursor, #offline-state, .badge[data-offline] { visibility: hidden !important }",
  });
}

const picture = (page: Page): Promise<Buffer> => page.screenshot({ animations: "disabled", caret: "hide" });

async function compare(page: Page, name: string, chromium: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  const before = baselineDrawer();
  if (!existsSync(path)) throw new Error(`There is no baseline ${name}.png. Make it: ${COMMAND}`);
  const [said, error] = await matches(await picture(page), name);
  if (said) return;
  const fonts = await fontsOf(page);
  if (before !== null && major(before.chromium) === major(chromium) && before.fonts === fonts) throw error;
  test.info().annotations.push({
    type: "warning",
    description: `${name} differs from its baseline, which Chromium ${before?.chromium} made; this is ${chromium}, or other fonts.`,
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
        writeFileSync(
          VERSION,
          `${JSON.stringify({ chromium: browser.version(), fonts: await fontsOf(page) }, null, 2)}\n`,
        );
      });
    });
  }
}
