/** Plays a case and looks at what came of it. */
import { expect } from "vitest";
import type { Json } from "../../src/base/json.ts";
import { summaryPath } from "../../src/world/services/forge/actions/files.ts";
import { setEnvironment } from "../../src/world/services/forge/actions/environments.ts";
import { jobLog } from "../../src/world/services/forge/actions/logs.ts";
import {
  JOBS,
  RUNNERS,
  RUNS,
  type ActionsSettings,
  type Job,
  type Run,
  type Scope,
} from "../../src/world/services/forge/actions/model.ts";
import { addReview } from "../../src/world/services/forge/actions/reviews.ts";
import { setSecret } from "../../src/world/services/forge/actions/secrets.ts";
import { setVariable } from "../../src/world/services/forge/actions/variables.ts";
import { changeSettings } from "../../src/world/services/forge/actions/settings.ts";
import { raise } from "../../src/world/services/forge/events.ts";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import { common } from "../../src/world/services/forge/happened.ts";
import { session } from "../../src/world/services/forge/identity.ts";
import { createIssue } from "../../src/world/services/forge/issues.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import { createPull } from "../../src/world/services/forge/pulls.ts";
import type { World } from "../../src/world/world.ts";
import type { Case, Expected, ExpectedJob, Happens } from "./case.ts";
import { addRepository, emptyWorld, forkOf, ID, instantPipeline, push, settle } from "./setting.ts";

export const WORKFLOW = ".github/workflows/ci.yml";

export async function play(it: Case): Promise<World> {
  const world = emptyWorld(it.instant ? instantPipeline() : undefined);
  const repository = prepare(world, it);
  for (const happening of it.happens ?? [{ push: "main", files: {}, message: "Change", actor: "learner" }])
    await happen(world, repository, happening);
  if (!(it.happens ?? []).some((one) => "settle" in one || "seconds" in one)) await settle(world);
  return world;
}

function withTrigger(workflow: string): string {
  return /^("?on"?):/m.test(workflow) ? workflow : `on: push\n${workflow}`;
}

function prepare(world: World, it: Case): Repository {
  const { forge } = world;
  const files = {
    "README.md": "# Tides\n",
    ...it.files,
    ...(it.workflow ? { [WORKFLOW]: withTrigger(it.workflow) } : {}),
  };
  const collaborators = it.collaborators ?? { learner: "write", mina: "admin" };
  const { visibility, protectedBranches } = it;
  for (const [id, { files: theirs, tags, ...options }] of Object.entries(it.repositories)) {
    const other = addRepository(world, id, theirs, options);
    for (const tag of tags)
      objectsOf(forge, other).setRef(`refs/tags/${tag}`, objectsOf(forge, other).ref("refs/heads/main"));
  }
  const repository = addRepository(world, ID, files, { visibility, collaborators, protectedBranches });
  changeSettings(forge, repository, it.settings as Partial<ActionsSettings>);
  const own: Scope = { kind: "repository", repository: ID };
  const shared: Scope = {
    kind: "organisation",
    organisation: "lantern-tides",
    visibility: "all",
    repositories: [],
  };
  setAll(world, shared, it.organisationSecrets, it.organisationVariables);
  setAll(world, own, it.secrets, it.variables);
  for (const [name, { branches, secrets, variables, ...rules }] of Object.entries(it.environments)) {
    const patterns =
      branches === undefined
        ? null
        : branches === "protected"
          ? branches
          : branches.map((pattern, id) => ({ id, pattern, type: "branch" as const }));
    setEnvironment(forge, repository, name, { ...rules, branches: patterns });
    setAll(world, { kind: "environment", repository: ID, environment: name }, secrets, variables);
  }
  for (const runner of it.runners) addRunner(world, runner);
  return repository;
}

function setAll(
  world: World,
  scope: Scope,
  secrets: Record<string, string>,
  variables: Record<string, string>,
): void {
  for (const [name, value] of Object.entries(secrets)) setSecret(world.forge, scope, name, value);
  for (const [name, value] of Object.entries(variables)) setVariable(world.forge, scope, name, value);
}

