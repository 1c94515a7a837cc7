/**
 * Services of the company that use a credential: which one they were last deployed with. They listen on
 * deploy.lantern-tides.test (who may deploy) and are shown on status.lantern-tides.test.
 */
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";

export interface Consumer {
  /** "tides-api": the path at both hosts. */
  readonly name: string;
  /** From where it connects. */
  readonly address: string;
  /** Where its credential was taken from at the last deploy, for people: "secret DATABASE_URL of production". */
  readonly source: string;
  /** What it runs with: `database_url`, an access key of the cloud, `npm_token`, and whatever else was sent. */
  readonly config: Config;
  readonly version: string;
  readonly deployedAtMs: number;
  readonly deployedBy: string;
  /** Requests that it answers in a virtual second; 0: nobody asks. Each needs every credential that it has. */
  readonly load: number;
  /** What a request does with an access key of the cloud; null: it only says who it is. */
  readonly calls: CloudUse | null;
  /** Copies that run beside each other, where they are not all alike: while something else deploys it. */
  readonly copies?: readonly Running[];
}

export type Config = Readonly<Record<string, string>>;

/** "s3:GetObject" on an ARN. */
export interface CloudUse {
  readonly action: string;
  readonly resource: string;
}

export interface Running {
  readonly config: Config;
  readonly version: string;
}

/** By name. */
export const CONSUMERS = tableName<Consumer>("consumers");

/** Declares a service as it runs at the beginning of a lab. */
export function addConsumer(
  ports: ServicePorts,
  consumer: Pick<Consumer, "name" | "source" | "config"> & Partial<Consumer>,
): Consumer {
  return ports.tables.of(CONSUMERS).set(consumer.name, {
    address: "203.0.113.60",
    version: "1.0.0",
    deployedAtMs: ports.now(),
    deployedBy: "teo",
    load: 0,
    calls: null,
    ...consumer,
  });
}

export function consumers({ tables }: Pick<ServicePorts, "tables">): readonly Consumer[] {
  return tables.of(CONSUMERS).all();
}

export function findConsumer({ tables }: Pick<ServicePorts, "tables">, name: string): Consumer | undefined {
  return tables.of(CONSUMERS).get(name);
}

/** Whether any service of this world has requests to answer. */
export function isAsked({ tables }: Pick<ServicePorts, "tables">): boolean {
  return tables.of(CONSUMERS).find(({ load }) => load > 0) !== undefined;
}

/** All copies of a service, as they run. */
export function copiesOf({ copies, config, version }: Consumer): readonly Running[] {
  return copies ?? [{ config, version }];
}

/** A service is deployed by something else than the deploy API: these copies run from now on. */
export function setCopies(
  { tables }: Pick<ServicePorts, "tables">,
  name: string,
  copies: readonly Running[],
): void {
  const consumer = tables.of(CONSUMERS).get(name);
  if (consumer) tables.of(CONSUMERS).set(name, { ...consumer, copies });
}
