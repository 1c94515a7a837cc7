/** Policies of resources: those of buckets. */
import { tableName } from "../../../../base/tables.ts";
import type { ServicePorts } from "../../../service.ts";

export interface Bucket {
  readonly name: string;
  readonly createdAtMs: number;
  readonly region: string;
  /** Who made it: ARN. */
  readonly createdBy: string;
  /** As it was written; null: none. */
  readonly policy: string | null;
  /** Null: no configuration, which blocks nothing. */
  readonly block: PublicAccessBlock | null;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** By name. */
export const BUCKETS = tableName<Bucket>("cloud/buckets");

/** The policy of the bucket that an ARN names or lies in, as it was written; null where there is none. */
export function policyOfResource({ tables }: Pick<ServicePorts, "tables">, arn: string): string | null {
  const name = /^arn:aws:s3:::([^/]+)/.exec(arn)?.[1];
  return name === undefined ? null : (tables.of(BUCKETS).get(name)?.policy ?? null);
}
