/** The first minute: offered once, walked by keyboard, left at any moment. */
import { AxeBuilder } from "@axe-core/playwright";
import * as lab from "./lab.ts";
import { STEPS } from "../../src/ui/tour/steps.ts";
import { expect, test } from "./test.ts";

test.use({ newcomer: true });

test("the tour is offered to a newcomer and walks six places by keyboard", async ({ page }) => {
  await lab.openLab(page, 3, "first-clean-pr");
  const offer = page.getByRole("complementary", { name: "Tour" });
  await lab.pressButton(page, offer.getByRole("button", { name: "Show me around" }));
  for (const [i, { title }] of STEPS.entries()) {
    const card = page.getByRole("dialog", { name: title });
    await expect(card).toContainText(`Step ${i + 1} of ${STEPS.length}`);
    const { violations } = await new AxeBuilder({ page }).include(".tour-card").analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await expect(
      card.getByRole("button", { name: i === STEPS.length - 1 ? "To the terminal" : "Next" }),
    ).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(lab.terminalInput(page)).toBeFocused();
  await page.reload();
  await lab.ready(page);
  await expect(offer).toHaveCount(0);
});

test("Esc leaves the tour; the address starts it again", async ({ page }) => {
  await page.goto("/labs/first-clean-pr/?tour");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a lab can be played while the offer stands", async ({ page }) => {
  await lab.openLab(page, 3, "first-clean-pr");
  await expect(page.getByRole("complementary", { name: "Tour" })).toBeVisible();
  expect((await lab.run(page, "git status")).exitCode).toBe(0);
});
