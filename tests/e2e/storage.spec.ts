/** The browser's storage fails in each way it can: each has its answer on the page, and nothing is lost by it. */
import { readFile } from "node:fs/promises";
import type { CDPSession, Page } from "@playwright/test";
import * as lab from "./lab.ts";
import { parseFile, readStored, storeAttempt } from "./stored.ts";
import { expect, test } from "./test.ts";

const banner = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

/** The file that a banner offers. */
async function savedFile(page: Page, title: string): Promise<string> {
  const download = page.waitForEvent("download");
  await lab.pressButton(
    page,
    banner(page, title).getByRole("button", { name: "Save the attempt as a file" }),
  );
  return readFile(await (await download).path(), "utf8");
}

function typed(text: string): readonly string[] {
  const { entries } = parseFile(text) as unknown as { entries: { input: { text?: string } }[] };
  return entries.flatMap(({ input }) => input.text ?? []);
}

/** Text that does not compress to nothing. */
const words = (count: number): string =>
  Array.from({ length: count }, () =>
    Math.random()
      .toString(36)
      .replace(/[^a-z]/g, "")
      .slice(0, 6),
  )
    .join(" ")
    .replace(/ {2,}/g, " ");

const cdp = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

test("blocked: play goes on, the page says that nothing is saved, a file keeps it", async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    IDBFactory.prototype.open = refuse;
  });
  await lab.openLab(page, 7);
  const title = "Nothing is saved in this browser.";
  await expect(banner(page, title)).toBeVisible();
  await expect(lab.panel(page, "Clock and timeline").getByText("Not saved", { exact: true })).toBeVisible();
  expect((await lab.run(page, "echo played")).output).toBe("played");
  expect(typed(await savedFile(page, title))).toEqual(["echo played"]);
});

test("full: the page says from where on nothing is saved, and keeps all of it for a file", async ({
  page,
  baseURL,
}) => {
  const session = await cdp(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: baseURL as string, quotaSize: 400_000 });
  await lab.openLab(page, 7);
  await lab.run(page, "echo one");
  const title = "Your newest commands are not saved.";
  const played = ["echo one"];
  while (played.length < 25 && (await banner(page, title).count()) === 0) {
    const large = `: ${words(8_000)}`;
    await lab.enterTerminal(page);
    await page.keyboard.insertText(large);
    await page.keyboard.press("Enter");
    await lab.ended(page, played.push(large) - 1);
  }
  await expect(banner(page, title)).toBeVisible();
  expect((await lab.run(page, "echo two")).output).toBe("two");
  expect(typed(await savedFile(page, title))).toEqual([...played, "echo two"]);
  await page.reload();
  await lab.ready(page);
  expect((await lab.everythingSaid(page)).map(({ command }) => command)).toEqual(played.slice(0, -1));
});

test("evicted while open: everything is stored again", async ({ page, baseURL }) => {
  await lab.openLab(page, 7);
  await lab.run(page, "echo one");
  const session = await cdp(page);
  await session.send("Storage.clearDataForOrigin", { origin: baseURL as string, storageTypes: "indexeddb" });
  expect((await lab.run(page, "echo two")).output).toBe("two");
  await expect(banner(page, "The browser removed your saved attempt.")).toBeVisible();
  const before = await lab.report(page);
  await page.reload();
  await lab.ready(page);
  expect((await lab.everythingSaid(page)).map(({ command }) => command)).toEqual(["echo one", "echo two"]);
  expect(await lab.report(page)).toEqual(before);
});

test("a second tab reads, takes over, and the first one reads from then on", async ({ page, context }) => {
  await lab.openLab(page, 7);
  await lab.run(page, "echo first");
  const second = await context.newPage();
  await lab.openLab(second);
  const title = "Another tab plays this attempt.";
  await expect(banner(second, title)).toBeVisible();
  expect((await lab.everythingSaid(second)).map(({ output }) => output)).toEqual(["first"]);
  await lab.type(second, "echo refused");
  await expect.poll(() => lab.spoken(second)).toContain(title);

  await lab.pressButton(second, banner(second, title).getByRole("button", { name: "Take over here" }));
  await expect(banner(second, title)).toHaveCount(0);
  await lab.ready(second);
  expect((await lab.run(second, "echo second")).output).toBe("second");

  await expect(banner(page, title)).toBeVisible();
  await page.bringToFront();
  await lab.type(page, "echo late");
  await expect.poll(() => lab.spoken(page)).toContain(title);
  const stored = await readStored(second);
  expect(stored.entries.map((entry) => (entry as unknown as { input: { text: string } }).input.text)).toEqual(
    ["echo first", "echo second"],
  );
});

test("emptied while a page reads it: the page stands, whenever that is", async ({ page, baseURL }) => {
  const session = await cdp(page);
  for (const waitMs of [0, 30, 60, 90, 120, 150, 200]) {
    for (const address of ["/", "/progress/"]) {
      await page.goto(address, { waitUntil: "commit" });
      await page.waitForTimeout(waitMs);
      await session.send("Storage.clearDataForOrigin", {
        origin: baseURL as string,
        storageTypes: "indexeddb",
      });
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    await expect(page.locator("#progress-page")).toHaveAttribute("data-live", "true");
  }
});

/** Plays two commands, and hands over the attempt's file; the context keeps nothing of it. */
async function playedBefore(page: Page, baseURL: string): Promise<ReturnType<typeof parseFile>> {
  await lab.openLab(page, 7);
  await lab.run(page, "echo one");
  await lab.run(page, "echo two");
  const { text } = await lab.report(page);
  await page.goto("/");
  const session = await cdp(page);
  await session.send("Storage.clearDataForOrigin", { origin: baseURL, storageTypes: "indexeddb" });
  return parseFile(text);
}

test("an attempt of another core is not replayed, but kept and handed out", async ({ page, baseURL }) => {
  const { header, entries } = await playedBefore(page, baseURL as string);
  await storeAttempt(page, { ...header, core: "0123456789abcdef" }, entries);
  await page.goto(lab.address());
  const title = "LeakLab has changed since you began this attempt.";
  await expect(banner(page, title)).toContainText("Replaying your 2 inputs here could end differently");
  const file = await savedFile(page, title);
  expect(typed(file)).toEqual(["echo one", "echo two"]);
  expect(parseFile(file).header.core).toBe("0123456789abcdef");
  await lab.pressButton(page, banner(page, title).getByRole("button", { name: "Start again" }));
  await lab.ready(page);
  expect((await lab.run(page, "echo anew")).output).toBe("anew");
  const { attempts, entries: kept } = await readStored(page);
  expect(attempts.find(({ id }) => id === "kept")?.state).toBe("aside");
  expect(kept.filter(({ attempt }) => attempt === "kept")).toHaveLength(2);
});

test("a damaged log is not replayed; what can be read is handed out", async ({ page, baseURL }) => {
  const { header, entries } = await playedBefore(page, baseURL as string);
  await storeAttempt(page, header, entries.slice(1), 2);
  await page.goto(lab.address());
  const title = "Your saved attempt has a hole.";
  await expect(banner(page, title)).toContainText("1 of its 2 inputs can be read. They are not replayed.");
  expect(typed(await savedFile(page, title))).toEqual(["echo two"]);
  await lab.pressButton(page, banner(page, title).getByRole("button", { name: "Start again" }));
  await lab.ready(page);
  const { entries: kept } = await readStored(page);
  expect(kept.filter(({ attempt }) => attempt === "kept")).toHaveLength(1);
});
