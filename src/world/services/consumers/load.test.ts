/** Every order in which a key is changed gives an exact number of failed requests. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Credential } from "../../credential.ts";
import { World } from "../../world.ts";
import { openAccount } from "../cloud/account.ts";
import { changeKey, createKey, deleteKey, keysOf, lastUse } from "../cloud/keys.ts";
import type { AccessKey } from "../cloud/model.ts";
import { addUser, changeUser, userNamed } from "../cloud/users.ts";
import { addConsumer, findConsumer, setCopies, type Consumer } from "./consumers.ts";
import { deploy } from "./deploy.ts";
import { healthy } from "./health.ts";
import { countsOf, fails, minutesOf, outagesOf, uptime } from "./metrics.ts";

const SECOND = 1000;
const READ = { action: "s3:GetObject", resource: "arn:aws:s3:::tides-data/x" };
const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::tides-data/*" }],
});

let world: World;
let startMs: number;
const keys = new Map<string, { key: AccessKey; credential: Credential }>();

beforeEach(() => {
  world = World.empty(1, { detect: () => [] });
  const ports = world.ports("test");
  openAccount(ports);
  changeUser(ports, addUser(ports, "tides-api"), { inline: { read: POLICY } });
  keys.clear();
  keys.set("K1", createKey(ports, "tides-api"));
  serve("K1");
  startMs = world.clock.now();
});

function config(name: string): Consumer["config"] {
  const made = keys.get(name);
  return {
    aws_access_key_id: made?.key.accessKeyId ?? name,
    aws_secret_access_key: made?.credential.value ?? name,
  };
}

function serve(name: string, more: Partial<Consumer> = {}): void {
  addConsumer(world.ports("test"), {
    name: "tides-api",
    source: "",
    load: 6,
    calls: READ,
    config: config(name),
    ...more,
  });
}

/** "create", "deploy K2", "off K1", "on K1", "delete K1", "+30" (seconds). */
async function play(steps: string): Promise<void> {
  const ports = world.ports("test");
  for (const step of steps.split(", ")) {
    const [verb, name = "K2"] = step.split(" ") as [string, string?];
    const made = keys.get(name);
    if (verb.startsWith("+")) await world.advance(Number(verb.slice(1)) * SECOND);
    else if (verb === "create") keys.set(name, createKey(ports, "tides-api"));
    else if (verb === "deploy")
      await deploy(ports, findConsumer(ports, "tides-api") as Consumer, {
        config: config(name),
        version: "2",
        by: "learner",
        source: "",
      });
    else if (verb === "delete" && made) deleteKey(ports, made.key);
    else if (made) changeKey(ports, made.key, verb === "on" ? "Active" : "Inactive");
  }
}

const failed = () => fails(world.ports("test"), "tides-api");

/** What is done, and how many of the requests fail. A key that is turned off works for ten more seconds. */
const ORDERS: readonly (readonly [steps: string, failed: number])[] = [
  ["+60", 0],
  ["create, +15, deploy K2, +15, off K1, +300, delete K1, +600", 0],
  ["create, +15, deploy K2, +15, delete K1, +600", 0],
  ["create, +15, deploy K2, +15, off K1, +15, off K2, +15", 5 * 6],
  ["create, +15, off K1, +15, deploy K2, +600", 5 * 6],
  ["create, +15, off K1, +10, deploy K2, +600", 0],
  ["create, +15, off K1, +5, on K1, +600", 0],
  ["off K1, +15, on K1, +15, +600", 15 * 6],
  ["create, +15, delete K1, +15, deploy K2, +600", 15 * 6],
  ["create, delete K1, deploy K2, +600", 0],
  ["delete K1, +15, create, +15, deploy K2, +600", 30 * 6],
  ["delete K1, +15, create, +15, +60", 90 * 6],
  ["off K1, +15, create, +15, deploy K2, +60, delete K1, +60", 20 * 6],
  ["create, +15, off K1, +300, delete K1, +15, deploy K2, +60", (290 + 15) * 6],
  ["create, +15, deploy K2, +15, delete K2, +15, deploy K1, +60", 15 * 6],
  ["create, +15, off K1, +15, on K1, +15, deploy K2, +15, delete K1, +60", 15 * 6],
  ["create, +15, off K2, +15, deploy K2, +60", 0],
  ["create, +15, delete K2, +15, deploy K2, +15, off K1, +60", 50 * 6],
  ["+0.5, delete K1, +0.25", 2],
  ["delete K1, +0.001", 1],
];

