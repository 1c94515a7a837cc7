/** What the page tells back: verdicts that move, the map, the timeline, the quiet end and the debrief. */
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { cases } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

const solution = () => cases("solutions").find(({ name }) => name === "reference")?.lines ?? [];

async function play(page: Page, lines: readonly string[]): Promise<void> {
  for (const line of lines) await lab.run(page, line);
}

const timeline = (page: Page) =>
  lab.panel(page, "Clock and timeline").getByRole("list", { name: "Timeline" });
const map = (page: Page) => lab.panel(page, "Leak map").getByRole("grid");

test("the map: nothing before checks have run, then marks in words, and arrow keys inside it", async ({
  page,
}) => {
  await lab.openLab(page, 7);
  await expect(
    map(page)
      .getByRole("gridcell", { name: /not searched yet$/ })
      .first(),
  ).toBeAttached();
  await expect(map(page).getByRole("gridcell", { name: /found by/ })).toHaveCount(0);
  await lab.check(page);
  await expect(
    map(page).getByRole("gridcell", { name: /^stagingDb, Stash: found by .*places?/ }),
  ).toBeAttached();
  await expect(map(page).getByRole("columnheader", { name: /^stagingDb/ })).toBeAttached();
  await expect(map(page).getByRole("rowheader", { name: "Stash", exact: true })).toBeAttached();
  await expect(lab.panel(page, "Leak map").getByText(/^trace as of T\+0:00$/)).toBeVisible();
  const first = map(page).getByRole("gridcell", { name: /^stagingDb, Working tree/ });
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await expect(map(page).getByRole("gridcell", { name: /^stagingDb, Index/ })).toBeFocused();
  const stash = map(page).getByRole("gridcell", { name: /^stagingDb, Stash/ });
  await stash.focus();
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("region", { name: "stagingDb, Stash" })
      .getByRole("button", { name: /^Show / })
      .first(),
  ).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test("verdicts move while one works, diagnoses only when asked", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.check(page);
  const row = page.locator("#check-stash");
  await expect(row).toHaveAttribute("data-shown", "fail");
  await lab.run(page, "git stash drop");
  await expect(row).toHaveAttribute("data-shown", "pass");
  await expect(lab.panel(page, "Checks").getByText(/^Verdicts as of T\+0:15/)).toBeVisible();
  await expect(lab.panel(page, "Leak map").getByText("trace as of T+0:00")).toBeVisible();
});

test("the timeline in words, with a switch", async ({ page }) => {
  await lab.openLab(page, 7);
  await play(page, ["git status", "git push origin HEAD"]);
  await lab.check(page);
  const items = timeline(page).getByRole("listitem");
  await expect(items.nth(0)).toHaveText(/^T\+0:00 You git status$/);
  await expect(items.nth(1)).toHaveText(/^T\+0:15 You git push origin HEAD.*exit code 1/);
  await expect(items.last()).toHaveText(/^T\+0:30 Checks checks ran, \d of \d pass/);
  const list = page.locator("#timeline-text");
  await expect(list).toHaveClass("sr-only");
  await page.getByRole("button", { name: "Text view" }).last().click();
  await expect(list).toHaveClass("timeline-text");
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await expect(list).toHaveClass("sr-only");
});

test("an attacker is nowhere before the lab is passed, and in the debrief afterwards", async ({ page }) => {
  test.setTimeout(120_000);
  await lab.openLab(page, 7, "revoke-first");
  await play(page, ["sleep 200", "ls"]);
  await expect(timeline(page).getByRole("listitem")).not.toHaveCount(0);
  expect(await timeline(page).innerText()).not.toMatch(/magpie|Attacker/);
  await lab.command(page, "Read the debrief");
  await expect(page.getByRole("main", { name: "Debrief" })).toHaveText(
    /The debrief opens when all checks pass\./,
  );
  expect(await page.getByRole("main", { name: "Debrief" }).innerText()).not.toContain("Xebia");
  await page.getByRole("button", { name: "Back to the lab" }).click();
  await expect(lab.panel(page, "Terminal")).toBeVisible();
});

test("passing: the last check ticks, the line is drawn, focus stays; the debrief has both runs and the cards", async ({
  page,
}) => {
  test.setTimeout(150_000);
  await lab.openLab(page, 7);
  await lab.check(page);
  await play(page, solution());
  await lab.enterTerminal(page);
  await lab.check(page);
  await expect(lab.terminalInput(page)).toBeFocused();
  await expect(page.locator('.water-line[data-whole="true"]')).toHaveCount(1);
  await page.getByRole("button", { name: "Read the debrief" }).click();

  const debrief = page.getByRole("main", { name: "Debrief" });
  await expect(debrief).toBeFocused();
  await expect(debrief.getByRole("heading", { name: "All 6 checks pass." })).toBeVisible();
  await expect(debrief.getByRole("heading", { name: "The turns you took" })).toBeVisible();
  await expect(debrief.getByRole("heading", { name: "Read the real ones" })).toBeVisible();
  await debrief.getByText("Both timelines as text").click();
  const run = debrief.getByRole("list", { name: "Timeline" }).first();
  await expect(run.getByRole("listitem").filter({ hasText: "git stash drop" })).toBeVisible();

  const card = page.waitForEvent("download");
  await debrief.getByRole("button", { name: "Keep unpushed-leak.md" }).click();
  expect((await readFile(await (await card).path(), "utf8")).length).toBeGreaterThan(100);
  const attempt = page.waitForEvent("download");
  await debrief.getByRole("button", { name: "Download the attempt file" }).click();
  expect(await readFile(await (await attempt).path(), "utf8")).toContain('"git stash drop"');

  await debrief.getByRole("textbox", { name: "Your answer" }).fill("First a second key.");
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(debrief).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, `at ${width}`).toBeLessThanOrEqual(0);
    expect(await findings(page), `at ${width}`).toEqual([]);
  }

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${lab.address()}#debrief`);
  await page.reload();
  await expect(debrief.getByRole("heading", { name: "All 6 checks pass." })).toBeVisible({ timeout: 20_000 });
  await expect(debrief.getByRole("textbox", { name: "Your answer" })).toHaveValue("First a second key.");
});