function addRunner(world: World, { name, labels, ephemeral }: Case["runners"][number]): void {
  world.machines.add(name);
  const id = world.tables.next("actions/runner");
  const rest = { of: ID, machine: name, group: "Default", status: "online", job: null } as const;
  world.tables
    .of(RUNNERS)
    .set(String(id), { id, name, labels: ["self-hosted", ...labels], ephemeral, ...rest });
}

async function happen(world: World, repository: Repository, it: Happens): Promise<void> {
  const { forge, tables } = world;
  if ("push" in it) await push(world, repository, `refs/heads/${it.push}`, it.files, it);
  else if ("tag" in it) await push(world, repository, `refs/tags/${it.tag}`, {}, it);
  else if ("pull" in it) await pull(world, repository, it);
  else if ("issue" in it)
    createIssue(forge, session(it.actor), repository, { title: it.issue, body: it.body });
  else if ("dispatch" in it)
    raiseOn(world, repository, it.actor, "workflow_dispatch", null, {
      ref: it.ref,
      workflow: it.dispatch,
      inputs: it.inputs,
    });
  else if ("event" in it)
    raiseOn(world, repository, it.actor, it.event, it.action, it.payload as Fields, it.byJob);
  else if ("seconds" in it) await world.advance(it.seconds * 1000);
  else if ("approve" in it || "reject" in it) {
    const [environment, state] =
      "approve" in it ? [it.approve, "approved" as const] : [it.reject, "rejected" as const];
    addReview(forge, theRun(world), { environment, by: it.by, state, comment: "" });
  } else if ("allow" in it) forge.ports.schedule(forge.now(), "pipeline/review", { run: theRun(world).id });
  else if ("cancel" in it)
    forge.ports.schedule(forge.now(), "pipeline/cancel", {
      run: (tables.of(RUNS).find(({ name }) => name === it.cancel) ?? theRun(world)).id,
    });
  else if ("rerun" in it)
    forge.ports.schedule(forge.now(), "pipeline/rerun", {
      run: theRun(world).id,
      failedOnly: it.rerun === "failed",
      debug: it.debug,
      actor: "mina",
    });
  else await settle(world);
}

type Fields = { readonly [key: string]: Json };

function raiseOn(
  world: World,
  repository: Repository,
  actor: string,
  name: string,
  action: string | null,
  fields: Fields,
  byJob = false,
): void {
  const identity = byJob
    ? { ...session(actor), grants: { kind: "job" as const, repository: ID, run: 1, job: 1, permissions: {} } }
    : session(actor);
  const payload = {
    ...(action === null ? {} : { action }),
    ...fields,
    ...common(world.forge, identity, repository),
  };
  raise(world.forge, identity, { name, action, repository: ID, payload });
}

async function pull(
  world: World,
  repository: Repository,
  { pull: ref, files, fork, base, title, body, actor, message }: Extract<Happens, { pull: string }>,
): Promise<void> {
  const { forge } = world;
  const from = fork === undefined ? repository : forkOf(world, repository, fork);
  const sha = await push(world, from, `refs/heads/${ref}`, files, { message, actor });
  await settle(world);
  const baseSha = objectsOf(forge, repository).ref(`refs/heads/${base}`) as string;
  await createPull(forge, session(actor), repository, {
    title,
    body,
    head: { repository: from, ref, sha },
    base: { ref: base, sha: baseSha },
  });
}

export function theRun(world: World): Run {
  const run = world.tables.of(RUNS).all().at(-1);
  if (!run) throw new Error("there is no run");
  return run;
}