describe("orders", () => {
  test.each(ORDERS)("%s: %i", async (steps, expected) => {
    await play(steps);
    expect(failed()).toBe(expected);
    const { requests } = countsOf(world.ports("test"), "tides-api");
    expect(requests).toBe(Math.ceil(((world.clock.now() - startMs) * 6) / SECOND));
  });

  test.each(ORDERS)("%s: the same in a fork, restored, and in small steps", async (steps, expected) => {
    const small = steps.replace(/\+(\d+)(?=,|$)/g, (_, s: string) =>
      Array.from({ length: Number(s) }, () => "+1").join(", "),
    );
    world = World.restore(world.fork().snapshot(), { detect: () => [] });
    await play(small);
    expect(failed()).toBe(expected);
  });
});

test("what else takes a key's right away counts too: the user's policy", async () => {
  const ports = world.ports("test");
  await world.advance(15 * SECOND);
  changeUser(ports, userNamed(ports, "tides-api")!, { inline: {} });
  await world.advance(15 * SECOND);
  expect(failed()).toBe(90);
  expect(outagesOf(ports, "tides-api")).toMatchObject([
    {
      fromMs: startMs + 15 * SECOND,
      toMs: null,
      failed: 90,
      reason: expect.stringContaining("AccessDenied") as string,
    },
  ]);
});

test("a credential that expires fails from that moment on", async () => {
  const credential = keys.get("K1")?.credential as Credential;
  world.credentials.change(credential.id, { expiresAtMs: startMs + 7 * SECOND });
  await world.advance(60 * SECOND);
  expect(failed()).toBe(53 * 6);
});

test("copies share the requests", async () => {
  const ports = world.ports("test");
  const good = { config: config("K1"), version: "1" };
  setCopies(ports, "tides-api", [good, good, { config: config("nothing"), version: "2" }]);
  await world.advance(60 * SECOND);
  expect(failed()).toBe(120);
  expect(healthy(ports, findConsumer(ports, "tides-api") as Consumer)).toBe(false);
  setCopies(ports, "tides-api", [good, good, good]);
  await world.advance(60 * SECOND);
  expect(countsOf(ports, "tides-api")).toEqual({ requests: 720, failed: 120 });
  expect(uptime(ports, "tides-api")).toBeCloseTo(1 - 120 / 720);
});

test("history by minute", async () => {
  await play("create, +90, delete K1, +60, deploy K2, +40");
  const minutes = minutesOf(world.ports("test"), "tides-api", 10);
  expect(minutes.map(({ requests, failed: bad }) => [requests, bad])).toEqual([
    [360, 0],
    [360, 180],
    [360, 180],
    [60, 0],
  ]);
  expect(minutesOf(world.ports("test"), "tides-api", 2)).toHaveLength(2);
  expect(
    fails(world.ports("test"), "tides-api", { fromMs: startMs + 100 * SECOND, toMs: startMs + 110 * SECOND }),
  ).toBe(60);
});

test("steady use is one record, which ends when the key falls silent", async () => {
  await play("create, +60, deploy K2, +60");
  const uses = world.credentials.get(keys.get("K1")?.credential.id ?? "")?.uses ?? [];
  expect(uses.filter(({ count }) => count !== undefined)).toMatchObject([
    {
      actor: "tides-api",
      address: "203.0.113.60",
      action: "s3:GetObject",
      result: "allowed",
      count: 360,
      sinceMs: startMs,
    },
  ]);
  expect(uses.at(-1)?.atMs).toBeGreaterThan(startMs + 59 * SECOND);
  expect(uses.at(-1)?.atMs).toBeLessThan(startMs + 60 * SECOND);
});

test("IAM shows when a key was last used, some time later", async () => {
  const ports = world.ports("test");
  const [key] = keysOf(ports, "tides-api") as [AccessKey];
  await play("+60");
  expect(lastUse(ports, key)).toBeNull();
  await play("+600");
  expect(lastUse(ports, key)?.atMs).toBe(world.clock.now() - 120 * SECOND);
  await play("create, deploy K2, +600");
  const last = lastUse(ports, key);
  expect(last?.service).toBe("s3");
  expect(last?.atMs).toBeLessThan(startMs + 660 * SECOND);
  expect(last?.atMs).toBeGreaterThan(startMs + 659 * SECOND);
});

test("nothing is scheduled for requests, and asking changes nothing", async () => {
  await world.advance(24 * 3600 * SECOND);
  expect(world.queue.data().items).toEqual([]);
  const before = world.digest();
  countsOf(world.ports("test"), "tides-api");
  minutesOf(world.ports("test"), "tides-api", 100);
  expect(world.digest()).toBe(before);
  expect(countsOf(world.ports("test"), "tides-api").requests).toBe(24 * 3600 * 6);
});

test("a service that nobody asks counts nothing", async () => {
  serve("K1", { load: 0 });
  await play("delete K1, +60");
  expect(countsOf(world.ports("test"), "tides-api")).toEqual({ requests: 0, failed: 0 });
  expect(uptime(world.ports("test"), "tides-api")).toBe(1);
});
