/** Operations of ECS, by name. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { cloudError, type CloudError } from "../error.ts";
import type { JsonBody } from "../jsonProtocol.ts";
import {
  CLUSTERS,
  definitionArn,
  DEFINITIONS,
  ecsArn,
  nameOf,
  SERVICES,
  TASKS,
  changeService,
  type Container,
  type EcsService,
  type Task,
  type TaskDefinition,
} from "./model.ts";
import { begin, beginRollout, resize, stopTask } from "./rollout.ts";
import { definitionJson, serviceJson, taskArn, taskJson } from "./shown.ts";

export interface EcsCall {
  readonly ports: ServicePorts;
  readonly body: JsonBody;
  /** ARN of who asks. */
  readonly caller: string;
}

export interface EcsOperation {
  readonly readOnly: boolean;
  /** ARN of what it is done to; nothing said: "*". */
  readonly resource?: (call: EcsCall) => string;
  readonly run: (call: EcsCall) => Promise<Json | CloudError> | Json | CloudError;
}

export const ECS_OPERATIONS: Readonly<Record<string, EcsOperation>> = {
  CreateCluster: { readOnly: false, run: createCluster },
  ListClusters: {
    readOnly: true,
    run: ({ ports }) => ({
      clusterArns: ports.tables
        .of(CLUSTERS)
        .all()
        .map(({ name }) => ecsArn(ports, "cluster", name)),
    }),
  },
  DescribeClusters: { readOnly: true, run: describeClusters },
  ListServices: { readOnly: true, run: listServices },
  DescribeServices: { readOnly: true, run: describeServices },
  CreateService: { readOnly: false, resource: serviceResource, run: createService },
  UpdateService: { readOnly: false, resource: serviceResource, run: updateService },
  ListTasks: { readOnly: true, run: listTasks },
  DescribeTasks: { readOnly: true, run: describeTasks },
  StopTask: { readOnly: false, run: endTask },
  ListTaskDefinitions: { readOnly: true, run: listDefinitions },
  DescribeTaskDefinition: {
    readOnly: true,
    run: (call) =>
      withDefinition(call, (found) => ({ taskDefinition: definitionJson(call.ports, found), tags: [] })),
  },
  RegisterTaskDefinition: { readOnly: false, run: register },
  DeregisterTaskDefinition: {
    readOnly: false,
    run: (call) =>
      withDefinition(call, (found) => ({
        taskDefinition: definitionJson(call.ports, deregistered(call.ports, found)),
      })),
  },
};

const NO_CLUSTER = cloudError("ClusterNotFoundException", "Cluster not found.");
const NO_SERVICE = cloudError("ServiceNotFoundException", "Service not found.");
const NO_DEFINITION = cloudError("ClientException", "Unable to describe task definition.");

function text(body: JsonBody, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(body: JsonBody, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? (value as readonly Json[]).map(String) : [];
}

function clusterName(body: JsonBody): string {
  return nameOf(text(body, "cluster") ?? "default");
}

function clusterKnown({ ports, body }: EcsCall): boolean {
  return ports.tables.of(CLUSTERS).has(clusterName(body));
}

function serviceResource({ ports, body }: EcsCall): string {
  const name = nameOf(text(body, "service") ?? text(body, "serviceName") ?? "");
  return ecsArn(ports, "service", `${clusterName(body)}/${name}`);
}

function createCluster({ ports, body }: EcsCall): Json | CloudError {
  const name = text(body, "clusterName") ?? "default";
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) return invalid("Cluster name is not valid");
  ports.tables.of(CLUSTERS).set(name, { name });
  return { cluster: clusterJson(ports, name) };
}

function clusterJson(ports: ServicePorts, name: string): Json {
  const services = ports.tables.of(SERVICES).filter(({ cluster }) => cluster === name).length;
  const running = ports.tables
    .of(TASKS)
    .filter((it) => it.cluster === name && it.status === "RUNNING").length;
  return {
    clusterArn: ecsArn(ports, "cluster", name),
    clusterName: name,
    status: "ACTIVE",
    activeServicesCount: services,
    runningTasksCount: running,
  };
}

function describeClusters({ ports, body }: EcsCall): Json {
  const names = texts(body, "clusters").map(nameOf);
  const asked = names.length > 0 ? names : ["default"];
  const known = asked.filter((name) => ports.tables.of(CLUSTERS).has(name));
  const failures = asked
    .filter((name) => !known.includes(name))
    .map((name) => ({ arn: ecsArn(ports, "cluster", name), reason: "MISSING" }));
  return { clusters: known.map((name) => clusterJson(ports, name)), failures };
}

