/** How home and lab look at every width, by day and by night: pictures to look at, and nothing runs over. */
import { labNames } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const WIDTHS = [1440, 1024, 390] as const;

for (const width of WIDTHS) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(() => {
      test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme });
      for (const [name, address] of [
        ["home", "/"],
        ["lab", lab.address(7)],
      ] as const) {
        test(`${name} at ${width}, ${colorScheme}`, async ({ page }, info) => {
          await page.goto(address);
          if (name === "lab" && width >= 720) {
            await lab.ready(page);
            await lab.run(page, "git status");
          }
          await page.evaluate(() => document.fonts.ready.then(() => undefined));
          await page.screenshot({ path: info.outputPath(`${name}-${width}-${colorScheme}.png`) });
          const [needed, there] = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return [scrollWidth, clientWidth];
          });
          expect(needed, "width that the page needs").toBeLessThanOrEqual(there as number);
          const lost = await page.locator("h1, h2, button, a, input").evaluateAll((all) =>
            all
              .filter((element) =>
                element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
              )
              .filter((element) => !element.closest(".skip, .sr-only, .terminal-host, .monaco-host"))
              .filter((element) => {
                const { left, right, width } = element.getBoundingClientRect();
                return width > 0 && (left < -1 || right > innerWidth + 1);
              })
              .map((element) => element.textContent?.trim()),
          );
          expect(lost, "controls beyond an edge").toEqual([]);
          await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        });
      }
    });
  }
}

test("no lab needs more than 390 pixels", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of labNames()) {
    await page.goto(lab.address(7, name));
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed, name).toBeLessThanOrEqual(390);
  }
});
