/** One walk per use, as the person takes it: found by roles and names, from the home page to what they came for. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { withLearner } from "../../src/ui/attempt/named.ts";
import { leaklab, makeClass } from "../report/class.ts";
import { requiredTitles, manifestOf, ROOT, scripts } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const DAY = 86_400_000;

test.describe.configure({ timeout: 600_000 });

const folder = mkdtempSync(join(tmpdir(), "people-"));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  readonly input: string;
  readonly exitCode: number;
}

/** The reference solution, line by line as a shell takes it. A lab's seed changes values, not lines. */
function solution(name: string): readonly Line[] {
  const script = scripts(name, "solutions").find((path) => path.endsWith("/reference.sh")) as string;
  const args = ["src/cli/main.ts", "sh", "--lab", name, "--seed", "3", "--json", script];
  const said = execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  return (JSON.parse(said) as { inputs: readonly Line[] }).inputs;
}

async function typeAll(page: Page, lines: readonly Line[]): Promise<void> {
  for (const { input, exitCode } of lines)
    expect((await lab.run(page, input)).exitCode, input).toBe(exitCode);
}

const link = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole("link", { name });

/** Follows a link by keyboard. */
async function follow(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await lab.pressButton(page, target);
}

async function passes(page: Page, name: string): Promise<void> {
  const { passing } = await lab.check(page);
  expect(passing).toEqual(expect.arrayContaining([...requiredTitles(manifestOf(name))]));
  await expect.poll(() => lab.spoken(page)).toContain("All checks pass");
}

async function debrief(page: Page): Promise<Locator> {
  await lab.pressButton(page, page.getByRole("button", { name: "Read the debrief" }));
  const region = page.getByRole("main", { name: "Debrief" });
  await expect(region.getByRole("heading", { name: /All \d+ checks pass\./ })).toBeVisible();
  await expect(region.getByRole("heading", { name: "What the run says" })).toBeVisible();
  await expect(region.getByRole("region", { name: /^Keep this: / }).first()).toBeVisible();
  return region;
}

/** What the command line says of a file. */
function graded(name: string, text: string | Uint8Array): { lab: string; passed: boolean; digest: string } {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { stdout, stderr, status } = leaklab("grade", file, "--json");
  expect([status, stderr], name).toEqual([0, ""]);
  return JSON.parse(stdout) as { lab: string; passed: boolean; digest: string };
}

