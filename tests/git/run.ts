/**
 * Compares stories with real git from the command line: `node tests/git/run.ts [story-file…] [--name TEXT] [--table] [--in FOLDER]`.
 * FOLDER (tests/git unless told) holds stories/, differs.yaml and compare.ts, which exports what compare.ts here does.
 * Prints each differing line; `--table` adds the table per command. Exit 1 where a difference is not a known one.
 *
 * just-bash needs the patch and the aliases of src/shell/bundling.ts, so that the comparison is bundled first; the
 * bundle is kept in the system's temporary folder under the hash of its sources.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Compare from "./compare.ts";
import { readKnown, readRequired, readStories } from "./story.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const inAt = process.argv.indexOf("--in");
const [, folderAsked = "tests/git"] = inAt < 0 ? [] : process.argv.splice(inAt, 2);
const here = join(root, folderAsked);

/** What a bundle of the comparison can contain. */
const SOURCES = [
  "src/base",
  "src/realm",
  "src/disk",
  "src/engine",
  "src/world",
  "src/shell",
  "tests/git",
  "tests/shell",
  "package-lock.json",
];

function sourceHash(): string {
  const hash = createHash("sha256").update(here);
  for (const source of SOURCES) {
    const names = source.endsWith(".json")
      ? [""]
      : readdirSync(join(root, source), { recursive: true, encoding: "utf8" }).sort();
    for (const name of names) {
      if (!/\.(ts|json)$/.test(join(source, name)) || name.endsWith(".test.ts")) continue;
      hash.update(`${source}/${name}\0`).update(readFileSync(join(root, source, name)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

async function loadCompare(): Promise<typeof Compare> {
  const file = join(tmpdir(), `leaklab-conformance-${sourceHash()}.mjs`);
  if (!existsSync(file)) await bundle(file);
  return (await import(pathToFileURL(file).href)) as typeof Compare;
}

async function bundle(file: string): Promise<void> {
  const { build } = await import("vite");
  const { coreAliases, justBashPatch } = await import("../../src/shell/bundling.ts");
  const folder = `${file}.${process.pid}`;
  await build({
    configFile: false,
    logLevel: "error",
    root,
    plugins: [justBashPatch({ split: false })],
    resolve: { alias: coreAliases },
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: join(here, "compare.ts"),
      write: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: "esnext",
      rolldownOptions: { output: { entryFileNames: "out.mjs", codeSplitting: false } },
    },
  });
  renameSync(join(folder, "out.mjs"), file);
  rmSync(folder, { recursive: true });
}

async function main(args: string[]): Promise<number> {
  const nameAt = args.indexOf("--name");
  const [, wanted = ""] = nameAt < 0 ? [] : args.splice(nameAt, 2);
  const files = args.filter((arg) => !arg.startsWith("--"));
  const stories = readStories(join(here, "stories"), files).filter((story) => story.name.includes(wanted));
  const known = readKnown(join(here, "differs.yaml"));
  const { compareStories, formatDifference, formatTable, isKnown, storyName, table, uncovered } =
    await loadCompare();
  const lines = await compareStories(stories);
  const differing = lines.filter((line) => !line.same);
  for (const line of differing)
    console.log(`${isKnown(known, line) ? "known " : ""}${formatDifference(line)}\n`);
  if (args.includes("--table")) console.log(formatTable(table(lines)));
  if (args.includes("--table") && files.length === 0) {
    console.log(
      `not covered: ${uncovered(readRequired(join(here, "required.yaml")), lines).join(", ") || "nothing"}`,
    );
  }
  const failed = new Set(differing.map((line) => storyName(line.story))).size;
  console.log(
    `${lines.length} lines, ${differing.length} differ; ${stories.length} stories, ${failed} differ`,
  );
  return differing.every((line) => isKnown(known, line)) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
