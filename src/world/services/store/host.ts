/** Where the secret store is, and whether a world has one. Light: everything else of it is loaded with the first request. */
import { tableName, type Tables } from "../../../base/tables.ts";

export const STORE_HOST = "bao.lantern-tides.test";
export const STORE_ORIGIN = `https://${STORE_HOST}`;
/** The company's sign-in page, to which `bao login -method=oidc` sends the browser. */
export const IDENTITY_HOST = "id.lantern-tides.test";
/** From here the store connects to databases. */
export const STORE_ADDRESS = "203.0.113.60";
/** The disk of the machine that it runs on: its audit logs. */
export const STORE_MACHINE = "bao";

/** The server itself: there is one, or none. */
export interface Server {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly initialisedAtMs: number;
}

export const SERVER = tableName<Server>("store/server");

export function storeExists(tables: Tables): boolean {
  return tables.of(SERVER).size > 0;
}

/** What clients of a company with a store have in their environment. */
export function storeEnvironment(tables: Tables): Readonly<Record<string, string>> {
  return storeExists(tables) ? { BAO_ADDR: STORE_ORIGIN, VAULT_ADDR: STORE_ORIGIN } : {};
}
