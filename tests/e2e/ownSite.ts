/** A site of the test's own, on a port of its own, that can be stopped and changed: for what works without a network. */
import { cp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { serveSite, type SiteServer } from "../../src/cli/siteServer.ts";
import { writeServiceWorker } from "../../src/ui/offline/build.ts";
import { ROOT } from "./cases.ts";
import { test as base } from "./test.ts";

export class OwnSite {
  readonly url: string;
  #server: SiteServer | null;

  private constructor(server: SiteServer) {
    this.#server = server;
    this.url = server.url;
  }

  static async start(folder = builtFolder()): Promise<OwnSite> {
    return new OwnSite(await serveSite(folder, 0));
  }

  /** Nobody answers at this address any more. */
  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  async serve(folder: string): Promise<void> {
    await this.stop();
    this.#server = await serveSite(folder, Number(new URL(this.url).port));
  }
}

export const builtFolder = (): string => process.env["LEAKLAB_E2E_SITE"] ?? join(ROOT, "dist", "site");

const TEXTS = new Set([".html", ".js", ".css", ".json", ".webmanifest"]);

/**
 * A copy of the built site as a later version would be: another build, another core, every file of the bundler under
 * another name.
 */
export async function laterVersion(folder: string, core: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await cp(builtFolder(), folder, { recursive: true });
  await rename(join(folder, "_astro"), join(folder, "_later"));
  for (const name of await readdir(folder, { recursive: true })) {
    if (!TEXTS.has(extname(name))) continue;
    const text = await readFile(join(folder, name), "utf8");
    const later = text
      .replaceAll("_astro/", "_later/")
      .replaceAll(core, "1a7e".repeat(4))
      .replace(/(<meta name="leaklab-build" content=")\w+/, "$1later");
    await writeFile(join(folder, name), later);
  }
  await writeServiceWorker(folder, "later", ["de"]);
  return folder;
}

export const test = base.extend<{ site: OwnSite }>({
  // Playwright reads what a fixture needs from its first parameter, so it has to be a pattern.
  // oxlint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    const site = await OwnSite.start();
    await use(site);
    await site.stop();
  },
  baseURL: async ({ site }, use) => use(site.url.replace(/\/$/, "")),
  serviceWorkers: "allow",
});
