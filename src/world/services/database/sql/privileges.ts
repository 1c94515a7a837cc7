/**
 * `GRANT` and `REVOKE` on tables. A role to which something was granted, or from which something was taken, may only
 * what it was granted; any other role may everything. https://www.postgresql.org/docs/current/sql-grant.html
 */
import { PRIVILEGES, type Relation } from "../model.ts";
import { findRole } from "../roles.ts";
import type { Connection, Outcome } from "./connection.ts";
import { SqlError, type Reader } from "./tokens.ts";

const ALL = ["select", "insert", "update", "delete", "truncate", "references", "trigger"] as const;
/** Of schemas, databases, sequences: taken, and looked at by nobody. */
const OTHER = ["usage", "connect", "create", "temporary", "temp", "execute"];

export function grant(connection: Connection, reader: Reader): Outcome {
  return change(connection, reader, true);
}

export function revokePrivileges(connection: Connection, reader: Reader): Outcome {
  return change(connection, reader, false);
}

function change({ ports, session }: Connection, reader: Reader, add: boolean): Outcome {
  const tag = add ? "GRANT" : "REVOKE";
  const names = readPrivileges(reader);
  const tables = reader.take("on") ? readTables(reader) : [];
  reader.need(add ? "to" : "from");
  const roles = readRoles(reader);
  for (const role of roles) {
    if (!findRole(ports, session.host, role)) throw new SqlError(`role "${role}" does not exist`);
    const known = names.filter((name) => (ALL as readonly string[]).includes(name));
    const words = known.flatMap((name) => tables.map((table) => `${name} ${table}`));
    const key = `${session.host} ${role}`;
    const before = ports.tables.of(PRIVILEGES).get(key)?.granted;
    if (words.length === 0) continue;
    // What nobody spoke of so far was allowed.
    const start = before ?? (add ? [] : ALL.map((name) => `${name} *`));
    const granted = add ? [...new Set([...start, ...words])] : start.filter((it) => !words.includes(it));
    ports.tables.of(PRIVILEGES).set(key, { host: session.host, role, granted });
  }
  return { kind: "command", tag };
}

function readPrivileges(reader: Reader): string[] {
  if (reader.take("all")) {
    reader.take("privileges");
    return [...ALL];
  }
  const names: string[] = [];
  do names.push(reader.name());
  while (reader.take(","));
  // Without ON these are roles: members of a role have no privileges of it here.
  const unknown = names.find((name) => ![...ALL, ...OTHER].includes(name));
  if (unknown !== undefined && reader.is("on"))
    throw new SqlError(`unrecognized privilege type "${unknown}"`);
  if (unknown !== undefined) throw new SqlError("GRANT of roles is not simulated in LeakLab");
  return names;
}

/** Tables by name, "*" for all; what is no table is none. */
function readTables(reader: Reader): string[] {
  if (reader.take("all", "tables", "in", "schema")) {
    readNames(reader);
    return ["*"];
  }
  if (
    reader.take("all", "sequences", "in", "schema") ||
    reader.take("schema") ||
    reader.take("database") ||
    reader.take("sequence")
  ) {
    readNames(reader);
    return [];
  }
  reader.take("table");
  return readNames(reader);
}

function readNames(reader: Reader): string[] {
  const names: string[] = [];
  do {
    const name = reader.name();
    names.push(reader.take(".") ? reader.name() : name);
  } while (reader.take(","));
  return names;
}

function readRoles(reader: Reader): string[] {
  const roles = readNames(reader);
  reader.take("cascade");
  reader.take("restrict");
  reader.take("with", "grant", "option");
  reader.end();
  return roles;
}

/** Throws as the server does where a role may not. */
export function needPrivilege(
  { ports, session }: Connection,
  { name, owner }: Pick<Relation, "name" | "owner">,
  privilege: "select" | "insert" | "update" | "delete",
): void {
  const { host, role } = session;
  const granted = ports.tables.of(PRIVILEGES).get(`${host} ${role}`)?.granted;
  if (!granted || owner === role || findRole(ports, host, role)?.superuser) return;
  if (granted.includes(`${privilege} *`) || granted.includes(`${privilege} ${name}`)) return;
  throw new SqlError(`permission denied for table ${name}`);
}
