/** Host names of the cloud. Real ones end in amazonaws.com; here they end in .test (RFC 2606). */
import { REGION } from "./model.ts";

export const CLOUD_DOMAIN = "amazonaws.test";
/** From where the cloud itself asks, for example an issuer for its keys. */
export const CLOUD_ADDRESS = "192.0.2.80";

export const CLOUD_SERVICES = ["iam", "sts", "s3", "cloudtrail", "ecs"] as const;
export type CloudServiceName = (typeof CLOUD_SERVICES)[number];

export interface CloudHost {
  readonly service: CloudServiceName;
  readonly region: string;
  /** Of S3's other style, `BUCKET.s3.…`; else null. */
  readonly bucket: string | null;
}

const HOST =
  /^(?:([a-z0-9][a-z0-9.-]*)\.)?(iam|sts|s3|cloudtrail|ecs)(?:\.([a-z]{2}-[a-z]+-\d))?\.amazonaws\.test$/;

/** Null: no host of the cloud. */
export function cloudHost(name: string): CloudHost | null {
  const [, bucket, service, region] = HOST.exec(name) ?? [];
  if (service === undefined || (bucket !== undefined && service !== "s3")) return null;
  return { service: service as CloudServiceName, region: region ?? REGION, bucket: bucket ?? null };
}

/** "https://sts.eu-north-1.amazonaws.test"; IAM is the same everywhere. */
export function cloudOrigin(service: CloudServiceName, region: string | null = null): string {
  return `https://${service}${region === null || service === "iam" ? "" : `.${region}`}.${CLOUD_DOMAIN}`;
}
