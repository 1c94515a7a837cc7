/** Calls of the real client `node-vault`, in their order: what each gives, or with which status and body it fails. */
import { CREATION, HOST } from "./bench.ts";

export interface Call {
  /** Whose token: a name that an earlier call kept, or "root"; "" for none. */
  readonly as?: string;
  /** A function of the client. */
  readonly call: string;
  /** `<name>` in a text is what was kept under that name. */
  readonly args?: readonly unknown[];
  /** Part of the body; null for an answer without one. */
  readonly gives?: object | null;
  /** Status, and the errors of the body. */
  readonly fails?: readonly [status: number, ...errors: string[]];
  /** What to keep, by a path in the body. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Virtual time that passes before. */
  readonly after?: number;
}

const DENIED = "1 error occurred:\n\t* permission denied\n\n";
const INVALID = "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n";
const URL = `postgresql://{{username}}:{{password}}@${HOST}:5432/tides`;

export const CALLS: readonly Call[] = [
  // The server
  { as: "", call: "health", gives: { initialized: true, sealed: false, standby: false } },
  { as: "", call: "status", gives: { sealed: false, t: 3, n: 5, type: "shamir" } },
  { as: "", call: "initialized", gives: { initialized: true } },
  { as: "", call: "mounts", fails: [403, "permission denied"] },
  { as: "nobody", call: "mounts", fails: [403, INVALID] },
  { call: "help", args: ["sys/x"], fails: [404, "1 error occurred:\n\t* unsupported path\n\n"] },

  // Engines
  {
    call: "mounts",
    gives: { "sys/": { type: "system" }, data: { "cubbyhole/": { type: "cubbyhole", local: true } } },
  },
  { call: "mount", args: [{ mount_point: "secret", type: "kv", options: { version: "2" } }], gives: null },
  {
    call: "mount",
    args: [{ mount_point: "secret", type: "kv" }],
    fails: [400, "path is already in use at secret/"],
  },
  {
    call: "mount",
    args: [{ mount_point: "x", type: "aws" }],
    fails: [400, "plugin not found in the catalog: aws (not simulated in LeakLab)"],
  },
  { call: "write", args: ["sys/mounts/old", { type: "kv" }], gives: null },
  {
    call: "read",
    args: ["nowhere/x"],
    fails: [404, 'no handler for route "nowhere/x". route entry not found.'],
  },

  // Secrets with versions
  {
    call: "write",
    args: ["secret/data/dev/db", { data: { user: "tides", password: "one" } }],
    gives: { data: { version: 1, destroyed: false, deletion_time: "", custom_metadata: null } },
  },
  {
    call: "write",
    args: ["secret/data/dev/db", { data: { user: "x" }, options: { cas: 0 } }],
    fails: [400, "check-and-set parameter did not match the current version"],
  },
  {
    call: "write",
    args: ["secret/data/dev/db", { data: { user: "tides", password: "two" }, options: { cas: 1 } }],
    gives: { data: { version: 2 } },
  },
  {
    call: "read",
    args: ["secret/data/dev/db"],
    gives: {
      lease_id: "",
      renewable: false,
      auth: null,
      data: { data: { user: "tides", password: "two" }, metadata: { version: 2 } },
    },
  },
  {
    call: "read",
    args: ["secret/data/dev/db?version=1"],
    gives: { data: { data: { password: "one" }, metadata: { version: 1 } } },
  },
  {
    call: "update",
    args: ["secret/data/dev/db", { data: { user: null, port: 5432 } }],
    gives: { data: { version: 3 } },
  },
  { call: "read", args: ["secret/data/dev/db"], gives: { data: { data: { password: "two", port: 5432 } } } },
  { call: "list", args: ["secret/metadata"], gives: { data: { keys: ["dev/"] } } },
  { call: "list", args: ["secret/metadata/nothing"], fails: [404] },
  { call: "read", args: ["secret/data/none"], fails: [404] },
  { call: "write", args: ["secret/data/x", { user: "tides" }], fails: [400, "no data provided"] },
  { call: "write", args: ["secret/delete/dev/db", { versions: [3] }], gives: null },
  { call: "read", args: ["secret/data/dev/db"], fails: [404] },
  { call: "write", args: ["secret/undelete/dev/db", { versions: [3] }], gives: null },
  { call: "write", args: ["secret/destroy/dev/db", { versions: [1] }], gives: null },
  { call: "read", args: ["secret/data/dev/db?version=1"], fails: [404] },
  {
    call: "write",
    args: ["secret/metadata/dev/db", { custom_metadata: { owner: "priya" }, cas_required: true }],
    gives: null,
  },
  {
    call: "read",
    args: ["secret/metadata/dev/db"],
    gives: {
      data: {
        current_version: 3,
        cas_required: true,
        custom_metadata: { owner: "priya" },
        versions: { 1: { destroyed: true }, 3: { destroyed: false } },
      },
    },
  },
  {
    call: "write",
    args: ["secret/data/dev/db", { data: { a: "b" } }],
    fails: [400, "check-and-set parameter required for this call"],
  },
  { call: "delete", args: ["secret/data/dev/db"], gives: null },
  { call: "delete", args: ["secret/metadata/dev/db"], gives: null },
  { call: "read", args: ["secret/metadata/dev/db"], fails: [404] },

  // Secrets without
  { call: "write", args: ["old/a", { x: "1" }], gives: null },
  { call: "read", args: ["old/a"], gives: { data: { x: "1" }, lease_duration: 2_764_800 } },
  { call: "list", args: ["old"], gives: { data: { keys: ["a"] } } },
  { call: "unmount", args: [{ mount_point: "old" }], gives: null },

  // Policies
  {
    call: "addPolicy",
    args: [{ name: "dev", rules: 'path "secret/data/dev/*" { capabilities = ["read"] }' }],
    gives: null,
  },
  {
    call: "addPolicy",
    args: [{ name: "bad", rules: 'path "x" { capabilities = ["fly"] }' }],
    fails: [400, 'failed to parse policy: path "x": invalid capability "fly"'],
  },
  {
    call: "addPolicy",
    args: [{ name: "root", rules: 'path "x" {}' }],
    fails: [400, 'cannot update "root" policy'],
  },
  { call: "policies", gives: { policies: ["default", "dev", "root"] } },
  {
    call: "getPolicy",
    args: [{ name: "dev" }],
    gives: { name: "dev", rules: 'path "secret/data/dev/*" { capabilities = ["read"] }' },
  },
  { call: "getPolicy", args: [{ name: "none" }], fails: [404] },

  // Tokens
  {
    call: "tokenCreate",
    args: [{ policies: ["dev"], ttl: "1h", display_name: "app" }],
    gives: {
      auth: {
        policies: ["default", "dev"],
        lease_duration: 3600,
        renewable: true,
        orphan: false,
        token_type: "service",
      },
    },
    keep: { app: "auth.client_token", appAccessor: "auth.accessor" },
  },
  {
    as: "app",
    call: "tokenLookupSelf",
    gives: {
      data: {
        id: "<app>",
        display_name: "token-app",
        path: "auth/token/create",
        orphan: false,
        ttl: 3600,
        policies: ["default", "dev"],
      },
    },
  },
  { as: "app", call: "read", args: ["secret/data/production/db"], fails: [403, DENIED] },
  {
    as: "app",
    call: "write",
    args: ["sys/capabilities-self", { paths: ["secret/data/dev/x", "sys/auth"] }],
    gives: { data: { "secret/data/dev/x": ["read"], "sys/auth": ["deny"] } },
  },
  { as: "app", call: "tokenCreate", args: [{ policies: ["root"] }], fails: [403, DENIED] },
  {
    as: "app",
    call: "tokenRenewSelf",
    after: 600_000,
    args: [{ increment: "30m" }],
    gives: { auth: { lease_duration: 1800 } },
  },
  {
    call: "tokenLookupAccessor",
    args: [{ accessor: "<appAccessor>" }],
    gives: { data: { id: "", display_name: "token-app" } },
  },
  { call: "list", args: ["auth/token/accessors"], gives: {} },
  { call: "tokenRevokeAccessor", args: [{ accessor: "<appAccessor>" }], gives: null },
  { as: "app", call: "tokenLookupSelf", fails: [403, INVALID] },
  { call: "tokenLookup", args: [{ token: "<app>" }], fails: [403, "bad token"] },
  { call: "tokenRenew", args: [{ token: "<app>" }], fails: [400, "token not found"] },
  { call: "tokenLookupAccessor", args: [{ accessor: "<appAccessor>" }], fails: [403, "invalid accessor"] },

  // Signing in
  { call: "enableAuth", args: [{ mount_point: "userpass", type: "userpass" }], gives: null },
  {
    call: "enableAuth",
    args: [{ mount_point: "userpass", type: "userpass" }],
    fails: [400, "path is already in use at userpass/"],
  },
  {
    call: "write",
    args: ["auth/userpass/users/teo", { password: "tide", token_policies: "dev", token_ttl: "20m" }],
    gives: null,
  },
  {
    as: "",
    call: "userpassLogin",
    args: [{ username: "teo", password: "ebb" }],
    fails: [400, "invalid username or password"],
  },
  {
    as: "",
    call: "userpassLogin",
    args: [{ username: "teo", password: "tide" }],
    gives: {
      auth: {
        policies: ["default", "dev"],
        metadata: { username: "teo" },
        lease_duration: 1200,
        orphan: true,
      },
    },
    keep: { teo: "auth.client_token" },
  },
  { as: "teo", call: "auths", fails: [403, DENIED] },
  { call: "auths", gives: { "token/": { type: "token" }, "userpass/": { type: "userpass" } } },
  { call: "enableAuth", args: [{ mount_point: "approle", type: "approle" }], gives: null },
  {
    call: "addApproleRole",
    args: [{ role_name: "ci", policies: "dev", secret_id_num_uses: 1, token_ttl: 900 }],
    gives: null,
  },
  { call: "getApproleRoleId", args: [{ role_name: "ci" }], gives: {}, keep: { roleId: "data.role_id" } },
  {
    call: "getApproleRoleSecret",
    args: [{ role_name: "ci" }],
    gives: { data: { secret_id_num_uses: 1 } },
    keep: { secretId: "data.secret_id" },
  },
  { call: "list", args: ["auth/approle/role"], gives: { data: { keys: ["ci"] } } },
  {
    as: "",
    call: "approleLogin",
    args: [{ role_id: "<roleId>", secret_id: "wrong" }],
    fails: [400, "invalid role or secret ID"],
  },
  {
    as: "",
    call: "approleLogin",
    args: [{ role_id: "<roleId>", secret_id: "<secretId>" }],
    gives: { auth: { lease_duration: 900, metadata: { role_name: "ci" } } },
  },
  {
    as: "",
    call: "approleLogin",
    args: [{ role_id: "<roleId>", secret_id: "<secretId>" }],
    fails: [400, "invalid role or secret ID"],
  },
  { call: "disableAuth", args: [{ mount_point: "userpass" }], gives: null },
  { as: "teo", call: "tokenLookupSelf", fails: [403, INVALID] },

  // Logins of a database
  { call: "mount", args: [{ mount_point: "database", type: "database" }], gives: null },
  {
    call: "write",
    args: [
      "database/config/tides",
      {
        plugin_name: "postgresql-database-plugin",
        connection_url: URL,
        allowed_roles: ["dev"],
        username: "store_admin",
        password: "wrong",
      },
    ],
    fails: [
      400,
      'error creating database object: error verifying connection: failed to connect to `user=store_admin database=tides`: server error: FATAL: password authentication failed for user "store_admin" (SQLSTATE 28P01)',
    ],
  },
  {
    call: "write",
    args: [
      "database/config/tides",
      {
        plugin_name: "postgresql-database-plugin",
        connection_url: URL,
        allowed_roles: ["dev"],
        username: "store_admin",
        password: "<admin>",
      },
    ],
    gives: null,
  },
  {
    call: "write",
    args: [
      "database/roles/dev",
      { db_name: "tides", creation_statements: [CREATION], default_ttl: "10m", max_ttl: "15m" },
    ],
    gives: null,
  },
  {
    call: "write",
    args: ["database/roles/other", { db_name: "tides", creation_statements: [CREATION] }],
    gives: null,
  },
  {
    call: "generateDatabaseCredentials",
    args: [{ databasePath: "database", name: "none" }],
    fails: [400, "unknown role: none"],
  },
  {
    call: "generateDatabaseCredentials",
    args: [{ databasePath: "database", name: "other" }],
    fails: [500, '1 error occurred:\n\t* "other" is not an allowed role\n\n'],
  },
  {
    call: "generateDatabaseCredentials",
    args: [{ databasePath: "database", name: "dev" }],
    gives: { lease_duration: 600, renewable: true },
    keep: { lease: "lease_id" },
  },
  {
    call: "write",
    args: ["sys/leases/lookup", { lease_id: "<lease>" }],
    gives: { data: { id: "<lease>", ttl: 600, renewable: true } },
  },
  {
    call: "renew",
    after: 480_000,
    args: [{ lease_id: "<lease>", increment: 600 }],
    gives: { lease_id: "<lease>", lease_duration: 420 },
  },
  { call: "revoke", args: [{ lease_id: "<lease>" }], gives: null },
  { call: "renew", args: [{ lease_id: "<lease>", increment: 600 }], fails: [400, "lease not found"] },
  { call: "write", args: ["sys/leases/lookup", { lease_id: "<lease>" }], fails: [400, "invalid lease"] },
  { call: "write", args: ["database/rotate-root/tides", {}], gives: null },
  {
    call: "generateDatabaseCredentials",
    args: [{ databasePath: "database", name: "dev" }],
    gives: { lease_duration: 600 },
  },
  { call: "revokePrefix", args: [{ path_prefix: "database/creds/dev" }], gives: null },

  // Audit
  { call: "audits", gives: { data: {} } },
  {
    call: "enableAudit",
    args: [{ name: "file", type: "file", options: { file_path: "/root/audit.log" } }],
    fails: [
      400,
      "1 error occurred:\n\t* sanity check failed; unable to write: open /root/audit.log: permission denied\n\n",
    ],
  },
  {
    call: "enableAudit",
    args: [{ name: "file", type: "file", options: { file_path: "/var/log/openbao/audit.log" } }],
    gives: null,
  },
  {
    call: "audits",
    gives: { "file/": { type: "file", options: { file_path: "/var/log/openbao/audit.log" } } },
  },
  { call: "disableAudit", args: [{ name: "file" }], gives: null },

  // What is not there
  { call: "unwrap", args: [{ token: "x" }], fails: [501, "response wrapping: not simulated in LeakLab"] },
  { call: "rotate", fails: [501, "operating the server: not simulated in LeakLab"] },
  { call: "seal", fails: [501, "operating the server: not simulated in LeakLab"] },
  {
    call: "encryptData",
    args: [{ name: "k", plaintext: "x" }],
    fails: [404, 'no handler for route "transit/encrypt/k". route entry not found.'],
  },
];
