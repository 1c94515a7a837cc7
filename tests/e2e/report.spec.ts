/** The report's page shows what `leaklab report` prints, from the same files, without sending any of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { zipSync } from "fflate";
import { leaklab, makeClass } from "../report/class.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const FILES = [
  "monday/one.attempt",
  "monday/two.attempt",
  "ben/leak.attempt",
  "cleo/leak.attempt",
  "cleo/key.attempt",
];

const folder = mkdtempSync(join(tmpdir(), "report-page-"));
const handedIn = join(folder, "class");

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(() => makeClass(handedIn));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const matrix = (page: Page) => page.getByRole("table");
const choose = (page: Page, what: "files" | "folder") => page.locator(`input[data-chooses=${what}]`);

/** Rows of the table as they are read, spaces made one. */
async function rows(page: Page): Promise<readonly string[]> {
  const texts = await matrix(page)
    .getByRole("row")
    .evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText).join(" | ")),
    );
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

async function graded(page: Page): Promise<void> {
  await expect(matrix(page)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0, { timeout: 90_000 });
}

async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFileSync(await (await download).path(), "utf8");
}

async function open(page: Page): Promise<void> {
  await page.goto("/report/");
  await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();
}

test("a folder: the same table as on the command line", async ({ page }) => {
  const csv = join(folder, "report.csv");
  const { stdout } = leaklab("report", handedIn, "--csv", csv, "--json");
  await open(page);
  await choose(page, "folder").setInputFiles(handedIn);
  await graded(page);
  expect(JSON.parse(await saved(page, "Save as JSON"))).toEqual(JSON.parse(stdout));
  expect(await saved(page, "Save as CSV")).toBe(readFileSync(csv, "utf8"));
  expect(await rows(page)).toEqual([
    "Learner | Passed | Your first clean pull request 1 of 1 passed | Revoke first, tidy later 0 of 1 passed | Caught before the push 2 of 3 passed",
    expect.stringMatching(
      /^Ada =1\+1 <b> \| 1 of 3 \| passed \| not begun \| \d of 6 checks 1 hint, 1 undo$/,
    ),
    "ben no name in the file | 1 of 3 | not begun | not begun | passed same inputs as cleo",
    expect.stringMatching(
      /^cleo no name in the file \| 1 of 3 \| not begun \| \d of 7 checks \| passed same inputs as ben$/,
    ),
  ]);
  const ways = page.getByRole("region", { name: "Which wrong ways were met" });
  const met = ways.getByRole("listitem").filter({ hasText: "still prints the password" });
  await expect(met).toContainText("1 of 3 learners");
  await expect(met.getByText("Ada")).toBeHidden();
  await met.getByText("Who").click();
  await expect(met.getByText("Ada =1+1 <b>")).toBeVisible();
});

test("dropped files, an archive, and one that is damaged", async ({ page }) => {
  await open(page);
  const files = FILES.slice(0, 2).map((path) => ({
    name: path.split("/").at(-1) as string,
    text: readFileSync(join(handedIn, path), "utf8"),
  }));
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    transfer.items.add(new File(["garbage\n"], "broken.attempt"));
    transfer.items.add(new File(["hello"], "notes.txt"));
    return transfer;
  }, files);
  await page.locator("body").dispatchEvent("drop", { dataTransfer: data });
  await graded(page);
  await expect(page.getByRole("status").filter({ hasText: "1 other file was left out" })).toBeVisible();
  const refused = page.getByRole("region", { name: "Could not be graded" });
  await expect(refused.getByRole("listitem")).toHaveText(
    /broken\.attempt\s*Line 1 is damaged or was edited\. Ask for the file as the workbench saved it\./,
  );
  const archive = join(folder, "rest.zip");
  const rest = FILES.slice(2).map((path) => [path, readFileSync(join(handedIn, path))] as const);
  writeFileSync(archive, zipSync(Object.fromEntries(rest)));
  await choose(page, "files").setInputFiles(archive);
  await expect(page.getByRole("rowheader", { name: /^cleo/ })).toBeVisible({ timeout: 90_000 });
  await graded(page);
  expect((await rows(page)).length).toBe(4);
});

test("sorted by name or by labs passed; names can be hidden", async ({ page }) => {
  await open(page);
  await choose(page, "folder").setInputFiles(handedIn);
  await graded(page);
  const names = () =>
    matrix(page)
      .getByRole("rowheader")
      .evaluateAll((all) => all.map((it) => it.firstChild?.textContent));
  expect(await names()).toEqual(["Ada =1+1 <b>", "ben", "cleo"]);
  const header = page.getByRole("columnheader", { name: "Learner" });
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await lab.pressButton(page, header.getByRole("button"));
  await expect(header).toHaveAttribute("aria-sort", "descending");
  expect(await names()).toEqual(["cleo", "ben", "Ada =1+1 <b>"]);
  await page.getByRole("switch", { name: "Hide names" }).check();
  expect(await names()).toEqual(["Learner 3", "Learner 2", "Learner 1"]);
  await expect(page.locator("main")).not.toContainText(/Ada|ben\b|cleo/);
  await page.getByRole("button", { name: "Put this class away" }).click();
  await expect(matrix(page)).toHaveCount(0);
});

for (const [width, colorScheme] of [
  [1440, "light"],
  [390, "dark"],
] as const) {
  test(`axe finds nothing at ${width}, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await open(page);
    const findings = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
    };
    expect(await findings(), "empty").toEqual([]);
    await choose(page, "folder").setInputFiles(handedIn);
    await graded(page);
    expect(await findings(), "with a class").toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("from the workbench to the report: a name, and what the checks said on the way", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.command(page, "Settings");
  await page.getByRole("textbox", { name: "Name on saved attempts, optional" }).fill("Dana");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await lab.run(page, "git show main:config/database.js > config/database.js");
  await lab.run(page, "git commit -qm clean config/database.js");
  const { sentences } = await lab.check(page);
  expect(sentences.join("\n")).toContain("The newest commit is clean");
  await lab.command(page, "Undo last command");
  const download = page.waitForEvent("download");
  await lab.command(page, "Save the attempt as a file");
  const file = join(folder, "dana.attempt");
  await (await download).saveAs(file);
  await open(page);
  await choose(page, "files").setInputFiles(file);
  await graded(page);
  expect((await rows(page))[1]).toMatch(/^Dana \| 0 of 1 \| \d of 6 checks 1 undo$/);
  await expect(
    page.getByRole("region", { name: "Which wrong ways were met" }).getByText("The newest commit is clean"),
  ).toBeVisible();
});
