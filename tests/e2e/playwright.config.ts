/** Browser tests: the built site, as the product's own command serves it, in Chromium. */
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { BROWSER_ARGS, findBrowser } from "../browser.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

// Each process of the run reads this file again and finds the port that the first one chose. A port that is given from
// outside is one where a site is served already.
const given = process.env["LEAKLAB_E2E_PORT"];
const port = (process.env["LEAKLAB_E2E_PORT"] ??= String(await freePort()));
const origin = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: ".",
  outputDir: `${ROOT}test-results`,
  snapshotPathTemplate: "{testDir}/baselines/{arg}{ext}",
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    // Each test would keep the whole site anew; those of tests/e2e/offline.spec.ts do.
    serviceWorkers: "block",
    trace: "retain-on-failure",
    launchOptions: { executablePath: findBrowser(), args: BROWSER_ARGS },
  },
  ...(given === undefined && {
    webServer: {
      command: `node src/cli/main.ts serve --port ${port}`,
      cwd: ROOT,
      url: origin,
      timeout: 240_000,
      stdout: "ignore" as const,
      stderr: "pipe" as const,
    },
  }),
});
