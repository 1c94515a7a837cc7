/** What attackers do with a credential of each issuer, step by step, and what a defender can see of it. */
import { describe, expect, test } from "vitest";
import { heldBy } from "../../src/world/attackers/harvest.ts";
import { scheduleVisit, visitOf } from "../../src/world/attackers/visit.ts";
import { keysOf } from "../../src/world/services/cloud/keys.ts";
import type { World } from "../../src/world/world.ts";
import { leak, MINUTE, smallWorld } from "./setting.ts";

async function used(id: string, minutes: number): Promise<World> {
  const world = smallWorld();
  const visit = { ...visitOf("starling"), watch: [], holds: [id] };
  scheduleVisit(world.ports("attackers"), world.clock.now(), visit);
  await world.advance(minutes * MINUTE);
  return world;
}

const told = (world: World) =>
  world.events.flatMap(({ kind, what }) =>
    kind.startsWith("attacker.") && kind !== "attacker.found" ? [what.replace(/^\w+, /, "")] : [],
  );

describe("an access key of the cloud", () => {
  test("acts as its user, lists, and leaves a user of its own with a key", async () => {
    const world = await used("aws", 12);
    expect(told(world)).toEqual([
      expect.stringMatching(/^validate with aws from 203\.0\.113\.66: it acts as arn:aws:iam::\d{12}:user\//),
      "enumerate with aws from 203.0.113.66: it listed users ci-sandbox",
      expect.stringMatching(/^read with aws/),
      "persist with aws from 203.0.113.66: it created the user svc-backup with a key of its own",
      expect.stringMatching(/^second-hand with aws from 198\.51\.100\.66: it acts as/),
      expect.stringMatching(/^second-hand with AKIA\w+ from 198\.51\.100\.66: it acts as .*svc-backup$/),
    ]);
    expect(keysOf(world, "svc-backup")).toMatchObject([{ status: "Active" }]);
    const actions = world.audit
      .all()
      .flatMap(({ action, address }) => (/^(?:203|198)/.test(address) ? [action] : []));
    expect(actions).toEqual(
      expect.arrayContaining(["sts:GetCallerIdentity", "iam:CreateUser", "iam:CreateAccessKey"]),
    );
  });

  test("that is dead leads nowhere", async () => {
    const world = smallWorld();
    world.credentials.change("aws", { status: "inactive" });
    const visit = { ...visitOf("starling"), watch: [], holds: ["aws"] };
    scheduleVisit(world.ports("attackers"), world.clock.now(), visit);
    await world.advance(12 * MINUTE);
    expect(told(world)).toEqual(["validate with aws from 203.0.113.66: it is dead"]);
    expect(world.credentials.get("aws")?.uses.filter(({ result }) => result === "allowed")).toEqual([]);
  });
});

describe("a token of the store", () => {
  test("shows its policies and leaves a token without a parent", async () => {
    const world = await used("bao", 12);
    const steps = told(world);
    expect(steps[0]).toBe("validate with bao from 203.0.113.66: it has the policies root");
    expect(steps).toContain("persist with bao from 203.0.113.66: it made a token without a parent");
    const made = world.credentials.all().filter(({ issuer, id }) => issuer === "store" && id !== "bao");
    expect(made).toMatchObject([{ status: "active" }]);
    expect(made[0]?.uses.some(({ address }) => address === "198.51.100.66")).toBe(true);
  });
});

describe("a visit", () => {
  test("reads only what is watched", async () => {
    const world = smallWorld();
    leak(world, "npm", "log", 1);
    leak(world, "deploy", "commit", 2);
    leak(world, "pat", "chat", 3);
    const at = (watch: Parameters<typeof scheduleVisit>[2]["watch"]) =>
      scheduleVisit(world.ports("attackers"), world.clock.now(), { ...visitOf("magpie"), watch, chain: {} });
    const held = () => heldBy(world, "magpie").map(({ credential }) => credential);
    at(["logs"]);
    await world.advance(1);
    expect(held()).toEqual(["npm"]);
    at(["chat", "releases", "text", "packages", "artifacts", "loot"]);
    await world.advance(1);
    expect(held()).toEqual(["npm", "pat"]);
    at(["pushes"]);
    await world.advance(10 * MINUTE);
    expect(held()).toEqual(["npm", "pat", "deploy"]);
    // No further steps were asked for.
    expect(world.events.some(({ kind }) => kind === "attacker.enumerate")).toBe(false);
  });

  test("because of one thing reads that alone", async () => {
    const world = smallWorld();
    leak(world, "npm", "log", 1);
    leak(world, "deploy", "log", 2);
    scheduleVisit(world.ports("attackers"), world.clock.now(), { ...visitOf("magpie"), subject: "run 2" });
    await world.advance(1);
    expect(heldBy(world, "magpie").map(({ credential }) => credential)).toEqual(["deploy"]);
  });
});
