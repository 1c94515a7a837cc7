/** Panels of services: looked at, changed by panel as by command, and led to by evidence. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const SEED = 3;

const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name: new RegExp(`^${name}`) });

async function silent(page: Page, panel: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(`#panel-${panel}`).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

async function section(page: Page, panel: string, name: string): Promise<void> {
  await lab.panel(page, panel).getByRole("button", { name, exact: true }).click();
}

test("a key goes off in the console, and the check passes", async ({ page }) => {
  test.setTimeout(180_000);
  await lab.openLab(page, SEED, "revoke-first");
  const cloud = lab.panel(page, "Cloud");
  await expect(tab(page, "Cloud")).toHaveAttribute("aria-selected", "true");
  const rows = cloud.getByRole("table", { name: "Users and keys" });
  await expect(rows.getByRole("row").filter({ hasText: "ci-sandbox" })).toContainText("active");
  await silent(page, "cloud");

  const before = await lab.report(page);
  for (const name of ["Policies", "Roles", "Trail", "Buckets", "Services", "Users and keys"]) {
    await section(page, "Cloud", name);
    await expect(cloud.getByText("Looking…")).toHaveCount(0);
    await silent(page, "cloud");
    if (name === "Buckets") await expect(cloud.getByText("s3:ListAllMyBuckets")).toBeVisible();
  }
  expect((await lab.report(page)).digest, "looking changes nothing").toBe(before.digest);

  await lab.check(page);
  await page.getByRole("button", { name: /^Show evidence 1, AKIA/ }).click();
  await expect(cloud.getByRole("button", { name: "ci-sandbox", exact: true })).toBeFocused();
  await expect(cloud.getByRole("button", { name: "ci-sandbox", exact: true })).toHaveAttribute(
    "aria-expanded",
    "true",
  );
  await silent(page, "cloud");
  await cloud.getByRole("button", { name: "Back to check" }).click();
  await expect(page.getByRole("button", { name: /^Show evidence 1, AKIA/ })).toBeFocused();

  await cloud.getByRole("button", { name: "Turn off" }).click();
  await expect.poll(() => lab.spoken(page)).toContain("The key of ci-sandbox is off.");
  await expect(rows.getByRole("row").filter({ hasText: "ci-sandbox" }).first()).toContainText("inactive");
  await cloud.getByLabel("Name of the event").fill("UpdateAccessKey");
  const event = cloud.getByRole("row").filter({ hasText: "UpdateAccessKey" });
  await expect(event).toContainText("learner");
  await event.getByRole("button", { name: "UpdateAccessKey" }).click();
  await expect(cloud.getByRole("group", { name: "Record of UpdateAccessKey" })).toContainText(
    "console.amazonaws.com",
  );
  expect((await lab.check(page)).passing).toContain("The key opens nothing");
  expect(await page.locator("#panel-cloud").textContent(), "only the ends of a key id").not.toMatch(
    /A[KS]IA[A-Z0-9]{16}/,
  );
});

test("people write, are counted, and are written to", async ({ page }) => {
  test.setTimeout(120_000);
  await lab.openLab(page, SEED, "revoke-first");
  await expect(page.getByRole("tab", { name: "People 1" })).toBeVisible();
  await tab(page, "People").click();
  const people = lab.panel(page, "People");
  const messages = people.getByRole("list", { name: "Messages in #general" });
  await expect(messages.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("tab", { name: "People", exact: true })).toBeVisible();
  await people.getByRole("textbox", { name: "Message to #general" }).fill("The key is off.");
  await people.getByRole("button", { name: "Send" }).click();
  await expect(messages.getByRole("listitem").last()).toContainText("New Contributor T+0:00");
  await expect(messages.getByRole("listitem").last()).toContainText("The key is off.");
  await silent(page, "people");

  await lab.run(page, "sleep 300");
  const toasts = page.locator(".toasts");
  await expect(toasts).toContainText(/^Mail from /);
  await expect(page.getByRole("tab", { name: "People 1" })).toBeVisible();
  await toasts.getByRole("button", { name: "Read" }).click();
  await expect(people.getByRole("article")).toBeVisible();
  await expect(page.getByRole("tab", { name: "People", exact: true })).toBeVisible();
  await silent(page, "people");
  await page.reload();
  await lab.ready(page);
  await expect(page.getByRole("tab", { name: "People", exact: true })).toBeVisible();
});

test("a lease of the store is shown with its time, and revoked", async ({ page }) => {
  test.setTimeout(120_000);
  await lab.openLab(page, SEED, "first-clean-pr");
  await tab(page, "Store").click();
  const store = lab.panel(page, "Store");
  await expect(store.getByText("database/", { exact: true })).toBeVisible();
  await lab.run(page, "bao read database/creds/dev > ~/login");
  for (const name of ["Secrets", "Policies", "Tokens", "Ways to log in", "Leases"]) {
    await section(page, "Store", name);
    await silent(page, "store");
  }
  const lease = store.getByRole("row").filter({ hasText: "database/creds/dev/" });
  await expect(lease).toContainText("23 h 59 min");
  await store.getByRole("button", { name: /^Revoke lease database\/creds\/dev\// }).click();
  await expect.poll(() => lab.spoken(page)).toContain("The lease is revoked.");
  await expect(store.getByText(/^No lease\./)).toBeVisible();
});

test("the health of a service falls when its key goes off", async ({ page }) => {
  test.setTimeout(150_000);
  await lab.openLab(page, SEED, "rotate-without-outage");
  await tab(page, "Health").click();
  const health = lab.panel(page, "Health").getByRole("region", { name: "tides-api" });
  await expect(health).toContainText("100 % served");
  await silent(page, "status");
  await tab(page, "Cloud").click();
  const cloud = lab.panel(page, "Cloud");
  await cloud.getByRole("button", { name: "tides-api", exact: true }).click();
  await cloud.getByRole("button", { name: "Turn off" }).click();
  await expect.poll(() => lab.spoken(page)).toContain("The key of tides-api is off.");
  await lab.run(page, "sleep 120");
  await tab(page, "Health").click();
  await expect(health).toContainText(/down, \d+ requests failed/);
  await expect(health.getByRole("table", { name: "Outages of tides-api" })).toContainText("now");
  await silent(page, "status");
  await lab.check(page);
  await page
    .getByRole("button", { name: /^Show evidence \d, tides-api: \d+ requests failed/ })
    .first()
    .click();
  await expect(health).toBeFocused();
});

test("a rule of the forge is changed by panel, and the audit log has it", async ({ page }) => {
  test.setTimeout(120_000);
  await lab.openLab(page, SEED, "guard-the-gate");
  await tab(page, "Forge").click();
  const forge = lab.panel(page, "Forge");
  await section(page, "Forge", "Repository");
  await forge.getByRole("button", { name: "Turn push protection on" }).click();
  await expect.poll(() => lab.spoken(page)).toContain("Push protection is on.");
  await expect(forge.getByRole("button", { name: "Turn push protection off" })).toBeVisible();
  await lab.run(page, "gh secret set SPARE -b nothing");
  await section(page, "Forge", "Secrets");
  await forge.getByRole("button", { name: "Delete SPARE" }).click();
  await expect.poll(() => lab.spoken(page)).toContain("SPARE is deleted.");
  await expect(forge.getByRole("button", { name: "Delete SPARE" })).toHaveCount(0);
  expect((await lab.run(page, "gh secret list")).output).not.toContain("SPARE");
});
