/** What a learner does on the page of a lab: by keyboard, and read through roles and names. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./test.ts";

export const LAB = "unpushed-leak";

/** One command as the terminal's accessible list tells it. */
export interface Said {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
}

export const address = (seed?: number, name = LAB): string =>
  `/labs/${name}/${seed === undefined ? "" : `?seed=${seed}`}`;

/** Opens the lab and waits until it can be played. */
export async function openLab(page: Page, seed?: number, name = LAB): Promise<void> {
  await page.goto(address(seed, name));
  await ready(page);
}

export async function ready(page: Page): Promise<void> {
  await expect(terminalInput(page)).toBeAttached();
  await expect(panel(page, "Terminal").getByText(/^(?:Getting the lab ready|Replaying)/)).toHaveCount(0);
}

export const panel = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

/** The list of commands that assistive technology reads. */
export const transcript = (page: Page): Locator =>
  page.getByRole("group", { name: "Terminal 1: Commands and their output" });

export const terminalInput = (page: Page): Locator => page.getByRole("textbox", { name: /^Terminal 1\./ });

const items = (page: Page): Locator => transcript(page).getByRole("listitem");

/** Goes into the terminal by its number. */
export async function enterTerminal(page: Page): Promise<void> {
  if (await terminalInput(page).evaluate((input) => input === document.activeElement)) return;
  await page.keyboard.press("Control+Shift+Digit4");
  await expect(terminalInput(page)).toBeFocused();
}

/** Types one chunk of shell and presses Enter; does not wait for its end. */
export async function type(page: Page, command: string): Promise<void> {
  await enterTerminal(page);
  for (const line of command.split("\n")) {
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  }
}

/** Types one chunk of shell and waits for its end. */
export async function run(page: Page, command: string): Promise<Said> {
  const before = await items(page).count();
  await type(page, command);
  return ended(page, before);
}

/** The entry at an index (from 0), once its command has ended. */
export async function ended(page: Page, index: number): Promise<Said> {
  const item = items(page).nth(index);
  await expect(item).toHaveAttribute("data-exit-code", /^\d+$/, { timeout: 20_000 });
  return told(item);
}

export const countCommands = (page: Page): Promise<number> => items(page).count();

async function told(item: Locator): Promise<Said> {
  const [command, output, exitCode] = await item.evaluate((element) => [
    element.querySelector(".terminal-text-command > code")?.textContent ?? "",
    element.querySelector("pre")?.textContent ?? "",
    (element as HTMLElement).dataset["exitCode"] ?? "",
  ]);
  return { command: command ?? "", output: output ?? "", exitCode: Number(exitCode) };
}

/** Everything that the terminal has told so far. */
export async function everythingSaid(page: Page): Promise<readonly Said[]> {
  return Promise.all((await items(page).all()).map(told));
}

/** Waits until the editor shows a file and has the focus. */
export async function inEditor(page: Page, file: string): Promise<void> {
  const editor = page.getByRole("textbox", {
    name: new RegExp(`^Editor, .*/${file.replaceAll(".", "\\.")}\\.`),
  });
  await expect(editor).toBeFocused({ timeout: 20_000 });
}

/** Opens a file of the work folder from the tree, with the arrow keys. */
export async function openFromTree(page: Page, name: string): Promise<void> {
  const tree = page.getByRole("tree", { name: "Files" });
  await expect(tree.getByRole("treeitem", { name }).first()).toBeAttached();
  await tree.locator('[tabindex="0"]').focus();
  await page.keyboard.press("Home");
  const names = await tree.getByRole("treeitem").allTextContents();
  for (let i = 0; i < names.findIndex((text) => text.startsWith(name)); i++) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(tree.getByRole("treeitem", { name, exact: false }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await inEditor(page, name);
}

/** Saves the file that a command waits for and gives the terminal back, by keyboard. */
export async function saveAndClose(page: Page): Promise<void> {
  await page.keyboard.press("Control+S");
  await pressButton(page, panel(page, "Editor").getByRole("button", { name: "Save and close" }));
}

/** Focuses a control and presses it, without a pointer. */
export async function pressButton(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
}

/** Runs a command of the palette by its name. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F1");
  const field = page.getByRole("combobox", { name: "Search commands" });
  await expect(field).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole("dialog").getByRole("option").first()).toHaveText(new RegExp(`^${name}`));
  await page.keyboard.press("Enter");
}

/** Sets the attempt aside and begins again. */
export async function startAgain(page: Page, seed: "same seed" | "new seed"): Promise<void> {
  await command(page, "Start this lab again");
  await expect(page.getByRole("button", { name: "Keep going" })).toBeFocused();
  for (const _ of seed === "same seed" ? [1] : [1, 2]) await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: `Start again, ${seed}` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await ready(page);
  await expect(items(page)).toHaveCount(0);
}

/** What the live regions say now, politely or not. */
export async function spoken(page: Page): Promise<string> {
  const regions = [page.getByRole("status"), page.getByRole("alert")];
  return (await Promise.all(regions.map((all) => all.allTextContents()))).flat().join("\n");
}

export interface Verdicts {
  readonly passing: readonly string[];
  /** Sentences of the diagnoses that are shown, in order. */
  readonly sentences: readonly string[];
}

/** Runs the checks by their key and reads what the page says. */
export async function check(page: Page): Promise<Verdicts> {
  await page.keyboard.press("Control+Enter");
  const busy = page.getByRole("button", { name: /^Run checks/ });
  await expect(busy).toHaveAttribute("aria-busy", "false");
  const region = panel(page, "Checks");
  await expect(region.getByText("checking", { exact: true })).toHaveCount(0);
  const rows = region.locator("li.check");
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => ({
      title: row.querySelector(".check-title")?.textContent ?? "",
      verdict: row.querySelector(".verdict")?.textContent ?? "",
    })),
  );
  return {
    passing: texts.filter(({ verdict }) => verdict === "passes").map(({ title }) => title),
    sentences: await region.locator(".diagnosis .finding").allTextContents(),
  };
}

export interface Report {
  readonly text: string;
  readonly digest: string;
}

/** "Report a problem" saves the attempt and the digest of its state: the learner's own way to both. */
export async function report(page: Page): Promise<Report> {
  const download = page.waitForEvent("download");
  await command(page, "Report a problem");
  const text = await readFile(await (await download).path(), "utf8");
  // The remark tells of this browser at this moment; what must not change stands before it.
  const said = text.replace(/^\{"remark":.*\n/gm, "");
  const line = said.split("\n").findLast((candidate) => candidate.includes('"digest"')) ?? "";
  const { digest } = JSON.parse(line) as { digest: string };
  return { text: said, digest };
}
