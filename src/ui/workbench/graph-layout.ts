/**
 * Where the git graph draws what: rows from top to bottom, lanes from left to right, edges between nodes. What a
 * branch, tag, stash or HEAD leads to stands above the waterline, everything else that git keeps below it.
 */
import type { CommitNode, RepositoryView } from "../../worker/protocol.ts";

export type Blob = RepositoryView["looseBlobs"][number];

export type Row =
  | {
      readonly kind: "commit";
      readonly commit: CommitNode;
      readonly lane: number;
      readonly y: number;
      readonly height: number;
    }
  | {
      readonly kind: "blob";
      readonly blob: Blob;
      readonly lane: number;
      readonly y: number;
      readonly height: number;
    }
  /** Commits left out because there are too many. */
  | {
      readonly kind: "folded";
      readonly count: number;
      readonly lane: number;
      readonly y: number;
      readonly height: number;
    };

export interface Edge {
  readonly from: { readonly lane: number; readonly y: number };
  readonly to: { readonly lane: number; readonly y: number };
  /** Leads from a lost commit. */
  readonly lost: boolean;
  /** Not the first parent: the line leaves the child's lane at once. */
  readonly merged: boolean;
}

export interface GraphLayout {
  readonly above: readonly Row[];
  readonly below: readonly Row[];
  readonly edges: readonly Edge[];
  readonly lanes: number;
  /** Pixels from the top to the waterline; null when nothing is below. */
  readonly waterline: number | null;
  readonly height: number;
}

export const ROW = { top: 4, plain: 30, chips: 46, label: 32, node: 14, fold: 200 } as const;

/** Children before parents; otherwise the given order (newest first). */
function childrenFirst(commits: readonly CommitNode[]): CommitNode[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const done = new Set<string>();
  const out: CommitNode[] = [];
  const waiting = new Map<string, number>();
  for (const commit of commits)
    for (const parent of commit.parents) waiting.set(parent, (waiting.get(parent) ?? 0) + 1);
  const place = (commit: CommitNode): void => {
    if (done.has(commit.id) || (waiting.get(commit.id) ?? 0) > 0) return;
    done.add(commit.id);
    out.push(commit);
    for (const id of commit.parents) waiting.set(id, (waiting.get(id) ?? 0) - 1);
  };
  while (out.length < byId.size) {
    const before = out.length;
    for (const commit of byId.values()) place(commit);
    if (out.length === before) return [...byId.values()];
  }
  return out;
}

interface Lane {
  readonly awaits: string | null;
  /** A stash's: its base keeps a lane of its own. */
  readonly aside: boolean;
}

const FREE: Lane = { awaits: null, aside: false };
const CLOSED: Lane = { awaits: "", aside: true };

class Lanes {
  readonly #lanes: Lane[];

  constructor(reserved: number) {
    this.#lanes = Array.from({ length: reserved }, () => CLOSED);
  }

  get count(): number {
    return this.#lanes.length;
  }

