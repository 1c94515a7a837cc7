/** S3 and ECS, driven by the real clients of AWS over loopback ports. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucketCalls } from "./calls/buckets.ts";
import { containerCalls } from "./calls/containers.ts";
import { outcome } from "./setting.ts";
import { startStorage, type Storage, type StorageClients } from "./storage.ts";

/** In this order: later ones see what earlier ones did. */
const CALLS = [...bucketCalls, ...containerCalls];

let storage: Storage;

beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.stop());

for (const [what, caller, ask, expected] of CALLS)
  test(`${what} (${caller})`, async () => {
    const got = await outcome(ask(storage.clients.get(caller) as StorageClients));
    if (typeof expected === "string") {
      expect(got.code, got.message).toBe(expected);
      expect(got.status).toBeGreaterThanOrEqual(400);
      return;
    }
    expect(got.code, got.message).toBe(null);
    expect(got.data).toMatchObject(expected);
  });

test("data access is recorded with its key, but is no part of the event history", () => {
  const reads = storage.world.audit.all().filter(({ action }) => action === "s3:GetObject");
  expect(reads.some(({ result, actor }) => result === "denied" && actor === "sam")).toBe(true);
  expect(reads.some(({ result, actor }) => result === "allowed" && actor === "sam")).toBe(true);
  expect(reads.every(({ data }) => data["management"] === false)).toBe(true);
});

test("CloudTrail does not show what containers find in their environment", () => {
  const entry = storage.world.audit.all().find(({ action }) => action === "ecs:RegisterTaskDefinition");
  expect(JSON.stringify(entry?.data)).not.toContain("info");
  expect(JSON.stringify(entry?.data)).toContain("HIDDEN_DUE_TO_SECURITY_REASONS");
});

test("the table is long enough", () => {
  expect(CALLS.length).toBeGreaterThanOrEqual(80);
  expect(CALLS.filter(([, , , expected]) => typeof expected === "string").length).toBeGreaterThanOrEqual(35);
});
