/** Checks of a service that has to go on, and of a key that has to fall silent first. */
import { beforeEach, expect, test } from "vitest";
import type { Credential } from "../../world/credential.ts";
import { addConsumer, findConsumer, type Consumer } from "../../world/services/consumers/consumers.ts";
import { deploy } from "../../world/services/consumers/deploy.ts";
import { World } from "../../world/world.ts";
import { requestsFailed } from "../diagnoses/service.ts";
import type { Scene } from "../scene.ts";
import { idle } from "./idle.ts";
import { order } from "./order.ts";
import { uptime } from "./uptime.ts";

const REVOKED = { credential: "token1", status: ["revoked" as const] };
const DELETED = { credential: "token1", status: ["deleted" as const] };
const SERVICE = { service: "site", most: 0 };

let world: World;
const scene = () => ({ world }) as Scene;

function plant(id: string): Credential {
  const value = id.repeat(4);
  return world.credentials.add({
    ...{
      id,
      kind: "npmToken",
      issuer: "registry",
      value,
      parts: [value],
      owner: "ci",
      scope: "",
      grants: null,
    },
    ...{ status: "active", createdAtMs: 0, expiresAtMs: null, uses: [], planted: true },
  });
}

beforeEach(() => {
  world = World.empty(1, { detect: () => [] });
  const ports = world.ports("test");
  addConsumer(ports, { name: "site", source: "", load: 6, config: { npm_token: plant("token1").value } });
  plant("token2");
});

async function play(steps: string): Promise<void> {
  const ports = world.ports("test");
  for (const step of steps.split(", ")) {
    if (step.startsWith("+")) await world.advance(Number(step.slice(1)) * 1000);
    else if (step === "deploy")
      await deploy(ports, findConsumer(ports, "site") as Consumer, {
        ...{ config: { npm_token: "token2".repeat(4) }, version: "2", by: "learner", source: "" },
      });
    else world.credentials.change("token1", { status: step as Credential["status"] });
  }
}

const CASES: readonly (readonly [steps: string, up: string, silent: string, apart: string])[] = [
  ["+60", "pass", "fail", "fail"],
  ["+60, deploy, +180, revoked, +300, deleted, +60", "pass", "pass", "pass"],
  ["+60, deploy, +60, revoked, +300, deleted, +60", "pass", "fail", "pass"],
  ["+60, deploy, +180, revoked, +15, deleted, +60", "pass", "pass", "fail"],
  ["+60, revoked, +15, deploy, +300, deleted, +60", "fail", "fail", "pass"],
  ["+60, revoked, deploy, +300, deleted, +60", "pass", "fail", "pass"],
];

test.each(CASES)("%s: up %s, silent %s, apart %s", async (steps, up, silent, apart) => {
  await play(steps);
  expect((await uptime.judge(scene(), SERVICE)).verdict).toBe(up);
  expect((await idle.judge(scene(), { credential: "token1", seconds: 120, before: REVOKED })).verdict).toBe(
    silent,
  );
  expect((await order.judge(scene(), { first: REVOKED, next: DELETED, apart: 300 })).verdict).toBe(apart);
});

test("uses of an intruder do not count where told", async () => {
  await play("+60, deploy, +180");
  const use = { atMs: world.clock.now() - 1000, actor: "ci", address: "198.51.100.7", action: "whoami" };
  world.credentials.used("token1", { ...use, result: "allowed" });
  await play("revoked, +60");
  const asked = { credential: "token1", seconds: 120, before: REVOKED };
  expect((await idle.judge(scene(), asked)).verdict).toBe("fail");
  expect((await idle.judge(scene(), { ...asked, besides: ["cuckoo"] })).verdict).toBe("fail");
  expect((await idle.judge(scene(), { ...asked, besides: ["magpie"] })).verdict).toBe("pass");
});

test("outages are told with their times", async () => {
  await play("+75, revoked, +15, deploy, +60");
  const { evidence } = await uptime.judge(scene(), SERVICE);
  expect(evidence).toEqual([
    { surface: "service", at: "site: 90 requests failed from T+1:15 to T+1:30: 401 Unauthorized: whoami" },
  ]);
  const found = await requestsFailed.recognise(scene(), {
    service: "site",
    credential: "token1",
    status: ["revoked"],
  });
  expect(found?.values).toMatchObject({ count: "90", from: "1:15", to: "1:30", service: "site" });
  expect(
    await requestsFailed.recognise(scene(), { service: "site", credential: "token1", status: ["deleted"] }),
  ).toBeNull();
  expect(await requestsFailed.recognise(scene(), { service: "site", credential: "token2" })).toBeNull();
});

test("some may fail where the lab says so", async () => {
  await play("+75, revoked, +15, deploy, +60");
  const verdict = async (options: object) =>
    (await uptime.judge(scene(), { ...SERVICE, ...options })).verdict;
  expect(await verdict({ most: 90 })).toBe("pass");
  expect(await verdict({ most: 89 })).toBe("fail");
  expect(await verdict({ least: 0.9 })).toBe("pass");
  expect(await verdict({ least: 0.95 })).toBe("fail");
  expect(await verdict({ before: REVOKED })).toBe("pass");
  expect(await verdict({ after: REVOKED })).toBe("fail");
  expect(await verdict({ after: DELETED })).toBe("fail");
});

test("a service without requests cannot be judged", async () => {
  expect((await uptime.judge(scene(), { service: "nothing", most: 0 })).verdict).toBe("unconfirmed");
});
