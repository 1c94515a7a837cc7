/** A digest that misses something is worth nothing: each part of the state is changed by the least, and it shows. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { headerOf, Stage } from "../../src/cli/attemptRun.ts";
import { startCoreWorker, type CoreWorker } from "../../src/cli/coreWorker.ts";
import type { DirectoryData, EntryData } from "../../src/disk/data.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import type { Snapshot } from "../../src/worker/protocol.ts";
import { walkLab } from "../walks/lab.ts";

const bundle: LabBundle = {
  ...walkLab,
  manifest: {
    ...walkLab.manifest,
    credentials: [
      {
        id: "token",
        kind: "githubToken",
        owner: "mina",
        scope: "repo",
        issuer: "none",
        grants: null,
        variable: "TOKEN",
      },
    ],
  },
};
const header = headerOf(bundle, 5);

/** Whatever a mutation touches; the test itself sees whether it was there. */
// oxlint-disable-next-line typescript/no-explicit-any
type State = any;

let worker: CoreWorker;
let snapshot: Snapshot;
let digest: string;

beforeAll(async () => {
  const stage = await Stage.open(bundle, header);
  for (const text of [
    "x=1; arr=(a b); f() { echo f; }; alias ll=ls",
    "echo $RANDOM > r.txt; ln -s r.txt link; echo y >> README.md; git add -A; git commit -qm r",
    "cd src",
  ]) {
    await stage.apply({ kind: "line", terminal: 1, text });
  }
  snapshot = await stage.client.ask({ ask: "snapshot" });
  await stage.end();
  worker = await startCoreWorker();
  digest = await digestOf(snapshot);
}, 120_000);

afterAll(() => worker.end());

async function digestOf(changed: Snapshot): Promise<string> {
  await worker.client.ask({
    ask: "open",
    header,
    bundle: JSON.stringify(bundle),
    inputs: [],
    snapshot: changed,
  });
  return worker.client.ask({ ask: "digest" });
}

function entry(state: State, path: string): State {
  let at: EntryData = state.world.machines.laptop.root as DirectoryData;
  for (const name of path.split("/").slice(1)) {
    const found: EntryData | undefined = (at as DirectoryData).entries.find(([known]) => known === name)?.[1];
    if (!found) throw new Error(`${path} is not in the snapshot`);
    at = found;
  }
  return at;
}

const WALK = "/home/learner/walk";
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
/** The record of a table under a key, as it is stored: replacing it is what a change does. */
function record(state: State, table: string, key: string): State {
  const found = state.world.tables[table]?.find(([known]: [string, State]) => known === key);
  if (!found) throw new Error(`${table} has no ${key} in the snapshot`);
  return found[1];
}

const firstShell = (state: State) => state.shells[0][1];

