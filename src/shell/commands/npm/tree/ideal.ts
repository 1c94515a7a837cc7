/**
 * The tree that a project asks for: what is missing or does not fit is fetched, and put as near to the root as it can be.
 * https://docs.npmjs.com/cli/configuring-npm/folders#cycles-conflicts-and-folder-parsimony
 */
import type { ExecResult } from "just-bash/browser";
import { compareVersions } from "../../../../base/semver.ts";
import { failed } from "../call.ts";
import { edgesTo } from "./edgesTo.ts";
import { unresolvable } from "./eresolve.ts";
import { isValid, sorted, target, TreeNode, walk, type Edge } from "./node.ts";
import type { Source } from "./source.ts";
import { fits } from "./spec.ts";

export interface IdealOptions {
  readonly source: Pick<Source, "find">;
  readonly legacyPeers: boolean;
  /** Takes what does not fit its peers. */
  readonly force: boolean;
}

/** A tree of more steps is somebody's joke. */
const MOST_STEPS = 5000;

/** Null, or why it cannot be built. */
export async function complete(root: TreeNode, options: IdealOptions): Promise<ExecResult | null> {
  let queue = [...walk(root)];
  const absent = new Set<Edge>();
  for (let step = 0; queue.length > 0; step++) {
    if (step > MOST_STEPS) return failed(null, ["too many packages: not simulated in LeakLab"]);
    const [node, ...rest] = sorted(new Set(queue)) as [TreeNode, ...TreeNode[]];
    queue = rest;
    if (!node.isWithin(root)) continue;
    for (const edge of node.edges) {
      if (absent.has(edge) || isValid(edge)) continue;
      const placed = await place(root, edge, options);
      if (Array.isArray(placed))
        queue.push(...placed, ...placed.flatMap((each) => dependents(root, each.name)));
      else if (edge.kind === "optional" || placed === null) absent.add(edge);
      else return placed;
    }
  }
  return null;
}

function dependents(root: TreeNode, name: string): TreeNode[] {
  return [...walk(root)].filter((node) => node.edge(name) !== undefined);
}

/** The new nodes, peers with it; null where the old one is to stay, although it does not fit. */
async function place(
  root: TreeNode,
  edge: Edge,
  options: IdealOptions,
): Promise<TreeNode[] | ExecResult | null> {
  const { source, legacyPeers, force } = options;
  const found = await source.find(edge.spec);
  if ("failure" in found) return found.failure;
  const child = new TreeNode(edge.name, found, legacyPeers);
  let best: { readonly at: TreeNode; readonly verdict: Verdict } | null = null;
  const start = edge.kind.startsWith("peer") && edge.from.parent ? edge.from.parent : edge.from;
  for (let at: TreeNode | null = start; at; at = at.parent) {
    const verdict = canPlace(root, at, edge, child);
    if (verdict === "conflict") break;
    best = { at, verdict };
  }
  if (!best) return force ? null : unresolvable(root, edge, child);
  if (best.verdict === "keep") return null;
  best.at.add(child);
  const all = [child];
  for (const peer of child.edges.filter(({ kind }) => kind === "peer")) {
    if (isValid(peer)) continue;
    const more = await place(root, peer, options);
    if (more !== null && !Array.isArray(more)) return more;
    all.push(...(more ?? []));
  }
  return all;
}

type Verdict = "ok" | "keep" | "replace" | "conflict";

function canPlace(root: TreeNode, at: TreeNode, edge: Edge, child: TreeNode): Verdict {
  const own = at.edge(edge.name);
  const current = at.children.get(edge.name);
  if (own?.kind.startsWith("peer") && !at.isRoot) return "conflict";
  if (!current && own && own !== edge && !fits(child.manifest, own.spec)) return "conflict";
  const verdict = current
    ? besideCurrent(root, at, edge, { child, current })
    : shadowing(root, at, edge, child);
  return verdict === "ok" || verdict === "replace" ? withPeers(at, child, verdict) : verdict;
}

function besideCurrent(
  root: TreeNode,
  at: TreeNode,
  edge: Edge,
  { child, current }: { readonly child: TreeNode; readonly current: TreeNode },
): Verdict {
  const isPeer = edge.kind.startsWith("peer");
  const isNewer = compareVersions(child.version, current.version) >= 0;
  const replaceable = edgesTo(root, current).every((it) => fits(child.manifest, it.spec));
  if (child.version === current.version && fits(current.manifest, edge.spec)) return "keep";
  if (isNewer && replaceable) return "replace";
  if (fits(current.manifest, edge.spec)) return "keep";
  if (isPeer && replaceable) return "replace";
  return !isPeer && at === edge.from ? "replace" : "conflict";
}

/** Whoever below gets another package by that name today must not get one that does not fit. */
function shadowing(root: TreeNode, at: TreeNode, edge: Edge, child: TreeNode): Verdict {
  const current = at === edge.from ? undefined : at.resolve(edge.name);
  const broken = current
    ? edgesTo(root, current).some(({ from, spec }) => from.isWithin(at) && !fits(child.manifest, spec))
    : false;
  return broken ? "conflict" : "ok";
}

/** Its peers have to be there with it, or may come. */
function withPeers(at: TreeNode, child: TreeNode, verdict: Verdict): Verdict {
  const broken = child.edges.some((peer) => {
    const there = peer.kind === "peer" ? at.resolve(peer.name) : undefined;
    if (!there || fits(there.manifest, peer.spec)) return false;
    return there.parent === at || at.edge(peer.name) !== undefined;
  });
  return broken ? "conflict" : verdict;
}

/** Whatever nothing asks for goes. */
export function prune(root: TreeNode): void {
  const needed = reached(root, () => true);
  for (const node of [...walk(root)])
    if (node.parent && !needed.has(node)) node.parent.children.delete(node.name);
}

/** All that is needed by following the edges that are allowed, the root included. */
export function reached(root: TreeNode, follow: (edge: Edge) => boolean): ReadonlySet<TreeNode> {
  const found = new Set([root]);
  for (const node of found)
    for (const edge of node.edges) {
      const to = follow(edge) ? target(edge) : undefined;
      if (to) found.add(to);
    }
  return found;
}

export interface Flags {
  readonly dev: boolean;
  readonly optional: boolean;
  readonly devOptional: boolean;
  readonly peer: boolean;
}

/** What each node is only there for. */
export function flagsOf(root: TreeNode): (node: TreeNode) => Flags {
  const isOptional = ({ kind }: Edge) => kind === "optional" || kind === "peerOptional";
  const withoutDev = reached(root, ({ kind }) => kind !== "dev");
  const required = reached(root, (edge) => !isOptional(edge));
  const both = reached(root, (edge) => edge.kind !== "dev" && !isOptional(edge));
  const withoutPeers = reached(root, ({ kind }) => !kind.startsWith("peer"));
  return (node) => {
    const dev = !withoutDev.has(node);
    const optional = !required.has(node);
    return {
      dev,
      optional,
      devOptional: !dev && !optional && !both.has(node),
      peer: !withoutPeers.has(node),
    };
  };
}
