/**
 * Rolling deploys: one new task starts, is looked at, and takes the place of an old one, until none is left. A task that
 * does not become healthy takes nobody's place. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
import { sha256 } from "../../../../base/digest.ts";
import type { ServicePorts } from "../../../service.ts";
import { findConsumer, setCopies, type Config, type Consumer } from "../../consumers/consumers.ts";
import { startProblem } from "../../consumers/deploy.ts";
import { usesOf } from "../../consumers/health.ts";
import { accountId } from "../account.ts";
import {
  changeService,
  definitionAt,
  SERVICES,
  TASKS,
  tasksOf,
  type Deployment,
  type EcsService,
  type Task,
  type TaskDefinition,
} from "./model.ts";

/** `cloud/ecs-step {cluster, service, deployment}` */
export const ECS_STEP = "cloud/ecs-step";

/** From the start of a task until it is known to be healthy. */
export const START_MS = 30_000;
/** A task that failed is tried again after longer and longer; here after this. */
const RETRY_MS = 300_000;
/** So many failures end a deployment where the circuit breaker is on. */
const MOST_FAILED = 3;
const MOST_EVENTS = 100;

/** All tasks of a new service run at once: it was there before anybody looked. */
export async function begin(ports: ServicePorts, service: EcsService, definition: string): Promise<void> {
  const deployment = newDeployment(ports, definition);
  changeService(ports, service, {
    deployments: [{ ...deployment, rollout: "COMPLETED", reason: completed(deployment) }],
  });
  for (let i = 0; i < service.desired; i++) startTask(ports, service, deployment, true);
  share(ports, service);
}

export function beginRollout(ports: ServicePorts, service: EcsService, definition: string): EcsService {
  const deployment = newDeployment(ports, definition);
  for (const task of tasksOf(ports, service))
    if (task.status === "PENDING") stopTask(ports, task, "Deployment replaced by a newer one");
  const before = service.deployments.map((it) => ({ ...it, status: "ACTIVE" as const }));
  const changed = changeService(ports, service, { deployments: [deployment, ...before] });
  if (service.desired === 0) return finish(ports, changed, deployment);
  startTask(ports, service, deployment, false);
  later(ports, service, deployment, START_MS);
  return say(ports, changed, "has started 1 tasks");
}

/** The newest task of a deployment has had its time. */
export async function ecsStep(
  ports: ServicePorts,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  const service = ports.tables
    .of(SERVICES)
    .get(`${String(payload["cluster"])}/${String(payload["service"])}`);
  const deployment = service?.deployments.find(({ id }) => id === payload["deployment"]);
  // A newer deployment took over.
  if (!service || !deployment || deployment.status !== "PRIMARY" || deployment.rollout !== "IN_PROGRESS")
    return;
  const waiting = tasksOf(ports, service).find(
    (it) => it.deployment === deployment.id && it.status === "PENDING",
  );
  if (!waiting) {
    startTask(ports, service, deployment, false);
    return later(ports, service, deployment, START_MS);
  }
  const problem = await problemOf(ports, service, deployment.definition);
  if (problem === null) takePlace(ports, service, deployment, waiting);
  else failTask(ports, service, deployment, waiting, problem);
}

function takePlace(ports: ServicePorts, service: EcsService, deployment: Deployment, task: Task): void {
  ports.tables.of(TASKS).change(task.id, { status: "RUNNING", health: "HEALTHY", startedAtMs: ports.now() });
  const running = tasksOf(ports, service).filter(({ status }) => status === "RUNNING");
  const own = running.filter((it) => it.deployment === deployment.id).length;
  const old = running.filter((it) => it.deployment !== deployment.id);
  const done = own >= service.desired;
  for (const it of done ? old : old.slice(0, 1))
    stopTask(ports, it, "Scaling activity initiated by deployment");
  share(ports, service);
  if (done) {
    finish(ports, service, deployment);
    return;
  }
  startTask(ports, service, deployment, false);
  later(ports, service, deployment, START_MS);
}

function failTask(
  ports: ServicePorts,
  service: EcsService,
  deployment: Deployment,
  task: Task,
  problem: string,
): void {
  stopTask(ports, task, `Task failed container health checks: ${problem}`, "UNHEALTHY");
  const failed = deployment.failed + 1;
  const changed = changeDeployment(ports, service, deployment, { failed });
  const told = say(ports, changed, `is unable to consistently start tasks successfully: ${problem}`);
  if (!service.breaker.enable || failed < MOST_FAILED)
    return later(ports, service, deployment, service.breaker.enable ? 0 : RETRY_MS);
  const reason = "ECS deployment circuit breaker: tasks failed to start.";
  const ended = changeDeployment(ports, told, deployment, { failed, rollout: "FAILED", reason });
  const before = ended.deployments.find(({ status }) => status === "ACTIVE");
  if (service.breaker.rollback && before) beginRollout(ports, ended, before.definition);
}