export function check(world: World, it: Case): void {
  const runs = world.tables.of(RUNS).all();
  if (it.runs !== undefined) expect(runs.map(({ path, event }) => `${path} ${event}`)).toHaveLength(it.runs);
  if (it.expect === undefined) return;
  const byName = isOne(it.expect) ? null : it.expect;
  if (byName === null) {
    checkRun(world, theRun(world), it.expect as Expected);
    return;
  }
  for (const [name, expected] of Object.entries(byName)) {
    const run = runs.findLast((one) => one.name === name || one.path.endsWith(`/${name}`));
    expect(run, `a run of ${name} among ${runs.map((one) => one.name).join(", ")}`).toBeDefined();
    checkRun(world, run as Run, expected);
  }
}

const FIELDS = ["conclusion", "status", "title", "event", "attempt", "number", "jobs", "only", "problems"];

function isOne(expected: object): boolean {
  return Object.keys(expected).every((key) => FIELDS.includes(key));
}

function checkRun(world: World, run: Run, expected: Expected): void {
  const jobs = world.tables.of(JOBS).filter((job) => job.run === run.id && job.attempt === run.attempt);
  const story = jobs
    .map(
      (job) =>
        `${job.name}: ${job.conclusion} ${JSON.stringify(job.annotations.map((a) => a.message))}\n${logOf(world, job)}`,
    )
    .join("\n");
  if (expected.problems !== undefined)
    expect(
      run.problems.map(
        ({ file, line, column, message }) => `${file.split("/").at(-1)}:${line}:${column} ${message}`,
      ),
    ).toEqual(expected.problems);
  for (const key of ["conclusion", "status", "title", "event", "attempt", "number"] as const)
    if (expected[key] !== undefined)
      expect(run[key], `${key} of the run\n${JSON.stringify(run.problems)}\n${story}`).toEqual(expected[key]);
  for (const [name, wanted] of Object.entries(expected.jobs ?? {})) {
    const job = jobs.find((one) => one.name === name);
    expect(
      job,
      `job ${name} among ${jobs.map((one) => one.name).join(" | ")}\n${JSON.stringify(run.problems)}\n${story}`,
    ).toBeDefined();
    checkJob(
      world,
      job as Job,
      typeof wanted === "string" || wanted === null ? { conclusion: wanted } : wanted,
    );
  }
  if (expected.only)
    expect(jobs.map(({ name }) => name).sort()).toEqual(Object.keys(expected.jobs ?? {}).sort());
}

function checkJob(world: World, job: Job, wanted: ExpectedJob): void {
  const log = logOf(world, job);
  const about = `job ${job.name}\n${JSON.stringify(job.annotations)}\n${log}`;
  if (wanted.conclusion !== undefined) expect(job.conclusion, about).toBe(wanted.conclusion);
  if (wanted.status !== undefined) expect(job.status, about).toBe(wanted.status);
  if (wanted.runner !== undefined) expect(job.runner, about).toBe(wanted.runner);
  for (const [name, conclusion] of Object.entries(wanted.steps ?? {}))
    expect(
      job.steps.find((step) => step.name === name)?.conclusion,
      `step ${name} of ${job.steps.map((step) => step.name).join(" | ")}\n${about}`,
    ).toBe(conclusion);
  for (const text of wanted.log ?? []) expect(log).toContain(text);
  for (const text of wanted.notLog ?? []) expect(log).not.toContain(text);
  const summary = job.steps
    .map(({ number }) => read(world, summaryPath(job.run, job.attempt, job.id, number)))
    .join("");
  for (const text of wanted.summary ?? []) expect(summary).toContain(text);
  if (wanted.outputs) expect(job.outputs, about).toEqual(wanted.outputs);
  if (wanted.permissions) expect(job.permissions).toEqual(wanted.permissions);
  const annotations = job.annotations.map(({ level, message }) => `${level}: ${message}`);
  for (const text of wanted.annotations ?? []) expect(annotations.join("\n")).toContain(text);
}

export function logOf(world: World, job: Job): string {
  return (jobLog(world.forge, job) ?? "").replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /gm, "");
}

function read(world: World, path: string): string {
  return world.forge.disk.exists(path) ? world.forge.disk.readText(path) : "";
}
