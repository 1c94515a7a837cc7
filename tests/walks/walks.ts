/** Takes many walks on a few threads, replays each in a worker that never saw it, and exports some to real git. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Header, Input } from "../../src/attempt/input.ts";
import { headerOf } from "../../src/cli/attemptRun.ts";
import type { PlayData } from "../../src/attempt/play.ts";
import { startCoreWorker, type CoreWorker } from "../../src/cli/coreWorker.ts";
import { exportWorld } from "../../src/cli/exportWorld.ts";
import { LEARNER } from "../../src/world/person.ts";
import { differences } from "../determinism/differences.ts";
import { startThread } from "../threads/testThread.ts";
import { walkLab, WORK } from "./lab.ts";
import type { Order, Walk } from "./walk.ts";

export interface WalksOptions {
  readonly orders: readonly Pick<Order, "seed" | "steps" | "inputs">[];
  readonly threads: number;
  /** Each n-th walk is exported and read by real git. */
  readonly exportEvery: number;
  onWalk?(walk: Walk): void;
}

/** A core worker replays this many walks, then a fresh one comes. */
const REPLAYS_PER_WORKER = 10;
/** A walk's thread collects garbage by being ended. */
const WALKS_PER_THREAD = 50;

export async function takeWalks(options: WalksOptions): Promise<Walk[]> {
  const todo = [...options.orders.entries()];
  const walks: Walk[] = [];
  const header = (seed: number): Header => headerOf(walkLab, seed);
  const worker = async () => {
    let thread = await startThread<Order, Walk>("tests/walks/thread.ts");
    let replayer = await startCoreWorker();
    for (let taken = 1; todo.length > 0; taken++) {
      const [n, order] = todo.shift() as [number, WalksOptions["orders"][number]];
      const exported = (n + 1) % options.exportEvery === 0;
      let walk = await thread.ask({ ...order, header: header(order.seed) });
      walk = {
        ...walk,
        problem:
          walk.problem ??
          (await differsInReplay(replayer, header(order.seed), walk)) ??
          (exported ? realGitComplains(walk) : null),
        snapshot: null,
      };
      walks.push(walk);
      options.onWalk?.(walk);
      if (taken % REPLAYS_PER_WORKER === 0)
        [replayer] = await Promise.all([startCoreWorker(), replayer.end()]);
      if (taken % WALKS_PER_THREAD === 0)
        [thread] = await Promise.all([startThread<Order, Walk>("tests/walks/thread.ts"), thread.end()]);
    }
    await Promise.all([thread.end(), replayer.end()]);
  };
  await Promise.all(Array.from({ length: Math.min(options.threads, options.orders.length) }, worker));
  return walks;
}

async function differsInReplay({ client }: CoreWorker, header: Header, walk: Walk): Promise<string | null> {
  const inputs = walk.steps.map(({ input }) => input);
  try {
    await client.ask({ ask: "open", header, bundle: JSON.stringify(walkLab), inputs });
    const digest = await client.ask({ ask: "digest" });
    if (digest === walk.digest) return null;
    const { state } = await client.ask({ ask: "snapshot" });
    return `replay in a fresh worker differs in ${differences(walk.snapshot as PlayData, state as PlayData)
      .slice(0, 5)
      .join("\n")}`;
  } catch (error) {
    return `replay threw: ${(error as Error).message}`;
  }
}

function realGitComplains(walk: Walk): string | null {
  const folder = mkdtempSync(join(tmpdir(), "walk-"));
  try {
    exportWorld(walk.snapshot, join(folder, "out"));
    const work = join(folder, "out", "laptop", LEARNER.home, WORK);
    if (!existsSync(join(work, ".git"))) return null;
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
    const { status, stdout, stderr } = spawnSync("git", ["fsck", "--full", "--strict"], {
      cwd: work,
      env,
      encoding: "utf8",
    });
    return status === 0 && !/error|missing|corrupt/.test(stdout + stderr)
      ? null
      : `real git fsck: ${(stderr + stdout).trim()}`;
  } catch (error) {
    return `export threw: ${(error as Error).message}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The shortest list of inputs that still breaks the same invariant, as far as leaving out single inputs leads. */
export async function shortest(walk: Walk): Promise<readonly Input[]> {
  const kind = kindOf(walk);
  let inputs = walk.steps.map(({ input }) => input);
  for (let size = Math.ceil(inputs.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let i = inputs.length - size; i >= 0; i -= size) {
      const shorter = inputs.toSpliced(i, size);
      const [again] = await takeWalks({
        orders: [{ seed: walk.seed, steps: 0, inputs: shorter }],
        threads: 1,
        exportEvery: kind.startsWith("real git") ? 1 : Infinity,
      });
      if (again && again.problem !== null && kindOf(again) === kind) inputs = shorter;
    }
  }
  return inputs;
}

/** The problem without what differs from walk to walk. */
function kindOf({ problem }: Walk): string {
  return (problem ?? "").split("\n")[0]?.replace(/[0-9a-f]{7,64}|(?<=names | for ).*/g, "…") ?? "";
}
