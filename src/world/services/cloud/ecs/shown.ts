/** Records as the API shows them. Times are seconds since 1970. */
import type { Json } from "../../../../base/json.ts";
import { sha256 } from "../../../../base/digest.ts";
import type { ServicePorts } from "../../../service.ts";
import {
  definitionArn,
  definitionAt,
  ecsArn,
  tasksOf,
  type Deployment,
  type EcsService,
  type Task,
  type TaskDefinition,
} from "./model.ts";

export function definitionJson(ports: ServicePorts, definition: TaskDefinition): Json {
  const { family, revision, status, containers, more, registeredAtMs, registeredBy } = definition;
  return {
    taskDefinitionArn: definitionArn(ports, definition),
    containerDefinitions: containers,
    family,
    ...more,
    revision,
    volumes: [],
    status,
    placementConstraints: [],
    registeredAt: registeredAtMs / 1000,
    registeredBy,
  };
}

export function serviceJson(ports: ServicePorts, service: EcsService): Json {
  const { cluster, name, desired, deployments, events, createdAtMs, createdBy, breaker } = service;
  const tasks = tasksOf(ports, service);
  const count = (status: Task["status"]) => tasks.filter((task) => task.status === status).length;
  return {
    serviceArn: ecsArn(ports, "service", `${cluster}/${name}`),
    serviceName: name,
    clusterArn: ecsArn(ports, "cluster", cluster),
    loadBalancers: [],
    status: "ACTIVE",
    desiredCount: desired,
    runningCount: count("RUNNING"),
    pendingCount: count("PENDING"),
    launchType: "FARGATE",
    taskDefinition: deployments[0]?.definition ?? "",
    deploymentConfiguration: {
      deploymentCircuitBreaker: breaker,
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    deployments: deployments.map((it) => deploymentJson(it, desired, tasks)),
    events: events.map(({ id, atMs, message }) => ({ id, createdAt: atMs / 1000, message })),
    createdAt: createdAtMs / 1000,
    createdBy,
  };
}

function deploymentJson(deployment: Deployment, desired: number, tasks: readonly Task[]): Json {
  const { id, status, definition, createdAtMs, updatedAtMs, failed, rollout, reason } = deployment;
  const own = tasks.filter((task) => task.deployment === id);
  const count = (wanted: Task["status"]) => own.filter((task) => task.status === wanted).length;
  return {
    id,
    status,
    taskDefinition: definition,
    desiredCount: status === "PRIMARY" ? desired : count("RUNNING"),
    pendingCount: count("PENDING"),
    runningCount: count("RUNNING"),
    failedTasks: failed,
    createdAt: createdAtMs / 1000,
    updatedAt: updatedAtMs / 1000,
    launchType: "FARGATE",
    rolloutState: rollout,
    rolloutStateReason: reason,
  };
}

export function taskArn(ports: ServicePorts, { cluster, id }: Task): string {
  return ecsArn(ports, "task", `${cluster}/${id}`);
}

export function taskJson(ports: ServicePorts, task: Task): Json {
  const { cluster, id, service, deployment, definition, status, health } = task;
  const containers = definitionAt(ports, definition)?.containers ?? [];
  return {
    clusterArn: ecsArn(ports, "cluster", cluster),
    containers: containers.map(({ name, image }) => ({
      containerArn: ecsArn(ports, "task", `${cluster}/${id}`).replace(":task/", ":container/"),
      taskArn: taskArn(ports, task),
      name: name ?? "",
      image: image ?? "",
      ...(status === "PENDING" ? {} : { imageDigest: imageDigest(String(image)) }),
      lastStatus: status,
      healthStatus: health,
    })),
    createdAt: task.createdAtMs / 1000,
    desiredStatus: status === "STOPPED" ? "STOPPED" : "RUNNING",
    group: `service:${service}`,
    healthStatus: health,
    lastStatus: status,
    launchType: "FARGATE",
    ...(task.startedAtMs === null ? {} : { startedAt: task.startedAtMs / 1000 }),
    startedBy: deployment,
    ...(task.stoppedAtMs === null ? {} : { stoppedAt: task.stoppedAtMs / 1000 }),
    ...(task.stoppedReason === null ? {} : { stoppedReason: task.stoppedReason }),
    taskArn: taskArn(ports, task),
    taskDefinitionArn: definition,
  };
}

/** The digest that an image is named by; else one that stays the same for the same name. */
export function imageDigest(image: string): string {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] ?? `sha256:${sha256(`image ${image}`)}`;
}
