/** Every wrong way, typed by hand: its sentence stands on the page; then it is taken back. */
import { cases, sentence } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";
import type { Page } from "@playwright/test";

const SEQUENCE_EDITOR = /^GIT_SEQUENCE_EDITOR="sed -i '1s\/\^pick\/edit\/'" /;

const asTyped = (line: string): string =>
  line.replace(SEQUENCE_EDITOR, "").replace(/^(git commit --amend) --no-edit$/, "$1");

/** Where a script works around the editor, a person uses it. */
async function asAPerson(page: Page, line: string): Promise<void> {
  const before = await lab.countCommands(page);
  const typed = asTyped(line);
  await lab.type(page, typed);
  if (SEQUENCE_EDITOR.test(line)) {
    await lab.inEditor(page, "git-rebase-todo");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+Delete");
    await page.keyboard.type("edit ");
    await lab.saveAndClose(page);
  } else if (typed !== line) {
    await lab.inEditor(page, "COMMIT_EDITMSG");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("Mended: ");
    await lab.saveAndClose(page);
  }
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
    expect(await lab.spoken(page)).toMatch(/: fails\..* \d of 6/);

    const last = lines.at(-1) as string;
    if (own === "W6") {
      await lab.pressButton(page, page.getByRole("button", { name: "Undo to before it" }));
      await expect
        .poll(() => lab.spoken(page))
        .toMatch(/\d commands are taken back|The last command is taken back/);
    } else {
      await lab.command(page, "Undo last command");
      await expect.poll(() => lab.spoken(page)).toContain("The last command is taken back.");
    }
    expect((await lab.everythingSaid(page)).at(-1)?.output).toContain(`Taken back: ${asTyped(last)}`);
    if (own === "W6")
      expect((await lab.check(page)).sentences).not.toContainEqual(expect.stringMatching(sentence("W6")));
    await lab.startAgain(page, "same seed");
    expect(await lab.everythingSaid(page)).toEqual([]);
    expect((await lab.run(page, "git status --short | cat")).output).toBe("A  .env.bak");
  });
}
