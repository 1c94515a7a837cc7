/** How credentials end and begin again, each by the rules of who issued it; and what happens when one is presented. */
import type { Use } from "../../src/world/attackers/use.ts";
import { useCloud } from "../../src/world/attackers/useCloud.ts";
import { useDatabase } from "../../src/world/attackers/useDatabase.ts";
import { useDeploy } from "../../src/world/attackers/useDeploy.ts";
import { useForge } from "../../src/world/attackers/useForge.ts";
import { useRegistry } from "../../src/world/attackers/useRegistry.ts";
import { useStore } from "../../src/world/attackers/useStore.ts";
import type { Credential, Issuer } from "../../src/world/credential.ts";
import { changeKey, deleteKey } from "../../src/world/services/cloud/keys.ts";
import { ACCESS_KEYS } from "../../src/world/services/cloud/model.ts";
import { grantsOf } from "../../src/world/services/database/model.ts";
import { setPassword } from "../../src/world/services/database/roles.ts";
import type { World } from "../../src/world/world.ts";

const USES: Readonly<Record<Issuer, Use | null>> = {
  forge: useForge,
  registry: useRegistry,
  database: useDatabase,
  deploy: useDeploy,
  cloud: useCloud,
  store: useStore,
  none: null,
};

/** Tries one as somebody honest would, from an address that no attacker has; null where it is refused. */
export async function present(world: World, id: string): Promise<string | null> {
  const credential = world.credentials.get(id);
  const use = credential && USES[credential.issuer];
  if (!use) return null;
  return use.validate({ ports: world.attacker(), credential, address: "203.0.113.20" });
}

/** For good; off for a while, where the issuer knows such a thing; on again. */
export type EndWay = "ends" | "off" | "on";

export const END: Readonly<Record<EndWay, (world: World, id: string) => Promise<void>>> = {
  ends: async (world, id) => {
    const credential = world.credentials.get(id);
    if (credential) await ENDS[credential.issuer](world, credential);
  },
  off: async (world, id) => turn(world, id, "Inactive"),
  on: async (world, id) => turn(world, id, "Active"),
};

function turn(world: World, id: string, status: "Active" | "Inactive"): void {
  const key = keyOf(world, id);
  if (key) changeKey(world.ports("test"), key, status);
}

function keyOf(world: World, id: string) {
  return world.tables.of(ACCESS_KEYS).find(({ credential }) => credential === id);
}

const ENDS: Readonly<Record<Issuer, (world: World, credential: Credential) => Promise<void>>> = {
  forge: (world, { value }) =>
    send(world, "POST", "https://api.forge.test/credentials/revoke", {}, { credentials: [value] }),
  registry: (world, { value }) =>
    send(world, "DELETE", `https://registry.npm.test/-/npm/v1/tokens/token/${value}`, {
      Authorization: `Bearer ${value}`,
    }),
  deploy: (world, { id }) => send(world, "DELETE", `https://deploy.lantern-tides.test/-/tokens/${id}`, {}),
  database: async (world, credential) => {
    const grants = grantsOf(credential);
    if (!grants) return;
    const password = `another-${world.tables.next("test/password")}`;
    setPassword(world.ports("test"), { host: grants.host, name: grants.role }, grants.database, password);
  },
  cloud: async (world, { id }) => {
    const key = keyOf(world, id);
    if (key) deleteKey(world.ports("test"), key);
  },
  store: (world, { value }) =>
    send(world, "POST", "https://bao.lantern-tides.test/v1/auth/token/revoke-self", {
      "X-Vault-Token": value,
    }),
  none: async () => undefined,
};

/** As Mina at her browser. */
async function send(
  world: World,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<void> {
  const init = body ? { body: JSON.stringify(body) } : {};
  const request = new Request(url, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    ...init,
  });
  const response = await world.network.fetch(request, { address: "203.0.113.31", session: "mina" });
  await response.text();
}
