/** The editor's help: a comparison with the newest commit, and GitHub's language service in workflow files. */
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

test("a file beside its committed text; saving from there works", async ({ page }) => {
  await lab.openLab(page, 3);
  await lab.openFromTree(page, "README.md");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("One more line.\n");
  const editor = lab.panel(page, "Editor");
  await editor.getByRole("button", { name: "Compare with HEAD" }).click();
  await expect(editor.locator(".line-insert").first()).toBeVisible();
  await editor
    .locator(".modified-in-monaco-diff-editor")
    .locator("textarea, .native-edit-context")
    .first()
    .focus();
  await page.keyboard.press("Control+S");
  await expect(editor.getByRole("img", { name: "not saved" })).toHaveCount(0);
  await editor.getByRole("button", { name: "Compare with HEAD" }).click();
  await expect(editor.locator(".line-insert")).toHaveCount(0);
});

test("a workflow is completed and checked by GitHub's language service", async ({ page }) => {
  test.setTimeout(90_000);
  await lab.openLab(page, 3, "masked-is-not-safe");
  await lab.run(
    page,
    "printf 'on: push\\njobs:\\n  a:\\n    runs-on: ubuntu-latest\\n    needz: b\\n    ' > .github/workflows/new.yml",
  );
  await lab.type(page, "code .github/workflows/new.yml");
  await lab.inEditor(page, "new.yml");
  const editor = lab.panel(page, "Editor");
  await expect(editor.locator(".squiggly-warning").first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Space");
  await expect(
    page
      .getByRole("listbox")
      .getByRole("option", { name: /^environment/ })
      .first(),
  ).toBeVisible();
});
