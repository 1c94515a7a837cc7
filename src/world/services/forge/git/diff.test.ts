/** Trees compared: what came, went, changed, moved, and turned from a file into a folder. */
import { expect, test } from "vitest";
import { World } from "../../../world.ts";
import type { Repository } from "../model.ts";
import { changedFiles, diffTrees } from "./diff.ts";
import { objectsOf } from "./objects.ts";

type Files = Readonly<Record<string, string>>;

function setting() {
  const { forge } = World.empty(1, { detect: () => [] }, 0);
  forge.createRepository("a/b");
  const git = objectsOf(forge, forge.find("a/b") as Repository);
  const tree = (files: Files) =>
    git.editTree(
      null,
      new Map(
        Object.entries(files).map(([path, text]) => [
          path,
          { mode: path.endsWith(".sh") ? "100755" : "100644", id: git.writeBlob(text) },
        ]),
      ),
    );
  return { git, tree };
}

test.each<[string, Files, Files, string[]]>([
  ["nothing", { a: "1" }, { a: "1" }, []],
  ["added", {}, { "x/y/z": "1\n" }, ["added x/y/z +1 -0"]],
  ["removed", { "x/y": "1\n", k: "" }, { k: "" }, ["removed x/y +0 -1"]],
  ["modified", { "x/y": "1\n", "x/k": "k" }, { "x/y": "2\n", "x/k": "k" }, ["modified x/y +1 -1"]],
  ["renamed", { a: "1\n" }, { "d/b": "1\n" }, ["renamed d/b +0 -0 from a"]],
  ["a file becomes a folder", { a: "1\n" }, { "a/b": "2\n" }, ["removed a +0 -1", "added a/b +1 -0"]],
  ["a folder becomes a file", { "a/b": "2\n" }, { a: "1\n" }, ["added a +1 -0", "removed a/b +0 -1"]],
  [
    "a name like a prototype's",
    {},
    { __proto__x: "1\n", constructor: "2\n" },
    ["added __proto__x +1 -0", "added constructor +1 -0"],
  ],
  ["binary", { a: "\0" }, { a: "\0\0" }, ["modified a +0 -0"]],
  [
    "names around a folder",
    { "a-b": "1\n", "a/b": "1\n" },
    { "a-b": "2\n", "a/b": "2\n" },
    ["modified a-b +1 -1", "modified a/b +1 -1"],
  ],
])("%s", (_title, before, after, expected) => {
  const { git, tree } = setting();
  const changes = diffTrees(git, tree(before), tree(after)).map(
    ({ status, path, additions, deletions, previousPath }) =>
      `${status} ${path} +${additions} -${deletions}${previousPath === null ? "" : ` from ${previousPath}`}`,
  );
  expect(changes).toEqual(expected);
});

test("a change of mode alone is a change", () => {
  const { git } = setting();
  const id = git.writeBlob("x\n");
  const tree = (mode: string) => git.writeTree([{ name: "f", mode, id }]);
  expect(diffTrees(git, tree("100644"), tree("100755"))).toMatchObject([{ status: "changed", patch: null }]);
});

test("null is the empty tree, and what is no tree has no files", () => {
  const { git, tree } = setting();
  expect(changedFiles(git, null, tree({ a: "1" }))).toHaveLength(1);
  expect(changedFiles(git, git.writeBlob("x"), null)).toEqual([]);
});
