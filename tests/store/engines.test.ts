/** What engines and methods do over time: leases, roles of a real database, rotation, and what ends with what. */
import { describe, expect, test } from "vitest";
import { wouldConnect } from "../../src/world/services/database/database.ts";
import { findRole, rolesOf } from "../../src/world/services/database/roles.ts";
import { sh } from "../services/bench.ts";
import { CREATION, HOST, setting, withDatabase, type Store } from "./bench.ts";

const MINUTE = 60_000;

interface Leased {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

async function lease({ call, root }: Store, token = root): Promise<Leased> {
  const { status, body } = await call("GET", "database/creds/dev", undefined, token);
  expect(status).toBe(200);
  const { username, password } = body.data as { username: string; password: string };
  return { id: body.lease_id, username, password };
}

function works({ world }: Store, { username, password }: Leased): boolean {
  return wouldConnect(world.ports("test"), { host: HOST, role: username, password, database: "tides" });
}

const roles = ({ world }: Store) => rolesOf(world.ports("test"), HOST).map(({ name }) => name);

describe("a leased login", () => {
  test("works until its time is over; then its role is gone", async () => {
    const store = setting();
    await withDatabase(store);
    const leased = await lease(store);
    await store.world.advance(59 * MINUTE);
    expect(works(store, leased)).toBe(true);
    await store.world.advance(MINUTE);
    expect(works(store, leased)).toBe(false);
    expect(roles(store)).toEqual(["store_admin"]);
    const credential = store.world.credentials.all().find(({ value }) => value === leased.password);
    expect([credential?.status, credential?.owner, credential?.issuer]).toEqual([
      "expired",
      "priya",
      "database",
    ]);
  });

  test("is renewed up to its maximum, and no further", async () => {
    const store = setting();
    await withDatabase(store, { default_ttl: "1h", max_ttl: "2h" });
    const leased = await lease(store);
    const renew = async () =>
      (await store.call("PUT", "sys/leases/renew", { lease_id: leased.id, increment: "1h" })).body
        .lease_duration;
    await store.world.advance(30 * MINUTE);
    expect(await renew()).toBe(3600);
    await store.world.advance(50 * MINUTE);
    expect(await renew()).toBe(2400);
    await store.world.advance(39 * MINUTE);
    expect(works(store, leased)).toBe(true);
    await store.world.advance(MINUTE);
    expect(works(store, leased)).toBe(false);
    expect((await store.call("PUT", "sys/leases/renew", { lease_id: leased.id })).status).toBe(400);
  });

  test("ends with the token that asked for it, and with that token's parent", async () => {
    const store = setting();
    await withDatabase(store);
    const create = async (token: string) =>
      (await store.call("POST", "auth/token/create", { policies: ["root"], ttl: "10h" }, token)).body.auth;
    const parent = await create(store.root);
    const child = await create(parent.client_token);
    const [ofParent, ofChild, ofRoot] = [
      await lease(store, parent.client_token),
      await lease(store, child.client_token),
      await lease(store),
    ];
    await store.call("POST", "auth/token/revoke", { token: parent.client_token });
    expect([ofParent, ofChild, ofRoot].map((it) => works(store, it))).toEqual([false, false, true]);
  });

  test("is taken back by prefix, and nothing else is", async () => {
    const store = setting();
    await withDatabase(store);
    await store.call("POST", "database/roles/developers", {
      db_name: "tides",
      creation_statements: [CREATION],
    });
    const dev = await lease(store);
    const { body } = await store.call("GET", "database/creds/developers");
    const other = body.data as unknown as Leased;
    await store.call("PUT", "sys/leases/revoke-prefix/database/creds/dev", {});
    expect([works(store, dev), works(store, other)]).toEqual([false, true]);
  });

  test("that cannot be removed stays, is tried again, and can be forgotten by force", async () => {
    const store = setting();
    await withDatabase(store);
    const leased = await lease(store);
    store.world.credentials.change("admin", { status: "revoked" });
    const refused = await store.call("PUT", "sys/leases/revoke", { lease_id: leased.id });
    expect([refused.status, refused.body.errors?.[0]]).toEqual([
      400,
      expect.stringContaining("password authentication failed"),
    ]);
    expect(works(store, leased)).toBe(true);
    expect((await store.call("PUT", "sys/leases/revoke-force/database/creds/dev", {})).status).toBe(204);
    expect((await store.call("PUT", "sys/leases/lookup", { lease_id: leased.id })).status).toBe(400);
    // The role is still there: that is what force costs. Its password ends at the time that was given to it.
    expect(findRole(store.world.ports("test"), HOST, leased.username)).toBeDefined();
    expect(works(store, leased)).toBe(true);
    await store.world.advance(60 * MINUTE);
    expect(works(store, leased)).toBe(false);
  });

  test("needs statements that make a role with a password, and an allowed role", async () => {
    const store = setting();
    await withDatabase(store, { creation_statements: ["SELECT 1"] });
    const { status, body } = await store.call("GET", "database/creds/dev");
    expect([status, body.errors?.[0]]).toEqual([
      500,
      expect.stringMatching(/made no role "v-root-dev-\w+-\d+" with a password/),
    ]);
    await store.call("POST", "database/roles/dev", { creation_statements: [] });
    expect((await store.call("GET", "database/creds/dev")).body.errors).toEqual([
      "1 error occurred:\n\t* empty creation statements\n\n",
    ]);
    await store.call("POST", "database/roles/dev", {
      creation_statements: [`CREATE ROLE "{{name}}" SUPERUSER PASSWORD '{{password}}'`],
    });
    expect((await store.call("GET", "database/creds/dev")).body.errors?.[0]).toContain(
      "permission denied to create role (SQLSTATE 42501)",
    );
  });

  test("of an analyst may read and not delete", async () => {
    const store = setting();
    await withDatabase(store, {
      creation_statements: [CREATION, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{{name}}";`],
    });
    const psql = (role: string, password: string, text: string) =>
      sh(store.world, `psql -qAt 'postgres://${role}:${password}@${HOST}/tides' -c "${text}"`);
    await psql(
      "store_admin",
      store.admin.value,
      "create table stations (name text); insert into stations values ('Vik')",
    );
    const { username, password } = await lease(store);
    expect((await psql(username, password, "select * from stations")).stdout).toBe("Vik\n");
    expect((await psql(username, password, "delete from stations")).stderr).toBe(
      "ERROR:  permission denied for table stations\n",
    );
  });
});

describe("the management user", () => {
  test("after rotate-root nobody knows its password, and leases go on", async () => {
    const store = setting();
    await withDatabase(store);
    expect((await store.call("POST", "database/rotate-root/tides", {})).status).toBe(204);
    expect(store.world.credentials.get("admin")?.status).toBe("revoked");
    expect(works(store, await lease(store))).toBe(true);
    const { body } = await store.call("GET", "database/config/tides");
    const now = store.world.credentials
      .all()
      .findLast(({ issuer, status }) => issuer === "database" && status === "active");
    expect(now).toBeDefined();
    expect(JSON.stringify(body)).not.toContain(store.admin.value);
    expect(JSON.stringify(body.data["connection_details"])).toContain("{{password}}");
  });

  test("every connection of the store is a use of its credential, from the store's address", async () => {
    const store = setting();
    await withDatabase(store);
    await lease(store);
    const uses = store.world.credentials.get("admin")?.uses ?? [];
    expect(new Set(uses.map(({ address, actor, result }) => `${actor} ${address} ${result}`))).toEqual(
      new Set(["store_admin 203.0.113.60 allowed"]),
    );
  });
});

test("a static role gets a new password again and again", async () => {
  const store = setting();
  await withDatabase(store);
  await lease(store);
  const username = "store_admin_reader";
  const { credentials } = store.world;
  credentials.add({
    ...store.admin,
    id: "reader",
    value: "r".repeat(20),
    parts: ["r".repeat(20)],
    grants: { host: HOST, role: username, database: "tides" },
  });
  const write = (fields: object) =>
    store.call("POST", "database/static-roles/reader", {
      db_name: "tides",
      username,
      rotation_period: "1h",
      ...fields,
    });
  expect((await write({ rotation_period: "1s" })).body.errors).toEqual([
    "rotation_period must be 5 seconds or more",
  ]);
  expect((await write({})).status).toBe(204);
  expect(credentials.get("reader")?.status).toBe("revoked");
  const read = async () =>
    (await store.call("GET", "database/static-creds/reader")).body.data as { password: string; ttl: number };
  const first = await read();
  expect(works(store, { id: "", username, password: first.password })).toBe(true);
  await store.world.advance(20 * MINUTE);
  expect((await read()).ttl).toBe(2400);
  await store.call("POST", "database/rotate-role/reader", {});
  const second = await read();
  expect([second.password === first.password, second.ttl]).toEqual([false, 3600]);
  // The period that began first was cut short: its end changes nothing.
  await store.world.advance(45 * MINUTE);
  expect((await read()).password).toBe(second.password);
  await store.world.advance(15 * MINUTE);
  expect((await read()).password).not.toBe(second.password);
  expect(works(store, { id: "", username, password: second.password })).toBe(false);
});

describe("what is disabled takes everything with it", () => {
  test("an engine its leases and secrets", async () => {
    const store = setting();
    await withDatabase(store);
    const leased = await lease(store);
    expect((await store.call("DELETE", "sys/mounts/database")).status).toBe(204);
    expect(works(store, leased)).toBe(false);
    await store.call("POST", "sys/mounts/secret", { type: "kv-v2" });
    await store.call("POST", "secret/data/a", { data: { x: 1 } });
    await store.call("DELETE", "sys/mounts/secret");
    await store.call("POST", "sys/mounts/secret", { type: "kv-v2" });
    expect((await store.call("GET", "secret/data/a")).status).toBe(404);
  });

  test("a cubbyhole is its token's alone", async () => {
    const store = setting();
    await store.call("POST", "cubbyhole/a", { x: "1" });
    const { body } = await store.call("POST", "auth/token/create", { policies: ["default"] });
    expect((await store.call("GET", "cubbyhole/a", undefined, body.auth.client_token)).status).toBe(404);
    expect((await store.call("GET", "cubbyhole/a")).body.data).toEqual({ x: "1" });
  });
});

test("versions are hidden after the time that the secret says", async () => {
  const store = setting();
  await store.call("POST", "sys/mounts/secret", { type: "kv-v2" });
  await store.call("POST", "secret/metadata/a", { delete_version_after: "10m", max_versions: 2 });
  for (const x of [1, 2, 3]) await store.call("POST", "secret/data/a", { data: { x } });
  expect((await store.call("GET", "secret/data/a?version=1")).status).toBe(404);
  expect((await store.call("GET", "secret/data/a")).status).toBe(200);
  await store.world.advance(10 * MINUTE);
  expect((await store.call("GET", "secret/data/a")).status).toBe(404);
});

describe("hostile requests", () => {
  test.each([
    ["GET", "secret%2f..%2fsys/mounts", undefined, 400],
    ["GET", "", undefined, 404],
    ["POST", "sys/policies/acl/__proto__", { policy: 'path "a" { capabilities = ["read"] }' }, 204],
    [
      "POST",
      "auth/token/create",
      { policies: ["default"], meta: { __proto__x: "a", constructor: "b" } },
      200,
    ],
    ["POST", "auth/token/create", { ttl: "-1h" }, 400],
    ["POST", "auth/token/create", { ttl: "9".repeat(40) }, 400],
    ["POST", "secret/data/__proto__", { data: { constructor: "x" } }, 200],
    ["POST", "secret/data/a", { data: "text" }, 400],
    ["POST", "secret/delete/a", { versions: ["x"] }, 400],
    ["GET", "secret/data/a?version=-1", undefined, 404],
    ["BREW", "secret/data/a", undefined, 405],
  ] as const)("%s %s", async (method, path, body, status) => {
    const store = setting();
    await store.call("POST", "sys/mounts/secret", { type: "kv-v2" });
    expect((await store.call(method, path, body as object | undefined)).status).toBe(status);
  });
});
