/** How it stands for a job before it begins: success(), failure() and cancelled() of its `if`. */
import type { World } from "../../world/world.ts";
import type { Situation } from "../expression/functions.ts";
import { field, texts, type Mapping } from "../workflow/node.ts";
import { callOf, jobBlock, legOf, nodeOf, nodesOfCall, stateOf } from "./look.ts";
import type { JobNode } from "./records.ts";

export function needsOf(document: Mapping, key: string): string[] {
  return texts(field(jobBlock(document, key), "needs"));
}

/** Every job before counts, not only those that are needed directly. */
export function situationOf(world: World, document: Mapping, node: JobNode): Situation {
  const nodes = new Map(nodesOfCall(world, node.call).map((it) => [it.key, it]));
  const before = [...ancestors(document, node.key)].flatMap((key) => nodes.get(key) ?? []);
  return {
    success: before.every(({ result }) => result === "success"),
    failure: before.some(({ result }) => result === "failure"),
    cancelled: isCancelled(world, node),
    before: new Map(before.map(({ key, result }) => [key.toLowerCase(), result ?? ""])),
  };
}

function isCancelled(world: World, node: JobNode): boolean {
  return stateOf(world, node.run).cancelled;
}

function ancestors(document: Mapping, key: string, found = new Set<string>()): Set<string> {
  for (const need of needsOf(document, key)) {
    if (found.has(need)) continue;
    found.add(need);
    ancestors(document, need, found);
  }
  return found;
}

/** Keys on the way from the run's own workflow to a node: "deploy / publish". */
export function pathOf(world: World, node: JobNode): string {
  const { parent } = callOf(world, node.call);
  if (parent === null) return node.key;
  const leg = legOf(world, parent);
  return `${pathOf(world, nodeOf(world, leg.node))} [${leg.index}] / ${node.key}`;
}
