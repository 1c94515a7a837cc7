/** The race of revoke-first: turned off at three moments, the key leaves three different worlds. T is the push. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectSecrets } from "../../src/attempt/detect.ts";
import { Play } from "../../src/attempt/play.ts";
import { readLab } from "../../src/cli/labFolder.ts";
import { START_MS } from "../../src/world/clock.ts";
import { keysOf } from "../../src/world/services/cloud/keys.ts";
import { SESSIONS } from "../../src/world/services/cloud/model.ts";
import { userNamed } from "../../src/world/services/cloud/users.ts";
import type { World } from "../../src/world/world.ts";

const PUSH_MS = START_MS - 40_000;
const MAGPIE = ["198.51.100.7", "203.0.113.66"];
const REVOKE = `aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive`;

/** Waits, turns the key off, and lets a quarter of an hour pass. */
async function revokedAfter(seconds: number, seed: number): Promise<World> {
  const lab = readLab(join(import.meta.dirname, "../../labs/revoke-first"));
  if (!lab.ok) throw new Error(JSON.stringify(lab.error));
  const { bundle } = lab.value;
  const play = await Play.begin({
    bundle,
    header: {
      ...{ format: "leaklab-attempt/1", lab: bundle.manifest.id, labVersion: bundle.manifest.version },
      ...{ labDigest: "0".repeat(64), core: "test", seed, setting: "normal" },
    },
    detect: detectSecrets,
    enter: (_world, run) => run(),
  });
  if (seconds > 0) await play.step({ kind: "advance", seconds });
  const { exitCode } = await play.step({ kind: "line", terminal: 1, text: REVOKE });
  expect(exitCode).toBe(0);
  await play.step({ kind: "advance", seconds: 900 });
  return play.world;
}

/** What was done from the intruder's addresses, with which key. */
function deeds(world: World) {
  return world.credentials.all().flatMap(({ planted, grants, uses }) => {
    const { role } = grants as { role?: string };
    const key = planted ? "key" : role === undefined ? "new key" : "session";
    return uses
      .filter(({ address, result }) => MAGPIE.includes(address) && result === "allowed")
      .map(({ action, atMs }) => `T+${(atMs - PUSH_MS) / 1000} ${key} ${action}`);
  });
}

const working = (world: World) =>
  world.credentials
    .all()
    .filter((it) => it.id !== "ciKey" && it.issuer === "cloud" && world.credentials.works(it));

const revokedAt = (world: World) =>
  world.credentials
    .history("ciKey")
    .flatMap(({ status, atMs }) => (status === "inactive" ? [(atMs - PUSH_MS) / 1000] : []));

test("at T+0:50 nobody ever uses it", async () => {
  const world = await revokedAfter(0, 3);
  expect(revokedAt(world)).toEqual([50]);
  expect(deeds(world)).toEqual([]);
  expect(userNamed(world, "svc-backup")).toBeUndefined();
  expect(userNamed(world, "ci-sandbox")?.attached).toEqual([]);
  // They came, and it was dead.
  expect(
    world.events
      .filter(({ kind }) => kind.startsWith("attacker."))
      .map(({ kind, data }) => [kind, data["gained"]]),
  ).toEqual([
    ["attacker.found", undefined],
    ["attacker.validate", false],
  ]);
});

test("at T+2:00 it was tried and the buckets were listed, and nothing is left of it", async () => {
  const world = await revokedAfter(70, 3);
  expect(revokedAt(world)).toEqual([120]);
  expect(deeds(world)).toEqual(["T+80 key sts:GetCallerIdentity", "T+110 key s3:ListBuckets"]);
  expect(userNamed(world, "svc-backup")).toBeUndefined();
  expect(world.tables.of(SESSIONS).size).toBe(0);
  expect(userNamed(world, "ci-sandbox")?.attached).toHaveLength(1);
});

test("at T+5:00 a user and a session are there, and go on without it", async () => {
  const [world, before] = [await revokedAfter(250, 3), await revokedAfter(0, 3)];
  expect(revokedAt(world)).toEqual([300]);
  expect(deeds(world)).toEqual([
    "T+80 key sts:GetCallerIdentity",
    "T+110 key s3:ListBuckets",
    "T+185 key iam:ListRoles",
    "T+185 key sts:AssumeRole",
    "T+185 session iam:CreateUser",
    "T+185 session iam:AttachUserPolicy",
    "T+185 session iam:CreateAccessKey",
    "T+600 session sts:GetCallerIdentity",
    "T+600 new key sts:GetCallerIdentity",
  ]);
  const [key] = keysOf(world, "svc-backup");
  expect(userNamed(world, "svc-backup")?.attached).toEqual(["arn:aws:iam::aws:policy/AdministratorAccess"]);
  // What works beyond what worked anyway: the session, and the key of the new user.
  expect(working(world).length - working(before).length).toBe(2);
  expect(working(world).some(({ id }) => id === key?.credential)).toBe(true);
});
