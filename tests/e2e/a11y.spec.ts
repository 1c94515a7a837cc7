/** Reachable, named and announced: axe on every state of the pages, what assistive technology hears, and the keys. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

/** What axe finds, one line each. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing on home", async ({ page }) => {
      await page.goto("/");
      expect(await findings(page)).toEqual([]);
    });

    test("axe finds nothing in any state of the lab", async ({ page }) => {
      test.setTimeout(120_000);
      await lab.openLab(page, 7);
      expect(await findings(page), "start").toEqual([]);
      await lab.run(page, "git log --oneline; no-such-command");
      await lab.check(page);
      expect(await findings(page), "failing checks").toEqual([]);
      await lab.openFromTree(page, "database.js");
      await expect(page.getByRole("tab", { name: "database.js" })).toBeVisible();
      expect(await findings(page), "editor").toEqual([]);
      await lab.command(page, "Open hints");
      await expect(page.getByRole("complementary", { name: "Hints" })).toBeFocused();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Hint 1, where to look" })).toBeVisible();
      expect(await findings(page), "hints").toEqual([]);
      await page.keyboard.press("Escape");
      for (const dialog of ["Start this lab again", "Keys", "Settings"]) {
        await lab.command(page, dialog);
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await findings(page), dialog).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
      await lab.command(page, "Show the terminal as text");
      expect(await findings(page), "text view").toEqual([]);
    });

    for (const width of [390, 1024] as const) {
      test(`axe finds nothing at ${width}`, async ({ page }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(lab.address(7));
        if (width > 720) await lab.ready(page);
        await expect(page.getByText("Your tasks")).toBeVisible();
        expect(await findings(page)).toEqual([]);
        if (width < 720)
          await lab.pressButton(page, page.getByRole("button", { name: "Checks", exact: true }));
        await page.keyboard.press("Control+Enter");
        await expect(page.getByText("fails", { exact: true }).first()).toBeAttached();
        expect(await findings(page), "after checks").toEqual([]);
      });
    }
  });
}

test("the terminal is heard: a list of commands, and what is new once", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.run(page, "printf 'one\\ntwo\\n'");
  await lab.run(page, "false");
  await expect(lab.transcript(page)).toMatchAriaSnapshot(`
    - 'group "Terminal 1: Commands and their output"':
      - list:
        - listitem:
          - paragraph:
            - code: "printf 'one\\\\ntwo\\\\n'"
          - text: one two
          - paragraph: exit code 0, T+0:00
        - listitem:
          - paragraph:
            - code: "false"
          - paragraph: exit code 1, T+0:15
  `);
  const live = lab.panel(page, "Terminal").getByRole("status");
  await expect(live).toHaveAttribute("aria-live", "polite");
  await expect(live).toContainText("exit code 1");
  await lab.run(page, "seq 100");
  await expect(live).toContainText("100 lines of output");
});

test("the graph is heard: a tree whose items say what holds them", async ({ page }) => {
  await lab.openLab(page, 7);
  const tree = page.getByRole("tree", { name: "Commits" });
  await expect(tree).toMatchAriaSnapshot(`
    - tree "Commits":
      - group "What a branch, tag or stash leads to":
        - treeitem /stash@\\{0\\}/
        - treeitem /Add tests for .* HEAD , feat\\/harbour-codes/
        - treeitem /Load harbour codes from the database/
        - treeitem /Add harbour code table/
        - treeitem /Release .* main , origin\\/main/
        - treeitem /Tide tables for the northern harbours/
      - 'group "Below: no branch leads here, git keeps it"':
        - treeitem /Lost file , held by nothing/
  `);
  await tree.locator('[tabindex="0"]').focus();
  await page.keyboard.press("End");
  await expect(tree.getByRole("treeitem").last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(tree.getByRole("treeitem").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(lab.panel(page, "Editor").getByRole("tab", { selected: true })).toBeVisible();
  await lab.check(page);
  await expect(tree.getByRole("treeitem", { name: /holds a copy/ }).first()).toBeAttached();
});

/** The name of the panel that has the focus; "" for none. */
const focusedPanel = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest("section.panel")?.getAttribute("aria-label") ?? "");

test("F6 goes through the panels in their order and out of the page, from everywhere", async ({ page }) => {
  await lab.openLab(page, 7);
  const order = ["Brief", "Checks", "Editor", "Terminal", "Git graph", "Leak map", "Clock and timeline"];
  const seen: string[] = [];
  for (let i = 0; i < order.length; i++) {
    await page.keyboard.press("F6");
    await expect.poll(() => focusedPanel(page)).toBe(order[i]);
    seen.push(await focusedPanel(page));
  }
  expect(seen).toEqual(order);
  await page.keyboard.press("F6");
  await expect.poll(() => focusedPanel(page)).toBe("");
  for (const [index, name] of order.entries()) {
    await page.keyboard.press(`Control+Shift+Digit${index + 1}`);
    await expect.poll(() => focusedPanel(page)).toBe(name);
  }
});

test("no trap: F6 and Shift-F6 leave terminal and editor; Ctrl-` goes there and back", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.openFromTree(page, "README.md");
  await page.keyboard.press("F6");
  await expect(lab.terminalInput(page)).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect.poll(() => focusedPanel(page)).toBe("Editor");
  await lab.inEditor(page, "README.md");
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: /^Editor, / })).not.toBeFocused();
  await page.keyboard.press("Control+Shift+Digit2");
  await expect.poll(() => focusedPanel(page)).toBe("Checks");
  await page.keyboard.press("Control+Backquote");
  await expect(lab.terminalInput(page)).toBeFocused();
  await page.keyboard.press("Control+Backquote");
  await expect.poll(() => focusedPanel(page)).toBe("Checks");
});

test("Tab goes on from the header through every panel and ends outside the page", async ({ page }) => {
  await lab.openLab(page, 7);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the terminal" })).toBeFocused();
  const panels = new Set<string>();
  for (let i = 0; i < 80; i++) {
    // Inside the terminal Tab completes; Shift-Tab and F6 leave it.
    const inTerminal = await lab.terminalInput(page).evaluate((input) => input === document.activeElement);
    await page.keyboard.press(inTerminal ? "F6" : "Tab");
    const at = await page.evaluate(() => document.activeElement === document.body);
    panels.add(await focusedPanel(page));
    if (at) break;
  }
  for (const name of ["Brief", "Checks", "Editor", "Terminal", "Git graph", "Leak map"])
    expect([...panels]).toContain(name);
});

test("checks, refusals and dialogs are announced, and focus comes back", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.enterTerminal(page);
  await lab.check(page);
  expect(await lab.spoken(page)).toMatch(/No copy in the branch: fails/);
  await expect(lab.terminalInput(page)).toBeFocused();
  await page.keyboard.press("F1");
  await expect(page.getByRole("combobox", { name: "Search commands" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(lab.terminalInput(page)).toBeFocused();
});

test("a dialog that was left does not take the next one with it, however soon that opens", async ({
  page,
}) => {
  await lab.openLab(page);
  await lab.ready(page);
  await lab.command(page, "Keys");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  // Before the browser tells of the first one's end.
  await page.evaluate(async () => {
    for (const key of ["Escape", "F1"]) {
      const press = new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(press);
      for (let i = 0; i < 10; i++) await Promise.resolve();
    }
  });
  const field = page.getByRole("combobox", { name: "Search commands" });
  await expect(field).toBeFocused();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await expect(field).toBeFocused();
});
