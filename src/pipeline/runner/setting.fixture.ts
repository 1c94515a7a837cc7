/** A job on a hosted runner, for tests: a repository, a run and a token, without the scheduler. */
import { LEARNER } from "../../world/person.ts";
import { JOBS, RUNS, type Job, type Run } from "../../world/services/forge/actions/model.ts";
import { logPath, summaryPath } from "../../world/services/forge/actions/files.ts";
import type { Grants } from "../../world/services/forge/identity.ts";
import type { Json } from "../../base/json.ts";
import { World, type WorldPorts } from "../../world/world.ts";
import { oidcHost } from "../oidc.ts";
import { OIDC_HOST } from "../oidcIssuer.ts";
import type { JobState, Nested, Step, StepOutcome } from "../step.ts";
import { runnerMachines } from "./machine.ts";
import { runStep } from "./runStep.ts";

export interface Bench {
  readonly world: World;
  readonly run: Run;
  readonly job: Job;
  state: JobState;
  step(fields: Partial<Step> & Pick<Step, "kind">, more?: { phase?: "main" | "post" }): Promise<Played>;
  script(script: string, fields?: Record<string, unknown>): Promise<Played>;
  uses(uses: string, inputs?: Record<string, string>, fields?: Record<string, unknown>): Promise<Played>;
}

export interface Played extends StepOutcome {
  /** Without times. */
  readonly log: string;
  readonly summary: string;
}

export interface BenchOptions {
  readonly secrets?: readonly string[];
  readonly run?: Partial<Run>;
  readonly job?: Partial<Job>;
  readonly nested?: Nested;
  readonly ports?: Partial<WorldPorts>;
  readonly seed?: number;
}

export const REPOSITORY = "lantern-tides/tides";

export async function bench(options: BenchOptions = {}): Promise<Bench> {
  const world = World.empty(options.seed ?? 1, {
    detect: () => [],
    happenings: { pipeline: async () => undefined },
    hosts: { [OIDC_HOST]: oidcHost },
    ...options.ports,
  });
  world.forge.createAccount("lantern-tides", { type: "Organization" });
  world.forge.createAccount(LEARNER.login);
  world.forge.createRepository(REPOSITORY, { visibility: "public" });
  world.forge.openToLearner(REPOSITORY);
  const run = { ...aRun(world), ...options.run };
  const job = { ...aJob(world), ...options.job };
  world.tables.of(RUNS).set(String(run.id), run);
  world.tables.of(JOBS).set(String(job.id), job);
  const token = addToken(world, job);
  const machines = runnerMachines();
  const preparation = { token, secrets: options.secrets ?? [], runner: null };
  const state = await machines.prepareMachine(world, run, job, preparation);
  let number = 0;
  const made: Bench = {
    world,
    run,
    job,
    state,
    script: (script, fields = {}) => made.step({ kind: "run", script, ...fields }),
    uses: (uses, inputs = {}, fields = {}) => made.step({ kind: "uses", uses, with: inputs, ...fields }),
    step: async (fields, { phase = "main" } = {}) => {
      number += 1;
      const step = { ...aStep(number), ...fields } as Step;
      const github = { repository: REPOSITORY, sha: run.sha, ref: run.ref, event: {}, event_name: run.event };
      const request = { world, run, job, state: made.state, step, phase, github };
      const outcome = await runStep({ ...request, nested: options.nested ?? plain });
      made.state = outcome.state;
      const read = (path: string) =>
        world.forge.disk.exists(path) ? new TextDecoder().decode(world.forge.disk.read(path)) : "";
      const log = read(logPath(run.id, job.attempt, job.id, step.number)).replace(/^\S+ /gm, "");
      return { ...outcome, log, summary: read(summaryPath(run.id, job.attempt, job.id, step.number)) };
    },
  };
  return made;
}

/** Texts without expressions. */
const plain: Nested = {
  text: (template) => template,
  condition: (_template, _scope, failed) => !failed,
};

function aStep(number: number) {
  return {
    number,
    id: `__step${number}`,
    name: "step",
    env: { CI: "true", GITHUB_REPOSITORY: REPOSITORY },
    at: { file: ".github/workflows/ci.yml", line: 10 },
    shell: null,
    workingDirectory: null,
  };
}

function addToken(world: World, job: Job): string {
  const grants: Grants = {
    kind: "job",
    repository: REPOSITORY,
    run: job.run,
    job: job.id,
    permissions: job.permissions,
  };
  return world.credentials.add({
    id: `job-token-${job.id}`,
    kind: "forge-job-token",
    issuer: "forge",
    value: ["gh", "s_", "x".repeat(36)].join(""),
    parts: [],
    owner: "github-actions[bot]",
    scope: "",
    grants: grants as unknown as Json,
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: null,
    uses: [],
    planted: false,
  }).id;
}

function aRun(world: World): Run {
  const atMs = world.clock.now();
  return {
    id: 9001,
    number: 1,
    attempt: 1,
    repository: REPOSITORY,
    workflow: 1,
    path: ".github/workflows/ci.yml",
    name: "CI",
    title: "CI",
    event: "push",
    action: null,
    ref: "refs/heads/main",
    sha: "0".repeat(40),
    headBranch: "main",
    headSha: "0".repeat(40),
    headRepository: REPOSITORY,
    pulls: [],
    actor: LEARNER.login,
    triggeringActor: LEARNER.login,
    fromFork: false,
    debug: false,
    status: "in_progress",
    conclusion: null,
    createdAtMs: atMs,
    startedAtMs: atMs,
    updatedAtMs: atMs,
    problems: [],
    logsDeleted: false,
  };
}

function aJob(world: World): Job {
  return {
    id: 101,
    run: 9001,
    attempt: 1,
    repository: REPOSITORY,
    key: "build",
    name: "build",
    needs: [],
    status: "in_progress",
    conclusion: null,
    createdAtMs: world.clock.now(),
    startedAtMs: world.clock.now(),
    completedAtMs: null,
    steps: [],
    labels: ["ubuntu-latest"],
    runner: "GitHub Actions 1",
    environment: null,
    permissions: { contents: "write", issues: "write", pull_requests: "write" },
    outputs: {},
    annotations: [],
  };
}
