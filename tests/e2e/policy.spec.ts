/** Every page of the built site and every panel of a lab keep to the policy, which forbids inline scripts and eval. */
import type { Page } from "@playwright/test";
import { builtPages } from "./builtPages.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

declare global {
  interface Window {
    violations?: string[];
  }
}

/** Notes every violation from the first script on. */
async function listen(page: Page): Promise<string[]> {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.violations?.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}`),
    );
  });
  return errors;
}

const violations = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => window.violations ?? ["nothing listened"]);

const directive = (policy: string, name: string): readonly string[] =>
  policy
    .split(";")
    .map((part) => part.trim().split(/\s+/))
    .find(([first]) => first === name)
    ?.slice(1) ?? [];

test("every page", async ({ page }) => {
  test.setTimeout(300_000);
  const pages = builtPages();
  expect(pages.length).toBeGreaterThan(30);
  const errors = await listen(page);
  for (const address of pages) {
    const response = await page.goto(address);
    const policies = [
      response?.headers()["content-security-policy"] ?? "",
      (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content")) ?? "",
    ];
    for (const policy of policies) expect(directive(policy, "script-src"), address).toEqual(["'self'"]);
    expect(await page.locator("script:not([src]):not([type='application/json'])").count(), address).toBe(0);
    expect(await page.locator("[onclick], [onload], [onerror]").count(), address).toBe(0);
    expect(await violations(page), address).toEqual([]);
  }
  // The page that says that there is none is itself answered with 404.
  expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
});

/** Between them they have every panel. */
for (const name of ["unpushed-leak", "pwn-request", "revoke-first"])
  test(`every panel of ${name}`, async ({ page }) => everyPanel(page, name));

async function everyPanel(page: Page, name: string): Promise<void> {
  const errors = await listen(page);
  await lab.openLab(page, 7, name);
  await lab.run(page, "git status");
  const tabs = page.getByRole("tab");
  const names = await tabs.allTextContents();
  expect(names.length).toBeGreaterThan(1);
  for (let i = 0; i < names.length; i++) {
    await tabs.nth(i).click();
    await expect(tabs.nth(i)).toHaveAttribute("aria-selected", "true");
  }
  await lab.check(page);
  expect(await violations(page)).toEqual([]);
  expect(errors).toEqual([]);
}

test("a page that breaks the policy is noticed", async ({ page, watch }) => {
  await listen(page);
  await page.goto("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
  });
  // Once by the policy of the page, once by that of the server.
  await expect.poll(() => violations(page)).toContainEqual(expect.stringMatching(/^script-src/));
  await expect(page).not.toHaveTitle("ran");
  await expect.poll(() => watch.errors.length).toBeGreaterThan(0);
  watch.errors.length = 0;
});
