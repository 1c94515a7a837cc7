/** Forking, keeping and restoring the largest world of the labs: its state at the end of the reference solution. */
import { deserialize, serialize, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { PlayData } from "../../attempt/play.ts";
import type { Lab } from "../../lab/load.ts";
import { World, type WorldData, type WorldPorts } from "../../world/world.ts";
import { headerOf, playScript, Stage } from "../attemptRun.ts";
import { labNames } from "../labFolder.ts";
import { openLab } from "../openLab.ts";
import { figure, median, p95, timed, type Figure } from "./figure.ts";

const FORKS = 10;
const ROUNDS = 40;
/** What a fork lives through, so that it has to copy what it shared: half a minute, and a change of a table and of a disk. */
const MOMENT_MS = 30_000;

export async function worldFigures(): Promise<Figure[]> {
  const data = await largestWorld();
  const world = World.restore(data, PORTS);
  world.digest();
  const bare: number[] = [];
  const used: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    let fork: World | undefined;
    bare.push(await timed(() => void (fork = world.fork())));
    used.push(await timed(() => live(fork as World, i)));
  }
  const copies: number[] = [];
  let copied = world;
  for (let i = 0; i < ROUNDS / 8; i++)
    copies.push(
      await timed(() => {
        copied = World.restore(deserialize(serialize(world.snapshot())) as WorldData, PORTS);
      }),
    );
  const differs = [world.fork(), copied].filter((it) => it.digest() !== world.digest()).length;
  return [
    figure("world/fork-p95", p95(bare), "ms", 20),
    figure("world/first-moment-of-a-fork-p95", p95(used), "ms", null),
    figure("world/fork-to-copy", median(bare) / median(copies), "ratio", 0.1),
    figure("world/ten-forks-more", await growth(world), "MB", 30),
    figure("world/size", serialize(data).length / 2 ** 20, "MB", null),
    figure("world/serialise-and-restore", median(copies), "ms", null),
    figure("world/digests-that-differ", differs, "count", 0),
  ];
}

/** Nothing here detects, plays stories or runs pipelines: what is due for them is let go. */
const PORTS: WorldPorts = {
  detect: () => [],
  happenings: { pipeline: async () => undefined, story: async () => undefined },
};

async function live(fork: World, i: number): Promise<void> {
  fork.laptop.write(`/tmp/fork-${i}`, "a fork of its own", { name: "root" });
  fork.record({ who: "you", kind: "bench", what: "A fork lives", data: {} });
  fork.tables.next("bench");
  await fork.advance(MOMENT_MS);
}

/** MB that ten forks hold beside the world, after a moment of life each. */
async function growth(world: World): Promise<number> {
  const before = heapMb();
  const forks = Array.from({ length: FORKS }, () => world.fork());
  for (const [i, fork] of forks.entries()) await live(fork, i);
  const after = heapMb();
  return forks.length === FORKS ? Math.max(0, after - before) : Number.NaN;
}

function heapMb(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

async function largestWorld(): Promise<WorldData> {
  let largest: { readonly lab: Lab; readonly bytes: number } | null = null;
  for (const name of labNames()) {
    const lab = openLab(name);
    const bytes = serialize(await stateAfter(lab, "")).length;
    if (!largest || bytes > largest.bytes) largest = { lab, bytes };
  }
  if (!largest) throw new Error("bench: there are no labs");
  const { lab } = largest;
  const reference = lab.cases.find(({ kind, name }) => kind === "solution" && /reference/.test(name));
  return stateAfter(lab, reference?.script ?? "");
}

async function stateAfter({ bundle }: Lab, script: string): Promise<WorldData> {
  const stage = await Stage.open(bundle, headerOf(bundle, 1));
  try {
    if (script !== "") await playScript(stage, script);
    const { state } = await stage.client.ask({ ask: "snapshot" });
    return (state as PlayData).world;
  } finally {
    await stage.end();
  }
}
