/** A world with an organisation, a repository, and things that a pipeline would have left there. */
import { World } from "../../../world.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { JOBS, RUNS, type Job, type Run } from "./model.ts";

export const ID = "lantern-tides/tides";

export function forgeWithRepository(): {
  readonly world: World;
  readonly forge: Forge;
  readonly repository: Repository;
} {
  const world = World.empty(1, { detect: () => [], happenings: { pipeline: async () => undefined } });
  const { forge } = world;
  forge.createAccount("lantern-tides", { type: "Organization" });
  forge.createRepository(ID);
  forge.openToLearner(ID);
  return { world, forge, repository: forge.find(ID) as Repository };
}

export function addRun(forge: Forge, fields: Partial<Run> = {}): Run {
  const id = forge.ports.tables.next("actions/run", 12_000_001);
  const now = forge.now();
  return forge.ports.tables.of(RUNS).set(String(id), {
    id,
    number: 1,
    attempt: 1,
    repository: ID,
    workflow: 161_001,
    path: ".github/workflows/ci.yml",
    name: "CI",
    title: "Count the tides",
    event: "push",
    action: null,
    ref: "refs/heads/main",
    sha: "a".repeat(40),
    headBranch: "main",
    headSha: "a".repeat(40),
    headRepository: ID,
    pulls: [],
    actor: "mina",
    triggeringActor: "mina",
    fromFork: false,
    debug: false,
    status: "completed",
    conclusion: "success",
    createdAtMs: now,
    startedAtMs: now,
    updatedAtMs: now,
    problems: [],
    logsDeleted: false,
    ...fields,
  });
}

export function addJob(forge: Forge, run: Run, fields: Partial<Job> = {}): Job {
  const id = forge.ports.tables.next("actions/job", 34_000_001);
  const now = forge.now();
  return forge.ports.tables.of(JOBS).set(String(id), {
    id,
    run: run.id,
    attempt: run.attempt,
    repository: run.repository,
    key: "build",
    name: "build",
    needs: [],
    status: "completed",
    conclusion: "success",
    createdAtMs: now,
    startedAtMs: now,
    completedAtMs: now,
    steps: [],
    labels: ["ubuntu-latest"],
    runner: "GitHub Actions 1",
    environment: null,
    permissions: {},
    outputs: {},
    annotations: [],
    ...fields,
  });
}
