/** Loaded once, LeakLab works without a network; a new version leaves alone what was begun. */
import type { BrowserContext, Page } from "@playwright/test";
import { makeClass } from "../report/class.ts";
import * as lab from "./lab.ts";
import { laterVersion, test, type OwnSite } from "./ownSite.ts";
import { readStored } from "./stored.ts";
import { expect } from "./test.ts";

const badge = (page: Page) => lab.panel(page, "Clock and timeline").locator("[data-offline]");
const footer = (page: Page) => page.locator("#offline-state");

async function cut(context: BrowserContext, site: OwnSite): Promise<void> {
  await site.stop();
  await context.setOffline(true);
}

/**
 * The browser ends a service worker that has had nothing to do for 30 seconds, and only then the next one takes over.
 * Playwright is attached to it like developer tools, for which the browser lets it live: the test ends it instead.
 */
async function idle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}

const isolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);

test.describe.configure({ timeout: 300_000 });

test("load once, cut the network, play two labs, reload: progress is there", async ({
  page,
  context,
  site,
}) => {
  await page.goto("/");
  await expect(footer(page)).toHaveText(/^Getting ready, \d+ of \d+$/, { timeout: 20_000 });
  await expect(footer(page)).toHaveText("Saved, works offline", { timeout: 60_000 });
  await cut(context, site);
  await expect(footer(page)).toHaveText("Offline");

  await lab.openLab(page, 7);
  expect(await isolated(page), "headers of kept pages are kept").toBe(true);
  expect((await lab.run(page, "git status")).output).toMatch(/^On branch /);
  await lab.check(page);
  await expect(badge(page)).toHaveText("Offline");
  await page.reload();
  await lab.ready(page);
  expect((await lab.everythingSaid(page)).map(({ command }) => command)).toEqual(["git status"]);

  await lab.openLab(page, 7, "revoke-first");
  expect((await lab.run(page, "ls")).exitCode).toBe(0);
  await lab.check(page);
  const { attempts } = await readStored(page);
  expect(attempts.map(({ last }) => last)).toEqual([1, 1]);

  for (const address of ["/", "/de/", "/de/labs/unpushed-leak/"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.goto("/nowhere/");
  await expect(page.getByRole("link", { name: /LeakLab/ })).toBeVisible();
});

test("a lab that was open when the network went still finds its parts", async ({ page, context, site }) => {
  await lab.openLab(page, 7);
  await expect(badge(page)).toHaveText("Saved, works offline", { timeout: 60_000 });
  await cut(context, site);
  expect((await lab.run(page, "git log --oneline -1")).exitCode).toBe(0);
  expect((await lab.run(page, "echo a | awk '{print $1}'; gh --version | head -1")).output).toMatch(
    /^a\ngh /,
  );
  await lab.openFromTree(page, "README.md");
  await lab.check(page);
});

test("a class report without a network: attempts are played again and graded", async ({
  page,
  context,
  site,
}, info) => {
  const handedIn = info.outputPath("class");
  makeClass(handedIn);
  await page.goto("/");
  await expect(footer(page)).toHaveText("Saved, works offline", { timeout: 60_000 });
  await cut(context, site);
  await page.goto("/report/");
  await page.locator("input[data-chooses=folder]").setInputFiles(handedIn);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(4, { timeout: 90_000 });
  await expect(page.getByRole("row", { name: /^Ada/ })).toContainText("passed");
});

test("a new version: an open lab and an attempt that is not finished keep theirs", async ({
  page,
  context,
  site,
}, info) => {
  await lab.openLab(page, 7);
  expect((await lab.run(page, "git status")).exitCode).toBe(0);
  await expect(badge(page)).toHaveText("Saved, works offline", { timeout: 60_000 });
  const { header } = (await readStored(page)).attempts[0] as { header: { core: string } };
  await site.serve(await laterVersion(info.outputPath("later"), header.core));

  const other = await context.newPage();
  await other.goto("/");
  await expect(footer(other)).toHaveText("New version from the next lab on", { timeout: 150_000 });
  await expect(badge(page)).toHaveText("New version from the next lab on");
  await idle(other);
  // The open lab plays on, with parts of its own version that it loads only now.
  await lab.openFromTree(page, "README.md");
  expect((await lab.run(page, "gh --version")).exitCode).toBe(0);

  await cut(context, site);
  await page.reload();
  const changed = page.getByRole("region", { name: "LeakLab has changed since you began this attempt." });
  await changed.getByRole("link", { name: "Go on in the version that you began with" }).click();
  await lab.ready(page);
  await expect(changed).toHaveCount(0);
  expect((await lab.run(page, "git status")).exitCode).toBe(0);
  await page.reload();
  await lab.ready(page);
  expect((await lab.everythingSaid(page)).map(({ command }) => command)).toEqual([
    "git status",
    "gh --version",
    "git status",
  ]);
  // A lab that was not begun comes from the new version.
  await lab.openLab(other, 7, "revoke-first");
  await expect(other.locator('meta[name="leaklab-build"]')).toHaveAttribute("content", "later");
});

test("an older version goes when nobody needs it", async ({ page, site }, info) => {
  await page.goto("/");
  await expect(footer(page)).toHaveText("Saved, works offline", { timeout: 60_000 });
  const before = await page.evaluate(() => caches.keys());
  await site.serve(await laterVersion(info.outputPath("later"), "no core has this name"));
  await page.goto("/");
  await expect(footer(page)).toHaveText("New version from the next lab on", { timeout: 150_000 });
  await idle(page);
  await page.reload();
  await expect
    .poll(() => page.evaluate(() => caches.keys()), { timeout: 20_000 })
    .toEqual(["leaklab/site/later"]);
  expect(before).toHaveLength(1);
});
