/** A store as it stands after `bao operator init` and unsealing: no engines, no policies of its own, tokens of the lab. */
import type { ServicePorts } from "../../service.ts";
import { SERVER, STORE_MACHINE } from "./host.ts";
import { AUTHS, MOUNTS, SYSTEM_TTL_MS, type Engine, type Method } from "./model.ts";
import { addMount } from "./mounts.ts";
import { policyNames, setPolicy } from "./policies.ts";
import { DEFAULT_POLICY } from "./policy/builtIn.ts";
import { adopt, makeToken } from "./tokens.ts";
import { uuid } from "./fields.ts";

export function initialise(ports: ServicePorts): void {
  const clusterId = uuid(ports);
  const clusterName = `vault-cluster-${ports.random(8, "0123456789abcdef")}`;
  ports.tables.of(SERVER).set("server", { clusterId, clusterName, initialisedAtMs: ports.now() });
  addMount<Method>(ports, AUTHS, { path: "token/", type: "token", description: "token based credentials" });
  const engines: readonly (readonly [path: string, type: Engine, description: string])[] = [
    ["cubbyhole/", "cubbyhole", "per-token private secret storage"],
    ["identity/", "identity", "identity store"],
    ["sys/", "system", "system endpoints used for control, policy and debugging"],
  ];
  for (const [path, type, description] of engines)
    addMount<Engine>(ports, MOUNTS, { path, type, description, local: type === "cubbyhole" });
  setPolicy(ports, "default", DEFAULT_POLICY);
  makeMachine(ports);
  adoptPlanted(ports);
}

/** The disk on which audit devices write. */
function makeMachine({ machines }: ServicePorts): void {
  const disk = machines.has(STORE_MACHINE) ? machines.get(STORE_MACHINE) : machines.add(STORE_MACHINE);
  disk.mkdir("/var/log/openbao", { recursive: true });
  disk.chown("/var/log/openbao", "openbao");
}

/** Tokens that the lab planted are tokens of this store. */
function adoptPlanted(ports: ServicePorts): void {
  const tokens = ports.credentials
    .all()
    .filter((it) => it.issuer === "store" && /^(?:openbaoToken|hvs)$/.test(it.kind));
  for (const credential of tokens) {
    const told = (credential.grants ?? {}) as { readonly policies?: readonly string[] };
    const { expiresAtMs, owner } = credential;
    const policies = policyNames(told.policies ?? [], true);
    const ttlMs = expiresAtMs === null ? 0 : expiresAtMs - ports.now();
    adopt(ports, credential, {
      policies,
      displayName: policies[0] === "root" ? "root" : `token-${owner}`,
      path: policies[0] === "root" ? "auth/token/root" : "auth/token/create",
      owner,
      ttlMs,
    });
  }
}

/** A token for somebody who works with the store; of `root` it never ends. */
export function tokenFor(ports: ServicePorts, login: string, named: readonly string[]): string {
  const policies = policyNames(named, true);
  const root = policies[0] === "root";
  const displayName = root ? "root" : `token-${login}`;
  const path = root ? "auth/token/root" : "auth/token/create";
  const ttlMs = root ? 0 : SYSTEM_TTL_MS;
  return makeToken(ports, { policies, displayName, path, owner: login, ttlMs }).credential.value;
}
