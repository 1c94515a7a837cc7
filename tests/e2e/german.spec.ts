/** The site and the path of a new contributor in German; the world and its attempts know no language. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const SEED = 11;
const COMMANDS = ["git status", "echo hallo > gruss.txt"];

const said = (page: Page): Locator =>
  page.getByRole("group", { name: "Terminal 1: Befehle und ihre Ausgabe" }).getByRole("listitem");

async function openGerman(page: Page, name: string, seed?: number): Promise<void> {
  await page.goto(`/de${lab.address(seed, name)}`);
  await germanIsReady(page);
}

async function germanIsReady(page: Page): Promise<void> {
  await expect(lab.terminalInput(page)).toBeAttached();
  await expect(
    lab.panel(page, "Terminal").getByText(/^(?:Das Lab wird vorbereitet|Deine \d+ Eingabe)/),
  ).toHaveCount(0);
}

async function type(page: Page, command: string): Promise<void> {
  const before = await said(page).count();
  await lab.type(page, command);
  await expect(said(page).nth(before)).toHaveAttribute("data-exit-code", /^\d+$/, { timeout: 20_000 });
}

/** Runs the checks; the sentences of the diagnoses that are shown. */
async function check(page: Page): Promise<readonly string[]> {
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /^Prüfen/ })).toHaveAttribute("aria-busy", "false", {
    timeout: 30_000,
  });
  const sentences = lab.panel(page, "Prüfungen").locator(".diagnosis .finding");
  await expect(sentences.first()).toBeVisible({ timeout: 30_000 });
  return sentences.allTextContents();
}

/** The attempt, and the digest of its state, by "Ein Problem melden". */
async function report(page: Page): Promise<{ readonly inputs: readonly string[]; readonly digest: string }> {
  const download = page.waitForEvent("download");
  await page.keyboard.press("F1");
  await expect(page.getByRole("combobox", { name: "Befehle suchen" })).toBeFocused();
  await page.keyboard.type("Ein Problem melden");
  await page.keyboard.press("Enter");
  return parsed(await readFile(await (await download).path(), "utf8"));
}

function parsed(text: string): { readonly inputs: readonly string[]; readonly digest: string } {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const digest = lines.findLast((line) => "digest" in line)?.["digest"];
  const inputs = lines.filter((line) => "input" in line).map(({ input }) => JSON.stringify(input));
  return { inputs, digest: String(digest) };
}

test("from the German home page into the first lab, all of it in German", async ({ page }) => {
  await page.goto("/de/");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gelöscht ist nicht weg.");
  await page.getByRole("link", { name: "Das erste Lab beginnen" }).click();
  await expect(page).toHaveURL(/\/de\/labs\/first-clean-pr\//);
  await germanIsReady(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  const brief = lab.panel(page, "Auftrag");
  await expect(brief.getByRole("heading", { name: "Dein erster sauberer Pull Request" })).toBeVisible();
  await expect(
    brief.getByText("Das Passwort darf nicht mit der Änderung mitreisen.", { exact: false }),
  ).toBeVisible();
  await expect(brief.locator("[lang]")).toHaveCount(0);
  await expect(brief.getByRole("listitem").nth(1)).toHaveText("Sorge dafür, dass git .env ignoriert.");
  const checks = lab.panel(page, "Prüfungen");
  await expect(checks.getByText("Das Passwort bleibt bei dir")).toBeVisible();
  expect(await check(page)).toContain(
    "In lantern-tides/tides gibt es noch keinen offenen Pull Request von dir.",
  );
  await expect(checks.getByText("Das Passwort bleibt bei dir")).toBeVisible();
});

test("a diagnosis is said in German with what was found, and the attempt is the English one's", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openGerman(page, lab.LAB, SEED);
  for (const command of COMMANDS) await type(page, command);
  const [first] = await check(page);
  expect(first).toBe(".env.bak in deinem Arbeitsordner oder Staging-Bereich enthält das Passwort.");
  const german = await report(page);
  expect(german.inputs).toHaveLength(COMMANDS.length);

  // The English page goes on with the same attempt, and one that is begun there comes to the same state.
  await page.goto(lab.address());
  await lab.ready(page);
  await expect(lab.transcript(page).getByRole("listitem")).toHaveCount(COMMANDS.length);
  expect(parsed((await lab.report(page)).text)).toEqual(german);
  await lab.startAgain(page, "same seed");
  for (const command of COMMANDS) await lab.run(page, command);
  expect(parsed((await lab.report(page)).text)).toEqual(german);
});

test("a lab that nobody has translated: English prose, named as such, in a German interface", async ({
  page,
}) => {
  await openGerman(page, "revoke-first");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  const brief = lab.panel(page, "Auftrag");
  await expect(brief.getByText("Deine Aufgaben")).toBeVisible();
  await expect(brief.locator('.prose[lang="en"]')).toContainText("access key");
  await expect(brief.locator('ol[lang="en"]')).toBeVisible();
  await expect(page.getByRole("button", { name: /^Hinweis 1 von 3/ })).toBeVisible();
});

for (const width of [1440, 1024, 390]) {
  test(`German fits at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const address of ["/de/", "/de/labs/first-clean-pr/"]) {
      await page.goto(address);
      await expect(page.locator("html")).toHaveAttribute("lang", "de");
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, address).toBeLessThanOrEqual(0);
    }
    // No mark of the checks is cut off at the column's edge, no button of the header leaves the window.
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".marks dt, .marks dd, .wb-header button")]
        .filter((element) => element.offsetParent !== null)
        .filter((element) => {
          const column = element.closest(".column, .reading, .wb-header")?.getBoundingClientRect();
          return column !== undefined && element.getBoundingClientRect().right > column.right + 0.5;
        })
        .map((element) => element.textContent),
    );
    expect(outside).toEqual([]);
  });
}
