/** Writes /sw.js into a built site: the service worker, and in it the list of all files with their digests. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as viteBuild } from "vite";
import { addressOf, type SiteBuild, type SiteFile } from "./files.ts";

const ENTRY = fileURLToPath(new URL("service-worker.ts", import.meta.url));
const NAME = "sw.js";
/** Stands for the file of the same name: nobody asks for it by its own. */
const COMPRESSED = ".br";
const DIGEST_DIGITS = 16;

export async function writeServiceWorker(
  folder: string,
  build: string,
  languages: readonly string[],
): Promise<void> {
  const site: SiteBuild = { build, languages, files: filesOf(folder) };
  await viteBuild({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    define: { __LEAKLAB_SITE__: JSON.stringify(site) },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2023",
      lib: { entry: ENTRY, formats: ["iife"], name: "leaklab" },
      rolldownOptions: { output: { entryFileNames: NAME } },
    },
  });
}

function filesOf(folder: string): SiteFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name !== NAME && !name.endsWith(COMPRESSED) && statSync(join(folder, name)).isFile())
    .map((name): SiteFile => {
      const digest = createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
      return [addressOf(name.split(sep).join("/")), digest.slice(0, DIGEST_DIGITS)];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
