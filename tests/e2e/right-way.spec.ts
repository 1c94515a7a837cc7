/** The whole lab by keyboard, with terminal and editor; a reload in the middle; every command's accessible text. */
import { requiredTitles } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

/** What the terminal has to say about a command: its output as text, and its exit code. */
interface Step {
  readonly types: string;
  readonly says: RegExp;
  readonly exit?: number;
}

const LOOKING: readonly Step[] = [
  { types: "git status", says: /^On branch feat\/harbour-codes[\s\S]*new file: {3}\.env\.bak$/m },
  { types: "git log --oneline", says: /^[0-9a-f]{7} .*Add tests for[\s\S]*Load harbour codes[\s\S]*Release/ },
  { types: "good=$(git log --format=%H --grep='harbour code table')", says: /^$/ },
  {
    types: "git push -u origin feat/harbour-codes",
    says: /remote: .*[\s\S]*config\/database\.js:4[\s\S]*rejected/,
    exit: 1,
  },
  { types: "git restore --staged .env.bak && rm .env.bak", says: /^$/ },
];

const MENDING: readonly Step[] = [
  { types: "git add config/database.js", says: /^$/ },
  {
    types: "git commit --amend --no-edit",
    says: /^\[detached HEAD [0-9a-f]{7}\] Load harbour codes from the database/,
  },
  {
    types: "git rebase --continue",
    says: /Successfully rebased and updated refs\/heads\/feat\/harbour-codes\./,
  },
  { types: "git stash drop", says: /^Dropped refs\/stash@\{0\} \([0-9a-f]{40}\)$/ },
  { types: "git reflog expire --expire=now --all && git gc --prune=now", says: /^/ },
  { types: "git log --all --oneline", says: /^[0-9a-f]{7} .*Add tests for/ },
  { types: "git fsck --unreachable --no-reflogs", says: /^(?!.*unreachable)/s },
  {
    types: "git push -u origin feat/harbour-codes",
    says: /\[new branch\] +feat\/harbour-codes -> feat\/harbour-codes/,
  },
];

test("the lab is passed by keyboard alone", async ({ page }) => {
  test.setTimeout(150_000);
  const told: lab.Said[] = [];
  const play = async ({ types, says, exit = 0 }: Step) => {
    const said = await lab.run(page, types);
    expect(said, types).toEqual({ command: types, output: expect.stringMatching(says), exitCode: exit });
    told.push(said);
  };

  await lab.openLab(page, 7);
  for (const step of LOOKING) await play(step);

  const before = await lab.countCommands(page);
  await lab.type(page, "git rebase -i $good");
  await lab.inEditor(page, "git-rebase-todo");
  await expect.poll(() => lab.spoken(page)).toContain("The terminal waits for the editor.");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+Delete");
  await page.keyboard.type("edit ");
  await lab.saveAndClose(page);
  const rebase = await lab.ended(page, before);
  expect(rebase).toMatchObject({ command: "git rebase -i $good", exitCode: 0 });
  expect(rebase.output).toMatch(/^Stopped at [0-9a-f]{7}\.\.\. {1,2}Load harbour codes from the database/);
  told.push(rebase);

  const middle = await lab.report(page);
  await page.reload();
  await lab.ready(page);
  expect(await lab.everythingSaid(page)).toEqual(told);
  expect((await lab.report(page)).digest).toBe(middle.digest);

  await lab.openFromTree(page, "database.js");
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.type("const url = process.env.DATABASE_URL;");
  await expect(page.getByRole("tab", { name: "database.js not saved" })).toBeVisible();
  await page.keyboard.press("Control+S");
  await expect(page.getByRole("tab", { name: "database.js", exact: true })).toBeVisible();

  for (const step of MENDING) await play(step);
  expect(await lab.everythingSaid(page)).toEqual(told);

  const { passing, sentences } = await lab.check(page);
  expect(passing).toEqual(requiredTitles());
  expect(sentences.length).toBeLessThan(2);
  await expect.poll(() => lab.spoken(page)).toContain("All checks pass. The debrief is open.");
  await lab.pressButton(page, page.getByRole("button", { name: "Read the debrief" }));
  const debrief = page.getByRole("main", { name: "Debrief" });
  await expect(debrief).toBeFocused();
  await expect(debrief.getByRole("heading", { name: /checks pass\.$/ })).toBeVisible();
  await expect(debrief.getByRole("button", { name: /^Keep / }).first()).toBeVisible();
});
