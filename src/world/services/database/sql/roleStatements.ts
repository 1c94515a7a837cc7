/** `CREATE ROLE`, `ALTER ROLE`, `DROP ROLE`. https://www.postgresql.org/docs/current/sql-alterrole.html */
import { PRIVILEGES, type Role } from "../model.ts";
import { findRole, setPassword, setRole, setValidUntil } from "../roles.ts";
import type { Connection, Outcome } from "./connection.ts";
import { SqlError, type Reader } from "./tokens.ts";

interface Options {
  login?: boolean;
  superuser?: boolean;
  createRole?: boolean;
  password?: string | null;
  /** ms since 1970; null for ever. */
  until?: number | null;
}

export function createRole(connection: Connection, reader: Reader): Outcome {
  const login = reader.take("user");
  if (!login) reader.need("role");
  const name = reader.name();
  const options = { login, ...readOptions(reader) };
  const { ports, session } = connection;
  const { host, database } = session;
  mayManage(connection, "create role", options.superuser);
  if (findRole(ports, host, name)) throw new SqlError(`role "${name}" already exists`);
  setRole(ports, {
    host,
    name,
    login: options.login,
    superuser: options.superuser ?? false,
    createRole: options.createRole ?? false,
    dropped: false,
  });
  if (options.password !== undefined) setPassword(ports, { host, name }, database, options.password);
  if (options.until !== undefined) setValidUntil(ports, host, name, options.until);
  changed(connection, "role.create", name);
  return { kind: "command", tag: "CREATE ROLE" };
}

export function alterRole(connection: Connection, reader: Reader): Outcome {
  if (!reader.take("user")) reader.need("role");
  const { ports, session } = connection;
  const { host, database } = session;
  const name = reader.take("current_user") ? session.role : reader.name();
  const role = findRole(ports, host, name);
  const options = readOptions(reader);
  if (!role) throw new SqlError(`role "${name}" does not exist`);
  const onlyPassword = Object.keys(options).every((option) => option === "password");
  // Everybody may change their own password, and nothing else.
  if (!(onlyPassword && name === session.role))
    mayManage(connection, "alter role", options.superuser ?? role.superuser);
  setRole(ports, {
    ...role,
    login: options.login ?? role.login,
    superuser: options.superuser ?? role.superuser,
    createRole: options.createRole ?? role.createRole,
  });
  if (options.password !== undefined) setPassword(ports, role, database, options.password);
  if (options.until !== undefined) setValidUntil(ports, host, name, options.until);
  changed(connection, options.password === undefined ? "role.alter" : "role.password", name);
  return { kind: "command", tag: "ALTER ROLE" };
}

export function dropRole(connection: Connection, reader: Reader): Outcome {
  if (!reader.take("user")) reader.need("role");
  const quiet = reader.take("if", "exists");
  const name = reader.name();
  reader.end();
  const { ports, session } = connection;
  mayManage(connection, "drop role");
  const role = findRole(ports, session.host, name);
  if (!role && !quiet) throw new SqlError(`role "${name}" does not exist`);
  if (name === session.role) throw new SqlError("current user cannot be dropped");
  if (role) {
    setPassword(ports, role, session.database, null);
    setRole(ports, { ...role, login: false, dropped: true });
    ports.tables.of(PRIVILEGES).delete(`${session.host} ${name}`);
    changed(connection, "role.drop", name);
  }
  return { kind: "command", tag: "DROP ROLE" };
}

/** A superuser may everything; who has CREATEROLE, everything but to make or change superusers. */
function mayManage({ ports, session }: Connection, what: string, superuser = false): void {
  const own: Role | undefined = findRole(ports, session.host, session.role);
  if (own?.superuser || (own?.createRole && !superuser)) return;
  const attribute = superuser ? "SUPERUSER" : "CREATEROLE";
  throw new SqlError(
    `permission denied to ${what}`,
    null,
    `Only roles with the ${attribute} attribute may ${what.replace("role", "roles")}.`,
  );
}

function changed({ ports, session }: Connection, action: string, name: string): void {
  ports.audit.add({
    service: "database",
    actor: session.role,
    identityType: "role",
    credentialId: session.credentialId,
    action,
    target: `${session.host} ${name}`,
    result: "allowed",
    address: session.address,
    requestId: `DB-${String(ports.tables.next("database/request")).padStart(6, "0")}`,
  });
}

const SWITCHES: Readonly<Record<string, Options>> = {
  login: { login: true },
  nologin: { login: false },
  superuser: { superuser: true },
  nosuperuser: { superuser: false },
  createrole: { createRole: true },
  nocreaterole: { createRole: false },
  createdb: {},
  nocreatedb: {},
  inherit: {},
  noinherit: {},
  replication: {},
  noreplication: {},
};

function readOptions(reader: Reader): Options {
  let options: Options = {};
  reader.take("with");
  while (!reader.ended) {
    if (reader.take("encrypted") || reader.is("password"))
      options = { ...options, password: readPassword(reader) };
    else if (reader.take("valid")) {
      reader.need("until");
      options = { ...options, until: readTime(reader) };
    } else {
      const { token } = reader;
      if (token?.kind !== "word" || !Object.hasOwn(SWITCHES, token.text)) throw unknownOption(reader);
      options = { ...options, ...SWITCHES[reader.any().text] };
    }
  }
  return options;
}

function readPassword(reader: Reader): string | null {
  reader.need("password");
  if (reader.take("null")) return null;
  const { text } = reader.any("string");
  // An empty password is no password, and says so in a notice that is not shown here.
  return text === "" ? null : text;
}

function readTime(reader: Reader): number | null {
  const { text } = reader.any("string");
  if (text === "infinity") return null;
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?(?:Z|\+00(?::?00)?)?$/.exec(text.trim());
  const ms = match ? Date.parse(`${match[1]}T${match[2] ?? "00:00"}Z`) : Number.NaN;
  if (Number.isNaN(ms))
    throw new SqlError(`invalid input syntax for type timestamp with time zone: "${text}"`);
  return ms;
}

function unknownOption(reader: Reader): SqlError {
  const { token } = reader;
  return token?.kind === "word"
    ? new SqlError(`unrecognized role option "${token.text}"`, token.at)
    : reader.wrong();
}