  /** The lane of a node, which frees the others that lead to it. */
  take(id: string, aside: boolean): number {
    const found = this.#lanes.findIndex((lane) => lane.awaits === id && !lane.aside);
    const lane = found >= 0 ? found : this.#free(aside ? 1 : 0);
    for (let i = 0; i < this.#lanes.length; i++) if (this.#lanes[i]?.awaits === id) this.#lanes[i] = FREE;
    return lane;
  }

  await(lane: number, id: string | null, aside: boolean): void {
    this.#lanes[lane] = { awaits: id, aside };
  }

  awaitAnywhere(id: string): void {
    if (!this.#lanes.some(({ awaits, aside }) => awaits === id && !aside)) {
      this.#lanes[this.#free(0)] = { awaits: id, aside: false };
    }
  }

  #free(from: number): number {
    while (this.#lanes.length < from) this.#lanes.push(FREE);
    const lane = this.#lanes.findIndex(({ awaits }, i) => i >= from && awaits === null);
    return lane >= 0 ? lane : this.#lanes.push(FREE) - 1;
  }
}

function shownParents(commit: CommitNode): readonly string[] {
  return commit.kind === "stash" ? commit.parents.slice(0, 1) : commit.parents;
}

function tall(commit: CommitNode): boolean {
  const named = commit.refs.length > 0 || commit.head || commit.stash !== null || commit.away !== null;
  return named || !commit.reachable;
}

/** Rows of one side of the waterline, from `top` down. */
function placeRows(commits: readonly CommitNode[], lanes: Lanes, top: number): Row[] {
  const here = new Set(commits.map(({ id }) => id));
  let y = top;
  return commits.map((commit) => {
    const aside = commit.kind === "stash";
    const lane = lanes.take(commit.id, aside);
    const [first, ...others] = shownParents(commit);
    lanes.await(lane, first !== undefined && here.has(first) ? first : null, aside);
    for (const parent of others) if (here.has(parent)) lanes.awaitAnywhere(parent);
    const height = tall(commit) ? ROW.chips : ROW.plain;
    y += height;
    return { kind: "commit", commit, lane, y: y - height + ROW.node, height };
  });
}

function placeBlobs(blobs: readonly Blob[], lane: number, top: number): Row[] {
  return blobs.map((blob, i) => ({
    kind: "blob",
    blob,
    lane,
    y: top + i * ROW.chips + ROW.node,
    height: ROW.chips,
  }));
}

function edgesOf(rows: readonly Row[]): Edge[] {
  const nodes = new Map(
    rows.flatMap((row) => (row.kind === "commit" ? [[row.commit.id, row] as const] : [])),
  );
  return [...nodes.values()].flatMap((row) => {
    if (row.kind !== "commit") return [];
    return shownParents(row.commit).flatMap((id, i) => {
      const to = nodes.get(id);
      if (!to) return [];
      return [
        {
          from: { lane: row.lane, y: row.y },
          to: { lane: to.lane, y: to.y },
          lost: !row.commit.reachable,
          merged: i > 0,
        },
      ];
    });
  });
}

function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.height, 0);
}

/** Over the limit only what has a name stays, and the newest. */
function folded(commits: readonly CommitNode[]): readonly CommitNode[] {
  if (commits.length <= ROW.fold) return commits;
  return commits.filter(
    (commit, i) => i < 50 || commit.refs.length > 0 || commit.head || commit.stash !== null,
  );
}

export function layoutGraph(repository: RepositoryView): GraphLayout {
  const nodes = repository.commits.filter(({ kind }) => kind !== "stash-part");
  const reachable = childrenFirst(nodes.filter((commit) => commit.reachable));
  const kept = folded(reachable);
  const lanes = new Lanes(0);
  const above = placeRows(kept, lanes, ROW.top);
  const hidden = reachable.length - kept.length;
  const top = ROW.top + heightOf(above);
  if (hidden > 0)
    above.push({ kind: "folded", count: hidden, lane: 0, y: top + ROW.node, height: ROW.plain });
  const line = ROW.top + heightOf(above);
  const lost = childrenFirst(nodes.filter((commit) => !commit.reachable));
  const lostLanes = new Lanes(Math.max(1, lanes.count));
  const lostRows = placeRows(lost, lostLanes, line + ROW.label);
  const blobLane = Math.max(1, lanes.count);
  const below = [
    ...lostRows,
    ...placeBlobs(repository.looseBlobs, blobLane, line + ROW.label + heightOf(lostRows)),
  ];
  return {
    above,
    below,
    edges: edgesOf([...above, ...below]),
    lanes: Math.max(
      2,
      lanes.count,
      below.length > 0 ? lostLanes.count : 0,
      repository.looseBlobs.length > 0 ? blobLane + 1 : 0,
    ),
    waterline: below.length > 0 ? line : null,
    height: below.length > 0 ? line + ROW.label + heightOf(below) + 8 : line + 8,
  };
}
