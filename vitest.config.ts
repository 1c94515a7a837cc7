import { defineConfig } from "vitest/config";
import { coreAliases, justBashPatch } from "./src/shell/bundling.ts";

export default defineConfig({
  plugins: [justBashPatch({ split: false })],
  resolve: { alias: coreAliases },
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 30_000,
    server: { deps: { inline: [/just-bash/, /just-git/, /@secretlint/, /isomorphic-git/, /@actions\//] } },
  },
});
