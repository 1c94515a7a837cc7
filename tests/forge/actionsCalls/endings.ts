/** What is deleted in the end. */
import { ids, message, REPO, type Row } from "./setting.ts";

export const endingsCalls: readonly Row[] = [
  // The end of things
  [
    "logs cannot go while it runs",
    "writer",
    (o) => o.rest.actions.deleteWorkflowRunLogs({ ...REPO, run_id: ids["busy"] as number }),
    403,
  ],
  [
    "a running run stays",
    "writer",
    (o) => o.rest.actions.deleteWorkflowRun({ ...REPO, run_id: ids["busy"] as number }),
    403,
    message("^Could not delete the workflow run$"),
  ],
  [
    "a run deleted",
    "writer",
    (o) => o.rest.actions.deleteWorkflowRun({ ...REPO, run_id: ids["second"] as number }),
    204,
  ],
  [
    "an environment deleted",
    "owner",
    (o) => o.rest.repos.deleteAnEnvironment({ ...REPO, environment_name: "Production" }),
    204,
  ],
  [
    "a secret deleted",
    "writer",
    (o) => o.rest.actions.deleteRepoSecret({ ...REPO, secret_name: "DB_URL" }),
    204,
  ],
  ["and again", "writer", (o) => o.rest.actions.deleteRepoSecret({ ...REPO, secret_name: "DB_URL" }), 404],
];
