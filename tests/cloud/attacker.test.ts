/** What an attacker gains with an access key, with and without quarantine, and what is seen of it. */
import { expect, test } from "vitest";
import { useCloud } from "../../src/world/attackers/useCloud.ts";
import { awsPolicyNamed, QUARANTINE } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { iamArn } from "../../src/world/services/cloud/account.ts";
import { changeKey, createKey, EFFECT_MS, keysOf } from "../../src/world/services/cloud/keys.ts";
import { ROLES } from "../../src/world/services/cloud/model.ts";
import { addUser, attachToUser, changeUser, userNamed } from "../../src/world/services/cloud/users.ts";
import { cloudWorld } from "./setting.ts";

const ADDRESS = "198.51.100.7";

function setting({ policy = "AdministratorAccess", role = false, quarantined = false } = {}) {
  const world = cloudWorld();
  const ports = world.ports("cloud");
  addUser(ports, "ci-sandbox");
  attachToUser(ports, "ci-sandbox", awsPolicyNamed(policy) ?? "");
  if (quarantined) attachToUser(ports, "ci-sandbox", awsPolicyNamed(QUARANTINE) ?? "");
  const { key, credential } = createKey(ports, "ci-sandbox");
  if (role) {
    const root = iamArn(ports, "root");
    const trust = { Effect: "Allow", Principal: { AWS: root }, Action: "sts:AssumeRole" };
    world.tables.of(ROLES).set("sandbox-admin", {
      ...{ name: "sandbox-admin", path: "/", id: "AROASANDBOX", arn: iamArn(ports, "role/sandbox-admin") },
      ...{ createdAtMs: 0, description: "", maxSessionS: 3600, inline: {}, tags: {}, lastUsedAtMs: null },
      trust: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      attached: [awsPolicyNamed("AdministratorAccess") ?? ""],
    });
  }
  return { world, key, attempt: { ports: world.attacker(), credential, address: ADDRESS } };
}

test("with rights it leaves a user with a key of its own", async () => {
  const { world, attempt } = setting();
  expect(await useCloud.validate(attempt)).toMatch(/^it acts as arn:aws:iam::\d{12}:user\/ci-sandbox$/);
  expect(await useCloud.enumerate(attempt)).toContain("users ci-sandbox");
  expect(await useCloud.persist(attempt)).toBe("it created the user svc-backup with a key of its own");
  expect(keysOf(world, "svc-backup")).toHaveLength(1);
  expect(userNamed(world, "svc-backup")?.attached).toEqual([awsPolicyNamed("AdministratorAccess")]);
  const seen = world.audit.all().filter(({ address }) => address === ADDRESS);
  expect(seen.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      "sts:GetCallerIdentity",
      "iam:ListUsers",
      "iam:CreateUser",
      "iam:CreateAccessKey",
    ]),
  );
});

test("in quarantine it leaves nothing, but looks around", async () => {
  const { attempt } = setting({ quarantined: true });
  expect(await useCloud.persist(attempt)).toBe(null);
  expect(await useCloud.enumerate(attempt)).toContain("users ci-sandbox");
});

test("a role that it may become is not in quarantine", async () => {
  const { world, key, attempt } = setting({ quarantined: true, role: true });
  expect(await useCloud.persist(attempt)).toBe(
    "it became the role sandbox-admin, and created the user svc-backup with a key of its own",
  );
  const entries = world.audit.all();
  const assumed = entries.find(({ action }) => action === "sts:AssumeRole");
  expect(assumed?.data["accessKeyId"]).toBe(key.accessKeyId);
  const made = entries.findLast(({ action }) => action === "iam:CreateUser");
  expect(made).toMatchObject({
    identityType: "session",
    actor: "sandbox-admin/svc-backup",
    address: ADDRESS,
  });
});

test("who may only read leaves nothing", async () => {
  const { world, attempt } = setting({ policy: "ReadOnlyAccess", role: true });
  expect(await useCloud.persist(attempt)).toBe(null);
  expect(userNamed(world, "svc-backup")).toBe(undefined);
});

test("a key that is off gains nothing, and the attempt is recorded", async () => {
  const { world, key, attempt } = setting();
  changeKey(world.ports("cloud"), key, "Inactive");
  expect(await useCloud.validate(attempt)).not.toBe(null);
  await world.advance(EFFECT_MS);
  expect(await useCloud.validate(attempt)).toBe(null);
  expect(await useCloud.persist(attempt)).toBe(null);
  const uses = world.credentials.get(key.credential)?.uses ?? [];
  expect(uses.at(-1)).toMatchObject({ result: "denied", address: ADDRESS, actor: "ci-sandbox" });
});

test("a session goes on after its key is off, until its role says otherwise", async () => {
  const { world, key, attempt } = setting({ role: true });
  await useCloud.persist({ ...attempt });
  const ports = world.ports("cloud");
  const user = userNamed(world, "ci-sandbox");
  if (user) changeUser(ports, user, { attached: [awsPolicyNamed(QUARANTINE) ?? "", ...user.attached] });
  world.tables.of({ name: "cloud/users" }).delete("svc-backup");
  for (const left of keysOf(world, "svc-backup"))
    world.tables.of({ name: "cloud/access-keys" }).delete(left.accessKeyId);
  await useCloud.persist(attempt);
  const session = world.credentials
    .all()
    .find(({ grants }) => JSON.stringify(grants).includes("sandbox-admin"));
  changeKey(ports, key, "Inactive");
  await world.advance(EFFECT_MS);
  const later = { ...attempt, credential: session as NonNullable<typeof session> };
  expect(await useCloud.validate(attempt)).toBe(null);
  expect(await useCloud.validate(later)).toMatch(/assumed-role\/sandbox-admin\/svc-backup$/);
  const older = { DateLessThan: { "aws:TokenIssueTime": new Date(world.clock.now()).toISOString() } };
  const deny = { Effect: "Deny", Action: "*", Resource: "*", Condition: older };
  world.tables.of(ROLES).change("sandbox-admin", {
    inline: { AWSRevokeOlderSessions: JSON.stringify({ Version: "2012-10-17", Statement: [deny] }) },
  });
  expect(await useCloud.enumerate(later)).toBe(null);
});
