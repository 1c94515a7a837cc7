/** One attempt file, the same state in Node and in Chromium, whatever the time zone and the language. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./cases.ts";
import * as lab from "./lab.ts";
import { parseFile, storeAttempt } from "./stored.ts";
import { expect, test } from "./test.ts";

const leaklab = (...args: string[]): string =>
  execFileSync("node", ["src/cli/main.ts", ...args], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });

/** Plays the reference solution on the command line; its file and the digest of its end. */
function playedInNode(): { readonly text: string; readonly digest: string } {
  const file = join(mkdtempSync(join(tmpdir(), "leaklab-")), "reference.attempt");
  const script = join(ROOT, "labs", lab.LAB, "solutions/reference.sh");
  const { digest } = JSON.parse(
    leaklab("run", lab.LAB, "--script", script, "--seed", "11", "--save", file, "--json"),
  ) as { digest: string };
  return { text: readFileSync(file, "utf8"), digest };
}

/** Attempts that other tests keep, with the digest that each ends in. */
function kept(): { readonly name: string; readonly text: string; readonly digest: string }[] {
  const folder = join(ROOT, "tests/determinism");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".attempt"))
    .map((name) => {
      const { digest } = JSON.parse(leaklab("grade", join(folder, name), "--json")) as { digest: string };
      return { name, text: readFileSync(join(folder, name), "utf8"), digest };
    });
}

const PLACES = [
  { timezoneId: "Asia/Kolkata", locale: "da-DK" },
  { timezoneId: "America/New_York", locale: "tr-TR" },
] as const;

test.describe("one attempt, one digest", () => {
  let attempts: readonly { readonly name: string; readonly text: string; readonly digest: string }[] = [];

  test.beforeAll(() => {
    test.setTimeout(120_000);
    attempts = [{ name: "reference", ...playedInNode() }, ...kept()];
  });

  for (const place of PLACES) {
    test.describe(() => {
      test.use(place);
      test(`in ${place.timezoneId}, ${place.locale}`, async ({ page }) => {
        for (const { name, text, digest } of attempts) {
          await page.goto("/");
          const { header, entries } = parseFile(text);
          await storeAttempt(page, header, entries);
          await page.goto(lab.address());
          await lab.ready(page);
          expect((await lab.report(page)).digest, name).toBe(digest);
          await lab.check(page);
          expect((await lab.report(page)).digest, `${name}, after checks`).toBe(digest);
        }
      });
    });
  }
});
