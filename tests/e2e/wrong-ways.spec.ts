/** Every wrong way, typed by hand: its sentence stands on the page; then it is taken back. */
import { cases, sentence } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";
import type { Page } from "@playwright/test";

const SEQUENCE_EDITOR = /^GIT_SEQUENCE_EDITOR="sed -i '1s\/\^pick\/edit\/'" /;

/** Where a script works around the editor, a person uses it. */
async function asAPerson(page: Page, line: string): Promise<void> {
  const before = await lab.countCommands(page);
  if (SEQUENCE_EDITOR.test(line)) {
    await lab.type(page, line.replace(SEQUENCE_EDITOR, ""));
    await lab.inEditor(page, "git-rebase-todo");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+Delete");
    await page.keyboard.type("edit ");
    await lab.saveAndClose(page);
  } else if (line === "git commit --amend --no-edit") {
    await lab.type(page, "git commit --amend");
    await lab.inEditor(page, "COMMIT_EDITMSG");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("Mended: ");
    await lab.saveAndClose(page);
  } else await lab.type(page, line);
  await lab.ended(page, before);
}

for (const { name, expects, lines } of cases("wrong")) {
  test(`${name} gets its sentence`, async ({ page }) => {
    await lab.openLab(page, 7);
    for (const line of lines) await asAPerson(page, line);
    const own = expects[0] ?? "";
    const { sentences, passing } = await lab.check(page);
    expect(sentences).toContainEqual(expect.stringMatching(sentence(own)));
    expect(passing.length).toBeLessThan(6);
    expect(await page.getByRole("status").allTextContents()).toContainEqual(
      expect.stringMatching(/: fails\..*\d of 6$/),
    );

    await lab.command(page, "Undo last command");
    await expect(lab.said(page)).toContainText("The last command is taken back.");
    const standing = await lab.check(page);
    if (own !== "W6") expect(standing.sentences).not.toEqual(sentences);
    await lab.startAgain(page, "same seed");
    expect(await lab.everythingSaid(page)).toEqual([]);
    expect((await lab.run(page, "git status --short | cat")).output).toBe("A  .env.bak");
  });
}
