/**
 * Every lab with a company in it: its panels, its reference solution typed into the terminal, the same digest as on the
 * command line, and one wrong way whose sentence stands on the page.
 */
import { execFileSync } from "node:child_process";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expectedOf, labNames, manifestOf, requiredTitles, ROOT, scripts, sentence } from "./cases.ts";
import * as lab from "./lab.ts";
import { expect, test } from "./test.ts";

const SEED = 3;

interface Transcript {
  /** A line is its text; any other input is an object. */
  readonly inputs: readonly { readonly input: unknown; readonly exitCode: number }[];
  readonly digest: string;
}

/** A script as the command line plays it: its chunks, and where it ends. */
function played(name: string, script: string): Transcript {
  const args = ["src/cli/main.ts", "sh", "--lab", name, "--seed", String(SEED), "--json", script];
  return JSON.parse(
    execFileSync("node", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 }),
  ) as Transcript;
}

async function typeAll(page: Page, { inputs }: Transcript): Promise<void> {
  for (const { input, exitCode } of inputs) {
    expect(typeof input, "scripts that a browser test plays are typed").toBe("string");
    expect((await lab.run(page, input as string)).exitCode, input as string).toBe(exitCode);
  }
}

const tool = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

/** What each panel shows of the lab's start: looked at by keyboard-reachable controls, and by axe. */
async function lookAround(page: Page, services: readonly string[]): Promise<void> {
  const accessible = async (panel: string) => {
    const { violations } = await new AxeBuilder({ page }).include(`#panel-${panel}`).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  };
  await tool(page, "Forge").click();
  const forge = lab.panel(page, "Forge");
  for (const section of [
    "Repository",
    "Pull requests",
    "Rules",
    "Secrets",
    "Alerts",
    "Audit log",
    "Your tokens",
  ]) {
    await forge.getByRole("button", { name: section, exact: true }).click();
    await expect(forge.getByRole("group", { name: /on the forge$/ })).not.toBeEmpty();
    await accessible("forge");
  }
  if (services.includes("pipeline")) {
    await tool(page, "Pipeline").click();
    await expect(
      lab
        .panel(page, "Pipeline")
        .getByText(/No run yet|, run \d+/)
        .first(),
    ).toBeVisible();
    await accessible("pipeline");
  }
  if (services.includes("mail")) {
    await page.getByRole("tab", { name: /^People/ }).click();
    if (services.includes("chat"))
      await lab.panel(page, "People").getByRole("button", { name: /^Mail/ }).click();
    await expect(lab.panel(page, "People").getByRole("button", { name: "Write" })).toBeVisible();
    await accessible("people");
  }
}

for (const name of labNames().filter((it) => it !== lab.LAB)) {
  const manifest = manifestOf(name);

  test.describe(name, () => {
    test("panels, the reference solution, the same digest as in Node", async ({ page }) => {
      test.setTimeout(240_000);
      const reference = scripts(name, "solutions").find((path) => path.endsWith("/reference.sh")) as string;
      const transcript = played(name, reference);
      await lab.openLab(page, SEED, name);
      await lookAround(page, manifest.services);
      await typeAll(page, transcript);
      expect((await lab.report(page)).digest).toBe(transcript.digest);
      expect((await lab.check(page)).passing).toEqual(expect.arrayContaining([...requiredTitles(manifest)]));
      await expect.poll(() => lab.spoken(page)).toContain("All checks pass");
    });

    test("a wrong way reads its sentence on the page", async ({ page }) => {
      test.setTimeout(240_000);
      const [script] = scripts(name, "wrong") as [string];
      const [own] = expectedOf(script) as [string];
      await lab.openLab(page, SEED, name);
      await typeAll(page, played(name, script));
      const { sentences, passing } = await lab.check(page);
      expect(sentences).toContainEqual(expect.stringMatching(sentence(own, manifest)));
      const width = async (selector: string) =>
        (await page.locator(selector).first().boundingBox())?.width ?? 0;
      expect(await width(".diagnosis"), "a sentence has the room of its panel").toBeGreaterThan(
        0.8 * (await width("#panel-checks")),
      );
      expect(passing).not.toEqual(expect.arrayContaining([...requiredTitles(manifest)]));
    });
  });
}
