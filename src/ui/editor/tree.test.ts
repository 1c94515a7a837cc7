import { expect, test } from "vitest";
import type { FileEntry } from "../../worker/protocol.ts";
import { treeRows } from "./tree.ts";

const file = (path: string, status: FileEntry["status"] = "clean"): FileEntry => ({
  path,
  kind: "file",
  status,
});
const files = [
  file("/w/b.txt"),
  file("/w/src/x.ts", "modified"),
  file("/w/.env", "ignored"),
  file("/w/src/a/y.ts"),
];

test("folders first, then names; paths are absolute", () => {
  const spelled = treeRows(files, "/w", new Set()).map(
    ({ path, depth, status }) => `${depth} ${path} ${status}`,
  );
  expect(spelled).toEqual([
    "0 /w/src clean",
    "1 /w/src/a clean",
    "2 /w/src/a/y.ts clean",
    "1 /w/src/x.ts modified",
    "0 /w/.env ignored",
    "0 /w/b.txt clean",
  ]);
});

test("a folded folder hides what is in it", () => {
  expect(treeRows(files, "/w", new Set(["/w/src"])).map(({ name }) => name)).toEqual([
    "src",
    ".env",
    "b.txt",
  ]);
});

test("paths that are relative to the folder are understood as well", () => {
  expect(treeRows([file("src/x.ts")], "/w", new Set()).map(({ path }) => path)).toEqual([
    "/w/src",
    "/w/src/x.ts",
  ]);
});
