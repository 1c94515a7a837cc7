import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import preact from "@astrojs/preact";
import type { AstroIntegration } from "astro";
import { defineConfig } from "astro/config";
import { coreName } from "./src/cli/coreBuild.ts";
import { writeServiceWorker } from "./src/ui/offline/build.ts";
import { siteDigest } from "./src/cli/siteBuild.ts";
import { compressParts } from "./src/cli/siteCompression.ts";
import { coreAliases, justBashPatch } from "./src/shell/bundling.ts";
import { LANGUAGES } from "./src/ui/text/text.ts";

const LAZY_STYLES = /<link rel="stylesheet" href="\/_astro\/(?:monaco|terminal-binding)\.[\w-]+\.css">/g;

/**
 * Astro links the styles of every part that a page's script can load, editor included. The parts bring their styles
 * themselves when they load, so the page need not wait for them.
 */
function lazyStyles(): AstroIntegration {
  return {
    name: "leaklab:lazy-styles",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        for (const name of await readdir(dir, { recursive: true })) {
          if (!name.endsWith(".html")) continue;
          const file = new URL(name, dir);
          await writeFile(file, (await readFile(file, "utf8")).replace(LAZY_STYLES, ""));
        }
      },
    },
  };
}

const BUILD = siteDigest().slice(0, 16);

function compression(): AstroIntegration {
  return {
    name: "leaklab:compression",
    hooks: {
      "astro:build:done": ({ dir }) =>
        compressParts(fileURLToPath(dir), fileURLToPath(new URL("dist/brotli", import.meta.url))),
    },
  };
}

/** The service worker lists every file as it is served, so it is written last. */
function offline(): AstroIntegration {
  return {
    name: "leaklab:offline",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const others = Object.keys(LANGUAGES).filter((language) => language !== "en");
        return writeServiceWorker(fileURLToPath(dir), BUILD, others);
      },
    },
  };
}

/**
 * The worker in few parts, each with all that it imports at once: the realm, the core, the git subcommands that a lab
 * begins with, and the others. Left alone, the bundler makes over a hundred, which import each other five deep. The
 * entry stays by itself: it waits for the core, so the core must not wait for it.
 */
const workerParts = {
  groups: [
    { name: "realm", test: /\/src\/realm\/realm\.ts$/, priority: 4 },
    { name: "core", test: /\/src\/worker\/serve\.ts$/, priority: 3 },
    { name: "git-first", test: /\/src\/shell\/commands\/git\/first\.ts$/, priority: 2 },
    { name: "git", test: /\/src\/shell\/commands\/git\//, priority: 1 },
  ],
};

export default defineConfig({
  integrations: [preact(), lazyStyles(), compression(), offline()],
  output: "static",
  // Where the site will be found, for whoever publishes it: canonical and alternate links need whole addresses.
  site: process.env["LEAKLAB_SITE"],
  markdown: { syntaxHighlight: false },
  outDir: "./dist/site",
  compressHTML: true,
  devToolbar: { enabled: false },
  build: { inlineStylesheets: "never" },
  vite: {
    plugins: [justBashPatch({ split: true })],
    worker: {
      format: "es",
      plugins: () => [justBashPatch({ split: true })],
      rolldownOptions: { output: { codeSplitting: workerParts } },
    },
    resolve: { alias: coreAliases },
    define: { __LEAKLAB_CORE__: JSON.stringify(coreName()), __LEAKLAB_BUILD__: JSON.stringify(BUILD) },
    build: { assetsInlineLimit: 0, target: "es2023" },
  },
});
