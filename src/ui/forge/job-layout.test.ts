import { expect, test } from "vitest";
import { layoutJobs } from "./job-layout.ts";

const job = (id: number, key: string, ...needs: string[]) => ({ id, key, needs });

test("columns by depth, rows in the order of the file, an edge for each need", () => {
  const layout = layoutJobs([
    job(1, "build"),
    job(2, "test", "build"),
    job(3, "lint", "build"),
    job(4, "deploy", "test", "lint"),
  ]);
  expect(layout.jobs.map(({ column, row }) => [column, row])).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [2, 0],
  ]);
  expect(layout.edges).toHaveLength(4);
  expect([layout.columns, layout.rows]).toEqual([3, 2]);
});

test("jobs of a matrix share a key, and needs in a circle or of nobody do not hang", () => {
  expect(layoutJobs([job(1, "t"), job(2, "t"), job(3, "d", "t")]).edges).toHaveLength(2);
  expect(layoutJobs([job(1, "a", "b"), job(2, "b", "a"), job(3, "c", "gone")]).jobs).toHaveLength(3);
});
