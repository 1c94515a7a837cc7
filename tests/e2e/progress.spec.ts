/** Progress: a lab that is passed stands on the path, leaves as a file, comes back, and ends in a certificate. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Download, Locator, Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { cli, FINISHED, finishedPath, reference, SEED } from "./finishedPath.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const DAY = 86_400_000;
const PATH = "/paths/new-contributor/";

const folder = mkdtempSync(join(tmpdir(), "leaklab-progress-"));

async function live(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator("#progress-page")).toHaveAttribute("data-live", "true");
}

const row = (page: Page, title: string): Locator => page.getByRole("row").filter({ hasText: title });

const textOf = async (download: Promise<Download>): Promise<string> =>
  readFile(await (await download).path(), "utf8");

async function exported(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  return textOf(download);
}

async function take(page: Page, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page
    .getByLabel("Progress file")
    .setInputFiles({ name: "leaklab-progress.json", mimeType: "application/json", buffer });
}

/** The file grades as passed on the command line. */
function grades(name: string, text: string | Uint8Array): boolean {
  const file = join(folder, name);
  writeFileSync(file, text);
  return (JSON.parse(cli("grade", file, "--json")) as { passed: boolean }).passed;
}

test("a lab that is passed: path, header, export, reset, import", async ({ page }) => {
  test.setTimeout(240_000);
  await live(page, PATH);
  await expect(row(page, "Caught before the push")).toContainText("not begun");
  await lab.openLab(page, SEED);
  const { inputs } = JSON.parse(
    cli("sh", "--lab", lab.LAB, "--seed", String(SEED), "--json", reference(lab.LAB)),
  ) as { inputs: { input: string }[] };
  for (const { input } of inputs) await lab.run(page, input);
  await expect(page.getByRole("button", { name: /New contributor path.*Lab 2 of 3/ })).toBeVisible();
  await lab.check(page);
  const next = lab.panel(page, "Checks").getByRole("link", { name: /^Next: Three gates/ });
  await expect(next).toHaveAttribute("href", "/labs/guard-the-gate/?path=new-contributor");
  await page.getByRole("button", { name: /Lab 2 of 3/ }).click();
  await expect(page.getByRole("menuitem", { name: "2 Caught before the push, passed" })).toBeVisible();
  await page.keyboard.press("Escape");

  await live(page, PATH);
  await expect(row(page, "Caught before the push")).toContainText("Passed today, no hint");
  await expect(page.getByRole("region", { name: "Where you stand" })).toContainText("1 of 3");
  const file = await exported(page);
  const { results } = JSON.parse(file) as { results: { proof: string }[] };
  expect(results.map(({ proof }) => grades("exported.attempt", proof))).toEqual([true]);

  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByRole("button", { name: "Keep everything" })).toBeFocused();
  await page.getByRole("button", { name: "Delete all progress" }).click();
  await expect(page.getByRole("status")).toContainText("All progress is gone.");
  await expect(row(page, "Caught before the push")).toContainText("not begun");

  await take(page, file.replace('"leaklab-progress/1"', '"leaklab-progress/2"'));
  await expect(page.getByRole("status")).toContainText("The file was made by a newer LeakLab.");
  await take(page, file);
  await expect(page.getByRole("status")).toContainText("1 result came in.");
  await expect(row(page, "Caught before the push")).toContainText("Passed today");
  await take(page, file);
  await expect(page.getByRole("status")).toContainText("Nothing new came in.");
});

