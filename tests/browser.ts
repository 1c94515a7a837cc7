/** Finds a Chromium for the browser tests: an installed one, Playwright's own, or one from Debian's packages. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Path of an executable. Installs one where there is none; throws, saying what to do, where that fails. */
export function findBrowser(): string {
  return process.env["LEAKLAB_BROWSER"] ?? installed() ?? ownOfPlaywright() ?? fromDebian() ?? fail();
}

function installed(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  return candidates.find((path) => existsSync(path)) ?? null;
}

function ownOfPlaywright(): string | null {
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  spawnSync("npx", ["--no-install", "playwright", "install", "chromium"], {
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 180_000,
  });
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

function fromDebian(): string | null {
  if (!existsSync("/usr/bin/apt-get")) return null;
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium");
  return installed();
}

function fail(): never {
  throw new Error(
    "No Chromium was found and none could be installed. Install one and name it in LEAKLAB_BROWSER.",
  );
}

/** Chromium with nothing of its own reaching for the network. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
