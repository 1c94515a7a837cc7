/** The site, built once per state of its sources. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./coreBuild.ts";

const SOURCES = ["src", "labs", "content", "public", "astro.config.ts", "package-lock.json"];

/** Folder of the built site. */
export async function builtSite(): Promise<string> {
  const folder = join(ROOT, "dist", "site");
  const stamp = join(ROOT, "dist", "site.stamp");
  const now = siteDigest();
  if (existsSync(stamp) && existsSync(join(folder, "index.html")) && readFileSync(stamp, "utf8") === now)
    return folder;
  process.stderr.write("Building the site…\n");
  const { status } = spawnSync("npx", ["--no-install", "astro", "build"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("the site could not be built");
  writeFileSync(stamp, now);
  return folder;
}

/** Names a build of the site: everything that it is made from. */
export function siteDigest(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    if (!existsSync(path)) continue;
    const names = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort()
      : [""];
    for (const name of names) {
      const file = join(path, name);
      if (statSync(file).isFile()) hash.update(`${source}/${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}
