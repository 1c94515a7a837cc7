/** A renderer that dies, a tab that is closed at work, a command that never ends: nothing acknowledged is lost. */
import type { Page } from "@playwright/test";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const ENDLESS = "while true; do ls -R ~ > /dev/null; done";

/** Ends the renderer process as a fault in it would. */
async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // It is answered only when the tab closes.
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Opens the lab in a tab that was there before the crash. */
async function reopened(page: Page): Promise<Page> {
  await lab.openLab(page);
  return page;
}

const typedLines = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split("\n")
    .slice(1)
    .flatMap((line) => (JSON.parse(line) as { input?: { text?: string } }).input?.text ?? []);

test("a crash right after an input was acknowledged loses nothing", async ({ page, context }) => {
  const spare = await context.newPage();
  await page.bringToFront();
  await lab.openLab(page, 7);
  await lab.run(page, "export harbour=north; cd config");
  await lab.run(page, "echo $RANDOM > drawn");
  const before = await lab.report(page);
  await lab.run(page, "cat drawn; echo $harbour");
  const shown = await lab.everythingSaid(page);
  await crash(page);

  const again = await reopened(spare);
  expect(await lab.everythingSaid(again)).toEqual(shown);
  const after = await lab.report(again);
  expect(typedLines(after.text)).toEqual(shown.map(({ command }) => command));
  expect((await lab.run(again, "pwd; echo $harbour")).output).toBe("/home/learner/tides/config\nnorth");
  await lab.command(again, "Undo last command");
  await expect.poll(() => lab.spoken(again)).toContain("The last command is taken back.");
  expect((await lab.report(again)).digest).not.toBe(before.digest);
});

test("the state after a crash is the state before it", async ({ page, context }) => {
  const spare = await context.newPage();
  await page.bringToFront();
  await lab.openLab(page, 7);
  await lab.run(page, "git switch -q -c other && echo $RANDOM > drawn && git add drawn");
  await lab.run(page, "git commit -m drawn");
  const before = await lab.report(page);
  await crash(page);
  const after = await lab.report(await reopened(spare));
  expect(after).toEqual(before);
});

test("a tab that is killed while a statement runs comes back with the statement done", async ({
  page,
  context,
}) => {
  const spare = await context.newPage();
  await page.bringToFront();
  await lab.openLab(page, 7);
  await lab.run(page, "echo before > kept");
  await lab.type(page, "for i in $(seq 400); do ls -R ~ > /dev/null; done; echo through >> kept");
  await expect(lab.panel(page, "Terminal").getByText("running; Ctrl C stops it")).toBeVisible();
  await crash(page);
  const again = await reopened(spare);
  expect((await lab.run(again, "cat kept")).output).toBe("before\nthrough");
});

test("Ctrl-C ends what would not end within a second, and the shell goes on", async ({ page }) => {
  await lab.openLab(page, 7);
  await lab.run(page, "cd config; word=kept");
  // An empty loop would meet its work limit before anybody could press a key.
  for (const endless of [ENDLESS, "while true; do git log -p > /dev/null; done"]) {
    const index = await lab.countCommands(page);
    await lab.type(page, endless);
    await expect(lab.panel(page, "Terminal").getByText("running; Ctrl C stops it")).toBeVisible();
    await page.waitForTimeout(300);
    const pressed = Date.now();
    await page.keyboard.press("Control+C");
    const said = await lab.ended(page, index);
    expect(Date.now() - pressed, "milliseconds to the prompt").toBeLessThan(1000);
    expect(said.exitCode).toBe(130);
  }
  expect((await lab.run(page, "echo $word; pwd")).output).toBe("kept\n/home/learner/tides/config");
});
