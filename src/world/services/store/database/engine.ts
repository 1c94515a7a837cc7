/** The database secrets engine. https://openbao.org/api-docs/secret/databases/ */
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Holder, type Route, type StoreCall } from "../call.ts";
import { deleteEntry, entriesOf, entryOf, putEntry } from "../entries.ts";
import { base62, flagOf, listOf, seconds, spanOf, textOf, wrongSpan } from "../fields.ts";
import { addLease } from "../leases.ts";
import { MOUNTS, type Fields, type Mount } from "../model.ts";
import { CONNECTION, mayUse, runAs, statementsOf } from "./connection.ts";
import { makeLogin, newPassword, ROLE } from "./logins.ts";
import { STATIC_ROUTES } from "./staticRoles.ts";

const PLUGIN = "postgresql-database-plugin";

function writeConnection(call: StoreCall, name: string): Reply {
  const { ports, mount, fields } = call;
  const before = entryOf(ports, mount, CONNECTION, name);
  const plugin = textOf(fields, "plugin_name", textOf(before ?? {}, "plugin_name"));
  if (plugin === "") return wrong("empty plugin name");
  if (plugin !== PLUGIN)
    return wrong(`error creating database object: ${plugin} is not simulated in LeakLab`);
  const config: Fields = {
    ...before,
    ...fields,
    plugin_name: plugin,
    allowed_roles: listOf({ ...before, ...fields }, "allowed_roles"),
  };
  if (textOf(config, "connection_url") === "")
    return wrong("error creating database object: connection_url cannot be empty");
  if (flagOf(fields, "verify_connection", true)) {
    const verified = runAs(ports, config, []);
    if (!verified.ok)
      return wrong(`error creating database object: error verifying connection: ${verified.error}`);
  }
  putEntry(ports, { mount, kind: CONNECTION, name, fields: config });
  const plainly = /:[^{@/:]+@/.test(textOf(config, "connection_url"));
  return done(
    plainly
      ? [
          "Password found in connection_url, use a templated url to enable root rotation and prevent read access to password information.",
        ]
      : [],
  );
}

/** The password is never told. */
function readConnection({ ports, mount }: StoreCall, name: string): Reply {
  const config = entryOf(ports, mount, CONNECTION, name);
  if (!config) return notFound();
  return data({
    allowed_roles: listOf(config, "allowed_roles"),
    connection_details: {
      connection_url: textOf(config, "connection_url").replace(/:[^{@/:]+@/, ":*****@"),
      username: textOf(config, "username"),
    },
    password_policy: "",
    plugin_name: PLUGIN,
    plugin_version: "",
    root_credentials_rotate_statements: statementsOf(config, "root_rotation_statements"),
  });
}

/** Gives the management user a password that nobody but the store knows. */
function rotateRoot({ ports, mount }: StoreCall, name: string): Reply {
  const config = entryOf(ports, mount, CONNECTION, name);
  if (!config) return wrong(`failed to find entry for connection with name: ${JSON.stringify(name)}`);
  const username = textOf(config, "username");
  if (username === "") return wrong("unable to rotate root credentials: no username in configuration");
  const password = newPassword(ports);
  const rotated = runAs(ports, config, [`ALTER ROLE "${username}" WITH PASSWORD '${password}'`]);
  if (!rotated.ok) return wrong(`1 error occurred:\n\t* ${rotated.error}\n\n`);
  putEntry(ports, { mount, kind: CONNECTION, name, fields: { ...config, password } });
  return done();
}

const SPANS = ["default_ttl", "max_ttl"];

function writeRole({ ports, mount, fields }: StoreCall, name: string): Reply {
  const before = entryOf(ports, mount, ROLE, name) ?? {};
  const role = { ...before, ...fields };
  if (textOf(role, "db_name") === "") return wrong("database name is required");
  const span = wrongSpan(role, SPANS);
  if (span !== null) return wrong(span);
  if (spanOf(role, "max_ttl") > 0 && spanOf(role, "default_ttl") > spanOf(role, "max_ttl"))
    return wrong("default_ttl cannot be greater than max_ttl");
  putEntry(ports, { mount, kind: ROLE, name, fields: role });
  return done();
}

function readRole({ ports, mount }: StoreCall, name: string): Reply {
  const role = entryOf(ports, mount, ROLE, name);
  if (!role) return notFound();
  return data({
    creation_statements: statementsOf(role, "creation_statements"),
    credential_type: "password",
    db_name: textOf(role, "db_name"),
    default_ttl: seconds(spanOf(role, "default_ttl")),
    max_ttl: seconds(spanOf(role, "max_ttl")),
    renew_statements: statementsOf(role, "renew_statements"),
    revocation_statements: statementsOf(role, "revocation_statements"),
    rollback_statements: statementsOf(role, "rollback_statements"),
  });
}

/** A role of the database for whoever asks, with a lease. */
function credentials(call: StoreCall, name: string): Reply {
  const { ports, mount } = call;
  const { token, credential: asked } = call.holder as Holder;
  const role = entryOf(ports, mount, ROLE, name);
  if (!role) return wrong(`unknown role: ${name}`);
  const connection = textOf(role, "db_name");
  const config = entryOf(ports, mount, CONNECTION, connection);
  if (!config)
    return internal(`failed to find entry for connection with name: ${JSON.stringify(connection)}`);
  if (!mayUse(config, name)) return internal(`${JSON.stringify(name)} is not an allowed role`);
  const times = lifetimes(ports.tables.of(MOUNTS).get(mount) as Mount, role);
  const nowMs = ports.now();
  const username = usernameOf(call, token.displayName, name);
  const expiresAtMs = nowMs + times.ttlMs;
  const login = makeLogin(ports, {
    mount,
    connection,
    role: name,
    username,
    expiresAtMs,
    owner: asked.owner,
  });
  if (!login.ok) return internal(login.error);
  const lease = addLease(ports, {
    id: `${mount}creds/${name}/${base62(ports, 24)}`,
    token: token.accessor,
    mount,
    connection,
    role: name,
    username,
    credential: login.value.id,
    issuedAtMs: nowMs,
    expiresAtMs,
    creationTtlMs: times.ttlMs,
    maxTtlMs: times.maxMs,
    lastRenewalMs: null,
  });
  const duration = seconds(times.ttlMs);
  return {
    ...data({ password: login.value.value, username }),
    lease: { id: lease.id, duration, renewable: true },
  };
}

function internal(message: string): Reply {
  return { status: 500, errors: [`1 error occurred:\n\t* ${message}\n\n`] };
}

function lifetimes(mount: Mount, role: Fields): { readonly ttlMs: number; readonly maxMs: number } {
  const maxMs = Math.min(spanOf(role, "max_ttl") || mount.maxTtlMs, mount.maxTtlMs);
  return { maxMs, ttlMs: Math.min(spanOf(role, "default_ttl") || mount.defaultTtlMs, maxMs) };
}

/** https://openbao.org/docs/concepts/username-templating/ */
function usernameOf({ ports }: StoreCall, display: string, role: string): string {
  const parts = ["v", display.slice(0, 8), role.slice(0, 8), base62(ports, 20), String(seconds(ports.now()))];
  return parts.join("-").slice(0, 63);
}

function names({ ports, mount }: StoreCall, kind: string): Reply {
  return keys(entriesOf(ports, mount, kind).map(({ name }) => name));
}

function remove({ ports, mount }: StoreCall, kind: string, name: string): Reply {
  deleteEntry(ports, mount, kind, name);
  return done();
}

const there =
  (kind: string) =>
  ({ ports, mount }: StoreCall, [, name = ""]: RegExpExecArray) =>
    entryOf(ports, mount, kind, name) !== undefined;

export const DATABASE_ROUTES: readonly Route[] = [
  { pattern: /^config\/?$/, serve: { list: (call) => names(call, CONNECTION) } },
  {
    pattern: /^config\/([\w.-]+)$/,
    exists: there(CONNECTION),
    serve: {
      read: (call, [, name = ""]) => readConnection(call, name),
      delete: (call, [, name = ""]) => remove(call, CONNECTION, name),
      ...writes((call, [, name = ""]) => writeConnection(call, name)),
    },
  },
  { pattern: /^reset\/([\w.-]+)$/, serve: writes(() => done()) },
  { pattern: /^rotate-root\/([\w.-]+)$/, serve: writes((call, [, name = ""]) => rotateRoot(call, name)) },
  { pattern: /^roles\/?$/, serve: { list: (call) => names(call, ROLE) } },
  {
    pattern: /^roles\/([\w.-]+)$/,
    exists: there(ROLE),
    serve: {
      read: (call, [, name = ""]) => readRole(call, name),
      delete: (call, [, name = ""]) => remove(call, ROLE, name),
      ...writes((call, [, name = ""]) => writeRole(call, name)),
    },
  },
  { pattern: /^creds\/([\w.-]+)$/, serve: { read: (call, [, name = ""]) => credentials(call, name) } },
  ...STATIC_ROUTES,
];
