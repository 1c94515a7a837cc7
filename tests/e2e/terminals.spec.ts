/** More terminals than one: each with a shell of its own in the same world. */
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

test("a second terminal has its own folder, the same files, and comes back with the attempt", async ({
  page,
}) => {
  await lab.openLab(page, 3);
  await lab.run(page, "cd /tmp && echo shared > note.txt");
  const region = lab.panel(page, "Terminal");
  await region.getByRole("button", { name: "One more terminal" }).click();
  const second = page.getByRole("textbox", { name: /^Terminal 2\./ });
  await expect(second).toBeFocused();
  await page.keyboard.type("pwd; cat /tmp/note.txt");
  await page.keyboard.press("Enter");
  const said = page
    .getByRole("group", { name: "Terminal 2: Commands and their output" })
    .getByRole("listitem");
  await expect(said.first()).toHaveAttribute("data-exit-code", "0");
  const output = await said.first().locator("pre").textContent();
  expect(output).toMatch(/^\/home\/[^\n]+\nshared$/);
  const tabs = region.getByRole("tablist", { name: "Terminals" });
  await tabs.getByRole("tab", { name: "Terminal 1" }).click();
  expect((await lab.run(page, "pwd")).output).toBe("/tmp");
  await page.reload();
  await lab.ready(page);
  await expect(tabs.getByRole("tab")).toHaveCount(2);
  await tabs.getByRole("tab", { name: "Terminal 2" }).click();
  await expect(said).toHaveCount(1);
});
