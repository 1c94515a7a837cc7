/** Words of ECS: clusters, task definitions, services and their tasks. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html */
import type { Json } from "../../../../base/json.ts";
import { tableName } from "../../../../base/tables.ts";
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import { REGION } from "../model.ts";

export interface Cluster {
  readonly name: string;
}

export interface TaskDefinition {
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE";
  /** As they were registered. */
  readonly containers: readonly Container[];
  /** Further fields of the request that are shown as they were. */
  readonly more: { readonly [name: string]: Json | undefined };
  readonly registeredAtMs: number;
  readonly registeredBy: string;
}

export interface Container {
  readonly [name: string]: Json | undefined;
}

export interface Deployment {
  readonly id: string;
  /** The newest is PRIMARY; one that it replaces is ACTIVE until its last task is gone. */
  readonly status: "PRIMARY" | "ACTIVE";
  /** ARN. */
  readonly definition: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly failed: number;
  readonly rollout: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly reason: string;
}

export interface EcsService {
  readonly cluster: string;
  readonly name: string;
  readonly desired: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly deployments: readonly Deployment[];
  /** Newest first. */
  readonly events: readonly { readonly id: string; readonly atMs: number; readonly message: string }[];
  /** Failed tasks end a deployment, and the one before comes back. */
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean };
}

export interface Task {
  /** 32 hex digits. */
  readonly id: string;
  readonly cluster: string;
  readonly service: string;
  readonly deployment: string;
  /** ARN. */
  readonly definition: string;
  readonly status: "PENDING" | "RUNNING" | "STOPPED";
  readonly health: "UNKNOWN" | "HEALTHY" | "UNHEALTHY";
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly stoppedAtMs: number | null;
  readonly stoppedReason: string | null;
}

/** By name. */
export const CLUSTERS = tableName<Cluster>("cloud/ecs/clusters");
/** By "FAMILY:REVISION". */
export const DEFINITIONS = tableName<TaskDefinition>("cloud/ecs/definitions");
/** By "CLUSTER/NAME". */
export const SERVICES = tableName<EcsService>("cloud/ecs/services");
/** By id. */
export const TASKS = tableName<Task>("cloud/ecs/tasks");

export type Kind = "cluster" | "service" | "task" | "task-definition";

export function ecsArn(ports: Pick<ServicePorts, "tables">, kind: Kind, name: string): string {
  return `arn:aws:ecs:${REGION}:${accountId(ports)}:${kind}/${name}`;
}

/** What follows the last slash of an ARN; a name stays a name. */
export function nameOf(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}

export function definitionArn(
  ports: Pick<ServicePorts, "tables">,
  { family, revision }: TaskDefinition,
): string {
  return ecsArn(ports, "task-definition", `${family}:${revision}`);
}

export function definitionAt(
  { tables }: Pick<ServicePorts, "tables">,
  arn: string,
): TaskDefinition | undefined {
  return tables.of(DEFINITIONS).get(nameOf(arn));
}

export function tasksOf(
  { tables }: Pick<ServicePorts, "tables">,
  { cluster, name }: Pick<EcsService, "cluster" | "name">,
): Task[] {
  return tables.of(TASKS).filter((task) => task.cluster === cluster && task.service === name);
}

export function changeService(
  { tables }: Pick<ServicePorts, "tables">,
  { cluster, name }: EcsService,
  fields: Partial<EcsService>,
): EcsService {
  return tables.of(SERVICES).change(`${cluster}/${name}`, fields);
}
