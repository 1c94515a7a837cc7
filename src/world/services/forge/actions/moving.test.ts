import { beforeEach, expect, test } from "vitest";
import { fromUtf8 } from "../../../../base/bytes.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { addArtifact } from "./artifacts.ts";
import { cachesOf, saveCache } from "./caches.ts";
import { createDeployment, deploymentsOf } from "./deployments.ts";
import { environmentsOf, setEnvironment } from "./environments.ts";
import { keyPairOf } from "./key-pair.ts";
import { forgetActions, moveActions } from "./moving.ts";
import { addRunner, runnersFor } from "./runners.ts";
import { findRun, jobsOf, runsOf } from "./runs.ts";
import { environmentScope, repositoryScope } from "./scoped.ts";
import { secretsFor, setSecret } from "./secrets.ts";
import { changeSettings, settingsOf } from "./settings.ts";
import { addJob, addRun, forgeWithRepository, ID } from "./setting.fixture.ts";
import { registerWorkflow, workflowsOf } from "./workflows.ts";

let forge: Forge;
let repository: Repository;

/** What somebody sees of a repository. */
function seen(of: Repository) {
  return {
    secrets: secretsFor(forge, of, "production"),
    environments: environmentsOf(forge, of).map(({ name }) => name),
    runs: runsOf(forge, of).map(({ id }) => id),
    jobs: runsOf(forge, of).map((run) => jobsOf(forge, run, "all").length),
    caches: cachesOf(forge, of).length,
    deployments: deploymentsOf(forge, of).length,
    runners: runnersFor(forge, of).length,
    workflows: workflowsOf(forge, of).map(({ path }) => path),
    settings: settingsOf(forge, of).defaultPermissions,
    key: keyPairOf(forge, repositoryScope(of)).id,
    environmentKey: keyPairOf(forge, environmentScope(of, "production")).id,
  };
}

beforeEach(() => {
  ({ forge, repository } = forgeWithRepository());
  const run = addRun(forge);
  addJob(forge, run);
  addArtifact(forge, run, "site", fromUtf8("zip"));
  saveCache(forge, repository, "refs/heads/main", "npm", "v", fromUtf8("bytes"));
  createDeployment(forge, repository, { sha: "", ref: "main", environment: "production", creator: "mina" });
  setEnvironment(forge, repository, "production");
  addRunner(forge, ID, "tide-1");
  registerWorkflow(forge, repository, ".github/workflows/ci.yml", "CI");
  changeSettings(forge, repository, { defaultPermissions: "write" });
  setSecret(forge, repositoryScope(repository), "A", "1");
  setSecret(forge, environmentScope(repository, "production"), "B", "2");
  const shared = {
    kind: "organisation",
    organisation: "lantern-tides",
    visibility: "selected",
    repositories: [ID],
  } as const;
  setSecret(forge, shared, "C", "3");
});

test("under its new name everything is as it was, and nothing is left under the old one", () => {
  const before = seen(repository);
  const renamed = { ...repository, name: "ebb" };
  moveActions(forge, ID, "lantern-tides/ebb");
  expect(seen(renamed)).toEqual(before);
  expect(seen(repository)).toMatchObject({
    secrets: {},
    environments: [],
    runs: [],
    caches: 0,
    runners: 0,
    workflows: [],
  });
  expect(seen(repository).key).not.toBe(before.key);
});

test("who takes a deleted repository's name gets nothing of it", () => {
  const running = addRun(forge, { status: "in_progress", conclusion: null });
  const { key } = seen(repository);
  forgetActions(forge, repository);
  expect(seen(repository)).toMatchObject({
    secrets: {},
    environments: [],
    runs: [running.id],
    caches: 0,
    deployments: 0,
    runners: 0,
    workflows: [],
    settings: "read",
  });
  expect(seen(repository).key).not.toBe(key);
  expect(findRun(forge, repository, running.id)).toBeDefined();
  expect([forge.disk.list("/actions/artifacts"), forge.disk.list("/actions/caches")]).toEqual([[], []]);
});