test.describe("a new contributor", () => {
  test.use({ newcomer: true });

  test("from the home page to the certificate, and to files that a maintainer can check", async ({
    page,
  }) => {
    const labs = [
      ["first-clean-pr", "Your first clean pull request"],
      ["unpushed-leak", "Caught before the push"],
      ["guard-the-gate", "Three gates and one honest exception"],
    ] as const;
    const digests = new Map<string, string>();

    await page.goto("/");
    const [way] = await page.getByRole("main").getByRole("heading", { level: 3 }).allInnerTexts();
    expect(way).toContain("I am new to a project");
    await follow(page, link(page, "Start the first lab"));
    await lab.ready(page);
    const tour = page.getByRole("complementary", { name: "Tour" });
    await lab.pressButton(page, tour.getByRole("button", { name: "Show me around" }));
    const card = page.getByRole("dialog");
    while ((await card.getByRole("button", { name: "To the terminal" }).count()) === 0) {
      await expect(card.getByRole("button", { name: "Next" })).toBeFocused();
      await page.keyboard.press("Enter");
    }
    await expect(card.getByRole("button", { name: "To the terminal" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(lab.terminalInput(page)).toBeFocused();

    for (const [i, [name, title]] of labs.entries()) {
      await lab.ready(page);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
      await expect(
        page.getByRole("button", { name: new RegExp(`New contributor path.*Lab ${i + 1} of 3`) }),
      ).toBeVisible();
      await typeAll(page, solution(name));
      await passes(page, name);
      digests.set(name, (await lab.report(page)).digest);
      const region = await debrief(page);
      const next = labs[i + 1];
      await follow(page, link(region, next ? `Next: ${next[1]}` : "Back to the path"));
    }

    await expect(page.getByRole("region", { name: "Where you stand" })).toContainText("3 of 3");
    await follow(page, link(page, "See the certificate"));
    await page.getByRole("textbox", { name: "Your name" }).fill("Nika Example");
    const sheet = page.getByRole("article", { name: "New contributor path" });
    await expect(sheet).toContainText("Nika Example");
    for (const [, title] of labs) await expect(sheet.getByRole("rowheader", { name: title })).toBeVisible();
    await expect(page.getByRole("button", { name: "Print the certificate" })).toBeEnabled();
    const download = page.waitForEvent("download");
    await lab.pressButton(page, page.getByRole("button", { name: "Download the attempt files" }));
    const files = unzipSync(await readFile(await (await download).path()));
    const attempts = Object.keys(files).filter((name) => name.endsWith(".attempt"));
    const grades = attempts.map((name) => graded(name, files[name] as Uint8Array));
    expect(grades.map(({ passed }) => passed)).toEqual([true, true, true]);
    expect(new Map(grades.map(({ lab: name, digest }) => [name, digest]))).toEqual(digests);
  });
});

/** Five files as people hand them in: each with the name that its learner gave in the settings. */
function handedIn(): string {
  const made = join(folder, "made");
  const flat = join(folder, "class");
  makeClass(made);
  mkdirSync(flat);
  const names = [
    ["monday/one.attempt", "Ada", "ada-1.attempt"],
    ["monday/two.attempt", "Ada", "ada-2.attempt"],
    ["ben/leak.attempt", "Ben", "unpushed-leak-7.attempt"],
    ["cleo/leak.attempt", "Cleo", "unpushed-leak-7 (1).attempt"],
    ["cleo/key.attempt", "Cleo", "revoke-first-4.attempt"],
  ] as const;
  for (const [from, learner, name] of names)
    writeFileSync(join(flat, name), withLearner(readFileSync(join(made, from), "utf8"), learner));
  return flat;
}

/** Lets files go over the page, as a pointer does. */
async function drop(page: Page, directory: string, names: readonly string[]): Promise<void> {
  const files = names.map((name) => ({ name, text: readFileSync(join(directory, name), "utf8") }));
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.getByRole("main").dispatchEvent("drop", { dataTransfer: data });
}

test("a trainer: from the home page to the plan, and to the report of a class", async ({ page }) => {
  const directory = handedIn();
  const csv = join(folder, "report.csv");
  expect(leaklab("report", directory, "--csv", csv).stderr).toBe("");

  await page.goto("/");
  await follow(page, link(page, "Open the workshop plan"));
  await expect(page.getByRole("heading", { level: 1, name: "Teaching with LeakLab" })).toBeVisible();
  const plan = page.getByRole("table").first();
  for (const title of [
    "Your first clean pull request",
    "Revoke first, tidy later",
    "Change the tyre while driving",
  ])
    await expect(link(plan, title)).toBeVisible();
  await follow(page, link(page, "Read a class's attempts").first());
  await expect(page.getByRole("button", { name: "Choose files" })).toBeVisible();

  await drop(page, directory, [
    "ada-1.attempt",
    "ada-2.attempt",
    "unpushed-leak-7.attempt",
    "unpushed-leak-7 (1).attempt",
    "revoke-first-4.attempt",
  ]);
  const table = page.getByRole("table");
  await expect(table).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0, { timeout: 120_000 });
  await expect(page.getByText("3 learners, 3 labs")).toBeVisible();
  const columns = await table.getByRole("columnheader").allInnerTexts();
  const cell = (learner: string, title: string): Locator =>
    table
      .getByRole("row", { name: new RegExp(`^${learner}`) })
      .getByRole("cell")
      .nth(columns.findIndex((text) => text.startsWith(title)) - 1);
  await expect(cell("Ada", "Your first clean pull request")).toHaveText("passed");
  await expect(cell("Ada", "Caught before the push")).toHaveText(/^\d of 6 checks1 hint, 1 undo$/);
  await expect(cell("Ben", "Caught before the push")).toHaveText("passedsame inputs as Cleo");
  await expect(cell("Cleo", "Revoke first, tidy later")).toHaveText(/^\d of 7 checks$/);
  await expect(cell("Ben", "Revoke first, tidy later")).toHaveText("not begun");

  const ways = page.getByRole("region", { name: "Which wrong ways were met" });
  const met = ways.getByRole("listitem").filter({ hasText: "still prints the password" });
  await expect(met).toContainText("1 of 3 learners");
  await expect(ways.getByRole("heading", { name: "Revoke first, tidy later" })).toBeVisible();
  await expect(ways.getByRole("listitem").filter({ hasText: "1 of 1 learner" })).not.toHaveCount(0);

  await page.getByRole("switch", { name: "Hide names" }).check();
  await expect(table.getByRole("rowheader")).toHaveText(["Learner 1", "Learner 2", "Learner 3"]);
  await expect(page.getByRole("main")).not.toContainText(/\b(?:Ada|Ben|Cleo)\b/);
  const download = page.waitForEvent("download");
  await lab.pressButton(page, page.getByRole("button", { name: "Save as CSV" }));
  expect(await readFile(await (await download).path(), "utf8")).toBe(readFileSync(csv, "utf8"));
});

/** The page's clock stands days ahead; the machine's does not. */
function daysLater(ms: number): void {
  const Real = Date;
  class Later extends Real {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(Real.now() + ms);
      else super(...(given as [number]));
    }
    static override now(): number {
      return Real.now() + ms;
    }
  }
  globalThis.Date = Later as DateConstructor;
}

const clock = (page: Page): Locator =>
  lab
    .panel(page, "Clock and timeline")
    .getByText(/^T\+\d+:\d\d/)
    .first();

/** As a person closes a tab: the page hears of it. */
async function close(page: Page): Promise<void> {
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
}

async function openPath(page: Page): Promise<void> {
  await page.goto("/");
  await follow(page, link(page, "Open the maintainer path"));
  await expect(page.getByRole("heading", { level: 1, name: "Maintainer path" })).toBeVisible();
}

const row = (page: Page): Locator => page.getByRole("row").filter({ hasText: "Revoke first, tidy later" });

test("a self-paced learner: leaves in the middle of a lab, and comes back a day later", async ({
  context,
}) => {
  const lines = solution("revoke-first");
  const half = Math.ceil(lines.length / 2);
  const first = await context.newPage();
  await openPath(first);
  await expect(row(first)).toContainText("not begun");
  await follow(first, link(row(first), /^Start/));
  await lab.ready(first);
  await typeAll(first, lines.slice(0, half));
  const before = { checks: await lab.check(first), said: await lab.everythingSaid(first) };
  const time = await clock(first).innerText();
  const due = await lab
    .panel(first, "Checks")
    .getByText(/^\d of \d+ pass$/)
    .innerText();
  const second = await context.newPage();
  await close(first);

  await context.addInitScript(daysLater, DAY);
  await second.goto("/");
  await expect(link(second, "Continue Revoke first, tidy later")).toBeVisible();
  await expect(second.getByText(`left yesterday at ${time}`)).toBeVisible();
  await openPath(second);
  await expect(row(second)).toContainText(`left yesterday at ${time}`);
  await expect(row(second)).toContainText("begun");
  await expect(link(second, /^Continue lab 2, about \d+ minutes? left/)).toBeVisible();
  await follow(second, link(row(second), /^Continue/));
  await lab.ready(second);
  await expect(
    lab.panel(second, "Brief").getByText(new RegExp(`^Left yesterday at ${time.replace("+", "\\+")}`)),
  ).toBeVisible();
  await expect(clock(second)).toHaveText(time);
  expect(await lab.everythingSaid(second)).toEqual(before.said);
  await expect(lab.panel(second, "Checks").getByText(due, { exact: true })).toBeVisible();
  expect(await lab.check(second)).toEqual(before.checks);
  await expect(clock(second)).toHaveText(time);
  await typeAll(second, lines.slice(half));
  await passes(second, "revoke-first");
  const region = await debrief(second);
  await expect(link(region, "Next: Change the tyre while driving")).toBeVisible();

  await openPath(second);
  await expect(row(second)).toContainText("Passed today");
  const again = second.getByRole("region", { name: "Due again" });
  await expect(again).toContainText(
    "Revoke first, tidy later comes back tomorrow, with new names and values.",
  );
  await expect(link(second, /^Start lab 1\b/)).toBeVisible();
  const third = await context.newPage();
  await close(second);

  await context.addInitScript(daysLater, DAY);
  await openPath(third);
  await expect(row(third)).toContainText("Passed yesterday");
  await follow(third, link(third.getByRole("region", { name: "Due again" }), "Revoke first, tidy later"));
  await lab.ready(third);
  await expect(lab.panel(third, "Brief").getByText(/^Review: the same lab/)).toBeVisible();
});
