/** A planted value is found on every surface beyond the learner's machine, raw and encoded; and nowhere it is not. */
import { zipSync, gzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fromUtf8, toBase64 } from "../../base/bytes.ts";
import { sha1 } from "../../base/digest.ts";
import { tableName } from "../../base/tables.ts";
import { World } from "../../world/world.ts";
import { idOf, wrapped } from "../gitObject.ts";
import { graderMemory } from "../memory.ts";
import { searcher } from "../scene.ts";
import type { Surface } from "../surface.ts";

const VALUE = ["Zq7", "mR2", "xW9", "kL4", "vB8", "nH3", "tY6"].join("");
const twice = toBase64(fromUtf8(toBase64(fromUtf8(VALUE))));

function emptyWorld(): World {
  const world = World.empty(1, { detect: () => [] });
  world.credentials.add({
    id: "key",
    kind: "password",
    issuer: "none",
    value: VALUE,
    parts: [VALUE],
    owner: "teo",
    scope: "",
    grants: null,
    planted: true,
    status: "active",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
  });
  return world;
}

const set = (world: World, table: string, key: string, record: object) =>
  void world.tables.of(tableName<object>(table)).set(key, record);

function write(world: World, machine: string, path: string, content: string | Uint8Array): void {
  const disk =
    machine === "forge"
      ? world.forge.disk
      : world.machines.has(machine)
        ? world.machines.get(machine)
        : world.machines.add(machine);
  disk.mkdir(path.slice(0, path.lastIndexOf("/")) || "/", { recursive: true });
  disk.write(path, content);
}

/** A blob and a commit with it; returns the commit's id. */
function commitWith(world: World, gitDir: string, text: string): string {
  const put = (type: "blob" | "tree" | "commit", bytes: Uint8Array): string => {
    const id = idOf(type, bytes);
    const stored = world.forge.disk;
    const path = `${gitDir}/objects/${id.slice(0, 2)}/${id.slice(2)}`;
    stored.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    stored.write(path, zlib(wrapped(type, bytes)));
    return id;
  };
  const blob = put("blob", fromUtf8(text));
  const raw = Uint8Array.from(blob.match(/../g) as string[], (hex) => Number.parseInt(hex, 16));
  const tree = put("tree", Uint8Array.from([...fromUtf8("100644 key.env\0"), ...raw]));
  const who = "Teo <teo@lantern-tides.test> 1 +0000";
  return put("commit", fromUtf8(`tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nAdd\n`));
}

function zlib(bytes: Uint8Array): Uint8Array {
  // A gzip member without its header and trailer is the deflate stream that zlib wraps.
  const deflated = gzipSync(bytes, { mtime: 0 }).subarray(10, -8);
  const [a, b] = adler(bytes);
  return Uint8Array.from([0x78, 0x9c, ...deflated, b >> 8, b & 255, a >> 8, a & 255]);
}

function adler(bytes: Uint8Array): [number, number] {
  let [a, b] = [1, 0];
  for (const byte of bytes) [a, b] = [(a + byte) % 65521, (b + a + byte) % 65521];
  return [a, b];
}

const run = (name: string) => `/actions/runs/7/1/3/${name}`;
const line = (text: string) => `2026-03-03T09:00:00.0000000Z ${text}\n`;
const archive = (text: string) => zipSync({ "out/debug.txt": [fromUtf8(text), { mtime: "1980-01-01" }] });

type Plant = (world: World, text: string) => void;

const repository = (world: World, id: string, fork: number | null = null) =>
  world.forge.createRepository(id, fork === null ? {} : { fork, network: fork });

