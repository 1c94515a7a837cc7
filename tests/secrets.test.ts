/**
 * No literal token in the repository or its history, plain or encoded: the engine looks for anything that looks real,
 * the trace for what the labs plant under every seed that tests use.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Stream } from "../src/base/stream.ts";
import { scanContent } from "../src/engine/engine.ts";
import { isKind, KINDS, mint, type Kind } from "../src/engine/kinds.ts";
import { prepareNeedles, type Needle } from "../src/engine/needles.ts";
import { trace } from "../src/engine/trace.ts";

const ROOT = join(import.meta.dirname, "..");
/** Verify goes up to here; other tests use seeds below it. */
const SEEDS = 25;
/** Machine-written, and full of digests that no pattern means; and pictures, whose packed pixels mean nothing as text. */
const SKIPPED = /(?:^|\/)package-lock\.json$|\.png$/;

interface Content {
  readonly path: string;
  readonly bytes: Uint8Array;
}

let contents: Content[] = [];

beforeAll(() => {
  contents = [...working(), ...history()];
}, 120_000);

function git(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("git", ["-C", ROOT, ...args], { maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

/** What git tracks or would track, as it is now. */
function working(): Content[] {
  const names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    .toString()
    .split("\0")
    .filter(Boolean);
  return [...new Set(names)].filter((name) => !SKIPPED.test(name)).flatMap((path) => readable(path));
}

function readable(path: string): Content[] {
  try {
    return [{ path, bytes: readFileSync(join(ROOT, path)) }];
  } catch {
    return [];
  }
}

/** Every blob of every commit, and every commit message, once. */
function history(): Content[] {
  const lines = git("rev-list", "--all", "--objects").toString().split("\n").filter(Boolean);
  const named = lines
    .map((line) => [line.slice(0, 40), line.slice(41)] as const)
    .filter(([, path]) => path !== "" && !SKIPPED.test(path));
  const batch = spawnSync("git", ["-C", ROOT, "cat-file", "--batch"], {
    input: named.map(([id]) => `${id}\n`).join(""),
    maxBuffer: 1 << 30,
  }).stdout;
  const blobs: Content[] = [];
  let at = 0;
  for (const [id, path] of named) {
    const end = batch.indexOf(10, at);
    const [, type, size] = batch.subarray(at, end).toString().split(" ");
    const start = end + 1;
    if (type === "blob")
      blobs.push({ path: `${id.slice(0, 10)}:${path}`, bytes: batch.subarray(start, start + Number(size)) });
    at = start + Number(size) + 1;
  }
  return [...blobs, { path: "commit messages", bytes: git("log", "--all", "--format=%an%n%ae%n%B") }];
}

test("the engine finds nothing", async () => {
  const found: string[] = [];
  for (const { path, bytes } of contents) {
    for (const finding of (await scanContent(path, bytes)).findings)
      found.push(`${path}:${finding.line} ${finding.messageId}`);
  }
  expect(contents.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
}, 300_000);

test("the trace finds no planted value of any seed", () => {
  const needles = prepareNeedles(planted());
  const found = contents.flatMap(({ path, bytes }) =>
    trace(needles, bytes).hits.map((hit) => `${path}:${hit.line} ${hit.credential}`),
  );
  expect(needles.length).toBeGreaterThanOrEqual(SEEDS);
  expect(found).toEqual([]);
}, 600_000);

function planted(): Needle[] {
  const labs = git("ls-files", "labs/*/lab.yaml").toString().split("\n").filter(Boolean);
  const credentials = labs.flatMap(
    (path) =>
      (parse(readFileSync(join(ROOT, path), "utf8")) as { credentials: { id: string; kind: string }[] })
        .credentials,
  );
  const needles: Needle[] = [];
  for (let seed = 0; seed <= SEEDS; seed++) {
    for (const { id, kind } of credentials)
      if (isKind(kind)) needles.push(...needlesOf(kind, seed, `credential/${id}`));
  }
  for (const kind of Object.keys(KINDS) as Kind[]) needles.push(...needlesOf(kind, 1, `canary/${kind}`));
  return needles;
}

function needlesOf(kind: Kind, seed: number, stream: string): Needle[] {
  return mint(kind, new Stream(seed, stream)).needles.map((value) => ({
    credential: `${stream} of seed ${seed}`,
    value,
  }));
}
