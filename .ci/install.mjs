// Installs the dependencies of the lock file when they are missing or older than it. Runs on whatever Node is there.
// Not `npm ci`: it refuses a lock file whose optional packages for other platforms a registry does not have.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

const lock = new URL("../package-lock.json", import.meta.url);
const installed = new URL("../node_modules/.package-lock.json", import.meta.url);
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
const node = new URL("../node_modules/.bin/node", import.meta.url);
if (!fresh || !existsSync(node)) {
  const { name } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stderr.write(`${name}: installing dependencies\n`);
  const { status } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    { stdio: ["ignore", 2, 2], shell: process.platform === "win32", cwd: new URL("..", import.meta.url) },
  );
  if (status !== 0) process.exit(status ?? 1);
}
