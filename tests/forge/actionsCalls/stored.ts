/** Artifacts and caches. */
import { expect } from "vitest";
import { has, ID, ids, REPO, type Row } from "./setting.ts";

export const storedCalls: readonly Row[] = [
  // Artifacts and caches
  ["artifacts", "reader", (o) => o.rest.actions.listArtifactsForRepo(REPO), 200, has({ total_count: 2 })],
  [
    "artifacts by name",
    "reader",
    (o) => o.rest.actions.listArtifactsForRepo({ ...REPO, name: "site" }),
    200,
    has({
      total_count: 1,
      artifacts: [
        has({
          name: "site",
          size_in_bytes: 6,
          expired: false,
          digest: expect.stringMatching(/^sha256:/),
          workflow_run: has({ head_branch: "main" }),
        }),
      ],
    }),
  ],
  [
    "artifacts of a run",
    "reader",
    (o) => o.rest.actions.listWorkflowRunArtifacts({ ...REPO, run_id: ids["run"] as number }),
    200,
    has({ total_count: 2 }),
  ],
  [
    "an artifact deleted",
    "writer",
    (o) => o.rest.actions.deleteArtifact({ ...REPO, artifact_id: (ids["artifact"] as number) + 1 }),
    204,
  ],
  [
    "gone",
    "writer",
    (o) => o.rest.actions.getArtifact({ ...REPO, artifact_id: (ids["artifact"] as number) + 1 }),
    404,
  ],
  [
    "caches, largest first",
    "reader",
    (o) => o.rest.actions.getActionsCacheList({ ...REPO, sort: "size_in_bytes" }),
    200,
    {
      total_count: 3,
      actions_caches: [
        has({ ref: "refs/pull/7/merge", size_in_bytes: 10 }),
        has({ key: "npm-1" }),
        has({ key: "pip-1" }),
      ],
    },
  ],
  [
    "caches of a ref",
    "reader",
    (o) => o.rest.actions.getActionsCacheList({ ...REPO, ref: "refs/heads/main", key: "npm" }),
    200,
    has({ total_count: 1 }),
  ],
  [
    "how much",
    "reader",
    (o) => o.rest.actions.getActionsCacheUsage(REPO),
    200,
    { full_name: ID, active_caches_count: 3, active_caches_size_in_bytes: 16 },
  ],
  [
    "a cache by id",
    "writer",
    (o) => o.rest.actions.deleteActionsCacheById({ ...REPO, cache_id: ids["cache"] as number }),
    204,
  ],
  [
    "caches by key",
    "writer",
    (o) => o.rest.actions.deleteActionsCacheByKey({ ...REPO, key: "npm-1" }),
    200,
    has({ total_count: 1 }),
  ],
  ["no such key", "writer", (o) => o.rest.actions.deleteActionsCacheByKey({ ...REPO, key: "npm-1" }), 404],
];
