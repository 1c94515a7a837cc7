/** Deployments: what was put where, with its statuses. https://docs.github.com/en/rest/deployments/deployments */
import type { Json } from "../../../../base/json.ts";
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";

export const DEPLOYMENT_STATES = [
  "error",
  "failure",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "success",
  "waiting",
] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

export interface Deployment {
  readonly id: number;
  readonly repository: string;
  readonly sha: string;
  /** As it was asked for: a branch, a tag or a commit. */
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: Json;
  readonly creator: string;
  readonly production: boolean;
  readonly transient: boolean;
  /** The job of a workflow that made it. */
  readonly job: number | null;
  readonly run: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly deployment: number;
  readonly state: DeploymentState;
  readonly creator: string;
  readonly description: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly createdAtMs: number;
}

/** By id. */
export const DEPLOYMENTS = tableName<Deployment>("actions/deployments");
/** By id. */
const STATUSES = tableName<DeploymentStatus>("actions/deployment-statuses");

export type NewDeployment = Pick<Deployment, "sha" | "ref" | "environment" | "creator"> &
  Partial<Omit<Deployment, "id" | "repository" | "createdAtMs" | "updatedAtMs">>;

export function createDeployment(forge: Forge, repository: Repository, fields: NewDeployment): Deployment {
  const id = forge.ports.tables.next("actions/deployment", 420_001);
  const now = forge.now();
  return forge.ports.tables.of(DEPLOYMENTS).set(String(id), {
    task: "deploy",
    description: null,
    payload: {},
    production: fields.environment === "production",
    transient: false,
    job: null,
    run: null,
    ...fields,
    id,
    repository: repositoryId(repository),
    createdAtMs: now,
    updatedAtMs: now,
  });
}

/** Newest first. */
export function deploymentsOf(forge: Forge, repository: Repository): Deployment[] {
  const id = repositoryId(repository);
  return forge.ports.tables
    .of(DEPLOYMENTS)
    .filter((it) => it.repository === id)
    .sort((a, b) => b.id - a.id);
}

export function findDeployment(forge: Forge, repository: Repository, id: number): Deployment | undefined {
  const deployment = forge.ports.tables.of(DEPLOYMENTS).get(String(id));
  return deployment?.repository === repositoryId(repository) ? deployment : undefined;
}

/** A success makes earlier successes of the same environment inactive. */
export function addDeploymentStatus(
  forge: Forge,
  deployment: Deployment,
  fields: Pick<DeploymentStatus, "state" | "creator"> & Partial<DeploymentStatus>,
): DeploymentStatus {
  if (fields.state === "success") retireOthers(forge, deployment, fields.creator);
  return newStatus(forge, deployment, fields);
}

/** Newest first. */
export function statusesOf(forge: Forge, deployment: Pick<Deployment, "id">): DeploymentStatus[] {
  return forge.ports.tables
    .of(STATUSES)
    .filter((status) => status.deployment === deployment.id)
    .sort((a, b) => b.id - a.id);
}

function retireOthers(forge: Forge, deployment: Deployment, creator: string): void {
  const others = forge.ports.tables
    .of(DEPLOYMENTS)
    .filter(
      ({ id, repository, environment, transient, production }) =>
        repository === deployment.repository &&
        environment === deployment.environment &&
        id !== deployment.id &&
        !transient &&
        !production,
    );
  for (const other of others)
    if (statusesOf(forge, other)[0]?.state === "success")
      newStatus(forge, other, { state: "inactive", creator });
}

function newStatus(
  forge: Forge,
  deployment: Deployment,
  fields: Pick<DeploymentStatus, "state" | "creator"> & Partial<DeploymentStatus>,
): DeploymentStatus {
  const { tables } = forge.ports;
  const id = tables.next("actions/deployment-status", 710_001);
  const now = forge.now();
  tables.of(DEPLOYMENTS).change(String(deployment.id), { updatedAtMs: now });
  return tables.of(STATUSES).set(String(id), {
    description: "",
    environmentUrl: "",
    logUrl: "",
    ...fields,
    id,
    deployment: deployment.id,
    createdAtMs: now,
  });
}

/** With its statuses. */
export function deleteDeployment(forge: Forge, deployment: Pick<Deployment, "id">): void {
  const { tables } = forge.ports;
  for (const { id } of statusesOf(forge, deployment)) tables.of(STATUSES).delete(String(id));
  tables.of(DEPLOYMENTS).delete(String(deployment.id));
}
