/** Order, uses and statuses, over what a world keeps of them. */
import { beforeEach, describe, expect, test } from "vitest";
import { START_MS } from "../world/clock.ts";
import { World } from "../world/world.ts";
import type { CheckKind } from "./check.ts";
import { credential } from "./checks/credential.ts";
import { order } from "./checks/order.ts";
import { uses } from "./checks/uses.ts";
import { firstTime, type Moment } from "./moment.ts";
import type { Scene } from "./scene.ts";

let world: World;

beforeEach(async () => {
  world = World.empty(1, { detect: () => [] });
  world.credentials.add({
    id: "key",
    kind: "password",
    issuer: "none",
    value: "x".repeat(20),
    parts: [],
    owner: "teo",
    scope: "",
    grants: null,
    planted: true,
    status: "active",
    createdAtMs: 0,
    expiresAtMs: START_MS + 3_600_000,
    uses: [],
  });
  await world.advance(60_000);
});

const minute = async (count = 1) => world.advance(count * 60_000);
const push = (data: Record<string, string | string[]>) =>
  world.record({ who: "forge", kind: "push.accepted", what: "pushed", data });
const log = (action: string, actor: string) =>
  world.audit.add({
    service: "forge",
    actor,
    identityType: "user",
    credentialId: null,
    action,
    target: "o/r",
    result: "allowed",
    address: "203.0.113.20",
    requestId: "1",
    data: { branch: "main" },
  });

async function judge<O>(kind: CheckKind<O>, options: O): Promise<string> {
  return (await kind.judge({ world } as Scene, options)).verdict;
}

describe("moments", () => {
  const at = (minutes: number) => START_MS + minutes * 60_000;
  test("the first event of a kind, with fields of its data, lists too", async () => {
    push({ actor: "teo", refs: ["refs/heads/x"] });
    await minute();
    push({ actor: "learner", refs: ["refs/heads/x", "refs/heads/main"] });
    const time = (where?: Record<string, string>) =>
      firstTime(world, { event: "push.accepted", where } as Moment);
    expect([
      time(),
      time({ actor: "learner" }),
      time({ ref: "refs/heads/main" }),
      time({ actor: "aya" }),
    ]).toEqual([at(1), at(2), at(2), null]);
  });

  test("an entry of the audit log", async () => {
    await minute();
    log("repo.access", "mina");
    const time = (where: Record<string, string>) => firstTime(world, { audit: "repo.access", where });
    expect([time({ actor: "mina", branch: "main" }), time({ actor: "teo" })]).toEqual([at(2), null]);
  });

  test("a status, with what expires by itself", async () => {
    const status = (...wanted: ("revoked" | "expired")[]) =>
      firstTime(world, { credential: "key", status: wanted });
    expect([status("revoked"), status("expired")]).toEqual([null, null]);
    await minute(120);
    expect([status("revoked"), status("expired")]).toEqual([null, at(60)]);
    world.credentials.change("key", { status: "revoked" });
    expect(status("revoked")).toBe(at(121));
  });
});

describe("order", () => {
  const revoked: Moment = { credential: "key", status: ["revoked"] };
  const pushed: Moment = { event: "push.accepted" };
  test("revoked, then pushed", async () => {
    expect(await judge(order, { first: revoked, next: pushed })).toBe("fail");
    world.credentials.change("key", { status: "revoked" });
    expect(await judge(order, { first: revoked, next: pushed })).toBe("fail");
    await minute();
    push({});
    expect(await judge(order, { first: revoked, next: pushed })).toBe("pass");
    expect(await judge(order, { first: pushed, next: revoked })).toBe("fail");
  });
});

describe("a credential", () => {
  test("works, until it does not", async () => {
    expect(await judge(credential, { credential: "key", works: true })).toBe("pass");
    expect(await judge(credential, { credential: "key", works: false })).toBe("fail");
    await minute(120);
    expect(await judge(credential, { credential: "key", works: false })).toBe("pass");
    expect(await judge(credential, { credential: "key", status: ["revoked"] })).toBe("fail");
    world.credentials.change("key", { status: "revoked" });
    expect(await judge(credential, { credential: "key", status: ["revoked", "deleted"] })).toBe("pass");
  });

  test("uses are counted after a moment, by somebody", async () => {
    const use = (actor: string) =>
      world.credentials.used("key", { actor, address: "198.51.100.7", action: "read", result: "allowed" });
    use("magpie");
    await minute();
    push({});
    const after: Moment = { event: "push.accepted" };
    expect(await judge(uses, { credential: "key", result: "allowed", most: 0, least: 0 })).toBe("fail");
    expect(await judge(uses, { credential: "key", after, result: "allowed", most: 0, least: 0 })).toBe(
      "pass",
    );
    await minute();
    use("teo");
    expect(await judge(uses, { credential: "key", after, result: "allowed", most: 0, least: 0 })).toBe(
      "fail",
    );
    const byMagpie = { credential: "key", after, actors: ["magpie"], result: "allowed" as const, most: 0 };
    expect(await judge(uses, { ...byMagpie, least: 0 })).toBe("pass");
    expect(await judge(uses, { ...byMagpie, least: 1 })).toBe("fail");
  });
});

describe("uses from somewhere", () => {
  const FROM: readonly (readonly [from: readonly string[], verdict: string])[] = [
    [["magpie"], "fail"],
    [["198.51.100.7"], "fail"],
    [["starling"], "fail"],
    [["cuckoo", "teo"], "pass"],
    [["203.0.113.1"], "pass"],
  ];
  test.each(FROM)("%j: %s", async (from, verdict) => {
    for (const address of ["198.51.100.7", "198.51.100.66"])
      world.credentials.used("key", { actor: "teo", address, action: "login", result: "allowed" });
    expect(
      await judge(uses, { credential: "key", from: [...from], result: "allowed", most: 0, least: 0 }),
    ).toBe(verdict);
  });
});