const PLANTS: readonly (readonly [surface: Surface, what: string, plant: Plant])[] = [
  [
    "remote",
    "a branch",
    (world, text) => {
      repository(world, "o/r");
      write(world, "forge", "/o/r.git/refs/heads/main", `${commitWith(world, "/o/r.git", text)}\n`);
    },
  ],
  ["remote", "no ref", (world, text) => void (repository(world, "o/r"), commitWith(world, "/o/r.git", text))],
  [
    "pulls",
    "a pull request",
    (world, text) => {
      repository(world, "o/r");
      write(world, "forge", "/o/r.git/refs/pull/7/head", `${commitWith(world, "/o/r.git", text)}\n`);
    },
  ],
  [
    "fork:aya",
    "a branch of a fork",
    (world, text) => {
      const { id } = repository(world, "o/r");
      repository(world, "aya/r", id);
      write(world, "forge", "/aya/r.git/refs/heads/x", `${commitWith(world, "/aya/r.git", text)}\n`);
    },
  ],
  [
    "forge.text",
    "a body",
    (world, text) => set(world, "forge/issues", "1", { number: 1, title: "T", body: `it is ${text}` }),
  ],
  [
    "forge.text",
    "an edit that was overwritten",
    (world, text) =>
      set(world, "forge/comments", "1", {
        number: 1,
        body: "",
        edits: [{ number: 1, text: `was\n${text}` }],
      }),
  ],
  ["ci.logs", "a line", (world, text) => write(world, "forge", run("2.txt"), line("x") + line(text))],
  [
    "ci.logs",
    "colours",
    (world, text) => write(world, "forge", run("2.txt"), line(`\u001b[31m${text}\u001b[0m`)),
  ],
  [
    "ci.logs",
    "an output of a job",
    (world, text) =>
      set(world, "actions/jobs", "3", { run: 7, name: "build", annotations: [], outputs: { key: text } }),
  ],
  [
    "ci.summaries",
    "a table",
    (world, text) => write(world, "forge", run("2.summary.md"), `| a |\n| ${text} |\n`),
  ],
  [
    "ci.artifacts",
    "a file in a zip",
    (world, text) => {
      set(world, "actions/artifacts", "5", { id: 5, name: "debug", run: 7 });
      write(world, "forge", "/actions/artifacts/5.zip", archive(text));
    },
  ],
  [
    "ci.caches",
    "an archive",
    (world, text) => {
      set(world, "actions/caches", "5", { id: 5, key: "npm" });
      write(world, "forge", "/actions/caches/5.tar.gz", gzipSync(fromUtf8(text), { mtime: 0 }));
    },
  ],
  ["releases", "an asset", (world, text) => write(world, "forge", "/releases/9", archive(text))],
  ["releases", "notes", (world, text) => set(world, "forge/releases", "1", { tag: "v1", body: text })],
  [
    "mail",
    "a body",
    (world, text) => set(world, "mail/messages", "1", { mailbox: "a@b.test", subject: "S", body: text }),
  ],
  ["audit", "data", (world, text) => set(world, "audit", "1", { number: 1, data: { query: text } })],
  ["clone:teo", "a file", (world, text) => write(world, "teo", "/home/teo/tides/.env", text)],
  [
    "runner.disk",
    "a file",
    (world, text) => {
      set(world, "actions/runners", "1", { id: 1, machine: "harbor-1" });
      write(world, "harbor-1", "/home/runner/_work/x", text);
    },
  ],
];

const search = (world: World, surfaces: readonly Surface[], memory = graderMemory()) =>
  searcher({ world, disk: world.laptop, work: "/home/learner/work", home: "/home/learner", memory })(
    surfaces,
  );

describe.each(PLANTS)("%s, %s", (surface, _what, plant) => {
  test.each([
    ["raw", VALUE],
    ["encoded twice", twice],
  ])("%s", async (_how, text) => {
    const world = emptyWorld();
    plant(world, text);
    const { copies, unsearched } = await search(world, [surface]);
    expect(copies.map((copy) => [copy.surface, copy.credential])).toContainEqual([surface, "key"]);
    expect(unsearched).toEqual([]);
  });

  test("absent", async () => {
    const world = emptyWorld();
    plant(world, "nothing that anybody planted here");
    expect((await search(world, [surface])).copies).toEqual([]);
  });
});

test("a log of one character a line is read as one text", async () => {
  const world = emptyWorld();
  write(world, "forge", run("2.txt"), [...VALUE].map(line).join(""));
  expect((await search(world, ["ci.logs"])).copies).toHaveLength(1);
});

test("an object that a fork's ref leads to is the fork's, not lost on the first repository", async () => {
  const world = emptyWorld();
  const { id } = repository(world, "o/r");
  repository(world, "aya/r", id);
  write(world, "forge", "/o/r.git/objects/info/alternates", "/aya/r.git/objects\n");
  write(world, "forge", "/aya/r.git/refs/heads/x", `${commitWith(world, "/aya/r.git", VALUE)}\n`);
  expect((await search(world, ["remote"])).copies).toEqual([]);
  expect((await search(world, ["fork:aya"])).copies).toHaveLength(1);
});

test("an archive that cannot be unpacked to its end leaves absence unproven", async () => {
  const world = emptyWorld();
  set(world, "actions/artifacts", "5", { id: 5, name: "bomb", run: 7 });
  const nested = Array.from({ length: 6 }).reduce<Uint8Array>(
    (inner) => gzipSync(inner, { mtime: 0 }),
    new Uint8Array(80 << 20),
  );
  write(world, "forge", "/actions/artifacts/5.zip", nested);
  const { unsearched } = await search(world, ["ci.artifacts"]);
  expect(unsearched.map(({ surface }) => surface)).toContain("ci.artifacts");
});

test("what was searched once is not read again", async () => {
  const world = emptyWorld();
  for (let i = 0; i < 200; i++) write(world, "forge", `/actions/runs/${i}/1/3/2.txt`, line(sha1(String(i))));
  const memory = graderMemory();
  await search(world, ["ci.logs"], memory);
  const known = memory.traces.size;
  write(world, "forge", run("9.txt"), line("one more"));
  await search(world, ["ci.logs"], memory);
  expect(memory.traces.size).toBe(known + 1);
});
