import { describe, expect, test } from "vitest";
import type { CommitNode, RepositoryView } from "../../worker/protocol.ts";
import { layoutGraph, ROW } from "./graph-layout.ts";

const commit = (id: string, parents: string[], change: Partial<CommitNode> = {}): CommitNode => ({
  id,
  parents,
  subject: id,
  author: "A",
  timeS: 0,
  kind: "commit",
  refs: [],
  head: false,
  reachable: true,
  heldBy: null,
  away: null,
  stash: null,
  ...change,
});

const repository = (
  commits: CommitNode[],
  looseBlobs: RepositoryView["looseBlobs"] = [],
): RepositoryView => ({
  path: "/r",
  head: { branch: "main", id: null },
  commits,
  looseBlobs,
  state: null,
});

const lanesOf = (commits: CommitNode[]) => {
  const { above, below } = layoutGraph(repository(commits));
  return [...above, ...below]
    .map((row) => (row.kind === "commit" ? `${row.commit.id}${row.lane}` : row.kind))
    .join(" ");
};

describe("lanes", () => {
  const cases = [
    { name: "a line", commits: [commit("c", ["b"]), commit("b", ["a"]), commit("a", [])], lanes: "c0 b0 a0" },
    {
      name: "two branches meet",
      commits: [commit("d", ["b"]), commit("c", ["b"]), commit("b", ["a"]), commit("a", [])],
      lanes: "d0 c1 b0 a0",
    },
    {
      name: "a merge",
      commits: [commit("m", ["x", "y"]), commit("x", ["r"]), commit("y", ["r"]), commit("r", [])],
      lanes: "m0 x0 y1 r0",
    },
    {
      name: "a stash stands aside, even as the only tip",
      commits: [
        commit("s", ["a", "i"], { kind: "stash", stash: 0 }),
        commit("i", ["a"], { kind: "stash-part" }),
        commit("a", []),
      ],
      lanes: "s1 a0",
    },
    {
      name: "parents never stand above their children",
      commits: [commit("a", []), commit("b", ["a"]), commit("c", ["b"])],
      lanes: "c0 b0 a0",
    },
    {
      name: "what is lost has lanes of its own",
      commits: [
        commit("l2", ["l1"], { reachable: false }),
        commit("b", ["a"]),
        commit("l1", ["a"], { reachable: false }),
        commit("a", []),
      ],
      lanes: "b0 a0 l21 l11",
    },
  ];
  test.each(cases)("$name", ({ commits, lanes }) => {
    expect(lanesOf(commits)).toBe(lanes);
  });
});

test("nothing below: no waterline", () => {
  expect(layoutGraph(repository([commit("a", [])])).waterline).toBeNull();
});

test("the waterline lies between what is reachable and what is not; edges cross it", () => {
  const layout = layoutGraph(
    repository(
      [commit("a", []), commit("l", ["a"], { reachable: false, heldBy: "HEAD@{1}" })],
      [{ id: "f", heldBy: null }],
    ),
  );
  expect(layout.waterline).toBe(ROW.top + ROW.plain);
  expect(layout.below.map((row) => row.y > (layout.waterline ?? 0))).toEqual([true, true]);
  expect(layout.edges).toHaveLength(1);
  expect(layout.edges[0]).toMatchObject({ lost: true, from: { lane: 1 }, to: { lane: 0 } });
});

test("over the limit the rest is folded and counted", () => {
  const many = Array.from({ length: 260 }, (_, i) => commit(`c${i}`, i < 259 ? [`c${i + 1}`] : []));
  const { above } = layoutGraph(repository(many));
  expect(above.at(-1)).toMatchObject({ kind: "folded", count: 210 });
});

test("a ring of parents, which git cannot make, still ends", () => {
  expect(lanesOf([commit("a", ["b"]), commit("b", ["a"])])).not.toBe("");
});
