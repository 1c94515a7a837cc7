/** A rolling deploy under load: good tasks take over without a failure, bad ones never do. */
import { beforeEach, expect, test } from "vitest";
import { World } from "../../../world.ts";
import { addConsumer } from "../../consumers/consumers.ts";
import { countsOf, fails } from "../../consumers/metrics.ts";
import { openAccount } from "../account.ts";
import { createKey, deleteKey } from "../keys.ts";
import { addUser } from "../users.ts";
import { CLUSTERS, SERVICES, TASKS, tasksOf, type EcsService } from "./model.ts";
import { ECS_OPERATIONS } from "./operations.ts";

const SECOND = 1000;
const PLACE = { cluster: "production" };

let world: World;

async function call(name: string, body: object): Promise<unknown> {
  const ports = world.ports("test");
  return ECS_OPERATIONS[name]?.run({ ports, body: body as never, caller: "arn" });
}

function register(id: string, secret: string): Promise<unknown> {
  const environment = [
    { name: "AWS_ACCESS_KEY_ID", value: id },
    { name: "AWS_SECRET_ACCESS_KEY", value: secret },
  ];
  return call("RegisterTaskDefinition", {
    family: "tides-api",
    containerDefinitions: [{ name: "api", image: "i", environment }],
  });
}

function update(more: object): Promise<unknown> {
  return call("UpdateService", { ...PLACE, service: "tides-api", ...more });
}

const service = () => world.tables.of(SERVICES).get("production/tides-api") as EcsService;
const running = () => tasksOf(world, service()).filter(({ status }) => status === "RUNNING");
const failed = () => fails(world.ports("test"), "tides-api");

let first: ReturnType<typeof createKey>;

beforeEach(async () => {
  world = World.empty(1, { detect: () => [] });
  const ports = world.ports("test");
  openAccount(ports);
  addUser(ports, "tides-api");
  first = createKey(ports, "tides-api");
  addConsumer(ports, { name: "tides-api", source: "", load: 6, config: {} });
  world.tables.of(CLUSTERS).set("production", { name: "production" });
  await register(first.key.accessKeyId, first.credential.value);
  await call("CreateService", {
    ...PLACE,
    serviceName: "tides-api",
    taskDefinition: "tides-api",
    desiredCount: 3,
  });
});

test("a new key replaces the old one without a failed request", async () => {
  const second = createKey(world.ports("test"), "tides-api");
  await register(second.key.accessKeyId, second.credential.value);
  await update({ taskDefinition: "tides-api:2" });
  await world.advance(120 * SECOND);
  deleteKey(world.ports("test"), first.key);
  await world.advance(60 * SECOND);
  expect(failed()).toBe(0);
  expect(countsOf(world.ports("test"), "tides-api").requests).toBe(180 * 6);
  expect(service().deployments).toMatchObject([{ rollout: "COMPLETED" }]);
});

test("the old key deleted in the middle fails for the copies that still have it", async () => {
  const second = createKey(world.ports("test"), "tides-api");
  await register(second.key.accessKeyId, second.credential.value);
  await update({ taskDefinition: "tides-api:2" });
  await world.advance(30 * SECOND);
  deleteKey(world.ports("test"), first.key);
  await world.advance(90 * SECOND);
  // Two of three copies for 30 seconds, one for 30 more.
  expect(failed()).toBe(30 * 4 + 30 * 2);
});

test("tasks with a key that does not work take nobody's place", async () => {
  await register("nobody", "x".repeat(40));
  await update({ taskDefinition: "tides-api:2" });
  await world.advance(600 * SECOND);
  expect(failed()).toBe(0);
  expect(running().map(({ definition }) => definition.slice(-2))).toEqual([":1", ":1", ":1"]);
  expect(service().deployments[0]?.failed).toBeGreaterThan(0);
  expect(service().events[0]?.message).toContain("unable to consistently start tasks");
});

test("the circuit breaker ends it, and goes back", async () => {
  await register("nobody", "x".repeat(40));
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
  await update({ taskDefinition: "tides-api:2", deploymentConfiguration });
  await world.advance(600 * SECOND);
  expect(service().deployments).toMatchObject([{ rollout: "COMPLETED", failed: 0 }]);
  expect(service().deployments[0]?.definition).toMatch(/:1$/);
  expect(failed()).toBe(0);
  expect(world.queue.data().items).toEqual([]);
});

test("a newer deploy takes over from one that goes on", async () => {
  await update({ forceNewDeployment: true });
  await world.advance(30 * SECOND);
  await update({ forceNewDeployment: true });
  await world.advance(300 * SECOND);
  expect(service().deployments).toHaveLength(1);
  expect(running()).toHaveLength(3);
  expect(world.tables.of(TASKS).filter(({ status }) => status === "PENDING")).toEqual([]);
});
