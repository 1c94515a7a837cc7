/**
 * Everything that has to pass, in the order in which it fails fastest: `npm test`. A step that fails ends the run.
 * `npm test -- unit` runs the steps whose name begins so.
 */
import { spawnSync } from "node:child_process";
import { findBrowser } from "./browser.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: "types", command: ["npm", "run", "-s", "check:types"] },
  { name: "lint", command: ["npm", "run", "-s", "check:lint"] },
  { name: "format", command: ["npm", "run", "-s", "check:format"] },
  { name: "unit", command: ["npx", "--no-install", "vitest", "run"] },
  { name: "verify", command: ["npm", "run", "-s", "leaklab", "--", "verify", "--seeds", "3"] },
  { name: "site", command: ["npm", "run", "-s", "build"] },
  {
    name: "browser",
    command: ["npx", "--no-install", "playwright", "test", "--config", "tests/e2e/playwright.config.ts"],
  },
];

const asked = process.argv[2] ?? "";
const failed: string[] = [];
const browser = findBrowser();
for (const { name, command } of STEPS.filter((step) => step.name.startsWith(asked))) {
  const began = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const { status } = spawnSync(command[0] as string, command.slice(1), {
    stdio: ["ignore", 1, 2],
    env: { ...process.env, LEAKLAB_BROWSER: browser },
  });
  process.stdout.write(
    `── ${name}: ${status === 0 ? "passed" : "FAILED"} in ${((Date.now() - began) / 1000).toFixed(0)} s\n`,
  );
  if (status !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? "\nEverything passed.\n" : `\nFailed: ${failed.join(", ")}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