function servicesOf({ ports, body }: EcsCall): EcsService[] {
  return ports.tables.of(SERVICES).filter(({ cluster }) => cluster === clusterName(body));
}

function listServices(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports } = call;
  return {
    serviceArns: servicesOf(call).map(({ cluster, name }) => ecsArn(ports, "service", `${cluster}/${name}`)),
  };
}

function describeServices(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports, body } = call;
  const names = texts(body, "services").map(nameOf);
  if (names.length === 0) return invalid("Services cannot be empty.");
  const known = servicesOf(call);
  const found = names.flatMap((name) => known.find((it) => it.name === name) ?? []);
  const failures = names
    .filter((name) => !found.some((it) => it.name === name))
    .map((name) => ({ arn: ecsArn(ports, "service", `${clusterName(body)}/${name}`), reason: "MISSING" }));
  return { services: found.map((it) => serviceJson(ports, it)), failures };
}

async function createService(call: EcsCall): Promise<Json | CloudError> {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports, body, caller } = call;
  const name = text(body, "serviceName") ?? "";
  const definition = findDefinition(ports, text(body, "taskDefinition") ?? "");
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) return invalid("Service name is not valid");
  if (!definition) return cloudError("ClientException", "TaskDefinition not found.");
  if (servicesOf(call).some((it) => it.name === name))
    return invalid("Creation of service was not idempotent.");
  const desired = countOf(body, 1);
  if (typeof desired !== "number") return desired;
  const cluster = clusterName(body);
  const service: EcsService = {
    ...{ cluster, name, desired, createdAtMs: ports.now(), createdBy: caller },
    deployments: [],
    events: [],
    breaker: breakerOf(body) ?? { enable: false, rollback: false },
  };
  ports.tables.of(SERVICES).set(`${cluster}/${name}`, service);
  await begin(ports, service, definitionArn(ports, definition));
  return { service: serviceJson(ports, ports.tables.of(SERVICES).get(`${cluster}/${name}`) as EcsService) };
}

function updateService(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports, body } = call;
  const name = nameOf(text(body, "service") ?? "");
  const found = servicesOf(call).find((it) => it.name === name);
  if (!found) return NO_SERVICE;
  const asked = text(body, "taskDefinition");
  const definition = asked === undefined ? undefined : findDefinition(ports, asked);
  if (asked !== undefined && !definition) return cloudError("ClientException", "TaskDefinition not found.");
  const desired = countOf(body, found.desired);
  if (typeof desired !== "number") return desired;
  let service = changeService(ports, found, { desired, breaker: breakerOf(body) ?? found.breaker });
  const current = found.deployments[0]?.definition ?? "";
  const next = definition ? definitionArn(ports, definition) : current;
  if (next !== current || body["forceNewDeployment"] === true) service = beginRollout(ports, service, next);
  else if (desired !== found.desired) resize(ports, service);
  return { service: serviceJson(ports, service) };
}

function countOf({ desiredCount }: JsonBody, usual: number): number | CloudError {
  if (desiredCount === undefined || desiredCount === null) return usual;
  const good =
    typeof desiredCount === "number" &&
    Number.isInteger(desiredCount) &&
    desiredCount >= 0 &&
    desiredCount <= 50;
  return good ? desiredCount : invalid("desiredCount must be between 0 and 50 in LeakLab");
}

function breakerOf({ deploymentConfiguration }: JsonBody): EcsService["breaker"] | null {
  const { deploymentCircuitBreaker: given } = (deploymentConfiguration ?? {}) as {
    deploymentCircuitBreaker?: { enable?: unknown; rollback?: unknown };
  };
  return given ? { enable: given.enable === true, rollback: given.rollback === true } : null;
}

function tasksAsked({ ports, body }: EcsCall): Task[] {
  const service = text(body, "serviceName");
  const family = text(body, "family");
  const stopped = body["desiredStatus"] === "STOPPED";
  return ports.tables
    .of(TASKS)
    .filter(
      (task) =>
        task.cluster === clusterName(body) &&
        (task.status === "STOPPED") === stopped &&
        (service === undefined || task.service === nameOf(service)) &&
        (family === undefined || nameOf(task.definition).startsWith(`${family}:`)),
    );
}

function listTasks(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const service = text(call.body, "serviceName");
  if (service !== undefined && !servicesOf(call).some(({ name }) => name === nameOf(service)))
    return NO_SERVICE;
  return { taskArns: tasksAsked(call).map((task) => taskArn(call.ports, task)) };
}

