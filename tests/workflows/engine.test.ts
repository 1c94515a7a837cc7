/** What holds of every run: it forks in the middle, it is the same each time, it is cheap, nothing throws. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import { forgetActions } from "../../src/world/services/forge/actions/moving.ts";
import { addRunner, changeRunner } from "../../src/world/services/forge/actions/runners.ts";
import { JOBS, RUNNERS, RUNS } from "../../src/world/services/forge/actions/model.ts";
import { deploymentsOf, statusesOf } from "../../src/world/services/forge/actions/deployments.ts";
import { CHECK_RUNS } from "../../src/world/services/forge/check.ts";
import { removeGitData } from "../../src/world/services/forge/git/network.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import { REPOSITORIES } from "../../src/world/services/forge/store.ts";
import type { World } from "../../src/world/world.ts";
import { addRepository, emptyWorld, ID, instantPipeline, push, settle } from "./setting.ts";

const PATH = ".github/workflows/ci.yml";

const STORY = `
on: push
concurrency: one
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs: { list: "\${{ steps.s.outputs.list }}" }
    steps:
      - { id: s, run: "echo 'list=[1,2,3]' >> $GITHUB_OUTPUT" }
      - run: sleep 45
  work:
    needs: plan
    runs-on: ubuntu-latest
    strategy: { matrix: { n: "\${{ fromJSON(needs.plan.outputs.list) }}" }, max-parallel: 2 }
    steps: [{ run: "echo \${{ matrix.n }} > file" }, { run: cat file }]
`;

async function pushed(workflow: string, world: World = emptyWorld()): Promise<World> {
  const repository = addRepository(world, ID, { [PATH]: workflow });
  await push(world, repository, "refs/heads/main", { "a.txt": "a" });
  return world;
}

test("a world forks in the middle of a run, and both end alike", async () => {
  const world = await pushed(STORY);
  await world.advance(40_000);
  expect(world.tables.of(RUNS).all()[0]?.status).toBe("in_progress");
  const fork = world.fork();
  const before = world.digest();
  await settle(fork);
  expect(fork.tables.of(RUNS).all()[0]?.conclusion).toBe("success");
  expect(world.digest()).toBe(before);
  await settle(world);
  expect(world.digest()).toBe(fork.digest());
});

test("a snapshot taken in the middle goes on as the world does", async () => {
  const world = await pushed(STORY);
  await world.advance(100_000);
  const { World: W } = await import("../../src/world/world.ts");
  const { PIPELINE_HOSTS, pipelinePort } = await import("../../src/attempt/pipelinePort.ts");
  const data = structuredClone(world.snapshot());
  const restored = W.restore(data, {
    detect: () => [],
    happenings: { pipeline: pipelinePort(10), mail: async () => undefined, story: async () => undefined },
    hosts: PIPELINE_HOSTS,
  });
  await settle(world);
  await settle(restored);
  expect(restored.digest()).toBe(world.digest());
});

test("the same seed gives the same ids, logs and digest", async () => {
  const worlds = [await pushed(STORY), await pushed(STORY)];
  for (const world of worlds) await settle(world);
  expect(worlds[0]?.digest()).toBe(worlds[1]?.digest());
});

test("parallel jobs interleave at their steps, in the order of the queue", async () => {
  const played: string[] = [];
  const world = emptyWorld(
    instantPipeline(({ job, step }) => (played.push(`${job.name}${step.number}`), {})),
  );
  const job = { "runs-on": "ubuntu-latest", steps: [{ run: "1" }, { run: "2" }] };
  await pushed(stringify({ on: "push", jobs: { a: job, b: job } }), world);
  await settle(world);
  expect(played).toEqual(["a1", "b1", "a2", "b2"]);
});

test("the token of a job works until the job ends", async () => {
  let during: string | undefined;
  const world = emptyWorld(
    instantPipeline(({ world: now, state }) => ((during = now.credentials.get(state.token)?.status), {})),
  );
  await pushed(STORY.replace("concurrency: one", ""), world);
  await settle(world);
  expect(during).toBe("active");
  const tokens = world.credentials.all().filter(({ kind }) => kind === "githubAppToken");
  expect(tokens.length).toBeGreaterThan(0);
  expect(tokens.map(({ status, planted }) => `${status} ${planted}`)).toEqual(
    tokens.map(() => "expired false"),
  );
});

test("a job with an environment is a deployment, and a check of its commit", async () => {
  const deploy = { "runs-on": "ubuntu-latest", environment: "staging", steps: [{ run: "1" }] };
  const world = await pushed(stringify({ on: "push", jobs: { deploy } }), emptyWorld(instantPipeline()));
  await settle(world);
  const repository = world.forge.find(ID) as Repository;
  const [deployment] = deploymentsOf(world.forge, repository);
  expect(deployment).toMatchObject({ environment: "staging", ref: "main" });
  const states = statusesOf(world.forge, deployment as { id: number }).map(({ state }) => state);
  expect(states).toEqual(["success", "in_progress", "queued"]);
  const checks = world.tables.of(CHECK_RUNS).all();
  expect(checks.map(({ name, conclusion }) => `${name} ${conclusion}`)).toEqual(["deploy success"]);
});

test("one job again: it runs, what succeeded beside it is kept", async () => {
  const played: string[] = [];
  const world = emptyWorld(instantPipeline(({ job }) => (played.push(`${job.name}${job.attempt}`), {})));
  const job = { "runs-on": "ubuntu-latest", steps: [{ run: "1" }] };
  await pushed(stringify({ on: "push", jobs: { a: job, b: job } }), world);
  await settle(world);
  const [run] = world.tables.of(RUNS).all();
  const b = world.tables.of(JOBS).find(({ name }) => name === "b");
  world.queue.schedule(world.clock.now(), "pipeline/rerun", {
    run: run?.id ?? 0,
    job: b?.id ?? 0,
    actor: "mina",
  });
  await settle(world);
  expect(played).toEqual(["a1", "b1", "b2"]);
});

test("a run of ten jobs costs less than 200 ms", async () => {
  const steps = [{ run: "echo one" }, { run: "echo two" }];
  const names = Array.from({ length: 10 }, (_, i) => `job${i}`);
  const jobs = Object.fromEntries(names.map((name) => [name, { "runs-on": "ubuntu-latest", steps }]));
  const workflow = stringify({ on: "push", jobs });
  const time = async () => {
    const world = await pushed(workflow);
    const from = performance.now();
    await settle(world);
    expect(world.tables.of(JOBS).filter(({ conclusion }) => conclusion === "success")).toHaveLength(10);
    return performance.now() - from;
  };
  // The first loads the engine and the shell.
  await time();
  const times = [await time(), await time(), await time()];
  expect(Math.min(...times)).toBeLessThan(process.env["CI"] ? 1000 : 200);
});

const word = fc.oneof(
  fc.constantFrom(
    "push",
    "main",
    "${{ github.ref }}",
    "${{ matrix.a }}",
    "${{ fromJSON('{') }}",
    "a",
    "__proto__",
    "constructor",
    "${{",
    "",
    "always()",
    "ubuntu-latest",
    "self-hosted",
    "echo",
  ),
  fc.string({ maxLength: 12 }),
  fc.integer({ min: -3, max: 400 }),
  fc.boolean(),
  fc.constant(null),
);
const KEYS = [
  "on",
  "jobs",
  "a",
  "b",
  "runs-on",
  "steps",
  "run",
  "uses",
  "with",
  "if",
  "needs",
  "strategy",
  "matrix",
  "include",
  "exclude",
  "max-parallel",
  "env",
  "permissions",
  "contents",
  "concurrency",
  "group",
  "environment",
  "outputs",
  "name",
  "id",
  "timeout-minutes",
  "continue-on-error",
  "container",
  "defaults",
  "secrets",
  "push",
  "branches",
  "schedule",
  "cron",
  "run-name",
  "__proto__",
];
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    word,
    fc.array(tie("node"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie("node")), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
})).node;

/** Mostly right, so that it gets past the parser. */
const job = fc.record(
  {
    "runs-on": fc.oneof(
      { weight: 4, arbitrary: fc.constant("ubuntu-latest") },
      { weight: 1, arbitrary: tree },
    ),
    steps: fc.array(
      fc.record(
        { run: word, if: word, env: tree, "continue-on-error": word, "timeout-minutes": word },
        { requiredKeys: ["run"] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    if: word,
    needs: fc.constantFrom("a", "b"),
    strategy: tree,
    env: tree,
    environment: word,
    concurrency: tree,
    permissions: tree,
    outputs: tree,
    "timeout-minutes": word,
    "continue-on-error": word,
  },
  { requiredKeys: ["runs-on", "steps"] },
);
const workflow = fc.oneof(
  tree,
  fc.record(
    {
      on: fc.constant("push"),
      jobs: fc.record({ a: job, b: job, c: job }, { requiredKeys: ["a"] }),
      env: tree,
      "run-name": word,
      concurrency: tree,
    },
    { requiredKeys: ["on", "jobs"] },
  ),
);

test("no document throws", async () => {
  const world = emptyWorld(instantPipeline());
  addRepository(world, ID, { "README.md": "" });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        workflow.map((it) => stringify(it)),
        fc.string({ unit: "binary", maxLength: 80 }),
      ),
      async (text) => {
        const fork = world.fork();
        const repository = fork.forge.find(ID);
        if (!repository) throw new Error("the fork has the repository");
        await push(fork, repository, "refs/heads/main", { [PATH]: text });
        await settle(fork, 30);
        for (const run of fork.tables.of(RUNS).all()) expect(run.status).not.toBe("requested");
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

const CALLED = "on: workflow_call\njobs: { inner: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n";

test.each([
  ["./.github/workflows/called.yml", `${ID}/.github/workflows/called.yml@refs/heads/main`],
  [
    "lantern-tides/shared/.github/workflows/called.yml@main",
    "lantern-tides/shared/.github/workflows/called.yml@refs/heads/main",
  ],
  [
    "lantern-tides/shared/.github/workflows/called.yml@SHA",
    "lantern-tides/shared/.github/workflows/called.yml@SHA",
  ],
])("a job of %s knows the file that it stands in", async (uses, expected) => {
  const world = emptyWorld(instantPipeline());
  const path = ".github/workflows/called.yml";
  const shared = addRepository(world, "lantern-tides/shared", { [path]: CALLED });
  const sha = objectsOf(world.forge, shared).resolveCommit("main") as string;
  const workflow = `on: push\njobs: { call: { uses: "${uses.replace("SHA", sha)}" } }\n`;
  const repository = addRepository(world, ID, { [PATH]: workflow, [path]: CALLED });
  await push(world, repository, "refs/heads/main", { "a.txt": "a" });
  await settle(world);
  const own = objectsOf(world.forge, repository).resolveCommit("main");
  expect(world.tables.of(JOBS).all()).toMatchObject([
    {
      conclusion: "success",
      workflowRef: expected.replace("SHA", sha),
      workflowSha: uses.startsWith("./") ? own : sha,
    },
  ]);
});

/** As the REST API does it. */
function deleted(world: World): void {
  const repository = world.forge.find(ID) as Repository;
  removeGitData(world.forge, repository);
  forgetActions(world.forge, repository);
  world.tables.of(REPOSITORIES).delete(ID);
}

test("a repository that is deleted while its jobs run leaves nothing behind, and another may take its name", async () => {
  const steps = [{ run: "true" }, { run: "true" }];
  const jobs = { a: { "runs-on": "ubuntu-latest", steps }, b: { "runs-on": "self-hosted", steps } };
  const workflow = stringify({ on: "push", concurrency: "one", jobs });
  const world: World = emptyWorld(
    instantPipeline(({ step, job }) => {
      if (job.key === "a" && step.number === 2) deleted(world);
      return {};
    }),
  );
  addRunner(world.forge, "lantern-tides", "pier", { labels: ["self-hosted"] });
  await pushed(workflow, world);
  await settle(world);
  expect(world.tables.of(RUNS).all()).toEqual([]);
  expect(world.tables.of(JOBS).all()).toEqual([]);
  expect(world.machines.names().filter((name) => /^m\d/.test(name))).toEqual([]);
  expect(world.tables.of(RUNNERS).all()).toMatchObject([{ name: "pier", job: null }]);
  expect(
    world.credentials.all().filter(({ id, status }) => id.startsWith("job-") && status === "active"),
  ).toEqual([]);
  await pushed(stringify({ on: "push", concurrency: "one", jobs: { b: jobs.b } }), world);
  await settle(world);
  expect(world.tables.of(RUNS).all()).toMatchObject([{ conclusion: "success" }]);
});

test("a job that waits is taken as soon as a runner comes, is back, or has lost its job", async () => {
  const world = await pushed(
    stringify({ on: "push", jobs: { a: { "runs-on": ["self-hosted", "tide"], steps: [{ run: "true" }] } } }),
    emptyWorld(instantPipeline()),
  );
  await world.advance(60_000);
  const runnerOfJob = () => world.tables.of(JOBS).all()[0]?.runner;
  const { id } = addRunner(world.forge, ID, "pier", { labels: [], status: "offline", job: 1 })!;
  for (const fields of [{ labels: ["tide"] }, { status: "online" as const }]) {
    changeRunner(world.forge, id, fields);
    await world.advance(0);
    expect(runnerOfJob()).toBeNull();
  }
  changeRunner(world.forge, id, { job: null });
  await world.advance(0);
  expect(runnerOfJob()).toBe("pier");
});
