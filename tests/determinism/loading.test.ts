/**
 * Code that loads while a world is entered must not draw chance as it loads: a worker that had it already would come to
 * another state. What does draw is fetched by src/attempt/preload.ts before any world is entered.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { preload } from "../../src/attempt/preload.ts";
import { ROOT } from "../../src/cli/coreBuild.ts";

const CORE = ["attempt", "disk", "engine", "grader", "lab", "pipeline", "shell", "world", "worker"];

/** Modules of ours that a core file imports when it first needs them; those of a pipeline apart. */
function laterModules(): readonly string[] {
  const found = new Set<string>();
  for (const folder of CORE)
    for (const name of readdirSync(join(ROOT, "src", folder), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts") || /\.(?:test|fixture)\.ts$/.test(name)) continue;
      const file = join(ROOT, "src", folder, name);
      for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/\bimport\("(\.[^"]+)"\)/g))
        found.add(join(file, "..", path));
    }
  return [...found].filter((path) => !path.endsWith("worker/serve.ts")).toSorted();
}

const isPipeline = (path: string): boolean => /\/(?:src\/pipeline|attempt\/pipeline|actions\/)/.test(path);

const RUNNER = /node_modules\/(?:vitest|@vitest|vite|birpc|nanoid)\//;

let drawn: string[] = [];

beforeAll(() => {
  // The test runner names its own requests for modules by chance: the nearest file on the stack is who drew.
  const draw = (name: string): void => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 30;
    const frames = new Error().stack?.split("\n").slice(3) ?? [];
    Error.stackTraceLimit = limit;
    const who = frames.find((frame) => /\.[cm]?[jt]s\b/.test(frame) && !frame.includes("node:")) ?? "";
    if (who !== "" && !RUNNER.test(who)) drawn.push(`${name} ${who.trim()}`);
  };
  const { getRandomValues } = crypto;
  crypto.getRandomValues = <T extends ArrayBufferView | null>(view: T): T => {
    draw("crypto.getRandomValues");
    return getRandomValues.call(crypto, view as never) as T;
  };
  const random = Math.random.bind(Math);
  Math.random = () => {
    draw("Math.random");
    return random();
  };
});

async function drawnBy(paths: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const all: Record<string, readonly string[]> = {};
  for (const path of paths) {
    drawn = [];
    await import(path);
    if (drawn.length > 0) all[path.slice(ROOT.length)] = drawn;
  }
  return all;
}

test("what loads later draws nothing", { timeout: 120_000 }, async () => {
  const paths = laterModules();
  expect(paths.length).toBeGreaterThan(100);
  // What every worker has from the beginning.
  await import("../../src/worker/serve.ts");
  await preload({ services: [] });
  expect(await drawnBy(paths.filter((path) => !isPipeline(path)))).toEqual({});
  await preload({ services: ["pipeline"] });
  expect(await drawnBy(paths.filter(isPipeline))).toEqual({});
});

test("what draws is noticed", async () => {
  expect(
    Object.values(await drawnBy([join(ROOT, "node_modules/@noble/curves/ed25519.js")])).flat(),
  ).not.toEqual([]);
});
