/** Buckets with what lies in them, and services of ECS with what their containers are given: names, never values. */
import type { Json } from "../../../../base/json.ts";
import { definitionAt, nameOf, SERVICES, tasksOf, type Container, type EcsService } from "../ecs/model.ts";
import { objectsOf } from "../s3/objects.ts";
import { policyFor } from "../s3/public.ts";
import { BUCKETS, type Bucket } from "../s3/resource.ts";
import { isoTime, seen, type Looking } from "./looking.ts";
import type { ConsoleBucket, ConsoleContainer, ConsoleService, Seen } from "./view.ts";

export function buckets(looking: Looking): Seen<readonly ConsoleBucket[]> {
  return seen(looking, "s3:ListAllMyBuckets", "*", () =>
    looking.ports.tables
      .of(BUCKETS)
      .all()
      .map((bucket) => bucketOf(looking, bucket)),
  );
}

function bucketOf(looking: Looking, bucket: Bucket): ConsoleBucket {
  const { name, region, createdAtMs, policy } = bucket;
  const arn = `arn:aws:s3:::${name}`;
  const resourcePolicy = policyFor(bucket, looking.caller);
  const context = { "s3:prefix": "", "s3:delimiter": "" };
  return {
    name,
    region,
    created: isoTime(createdAtMs),
    policy: seen(looking, "s3:GetBucketPolicy", arn, () => policy, { resourcePolicy }),
    objects: seen(
      looking,
      "s3:ListBucket",
      arn,
      () =>
        objectsOf(looking.ports, name).map(({ key, size, modifiedAtMs }) => ({
          key,
          size,
          modified: isoTime(modifiedAtMs),
        })),
      { resourcePolicy, context },
    ),
  };
}

export function services(looking: Looking): Seen<readonly ConsoleService[]> {
  const listed = seen(looking, "ecs:ListServices", "*", () => looking.ports.tables.of(SERVICES).all());
  if ("denied" in listed) return listed;
  return seen(looking, "ecs:DescribeServices", "*", () => listed.seen.map((it) => serviceOf(looking, it)));
}

function serviceOf(looking: Looking, service: EcsService): ConsoleService {
  const { cluster, name, desired, deployments, events } = service;
  const tasks = tasksOf(looking.ports, service);
  const count = (wanted: string) => tasks.filter(({ status }) => status === wanted).length;
  const arn = deployments[0]?.definition ?? "";
  return {
    ...{ cluster, name, desired },
    running: count("RUNNING"),
    pending: count("PENDING"),
    definition: nameOf(arn),
    containers: seen(looking, "ecs:DescribeTaskDefinition", "*", () =>
      (definitionAt(looking.ports, arn)?.containers ?? []).map(containerOf),
    ),
    events: events.slice(0, 5).map(({ atMs, message }) => ({ at: isoTime(atMs), message })),
  };
}

function containerOf({ name, image, environment, secrets }: Container): ConsoleContainer {
  return {
    name: textOf(name),
    image: textOf(image),
    environment: [...namesOf(environment), ...namesOf(secrets)],
  };
}

function namesOf(list: Json | undefined): string[] {
  if (!Array.isArray(list)) return [];
  return (list as Json[]).flatMap((it) => {
    const name = (it as { readonly name?: unknown } | null)?.name;
    return typeof name === "string" ? [name] : [];
  });
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