test("a finished path: the certificate prints, and its files grade", async ({ page }) => {
  test.setTimeout(240_000);
  await live(page, PATH);
  await take(page, finishedPath());
  await expect(page.getByRole("status")).toContainText("3 results came in.");
  await page.getByRole("link", { name: "See the certificate" }).click();
  await expect(page.locator("#progress-page")).toHaveAttribute("data-live", "true");
  const sheet = page.getByRole("article", { name: "New contributor path" });
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada <b>Example</b>");
  await expect(sheet).toContainText("Ada <b>Example</b>");
  await expect(sheet.getByRole("row")).toHaveCount(1 + FINISHED.length);
  await expect(sheet).toContainText(`npx leaklab grade first-clean-pr-${SEED}.attempt`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  await page.emulateMedia({ media: "print" });
  await expect(sheet).toBeVisible();
  await expect(page.getByRole("banner").first()).toBeHidden();
  await expect(page.getByRole("button", { name: "Print the certificate" })).toBeHidden();
  await page.emulateMedia({ media: null });

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the attempt files" }).click();
  const files = unzipSync(await readFile(await (await download).path()));
  expect(Object.keys(files).sort()).toEqual(
    ["README.txt", ...FINISHED.map((name) => `${name}-${SEED}.attempt`)].sort(),
  );
  expect(grades("zipped.attempt", files[`unpushed-leak-${SEED}.attempt`] as Uint8Array)).toBe(true);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue("Ada <b>Example</b>");
});

test("left in the middle, back a day later: path and lab say where", async ({ page }) => {
  await lab.openLab(page, SEED);
  await lab.run(page, "git status");
  await lab.run(page, "git log --oneline");
  await live(page, PATH);
  await expect(row(page, "Caught before the push")).toContainText("2 commands, left today at T+0:30");
  await page.clock.setFixedTime(Date.now() + DAY);
  await live(page, PATH);
  await expect(row(page, "Caught before the push")).toContainText("2 commands, left yesterday at T+0:30");
  await row(page, "Caught before the push")
    .getByRole("link", { name: /^Continue/ })
    .click();
  await lab.ready(page);
  const said = lab.panel(page, "Brief").getByText("Left yesterday at T+0:30; 2 commands replayed.");
  await expect(said).toBeVisible();
  await lab.run(page, "git status");
  await expect(said).toHaveCount(0);
});

test("started again: the attempt before is set aside, saved, and gone on with", async ({ page }) => {
  await lab.openLab(page, SEED);
  await lab.run(page, "echo before");
  await lab.startAgain(page, "same seed");
  await lab.run(page, "echo after");
  await live(page, "/progress/");
  const aside = page.getByRole("region", { name: "Set aside" });
  await expect(aside.getByRole("listitem")).toContainText("1 command, seed 7, begun today");
  const download = page.waitForEvent("download");
  await aside.getByRole("button", { name: "Save the attempt as a file Caught before the push" }).click();
  expect(await textOf(download)).toContain("echo before");
  await aside.getByRole("button", { name: "Go on with it Caught before the push" }).click();
  await lab.ready(page);
  expect((await lab.everythingSaid(page)).map(({ command }) => command)).toEqual(["echo before"]);
  await live(page, "/progress/");
  await expect(aside.getByRole("listitem")).toHaveCount(1);
});

test("placement: no hints are offered, and one that is opened makes it a normal attempt", async ({
  page,
}) => {
  await page.goto("/labs/unpushed-leak/?placement");
  await lab.ready(page);
  const brief = lab.panel(page, "Brief");
  await expect(brief.getByText(/^Placement check: no hints/)).toBeVisible();
  await expect(brief.locator("details.story")).not.toHaveAttribute("open", "");
  await expect(page.getByRole("button", { name: /^Hint 1 of/ })).toHaveCount(0);
  await page.reload();
  await lab.ready(page);
  await expect(brief.getByText(/^Placement check: no hints/)).toBeVisible();
  await lab.command(page, "Open hints");
  await lab.pressButton(page, page.getByRole("button", { name: /^Hint 1, / }));
  await expect(page.getByText("A hint is open: this is a normal attempt now.")).toBeVisible();
  await expect(brief.getByText(/^Placement check: no hints/)).toHaveCount(0);
});

test("a review is due the day after, with a new seed", async ({ page }) => {
  test.setTimeout(240_000);
  await page.clock.setFixedTime(Date.now() + DAY + 60_000);
  await live(page, PATH);
  await take(page, finishedPath());
  const due = page.getByRole("region", { name: "Due again" }).getByRole("link");
  await expect(due).toHaveCount(2);
  await due.first().click();
  await lab.ready(page);
  await expect(lab.panel(page, "Brief").getByText(/^Review: the same lab/)).toBeVisible();
});

test("storage is blocked: progress is shown for this visit, and the page says so", async ({ page }) => {
  test.setTimeout(240_000);
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    IDBFactory.prototype.open = refuse;
  });
  await live(page, PATH);
  await expect(page.getByText(/^This browser stores nothing for this page/)).toBeVisible();
  await take(page, finishedPath());
  await live(page, "/progress/");
  await expect(row(page, "Caught before the push")).toContainText("Passed today");
});

for (const address of [
  PATH,
  "/paths/maintainer/",
  "/paths/workshop/",
  "/progress/",
  "/placement/",
  "/certificate/",
]) {
  for (const width of [1440, 390]) {
    test(`${address} at ${width} px: axe is silent, nothing runs over`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await live(page, address);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    });
  }
}

test("without scripts a path can be read, and every lab that is ready opened", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto("/paths/maintainer/");
  await expect(page.getByRole("row").filter({ hasText: "No key to lose" })).toContainText("to come");
  await expect(page.getByRole("link", { name: /^Start\s+Revoke first, tidy later$/ })).toHaveAttribute(
    "href",
    "/labs/revoke-first/?path=maintainer",
  );
  await context.close();
});
