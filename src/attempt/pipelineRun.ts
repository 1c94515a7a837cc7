/** Runs the workflows of a folder of files in a world of its own: what `leaklab pipeline` asks of a worker. */
import type { Json } from "../base/json.ts";
import { invariant } from "../base/invariant.ts";
import { LEARNER } from "../world/person.ts";
import { EVENTS } from "../world/services/forge/events.ts";
import { objectsOf } from "../world/services/forge/git/objects.ts";
import { refsMoved } from "../world/services/forge/git/refUpdate.ts";
import { changeWorkflow, refreshWorkflows, workflowsOf } from "../world/services/forge/actions/workflows.ts";
import { setSecret } from "../world/services/forge/actions/secrets.ts";
import { happened } from "../world/services/forge/happened.ts";
import { session } from "../world/services/forge/identity.ts";
import { createIssue } from "../world/services/forge/issues.ts";
import { repositoryId, type Repository } from "../world/services/forge/model.ts";
import { createPull } from "../world/services/forge/pulls.ts";
import { World } from "../world/world.ts";
import { detectSecrets } from "./detect.ts";
import { PIPELINE_HOSTS, pipelinePort } from "./pipelinePort.ts";
import { reportOf, type PipelineReport } from "./pipelineReport.ts";
import type { Enter } from "./realmPort.ts";

export interface PipelineFile {
  /** With slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

export interface PipelineAsk {
  /** Of the repository: a word of letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  readonly files: readonly PipelineFile[];
  /** Path or file name of the only workflow that may run; null for all. */
  readonly workflow: string | null;
  readonly event: string;
  /** Replaces fields of the event's payload. */
  readonly payload: { readonly [key: string]: Json };
  readonly secrets: Readonly<Record<string, string>>;
}

const STEP_SECONDS = 10;
const MOST_DAYS = 7;
const DAY_MS = 86_400_000;
const OWNER = "local";
/** Everything that a folder brings is one commit of this subject. */
const SUBJECT = "Copy of the folder";

export async function pipelineRun(ask: PipelineAsk, enter: Enter): Promise<PipelineReport> {
  const world = World.empty(1, {
    detect: detectSecrets,
    happenings: {
      pipeline: pipelinePort(STEP_SECONDS),
      mail: async () => undefined,
      story: async () => undefined,
    },
    hosts: PIPELINE_HOSTS,
  });
  await enter(world, async () => {
    const repository = prepare(world, ask);
    await raiseEvent(world, repository, ask);
    for (const { id, payload } of world.tables.of(EVENTS).all())
      world.tables
        .of(EVENTS)
        .change(String(id), { payload: merged(payload as Json, ask.payload) as typeof payload });
    await untilQuiet(world);
  });
  return reportOf(world, Object.values(ask.secrets));
}

function prepare(world: World, { name, files, workflow, secrets }: PipelineAsk): Repository {
  const { forge } = world;
  forge.createAccount(OWNER, { type: "Organization" });
  forge.createAccount(LEARNER.login);
  const id = `${OWNER}/${name}`;
  forge.createRepository(id, {
    visibility: "public",
    pushProtection: false,
    collaborators: { [LEARNER.login]: "admin" },
  });
  const repository = forge.changeRepository(id, { beingMade: false });
  const objects = objectsOf(forge, repository);
  const changes = files.map(({ path, bytes, executable }) => {
    const mode = executable ? "100755" : "100644";
    return [path, { mode, id: objects.writeBlob(bytes) }] as const;
  });
  const tree = objects.editTree(null, new Map(changes));
  objects.setRef("refs/heads/main", commit(world, repository, tree, []));
  for (const [key, value] of Object.entries(secrets))
    setSecret(forge, { kind: "repository", repository: id }, key, value);
  refreshWorkflows(forge, repository);
  if (workflow !== null)
    for (const known of workflowsOf(forge, repository))
      if (!isNamed(known.path, workflow)) changeWorkflow(forge, known, "disabled_manually");
  return repository;
}

export function isNamed(path: string, workflow: string): boolean {
  const name = workflow.replace(/^\.\//, "");
  return path === name || path === `.github/workflows/${name}`;
}

function commit(world: World, repository: Repository, tree: string, parents: readonly string[]): string {
  const { name, email } = LEARNER;
  const author = { name, email, atMs: world.clock.now() };
  return objectsOf(world.forge, repository).writeCommit({ tree, parents, message: `${SUBJECT}\n`, author });
}

async function raiseEvent(world: World, repository: Repository, { event }: PipelineAsk): Promise<void> {
  const { forge } = world;
  const identity = session(LEARNER.login);
  const main = objectsOf(forge, repository).ref("refs/heads/main");
  invariant(main !== null, "the folder was committed");
  if (event === "push") {
    const by = { identity, address: LEARNER.address, requestId: forge.nextRequestId() };
    await refsMoved(forge, by, repository, [{ ref: "refs/heads/main", before: null, after: main }], []);
  } else if (event === "pull_request" || event === "pull_request_target")
    await raisePull(world, repository, main);
  else if (event === "issues") createIssue(forge, identity, repository, { title: "An issue", body: "" });
  else if (event === "schedule") scheduleAll(world, repository);
  else if (event === "workflow_dispatch")
    for (const { path } of workflowsOf(forge, repository))
      happened(forge, identity, repository, event, null, {
        inputs: {},
        ref: "refs/heads/main",
        workflow: path,
      });
  else happened(forge, identity, repository, event, null, {});
}

/** A branch with a commit that changes nothing. */
async function raisePull(world: World, repository: Repository, main: string): Promise<void> {
  const objects = objectsOf(world.forge, repository);
  const sha = commit(world, repository, objects.treeOf(main) ?? "", [main]);
  objects.setRef("refs/heads/change", sha);
  await createPull(world.forge, session(LEARNER.login), repository, {
    title: "A pull request",
    body: "",
    head: { repository, ref: "change", sha },
    base: { ref: "main", sha: main },
  });
}

/** Every schedule is due at once. */
function scheduleAll(world: World, repository: Repository): void {
  const id = repositoryId(repository);
  world.queue.schedule(world.clock.now(), "pipeline/scan", { repository: id, actor: LEARNER.login });
  world.queue.schedule(world.clock.now(), "pipeline/schedules", { repository: id });
}

function merged(payload: Json, given: Json): Json {
  const isRecord = (json: Json): json is { readonly [key: string]: Json } =>
    json !== null && typeof json === "object" && !Array.isArray(json);
  if (!isRecord(payload) || !isRecord(given)) return given;
  const fields = Object.entries(given).map(([key, value]) => {
    const before = Object.hasOwn(payload, key) ? (payload[key] as Json) : null;
    return [key, isRecord(before) ? merged(before, value) : value] as const;
  });
  return { ...payload, ...Object.fromEntries(fields) };
}

/** Schedules would go on for ever; what waits for a person does not come by itself. */
async function untilQuiet(world: World): Promise<void> {
  const until = world.clock.now() + MOST_DAYS * DAY_MS;
  await world.advance(0);
  for (;;) {
    const next = world.queue
      .data()
      .items.find(({ kind }) => kind.startsWith("pipeline/") && kind !== "pipeline/cron");
    if (!next || next.atMs > until) return;
    await world.advance(Math.max(0, next.atMs - world.clock.now()));
  }
}