function describeTasks(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports, body } = call;
  const ids = texts(body, "tasks").map(nameOf);
  if (ids.length === 0) return invalid("Tasks cannot be empty.");
  const found = ids.flatMap((id) => ports.tables.of(TASKS).get(id) ?? []);
  const failures = ids
    .filter((id) => !found.some((task) => task.id === id))
    .map((id) => ({
      arn: ecsArn(ports, "task", `${clusterName(body)}/${id.slice(0, 64)}`),
      reason: "MISSING",
    }));
  return { tasks: found.map((task) => taskJson(ports, task)), failures };
}

/** A service starts another one in its place. */
function endTask(call: EcsCall): Json | CloudError {
  if (!clusterKnown(call)) return NO_CLUSTER;
  const { ports, body } = call;
  const task = ports.tables.of(TASKS).get(nameOf(text(body, "task") ?? ""));
  if (!task) return invalid("The referenced task was not found.");
  if (task.status === "RUNNING") stopTask(ports, task, text(body, "reason") ?? "Task stopped by user");
  const service = ports.tables.of(SERVICES).get(`${task.cluster}/${task.service}`);
  if (service) resize(ports, service);
  return { task: taskJson(ports, ports.tables.of(TASKS).get(task.id) as Task) };
}

function listDefinitions({ ports, body }: EcsCall): Json {
  const family = text(body, "familyPrefix");
  const status = text(body, "status") ?? "ACTIVE";
  const found = ports.tables
    .of(DEFINITIONS)
    .filter((it) => (family === undefined || it.family === family) && it.status === status);
  const sorted = found.sort((a, b) =>
    a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1,
  );
  if (body["sort"] === "DESC") sorted.reverse();
  return { taskDefinitionArns: sorted.map((it) => definitionArn(ports, it)) };
}

/** "family", "family:revision", or an ARN. */
function findDefinition({ tables }: ServicePorts, asked: string): TaskDefinition | undefined {
  const name = nameOf(asked);
  if (name.includes(":")) return tables.of(DEFINITIONS).get(name);
  return tables
    .of(DEFINITIONS)
    .all()
    .findLast((it) => it.family === name && it.status === "ACTIVE");
}

function withDefinition({ ports, body }: EcsCall, show: (found: TaskDefinition) => Json): Json | CloudError {
  const found = findDefinition(ports, text(body, "taskDefinition") ?? "");
  return found ? show(found) : NO_DEFINITION;
}

function deregistered({ tables }: ServicePorts, { family, revision }: TaskDefinition): TaskDefinition {
  return tables.of(DEFINITIONS).change(`${family}:${revision}`, { status: "INACTIVE" });
}

const KEPT = [
  "taskRoleArn",
  "executionRoleArn",
  "networkMode",
  "requiresCompatibilities",
  "cpu",
  "memory",
] as const;

function register({ ports, body, caller }: EcsCall): Json | CloudError {
  const family = text(body, "family") ?? "";
  const containers = body["containerDefinitions"];
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) return cloudError("ClientException", "Family is not valid.");
  if (!Array.isArray(containers) || containers.length === 0)
    return cloudError("ClientException", "Container list cannot be empty.");
  const problem = (containers as readonly Json[]).map(containerProblem).find((it) => it !== null);
  if (problem) return cloudError("ClientException", problem);
  const revision = ports.tables.next(`cloud/ecs/revision/${family}`);
  const definition: TaskDefinition = {
    family,
    revision,
    status: "ACTIVE",
    containers: containers as readonly Container[],
    more: Object.fromEntries(KEPT.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
    registeredAtMs: ports.now(),
    registeredBy: caller,
  };
  ports.tables.of(DEFINITIONS).set(`${family}:${revision}`, definition);
  return { taskDefinition: definitionJson(ports, definition), tags: [] };
}

function containerProblem(value: Json): string | null {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return "Container definitions are objects.";
  const { name, image, environment = [], secrets = [] } = value as Container;
  if (typeof name !== "string" || name === "") return "Container.name should not be null or empty.";
  if (typeof image !== "string" || image === "") return "Container.image should not be null or empty.";
  if (Array.isArray(secrets) && secrets.length > 0)
    return "secrets of a container: not simulated in LeakLab; use environment";
  const pairs = environment as readonly { readonly name?: unknown; readonly value?: unknown }[];
  const good =
    Array.isArray(environment) &&
    pairs.every((it) => typeof it?.name === "string" && typeof it.value === "string");
  return good ? null : "environment is a list of names and values.";
}

function invalid(message: string): CloudError {
  return cloudError("InvalidParameterException", message);
}
