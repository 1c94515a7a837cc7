/** The bare floor as a site of its own, in dist/bench: what the libraries alone cost in the same browser. */
import { join } from "node:path";
import { ROOT } from "../coreBuild.ts";

export async function builtFloor(): Promise<string> {
  const { build } = await import("vite");
  const folder = join(ROOT, "dist", "bench");
  await build({
    configFile: false,
    root: join(ROOT, "src/cli/bench/floor"),
    logLevel: "error",
    resolve: { conditions: ["browser", "module", "import", "default"] },
    worker: { format: "es" },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  });
  return folder;
}