function finish(ports: ServicePorts, service: EcsService, deployment: Deployment): EcsService {
  const done: Deployment = {
    ...deployment,
    rollout: "COMPLETED",
    reason: completed(deployment),
    updatedAtMs: ports.now(),
  };
  const changed = changeService(ports, service, { deployments: [done] });
  ports.event({
    who: "provider",
    kind: "deploy.done",
    what: `${service.name} was deployed`,
    data: { service: service.name, definition: deployment.definition },
  });
  return say(ports, changed, "has reached a steady state.");
}

function changeDeployment(
  ports: ServicePorts,
  service: EcsService,
  { id }: Deployment,
  fields: Partial<Deployment>,
): EcsService {
  const deployments = service.deployments.map((it) =>
    it.id === id ? { ...it, ...fields, updatedAtMs: ports.now() } : it,
  );
  return changeService(ports, service, { deployments });
}

/** More or fewer of the same. */
export function resize(ports: ServicePorts, service: EcsService): void {
  const running = tasksOf(ports, service).filter(({ status }) => status === "RUNNING");
  const [primary] = service.deployments;
  for (let i = running.length; primary && i < service.desired; i++) startTask(ports, service, primary, true);
  for (const task of running.slice(service.desired))
    stopTask(ports, task, "Scaling activity initiated by deployment");
  share(ports, service);
}

function later(
  ports: ServicePorts,
  { cluster, name }: EcsService,
  { id }: Deployment,
  afterMs: number,
): void {
  ports.schedule(ports.now() + afterMs, ECS_STEP, { cluster, service: name, deployment: id });
}

function newDeployment(ports: ServicePorts, definition: string): Deployment {
  const number = ports.tables.next("cloud/ecs/deployment");
  return {
    id: `ecs-svc/${String(BigInt(`0x${hexOf(ports, `deployment ${number}`).slice(0, 15)}`)).padStart(19, "0")}`,
    status: "PRIMARY",
    definition,
    createdAtMs: ports.now(),
    updatedAtMs: ports.now(),
    failed: 0,
    rollout: "IN_PROGRESS",
    reason: "ECS deployment in progress.",
  };
}

function completed({ id }: Deployment): string {
  return `ECS deployment ${id} completed.`;
}

function startTask(
  ports: ServicePorts,
  { cluster, name }: EcsService,
  { id, definition }: Deployment,
  atOnce: boolean,
): void {
  const task = hexOf(ports, `task ${ports.tables.next("cloud/ecs/task")}`).slice(0, 32);
  ports.tables.of(TASKS).set(task, {
    id: task,
    cluster,
    service: name,
    deployment: id,
    definition,
    status: atOnce ? "RUNNING" : "PENDING",
    health: atOnce ? "HEALTHY" : "UNKNOWN",
    createdAtMs: ports.now(),
    startedAtMs: atOnce ? ports.now() : null,
    stoppedAtMs: null,
    stoppedReason: null,
  });
}

export function stopTask(
  ports: ServicePorts,
  { id, health }: Task,
  stoppedReason: string,
  now: Task["health"] = health,
): void {
  ports.tables
    .of(TASKS)
    .change(id, { status: "STOPPED", health: now, stoppedAtMs: ports.now(), stoppedReason });
}

function hexOf(ports: ServicePorts, what: string): string {
  return sha256(`ecs ${accountId(ports)} ${what}`);
}

function say(ports: ServicePorts, service: EcsService, what: string): EcsService {
  const hex = hexOf(ports, `event ${ports.tables.next("cloud/ecs/event")}`);
  const event = {
    id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
      "-",
    ),
    atMs: ports.now(),
    message: `(service ${service.name}) ${what}`,
  };
  return changeService(ports, service, { events: [event, ...service.events].slice(0, MOST_EVENTS) });
}

/** A service of the company with the same name runs as its tasks do. */
function share(ports: ServicePorts, service: EcsService): void {
  const copies = tasksOf(ports, service)
    .filter(({ status }) => status === "RUNNING")
    .map(({ definition }) => ({
      config: configOf(definitionAt(ports, definition)),
      version: definition.slice(definition.lastIndexOf("/") + 1),
    }));
  if (copies.length > 0) setCopies(ports, service.name, copies);
}

/** Environment variables under the names of the deploy API: `DATABASE_URL` is `database_url`. */
function configOf(definition: TaskDefinition | undefined): Config {
  const pairs = (definition?.containers ?? []).flatMap(({ environment }) =>
    ((environment ?? []) as readonly { readonly name?: unknown; readonly value?: unknown }[]).map(
      ({ name, value }) => [String(name).toLowerCase(), String(value)] as const,
    ),
  );
  return Object.fromEntries(pairs);
}

/** Null where the task comes up. */
async function problemOf(ports: ServicePorts, { name }: EcsService, arn: string): Promise<string | null> {
  const config = configOf(definitionAt(ports, arn));
  const known: Consumer | undefined = findConsumer(ports, name);
  if (!known || usesOf(ports, known, config).length === 0) return null;
  return startProblem(ports, { ...known, version: arn.slice(arn.lastIndexOf("/") + 1) }, config);
}
