/** What the console shows to whom, that looking leaves nothing, and that what it changes is in the trail. */
import { describe, expect, test } from "vitest";
import { fromBrowser } from "../../../network.ts";
import { personOf, type Person } from "../../../person.ts";
import { World } from "../../../world.ts";
import { openAccount } from "../account.ts";
import { awsPolicyNamed } from "../iam/awsPolicies.ts";
import { createKey, EFFECT_MS, keysOf } from "../keys.ts";
import { ROLES } from "../model.ts";
import { addUser, attachToUser, changeUser, userNamed } from "../users.ts";
import { CONSOLE_AGENT } from "./host.ts";
import type { ConsoleIdentities, ConsoleTrail, Seen } from "./view.ts";

const CONSOLE = "https://console.amazonaws.test";

function settled(policies: readonly string[]) {
  const world = World.empty(1, { detect: () => [] });
  const ports = world.ports("cloud");
  openAccount(ports);
  addUser(ports, "learner");
  for (const name of policies) attachToUser(ports, "learner", awsPolicyNamed(name) ?? "");
  const bot = addUser(ports, "ci-sandbox");
  changeUser(ports, bot, { inline: { own: '{"Version":"2012-10-17","Statement":[]}' } });
  const { key } = createKey(ports, "ci-sandbox");
  world.tables.of(ROLES).set("cleaner", {
    ...{ name: "cleaner", path: "/", id: "AROA1", arn: "arn:aws:iam::1:role/cleaner", createdAtMs: 0 },
    ...{
      description: "",
      trust: "{}",
      maxSessionS: 3600,
      inline: {},
      attached: [],
      tags: {},
      lastUsedAtMs: null,
    },
  });
  const ask = (login: string, method: string, path: string, body?: object) =>
    world.network.fetch(
      new Request(`${CONSOLE}${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
      fromBrowser(personOf(login) as Person),
    );
  const get = async <T>(path: string) => (await (await ask("learner", "GET", path)).json()) as T;
  return { world, ports, key, ask, get };
}

describe("who sees what", () => {
  test("everything where everything is allowed, and the digest stays", async () => {
    const { world, key, get } = settled(["IAMFullAccess", "AWSCloudTrail_ReadOnlyAccess"]);
    const before = world.digest();
    const { users, roles, me } = await get<ConsoleIdentities>("/identities");
    const shown = "seen" in users ? users.seen : [];
    expect(me).toBe("learner");
    expect(shown.map(({ name }) => name)).toEqual(["ci-sandbox", "learner"]);
    expect(shown[0]?.keys).toMatchObject({
      seen: [
        { id: key.accessKeyId, number: 1, status: "Active", createdWith: null, lastUsed: { seen: null } },
      ],
    });
    expect(shown[0]?.policies.inline).toMatchObject({ seen: [{ name: "own", arn: null }] });
    expect(shown[1]?.policies.attached).toMatchObject({ seen: [{ name: "IAMFullAccess" }, {}] });
    expect("seen" in roles && roles.seen.map(({ name }) => name)).toEqual(["cleaner"]);
    expect(await get("/trail")).toEqual({ seen: { events: [], matching: 0, total: 0 } });
    expect(await get("/buckets")).toEqual({ denied: "s3:ListAllMyBuckets" });
    expect(world.digest()).toBe(before);
  });

  test("the name of the action where it is not allowed", async () => {
    const { get } = settled([]);
    expect(await get("/identities")).toMatchObject({
      users: { denied: "iam:ListUsers" },
      roles: { denied: "iam:ListRoles" },
    });
    expect(await get("/trail")).toEqual({ denied: "cloudtrail:LookupEvents" });
    expect(await get("/services")).toEqual({ denied: "ecs:ListServices" });
  });

  test.each([["magpie"], ["aya"], ["teo"]])("%s is not signed in", async (login) => {
    const { ask } = settled([]);
    expect((await ask(login, "GET", "/identities")).status).toBe(401);
  });
});

describe("what is changed", () => {
  test("a key is turned off by its place, in the learner's name, and works ten seconds more", async () => {
    const { world, ports, key, ask, get } = settled(["IAMFullAccess", "AWSCloudTrail_ReadOnlyAccess"]);
    const at = "/users/ci-sandbox/keys/1";
    const ends = key.accessKeyId.slice(-4);
    expect((await ask("learner", "PUT", at, { status: "Inactive", ends: "none" })).status).toBe(404);
    expect((await ask("learner", "PUT", at, { status: "Inactive", ends })).status).toBe(204);
    expect(keysOf(ports, "ci-sandbox")[0]?.status).toBe("Inactive");
    expect(ports.credentials.get(key.credential)?.status).toBe("active");
    await world.advance(EFFECT_MS);
    expect(ports.credentials.get(key.credential)?.status).toBe("inactive");
    const trail = await get<Seen<ConsoleTrail>>("/trail?event=UpdateAccessKey");
    const events = "seen" in trail ? trail.seen.events : [];
    expect(events).toMatchObject([
      { name: "UpdateAccessKey", who: "learner", kind: "user", outcome: "allowed", address: "203.0.113.20" },
    ]);
    expect(JSON.parse(events[0]?.record ?? "")).toMatchObject({
      userAgent: CONSOLE_AGENT,
      requestParameters: { status: "Inactive", userName: "ci-sandbox" },
    });
  });

  test("a user goes with keys and policies, one event for each step", async () => {
    const { ports, ask, get } = settled(["IAMFullAccess", "AWSCloudTrail_ReadOnlyAccess"]);
    attachToUser(ports, "ci-sandbox", awsPolicyNamed("ReadOnlyAccess") ?? "");
    expect((await ask("learner", "DELETE", "/users/ci-sandbox")).status).toBe(204);
    expect(userNamed(ports, "ci-sandbox")).toBeUndefined();
    const trail = await get<Seen<ConsoleTrail>>("/trail");
    expect("seen" in trail && trail.seen.events.map(({ name }) => name)).toEqual([
      "DeleteUser",
      "DeleteUserPolicy",
      "DetachUserPolicy",
      "DeleteAccessKey",
    ]);
  });

  test("sessions of a role end by a policy that denies what was begun before", async () => {
    const { world, ports, ask } = settled(["IAMFullAccess"]);
    expect((await ask("learner", "POST", "/roles/cleaner/revoke-sessions")).status).toBe(204);
    const document = world.tables.of(ROLES).get("cleaner")?.inline["AWSRevokeOlderSessions"] ?? "";
    expect(JSON.parse(document)).toMatchObject({
      Statement: [
        {
          Effect: "Deny",
          Condition: { DateLessThan: { "aws:TokenIssueTime": new Date(ports.now()).toISOString() } },
        },
      ],
    });
  });

  test("what is not allowed changes nothing and is in the trail as denied", async () => {
    const { world, ports, ask } = settled(["AWSCloudTrail_ReadOnlyAccess"]);
    expect((await ask("learner", "DELETE", "/users/ci-sandbox")).status).toBe(403);
    expect(keysOf(ports, "ci-sandbox")).toHaveLength(1);
    expect(world.audit.all().at(-1)).toMatchObject({ action: "iam:DeleteAccessKey", result: "denied" });
  });

  test.each([
    ["PUT", "/users/nobody/keys/1", 404],
    ["PUT", "/users/ci-sandbox/keys/2", 404],
    ["POST", "/users/ci-sandbox/keys/1", 405],
    ["DELETE", "/groups/x", 404],
    ["DELETE", "/users/ci-sandbox/policies/none", 404],
    ["GET", "/nothing", 404],
  ])("%s %s answers %i", async (method, path, status) => {
    const { ask } = settled(["IAMFullAccess"]);
    expect((await ask("learner", method, path)).status).toBe(status);
  });
});
