/** Builds the core for Node, once per state of its sources. The browser's build has the same sources and the same name. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const CORE = ["base", "realm", "disk", "engine", "world", "shell", "pipeline", "grader", "lab", "attempt"];
const HOST = ["worker/serve.ts", "worker/protocol.ts", "cli/thread.ts", "cli/sealImports.ts"];

/** Names a build of the core: its sources and the exact versions of everything installed with it. */
export function coreName(): string {
  return digestOf([...CORE.flatMap((folder) => sources(join("src", folder))), "package-lock.json"]);
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}

function sources(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  const kept = names.filter(
    (name) => /\.(?:ts|md)$/.test(name) && !/\.(?:test|fixture)\.ts$/.test(name) && !name.endsWith(".md"),
  );
  return kept.map((name) => join(folder, name)).sort();
}

/** Path of the thread's bundle, built if it is not there. */
export async function builtThread(): Promise<string> {
  const core = coreName();
  const stamp = digestOf([...HOST.map((path) => join("src", path)), "src/shell/bundling.ts"]);
  const folder = join(ROOT, "dist", "core", `${core}-${stamp}`);
  const entry = join(folder, "thread.js");
  if (!existsSync(entry)) await buildThread("src/cli/thread.ts", core, folder);
  return entry;
}

/** Bundles an entry and the core as `folder`/thread.js, in the one way in which a thread is ever made. */
export async function buildThread(source: string, core: string, folder: string): Promise<void> {
  const { build: viteBuild } = await import("vite");
  const { coreAliases, justBashPatch } = await import("../shell/bundling.ts");
  const draft = `${folder}.${randomUUID()}`;
  await viteBuild({
    configFile: false,
    root: ROOT,
    logLevel: "error",
    plugins: [justBashPatch({ split: true })],
    resolve: { alias: [...coreAliases], conditions: ["browser", "module", "import", "default"] },
    define: { __LEAKLAB_CORE__: JSON.stringify(core) },
    build: {
      outDir: draft,
      emptyOutDir: true,
      target: "es2023",
      minify: false,
      copyPublicDir: false,
      lib: { entry: { thread: join(ROOT, source) }, formats: ["es"] },
      rolldownOptions: {
        external: ["node:worker_threads", "node:module"],
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  publish(draft, folder);
}

/** Several processes may build the same thing at once: whoever is first has published it for all. */
function publish(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}
