/** The services of `aws`, each loaded when it is first called. */
import type { Service } from "./shape.ts";

export const SERVICES: ReadonlyMap<string, () => Promise<Service>> = new Map<string, () => Promise<Service>>([
  ["cloudtrail", async () => (await import("./cloudtrail.ts")).cloudtrail],
  ["ecs", async () => (await import("./ecs.ts")).ecs],
  ["iam", async () => (await import("./iam.ts")).iam],
  ["s3api", async () => (await import("./s3api.ts")).s3api],
  ["sts", async () => (await import("./sts.ts")).sts],
]);
