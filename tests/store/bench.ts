/** A world with a store and a database for tests: root's token, and requests as clients send them. */
import type { Json } from "../../src/base/json.ts";
import type { Credential } from "../../src/world/credential.ts";
import { initialise, tokenFor } from "../../src/world/services/store/initialise.ts";
import { STORE_ORIGIN } from "../../src/world/services/store/host.ts";
import type { World } from "../../src/world/world.ts";
import { emptyWorld, plant } from "../services/bench.ts";

export const HOST = "db.dev.lantern-tides.test";
export const ADDRESS = "203.0.113.33";

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly data: Readonly<Record<string, Json>>;
    readonly auth: {
      readonly client_token: string;
      readonly accessor: string;
      readonly policies: readonly string[];
    } & Readonly<Record<string, Json>>;
    readonly errors?: readonly string[];
    readonly lease_id: string;
    readonly lease_duration: number;
  } & Readonly<Record<string, Json>>;
}

export interface Store {
  readonly world: World;
  readonly root: string;
  /** Management user of the dev database. */
  readonly admin: Credential;
  call(method: string, path: string, body?: object, token?: string): Promise<Answer>;
}

export function setting(): Store {
  const world = emptyWorld();
  const admin = plant(world, {
    id: "admin",
    issuer: "database",
    owner: "priya",
    grants: { host: HOST, role: "store_admin", database: "tides", createRole: true },
  });
  const ports = world.ports("services");
  initialise(ports);
  const root = tokenFor(ports, "priya", ["root"]);
  return {
    world,
    root,
    admin,
    call: (method, path, body, token = root) => call(world, method, path, body, token),
  };
}

export async function call(
  world: World,
  method: string,
  path: string,
  body: object | undefined,
  token: string,
): Promise<Answer> {
  const request = new Request(`${STORE_ORIGIN}/v1/${path}`, {
    method,
    headers: token === "" ? {} : { "X-Vault-Token": token },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await world.network.fetch(request, { address: ADDRESS, session: null });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Answer["body"] };
}

export const CREATION = `CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`;

/** The database engine with one role, `dev`. */
export async function withDatabase({ call, admin }: Store, role: object = {}): Promise<void> {
  await call("POST", "sys/mounts/database", { type: "database" });
  await call("POST", "database/config/tides", {
    plugin_name: "postgresql-database-plugin",
    connection_url: `postgresql://{{username}}:{{password}}@${HOST}:5432/tides`,
    allowed_roles: "*",
    username: "store_admin",
    password: admin.value,
  });
  await call("POST", "database/roles/dev", {
    db_name: "tides",
    creation_statements: [CREATION],
    default_ttl: "1h",
    max_ttl: "24h",
    ...role,
  });
}
