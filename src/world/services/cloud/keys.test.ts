import { expect, test } from "vitest";
import { World } from "../../world.ts";
import { openAccount } from "./account.ts";
import { principalOf } from "./authenticate.ts";
import { changeKey, createKey, deleteKey, EFFECT_MS, keysOf, lastUse, LAST_USED_DELAY_MS } from "./keys.ts";
import { addUser } from "./users.ts";

function setting() {
  const world = World.empty(3, { detect: () => [] });
  const ports = world.ports("cloud");
  openAccount(ports);
  addUser(ports, "Mina");
  return { world, ports, ...createKey(ports, "Mina") };
}

function works({ ports, credential }: ReturnType<typeof setting>): boolean {
  const now = ports.credentials.get(credential.id);
  return now !== undefined && principalOf(ports, now) !== null;
}

test("turned off, a key works on for ten seconds", async () => {
  const it = setting();
  changeKey(it.ports, it.key, "Inactive");
  expect(keysOf(it.ports, "mina")[0]?.status).toBe("Inactive");
  await it.world.advance(EFFECT_MS - 1);
  expect(works(it)).toBe(true);
  await it.world.advance(1);
  expect(works(it)).toBe(false);
  expect(it.ports.credentials.get(it.credential.id)?.status).toBe("inactive");
});

test("turned on again in the meantime, it never stops", async () => {
  const it = setting();
  changeKey(it.ports, it.key, "Inactive");
  await it.world.advance(5_000);
  changeKey(it.ports, it.key, "Active");
  for (let i = 0; i < 20; i++) {
    await it.world.advance(1_000);
    expect(works(it)).toBe(true);
  }
});

test("deleted, it is gone at once and stays so", async () => {
  const it = setting();
  changeKey(it.ports, it.key, "Inactive");
  changeKey(it.ports, it.key, "Active");
  deleteKey(it.ports, it.key);
  expect(works(it)).toBe(false);
  await it.world.advance(60_000);
  expect(works(it)).toBe(false);
  expect(it.ports.credentials.history(it.credential.id).map(({ status }) => status)).toEqual(["deleted"]);
});

test("the last use is shown some time later, also of a key that was refused", async () => {
  const it = setting();
  const use = { actor: "mina", address: "203.0.113.31", result: "allowed" } as const;
  expect(lastUse(it.ports, it.key)).toBe(null);
  const first = it.ports.now();
  it.ports.credentials.used(it.credential.id, { ...use, action: "s3:GetObject" });
  await it.world.advance(LAST_USED_DELAY_MS - 1);
  expect(lastUse(it.ports, it.key)).toBe(null);
  it.ports.credentials.used(it.credential.id, { ...use, action: "iam:ListUsers", result: "denied" });
  await it.world.advance(1);
  expect(lastUse(it.ports, it.key)).toEqual({ atMs: first, service: "s3" });
  await it.world.advance(LAST_USED_DELAY_MS);
  expect(lastUse(it.ports, it.key)).toMatchObject({ service: "iam" });
  expect(LAST_USED_DELAY_MS).toBeLessThanOrEqual(5 * 60_000);
});

test("the same seed gives the same keys, another one others", () => {
  const [one, same] = [setting(), setting()];
  expect(same.credential).toEqual(one.credential);
  expect(one.key.accessKeyId).toMatch(/^AKIA[A-Z2-7]{15}[0189]$/);
});
