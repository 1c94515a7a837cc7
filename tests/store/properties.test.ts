/** Whatever is done in whatever order: what was revoked, or whose time is over, never works again. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { wouldConnect } from "../../src/world/services/database/database.ts";
import { TOKENS } from "../../src/world/services/store/model.ts";
import { HOST, setting, withDatabase, type Store } from "./bench.ts";

interface Known {
  readonly value: string;
  readonly accessor: string;
  readonly parent: number;
  readonly orphan: boolean;
}

interface Leased {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly holder: number;
}

/** What must never work again, kept beside the store and not by it. */
class Model {
  readonly tokens: Known[];
  readonly leases: Leased[] = [];
  readonly deadTokens = new Set<number>();
  readonly deadLeases = new Set<number>();

  constructor(root: string) {
    this.tokens = [{ value: root, accessor: "", parent: -1, orphan: true }];
  }

  kill(i: number): void {
    this.deadTokens.add(i);
    for (const [j, { holder }] of this.leases.entries()) if (holder === i) this.deadLeases.add(j);
    for (const [j, { parent, orphan }] of this.tokens.entries())
      if (parent === i && !orphan && !this.deadTokens.has(j)) this.kill(j);
  }
}

type Step = { readonly op: (typeof OPERATIONS)[number]; readonly a: number; readonly b: number };
const OPERATIONS = [
  "create",
  "orphan",
  "lease",
  "revoke",
  "accessor",
  "self",
  "revoke-lease",
  "prefix",
  "renew",
  "renew-lease",
  "wait",
  "role",
  "rotate",
  "external",
] as const;
// Making and revoking come often, and few numbers, so that the operations meet each other.
const operation = fc.oneof(
  { arbitrary: fc.constantFrom<Step["op"]>("create", "revoke", "lease"), weight: 2 },
  { arbitrary: fc.constantFrom(...OPERATIONS), weight: 1 },
);
const step: fc.Arbitrary<Step> = fc.record({ op: operation, a: fc.nat(11), b: fc.nat(2000) });
const walk = fc.array(step, { minLength: 15, maxLength: 40, size: "max" });

async function play(store: Store, model: Model, { op, a, b }: Step): Promise<void> {
  const { call, world, root } = store;
  const i = a % model.tokens.length;
  const token = model.tokens[i] as Known;
  const j = model.leases.length === 0 ? -1 : a % model.leases.length;
  const lease = model.leases[j];
  if (op === "create" || op === "orphan") {
    const path = op === "orphan" ? "auth/token/create-orphan" : "auth/token/create";
    const { status, body } = await call("POST", path, { policies: ["root"], ttl: `${60 + b}s` }, token.value);
    if (status !== 200) return;
    const { client_token: value, accessor } = body.auth;
    model.tokens.push({ value, accessor, parent: i, orphan: op === "orphan" });
  }
  if (op === "lease") {
    const { status, body } = await call("GET", "database/creds/dev", undefined, token.value);
    if (status !== 200) return;
    const { username, password } = body.data as { username: string; password: string };
    model.leases.push({ id: body.lease_id, username, password, holder: i });
  }
  // The root of the setting stays: without it nobody could ask.
  if (
    op === "revoke" &&
    i > 0 &&
    (await call("POST", "auth/token/revoke", { token: token.value })).status === 204
  )
    model.kill(i);
  if (
    op === "accessor" &&
    i > 0 &&
    (await call("POST", "auth/token/revoke-accessor", { accessor: token.accessor })).status === 204
  )
    model.kill(i);
  if (
    op === "self" &&
    i > 0 &&
    (await call("POST", "auth/token/revoke-self", {}, token.value)).status === 204
  )
    model.kill(i);
  if (op === "external" && i > 0) {
    const credential = world.credentials.find("store", token.value);
    if (credential) world.credentials.change(credential.id, { status: "revoked" });
    model.deadTokens.add(i);
  }
  if (
    op === "revoke-lease" &&
    lease &&
    (await call("PUT", "sys/leases/revoke", { lease_id: lease.id })).status === 204
  )
    model.deadLeases.add(j);
  if (
    op === "prefix" &&
    b % 4 === 0 &&
    (await call("PUT", "sys/leases/revoke-prefix/database/creds/dev", {})).status === 204
  )
    for (const k of model.leases.keys()) model.deadLeases.add(k);
  if (op === "renew") await call("POST", "auth/token/renew", { token: token.value, increment: `${b}s` });
  if (op === "renew-lease" && lease)
    await call("PUT", "sys/leases/renew", { lease_id: lease.id, increment: b });
  if (op === "wait") await world.advance(b * 1000);
  if (op === "role") await call("POST", "database/roles/dev", { default_ttl: `${60 + b}s` });
  if (op === "rotate") await call("POST", "database/rotate-root/tides", {}, root);
}

async function check(store: Store, model: Model): Promise<void> {
  const { world, call } = store;
  for (const i of model.deadTokens) {
    const { value } = model.tokens[i] as Known;
    expect((await call("GET", "auth/token/lookup-self", undefined, value)).status).toBe(403);
  }
  for (const j of model.deadLeases) {
    const { id, username, password } = model.leases[j] as Leased;
    expect(
      wouldConnect(world.ports("test"), { host: HOST, role: username, password, database: "tides" }),
    ).toBe(false);
    expect((await call("PUT", "sys/leases/renew", { lease_id: id })).status).toBe(400);
  }
  // Whoever is known to the store has a credential that has not ended, and so have their parents.
  for (const { credential, parent } of world.tables.of(TOKENS).all()) {
    const status = world.credentials.get(credential)?.status;
    if (status === "expired") throw new Error("an expired token is still known");
    if (parent !== null && !world.tables.of(TOKENS).has(parent))
      throw new Error("a token outlived its parent");
  }
}

test("a revoked token or lease never works again", async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (steps) => {
      const store = setting();
      await withDatabase(store, { max_ttl: "1h", default_ttl: "10m" });
      const model = new Model(store.root);
      for (const it of steps) await play(store, model, it);
      await check(store, model);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("everything ends by itself: after the longest time nothing but root works", async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (steps) => {
      const store = setting();
      await withDatabase(store, { max_ttl: "1h", default_ttl: "10m" });
      const model = new Model(store.root);
      for (const it of steps) await play(store, model, it);
      await store.world.advance(800 * 3600 * 1000);
      for (let i = 1; i < model.tokens.length; i++) model.deadTokens.add(i);
      for (const j of model.leases.keys()) model.deadLeases.add(j);
      await check(store, model);
      expect(store.world.tables.of(TOKENS).size).toBe(1);
    }),
    { numRuns: 25 },
  );
}, 60_000);
