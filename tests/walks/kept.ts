/** Walks that once failed: their inputs, so that a change of the actions does not lose them. They run first. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Input } from "../../src/attempt/input.ts";
import type { Walk } from "./walk.ts";

export interface KeptWalk {
  readonly seed: number;
  readonly problem: string;
  readonly inputs: readonly Input[];
}

const FILE = join(import.meta.dirname, "seeds.json");

export function keptWalks(): KeptWalk[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as KeptWalk[]) : [];
}

export function keep(walk: Walk, inputs: readonly Input[]): void {
  const kept = keptWalks();
  const text = JSON.stringify(inputs);
  if (kept.some((known) => JSON.stringify(known.inputs) === text)) return;
  const problem = (walk.problem ?? "").split("\n")[0] as string;
  writeFileSync(FILE, `${JSON.stringify([...kept, { seed: walk.seed, problem, inputs }], null, 2)}\n`);
}
