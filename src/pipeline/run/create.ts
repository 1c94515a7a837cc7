/** Makes the record of a run, and lets it begin, wait, or fail at once. */
import { fromUtf8 } from "../../base/bytes.ts";
import { canonicalJson, type Json } from "../../base/json.ts";
import { eventPath, runFolder } from "../../world/services/forge/actions/files.ts";
import { RUNS, type Problem, type Run } from "../../world/services/forge/actions/model.ts";
import { registerWorkflow } from "../../world/services/forge/actions/workflows.ts";
import { settingsOf } from "../../world/services/forge/actions/settings.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";
import type { WorkflowFile } from "../documents.ts";
import type { Engine } from "../engine.ts";
import { githubContext, varsOf } from "../contexts.ts";
import { BEFORE_ANYTHING, type Scope } from "../expression/evaluate.ts";
import { ExpressionProblem } from "../expression/problem.ts";
import { defaultPermissions } from "../plan/permissions.ts";
import { needsApproval } from "../trigger/approval.ts";
import { askedFor } from "../trigger/filters.ts";
import { record, type Occasion } from "../trigger/occasion.ts";
import { nameOf } from "../trigger/registry.ts";
import { field, jsonOf, textOf, type Mapping } from "../workflow/node.ts";
import { problemsOfCalls, typedInputs } from "./calls.ts";
import { addProblem, changeRun, schedule } from "./change.ts";
import { concurrencyOf, enter, groupKey } from "./concurrency.ts";
import { repositoryOf, runOf, stateOf } from "./look.ts";
import { RUN_STATES } from "./records.ts";
import { unsupportedSchedules } from "./unsupported.ts";
import { tellOfRun } from "./workflowRun.ts";

/** `document` is null for a file that could not be read; `problems` say why. */
export async function createRun(
  engine: Engine,
  repository: Repository,
  occasion: Occasion,
  file: WorkflowFile,
  document: Mapping | null,
  problems: readonly Problem[] = [],
): Promise<void> {
  const { world } = engine;
  const id = repositoryId(repository);
  const workflow = registerWorkflow(
    world.forge,
    repository,
    file.path,
    document && nameOf(document, file.path),
  );
  if (workflow.state !== "active") return;
  const run = newRun(engine, id, occasion, workflow.id, workflow.name, file, document);
  if (!document) return fail(engine, run, problems);
  const found = await checked(engine, repository, run, occasion, file, document);
  if (found.length > 0) return fail(engine, run, found);
  for (const { what, place } of unsupportedSchedules(document))
    addProblem(engine, run, {
      file: file.path,
      line: place.line,
      column: place.column,
      message: `${what}: not simulated in LeakLab; this schedule does not start`,
    });
  tellOfRun(world, runOf(world, run), "requested");
  if (needsApproval(world.forge, repository, occasion, settingsOf(world.forge, repository)))
    changeRun(engine, run, { status: "completed", conclusion: "action_required" });
  else await launch(engine, run, document);
}

/** Title, calls: what only shows once the run is there. */
async function checked(
  engine: Engine,
  repository: Repository,
  run: number,
  occasion: Occasion,
  file: WorkflowFile,
  document: Mapping,
): Promise<Problem[]> {
  const { world } = engine;
  const place = field(document, "run-name");
  try {
    const title = textOf(place, scopeOf(engine, run)).trim();
    if (title !== "") changeRun(engine, run, { title });
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return [{ file: file.path, line: place?.line ?? 1, column: place?.column ?? 1, message: error.message }];
  }
  const permissions = defaultPermissions(settingsOf(world.forge, repository).defaultPermissions);
  const at = { ...file, repository: repositoryId(repository), sha: occasion.source, ref: occasion.ref };
  return problemsOfCalls(engine, repository, at, document, permissions);
}

function newRun(
  engine: Engine,
  repository: string,
  occasion: Occasion,
  workflow: number,
  name: string,
  file: WorkflowFile,
  document: Mapping | null,
): number {
  const { world } = engine;
  const { tables } = world;
  const id = tables.next("actions/run", 9_000_001);
  const now = world.clock.now();
  const run: Run = {
    id,
    number: tables.next(`actions/run-of/${workflow}`),
    attempt: 1,
    repository,
    workflow,
    path: file.path,
    name,
    title: occasion.title || name,
    event: occasion.event,
    action: occasion.action,
    ref: occasion.ref,
    sha: occasion.sha,
    headBranch: occasion.headBranch,
    headSha: occasion.headSha,
    headRepository: occasion.headRepository,
    pulls: occasion.pulls,
    actor: occasion.actor,
    triggeringActor: occasion.actor,
    fromFork: occasion.fromFork,
    debug: false,
    status: "queued",
    conclusion: null,
    createdAtMs: now,
    startedAtMs: now,
    updatedAtMs: now,
    problems: [],
    logsDeleted: false,
  };
  tables.of(RUNS).set(String(id), run);
  const chain = Number(record(occasion.payload["workflow_run"])["leaklab_chain"] ?? 0);
  tables.of(RUN_STATES).set(String(id), {
    run: id,
    source: occasion.source,
    blob: file.blob,
    baseRef: occasion.baseRef,
    headRef: occasion.headRef,
    inputs: inputsOf(occasion, document),
    cancelled: false,
    group: null,
    rerunFailedOnly: false,
    rerunJob: null,
    chain: occasion.event === "workflow_run" ? chain + 1 : 0,
  });
  writeEvent(engine, id, occasion);
  return id;
}

function writeEvent({ world }: Engine, run: number, { payload }: Occasion): void {
  const { disk } = world.forge;
  disk.mkdir(runFolder(run), { recursive: true });
  disk.write(eventPath(run), fromUtf8(canonicalJson(payload as Json)));
}

/** Of a dispatch. A default cannot be an expression there. */
function inputsOf({ event, payload }: Occasion, document: Mapping | null): { [name: string]: Json } {
  if (event !== "workflow_dispatch" || !document) return {};
  const config = askedFor(field(document, "on"), event)?.config ?? undefined;
  const constant: Scope = { contexts: {}, situation: BEFORE_ANYTHING };
  return typedInputs(field(config, "inputs"), record(payload["inputs"]), (node) => jsonOf(node, constant));
}

function scopeOf({ world }: Engine, id: number): Scope {
  const run = runOf(world, id);
  const contexts = {
    github: githubContext(world, run),
    inputs: stateOf(world, id).inputs,
    vars: varsOf(world, run, null),
  };
  return { contexts, situation: BEFORE_ANYTHING };
}

/** Begins as soon as its concurrency group lets it. */
export async function launch(engine: Engine, id: number, document: Mapping): Promise<void> {
  const { world } = engine;
  const node = field(document, "concurrency");
  const { repository, path } = runOf(world, id);
  try {
    const concurrency = concurrencyOf(node, scopeOf(engine, id));
    const key = concurrency?.group
      ? groupKey(repositoryId(repositoryOf(world, repository)), concurrency.group)
      : null;
    world.tables.of(RUN_STATES).change(String(id), { group: key });
    if (!concurrency || key === null || enter(engine, key, `run ${id}`, concurrency))
      schedule(engine, "begin", { run: id });
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    fail(engine, id, [
      { file: path, line: node?.line ?? 1, column: node?.column ?? 1, message: error.message },
    ]);
  }
}

function fail(engine: Engine, run: number, problems: readonly Problem[]): void {
  const failed = changeRun(engine, run, { status: "completed", conclusion: "startup_failure", problems });
  tellOfRun(engine.world, failed, "completed");
}