const MUTATIONS: readonly (readonly [what: string, change: (state: State) => void])[] = [
  [
    "one byte of a file",
    (state) =>
      void (entry(state, `${WALK}/README.md`).bytes = flip(entry(state, `${WALK}/README.md`).bytes, 3)),
  ],
  [
    "the last byte of a file",
    (state) =>
      void (entry(state, `${WALK}/README.md`).bytes = entry(state, `${WALK}/README.md`).bytes.slice(0, -1)),
  ],
  ["a modification time, by a millisecond", (state) => void (entry(state, `${WALK}/README.md`).mtimeMs += 1)],
  ["the modification time of a directory", (state) => void (entry(state, `${WALK}/src`).mtimeMs += 1)],
  ["a mode", (state) => void (entry(state, `${WALK}/README.md`).mode ^= 0o100)],
  ["the mode of a directory", (state) => void (entry(state, `${WALK}/src`).mode ^= 0o001)],
  ["an owner", (state) => void (entry(state, `${WALK}/README.md`).owner = "root")],
  ["the target of a link", (state) => void (entry(state, `${WALK}/link`).target = "README.md")],
  [
    "a name",
    (state) =>
      void (entry(state, WALK).entries = entry(state, WALK).entries.map(
        ([name, item]: [string, EntryData]) => [name === "link" ? "link2" : name, item],
      )),
  ],
  [
    "a line of a reflog",
    (state) =>
      void (entry(state, `${WALK}/.git/logs/HEAD`).bytes = fromUtf8(
        `${Buffer.from(entry(state, `${WALK}/.git/logs/HEAD`).bytes).toString()}x`,
      )),
  ],
  [
    "a byte of the index",
    (state) =>
      void (entry(state, `${WALK}/.git/index`).bytes = flip(entry(state, `${WALK}/.git/index`).bytes, 20)),
  ],
  [
    "a ref",
    (state) => void (entry(state, `${WALK}/.git/refs/heads/feature`).bytes = fromUtf8(`${"0".repeat(40)}\n`)),
  ],
  [
    "a line of the shell's history",
    (state) => void (entry(state, "/home/learner/.bash_history").bytes = new Uint8Array()),
  ],
  ["the clock", (state) => void (state.world.nowMs += 1)],
  ["the seed", (state) => void (state.world.seed += 1)],
  [
    "the position of a stream",
    (state) =>
      void (state.world.streams = {
        ...state.world.streams,
        ambient: (state.world.streams.ambient ?? 0) + 1,
      }),
  ],
  [
    "a stream that nobody used",
    (state) => void (state.world.streams = { ...state.world.streams, another: 1 }),
  ],
  ["the status of a credential", (state) => void (record(state, "credentials", "token").status = "revoked")],
  ["the value of a credential", (state) => void (record(state, "credentials", "token").value += "x")],
  [
    "the use of a credential",
    (state) => void record(state, "credentials", "token").uses.push({ atMs: 1, action: "read" }),
  ],
  ["an event", (state) => void state.world.events.push({ atMs: 1, seq: 1, who: "you", what: "Nothing" })],
  [
    "something scheduled",
    (state) =>
      void (state.world.queue = {
        ...state.world.queue,
        items: [...state.world.queue.items, { atMs: 9e15, seq: 1, kind: "x", data: null }],
      }),
  ],
  [
    "the next number of the queue",
    (state) => void (state.world.queue = { ...state.world.queue, next: state.world.queue.next + 1 }),
  ],
  ["a file on the forge", (state) => void (state.world.machines.forge.root.mtimeMs += 1)],
  [
    "a machine that is empty",
    (state) => void (state.world.machines = { ...state.world.machines, spare: state.world.machines.forge }),
  ],
  [
    "a field of a record of the forge",
    (state) => void (record(state, "forge/repositories", "lantern-tides/tides").archived = true),
  ],
  [
    "a record that is gone",
    (state) => void (state.world.tables["forge/accounts"] = state.world.tables["forge/accounts"].slice(1)),
  ],
  [
    "the order of records",
    (state) =>
      void (state.world.tables["forge/accounts"] = state.world.tables["forge/accounts"].toReversed()),
  ],
  [
    "a table that nobody had",
    (state) => void (state.world.tables = { ...state.world.tables, another: [["a", {}]] }),
  ],
  ["a counter", (state) => void (record(state, "counters", "forge/account").next += 1)],
  ["a shell variable", (state) => void firstShell(state).env.set("x", "2")],
  ["a shell's directory", (state) => void (firstShell(state).cwd = WALK)],
  ["a function", (state) => void firstShell(state).functions.delete("f")],
  ["an array", (state) => void (firstShell(state).arrays = {})],
  ["an alias", (state) => void firstShell(state).env.delete("BASH_ALIAS_ll")],
  ["the last exit code", (state) => void (firstShell(state).lastExitCode = 7)],
  ["an option of the shell", (state) => void (firstShell(state).options.errexit = true)],
  ["what is exported", (state) => void firstShell(state).exportedVars.add("x")],
  ["a second terminal", (state) => void state.shells.push([2, structuredClone(firstShell(state))])],
];

test("nothing changed, nothing shows", async () => {
  expect(await digestOf(structuredClone(snapshot))).toBe(digest);
});

describe("changed, it shows", () => {
  test.each(MUTATIONS)("%s", async (_what, change) => {
    const changed = structuredClone(snapshot);
    change(changed.state);
    expect(await digestOf(changed)).not.toBe(digest);
  });
});
