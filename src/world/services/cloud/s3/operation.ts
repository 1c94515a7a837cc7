/** What an operation of S3 is, and whether somebody may call it. */
import type { ServicePorts } from "../../../service.ts";
import { refusal } from "../authorise.ts";
import { cloudError, type CloudError } from "../error.ts";
import type { Principal } from "../model.ts";
import type { Good } from "./answer.ts";
import { policyFor } from "./public.ts";
import type { S3Request } from "./request.ts";
import { BUCKETS, type Bucket } from "./resource.ts";

export interface S3Operation {
  /** As CloudTrail names it. */
  readonly name: string;
  readonly method: string;
  /** The service, a bucket or an object. */
  readonly of: "service" | "bucket" | "object";
  readonly part: string;
  /** Without `s3:`. */
  readonly action: string;
  readonly readOnly: boolean;
  /** Objects and their listing: data events. */
  readonly data?: boolean;
  /** The bucket need not be there. */
  readonly makes?: boolean;
  readonly run: (request: S3Request, caller: Principal, bucket: Bucket) => Good | CloudError;
}

export function arnOf({ bucket, key }: Pick<S3Request, "bucket" | "key">): string {
  return `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`;
}

/** Null where it is allowed. */
export function denied(
  { call, bucket, key, query }: S3Request,
  caller: Principal,
  action: string,
  record: Bucket | undefined,
): CloudError | null {
  const listing = action === "ListBucket";
  const resource = action === "ListAllMyBuckets" ? "*" : arnOf({ bucket, key: listing ? "" : key });
  const context: Readonly<Record<string, string>> = listing
    ? { "s3:prefix": query.get("prefix") ?? "", "s3:delimiter": query.get("delimiter") ?? "" }
    : {};
  const problem = refusal(call.ports, caller, {
    action: `s3:${action}`,
    resource,
    context,
    resourcePolicy: record ? policyFor(record, caller) : null,
    address: call.from.address,
  });
  if (!problem) return null;
  return caller.kind === "anonymous" ? cloudError("AccessDenied", "Access Denied", 403) : problem;
}

export function bucketNamed({ tables }: Pick<ServicePorts, "tables">, name: string): Bucket | undefined {
  return tables.of(BUCKETS).get(name);
}

export const NO_BUCKET = cloudError("NoSuchBucket", "The specified bucket does not exist", 404);
