/** What the panel of the store shows to the holder of a token: names and times, no value; and what it takes back. */
import { describe, expect, test } from "vitest";
import { fromBrowser } from "../../../network.ts";
import { LEARNER } from "../../../person.ts";
import { World } from "../../../world.ts";
import { initialise, tokenFor } from "../initialise.ts";
import { MOUNTS, type Engine } from "../model.ts";
import { addMount } from "../mounts.ts";
import { setPolicy } from "../policies.ts";
import type { StoreView } from "./view.ts";

const STORE = "https://bao.lantern-tides.test";
const HIDDEN = ["tide", "at", "noon"].join("-");

async function settled(rules: string | null) {
  const world = World.empty(1, { detect: () => [] });
  const ports = world.ports("services");
  initialise(ports);
  addMount<Engine>(ports, MOUNTS, { path: "kv/", type: "kv", options: { version: "2" } });
  setPolicy(ports, "reader", rules ?? 'path "none" { capabilities = ["deny"] }');
  const disk = world.machines.get(LEARNER.machine);
  disk.mkdir(LEARNER.home, { recursive: true });
  const own = tokenFor(ports, "learner", ["reader"]);
  if (rules !== null) disk.write(`${LEARNER.home}/.vault-token`, `${own}\n`);
  const root = tokenFor(ports, "priya", ["root"]);
  const headers = { "X-Vault-Token": root, "Content-Type": "application/json" };
  for (const path of ["tides/smtp", "website/stats"])
    await world.network.fetch(
      new Request(`${STORE}/v1/kv/data/${path}`, {
        ...{ method: "POST", headers },
        body: JSON.stringify({ data: { password: HIDDEN } }),
      }),
      { address: "203.0.113.33", session: null },
    );
  const ask = (method: string, path: string, body?: object) =>
    world.network.fetch(
      new Request(`${STORE}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) }),
      fromBrowser(LEARNER),
    );
  const view = async () => (await (await ask("GET", "/ui/view")).json()) as StoreView;
  return { world, ports, ask, view };
}

const READER = `path "kv/metadata/*" { capabilities = ["read", "list"] }
path "sys/mounts" { capabilities = ["read"] }
path "sys/policies/acl*" { capabilities = ["read", "list"] }`;

describe("what is shown", () => {
  test("mounts, secrets by path with versions, policies; what is not allowed by its path; no value; no trace", async () => {
    const { world, view } = await settled(READER);
    const before = world.digest();
    const shown = await view();
    expect(shown.own).toMatchObject({ name: "token-learner", policies: ["default", "reader"], own: true });
    expect("seen" in shown.mounts && shown.mounts.seen.find(({ path }) => path === "kv/")).toMatchObject({
      version: "2",
      secrets: {
        seen: [
          { path: "tides/smtp", versions: [{ version: 1, state: "there" }] },
          { path: "website/stats", versions: [{ version: 1, state: "there" }] },
        ],
      },
    });
    expect("seen" in shown.policies && shown.policies.seen.map(({ name }) => name)).toEqual([
      "default",
      "reader",
      "root",
    ]);
    expect(shown.tokens).toMatchObject({ seen: [{ own: true }] });
    expect(shown.methods).toEqual({ denied: "read sys/auth" });
    expect(JSON.stringify(shown)).not.toContain(HIDDEN);
    expect(world.digest()).toBe(before);
  });

  test("only the folders that may be listed", async () => {
    const { view } = await settled(`path "kv/metadata/" { capabilities = ["list"] }
path "kv/metadata/tides/*" { capabilities = ["list"] }`);
    const { mounts } = await view();
    expect(mounts).toMatchObject({
      seen: [{ path: "kv/", secrets: { seen: [{ path: "tides/smtp", versions: null }] } }],
    });
  });

  test("nothing without a token at home", async () => {
    const { view } = await settled(null);
    expect(await view()).toMatchObject({ own: null, mounts: { denied: "" } });
  });
});

test("the token at home is used for what is changed, and its own rules count", async () => {
  const { world, ask, view } = await settled(READER);
  expect((await ask("PUT", "/ui/v1/auth/token/revoke", { token: "x" })).status).toBe(403);
  expect((await ask("PUT", "/ui/v1/auth/token/revoke-self")).status).toBe(204);
  expect((await view()).own).toBeNull();
  expect(world.audit.all().at(-1)).toMatchObject({ actor: "learner", target: "auth/token/revoke-self" });
});
