/**
 * The contexts of expressions, with the fields that are documented and nothing else.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
 */
import { toUtf8 } from "../base/bytes.ts";
import type { Json } from "../base/json.ts";
import { eventPath } from "../world/services/forge/actions/files.ts";
import { RUNNERS, type Job, type Run } from "../world/services/forge/actions/model.ts";
import { secretsFor } from "../world/services/forge/actions/secrets.ts";
import { variablesFor } from "../world/services/forge/actions/variables.ts";
import { FORGE_ORIGIN } from "../world/services/forge/host.ts";
import { repositoryId } from "../world/services/forge/model.ts";
import type { World } from "../world/world.ts";
import { callOf, legOf, nodeOf, nodesOfCall, repositoryOf, runOf, stateOf } from "./run/look.ts";
import type { Call, JobNode, Leg } from "./run/records.ts";
import type { JobState } from "./step.ts";
import { shortName } from "./trigger/occasion.ts";

export type Contexts = Readonly<Record<string, unknown>>;

const API = "https://api.forge.test";

export function eventOf(world: World, run: Run): Json {
  const path = eventPath(run.id);
  const { disk } = world.forge;
  return disk.exists(path) ? disk.parsed(path, jsonOf) : {};
}

function jsonOf(content: Uint8Array): Json {
  return JSON.parse(toUtf8(content)) as Json;
}

/** `token` is empty where no job has one yet. */
export function githubContext(world: World, run: Run, token = ""): Record<string, unknown> {
  const { forge } = world;
  const repository = repositoryOf(world, run.repository);
  const state = stateOf(world, run.id);
  const account = (login: string) => String(forge.account(login)?.id ?? "");
  return {
    token,
    job: "",
    ref: run.ref,
    sha: run.sha,
    repository: repositoryId(repository),
    repository_owner: repository.owner,
    repository_owner_id: account(repository.owner),
    repositoryUrl: `git://forge.test/${repositoryId(repository)}.git`,
    run_id: String(run.id),
    run_number: String(run.number),
    retention_days: "90",
    run_attempt: String(run.attempt),
    artifact_cache_size_limit: "10",
    repository_visibility: repository.visibility,
    repository_id: String(repository.id),
    actor_id: account(run.actor),
    actor: run.actor,
    triggering_actor: run.triggeringActor,
    workflow: run.name,
    head_ref: state.headRef ?? "",
    base_ref: state.baseRef ?? "",
    event_name: run.event,
    server_url: FORGE_ORIGIN,
    api_url: API,
    graphql_url: `${API}/graphql`,
    ref_name: shortName(run.ref),
    ref_protected: repository.protectedBranches.includes(shortName(run.ref)),
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    secret_source: run.fromFork ? "None" : "Actions",
    workflow_ref: `${repositoryId(repository)}/${run.path}@${run.ref}`,
    workflow_sha: state.source,
    event: eventOf(world, run),
  };
}

export function varsOf(world: World, run: Run, environment: string | null): Readonly<Record<string, string>> {
  return variablesFor(world.forge, repositoryOf(world, run.repository), environment);
}

/** Those that a job of a call sees, without its token. */
export function secretsOf(
  world: World,
  run: Run,
  call: Call,
  environment: string | null,
): Record<string, string> {
  if (run.fromFork) return {};
  const repository = repositoryOf(world, run.repository);
  if (call.secrets === "inherit") {
    const above =
      call.parent === null ? null : callOf(world, nodeOf(world, legOf(world, call.parent).node).call);
    const inherited = above ? secretsOf(world, run, above, null) : secretsFor(world.forge, repository, null);
    return { ...inherited, ...environmentOnly(world, run, environment) };
  }
  return { ...call.secrets, ...environmentOnly(world, run, environment) };
}

/** Secrets of the environment itself: they count whatever the caller passed. */
function environmentOnly(world: World, run: Run, environment: string | null): Record<string, string> {
  if (environment === null) return {};
  const repository = repositoryOf(world, run.repository);
  const all = secretsFor(world.forge, repository, environment);
  const without = secretsFor(world.forge, repository, null);
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => without[name] !== value));
}

/** Of a call, before any of its jobs. */
export function callContexts(world: World, call: Call): Contexts {
  const run = runOf(world, call.run);
  return {
    github: githubContext(world, run),
    inputs: call.inputs,
    vars: varsOf(world, run, null),
  };
}

/** Results and outputs of the jobs that a node needs. */
export function needsContext(nodes: readonly JobNode[]): Record<string, unknown> {
  return Object.fromEntries(nodes.map(({ key, result, outputs }) => [key, { result, outputs }]));
}

export function neededBy(world: World, node: JobNode, needs: readonly string[]): JobNode[] {
  return nodesOfCall(world, node.call).filter(({ key }) => needs.includes(key));
}

export function strategyContext(leg: Leg): Record<string, unknown> {
  return {
    "fail-fast": leg.failFast,
    "job-index": leg.index,
    "job-total": leg.total,
    "max-parallel": leg.maxParallel ?? leg.total,
  };
}

export function runnerContext(world: World, job: Job, state: JobState): Record<string, unknown> {
  const runner = world.tables.of(RUNNERS).find(({ machine }) => machine === state.machine);
  return {
    name: job.runner ?? "",
    os: "Linux",
    arch: "X64",
    temp: state.temp,
    tool_cache: runner ? `${state.temp.replace(/\/_temp$/, "")}/_tool` : "/opt/hostedtoolcache",
    workspace: state.workspace.replace(/\/[^/]*$/, ""),
    environment: runner ? "self-hosted" : "github-hosted",
    ...(runOf(world, job.run).debug ? { debug: "1" } : {}),
  };
}
