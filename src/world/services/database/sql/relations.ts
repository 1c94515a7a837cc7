/** What can stand behind FROM: tables of the database, and the catalogue. https://www.postgresql.org/docs/current/views.html */
import { RELATIONS, SESSIONS, type Relation, type Session, type Value } from "../model.ts";
import { credentialsOf, databasesOf, rolesOf } from "../roles.ts";
import type { Connection } from "./connection.ts";
import { needPrivilege } from "./privileges.ts";

export interface Source {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export function relationKey({ host, database }: Pick<Session, "host" | "database">, name: string): string {
  return `${host}/${database} ${name}`;
}

export function relationOf({ ports, session }: Connection, name: string): Relation | undefined {
  return ports.tables.of(RELATIONS).get(relationKey(session, name));
}

/** Undefined where there is no such relation. */
export function rowsOf(connection: Connection, name: string): Source | undefined {
  const relation = relationOf(connection, name);
  if (relation) needPrivilege(connection, relation, "select");
  if (relation) return { columns: relation.columns.map((it) => it.name), rows: relation.rows };
  return Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name]?.(connection) : undefined;
}

const CATALOGUE: Readonly<Record<string, (connection: Connection) => Source>> = {
  pg_stat_activity: activity,
  pg_roles: roles,
  pg_tables: tables,
  "information_schema.tables": tables,
  pg_database: ({ ports, session }) => ({
    columns: ["datname"],
    rows: databasesOf(ports, session.host).map((name) => [name]),
  }),
};

function activity({ ports, session }: Connection): Source {
  const rows = ports.tables
    .of(SESSIONS)
    .filter(({ host }) => host === session.host)
    .map((it) => [
      it.pid,
      it.database,
      it.role,
      it.application,
      it.address,
      time(it.startedAtMs),
      it.pid === session.pid ? "active" : "idle",
      it.query,
    ]);
  const columns = ["pid", "datname", "usename", "application_name", "client_addr", "backend_start"];
  return { columns: [...columns, "state", "query"], rows };
}

function roles({ ports, session }: Connection): Source {
  const rows = rolesOf(ports, session.host).map(({ name, superuser, createRole, login }) => {
    const until = credentialsOf(ports, session.host, name).findLast((it) =>
      ports.credentials.works(it),
    )?.expiresAtMs;
    return [name, superuser, createRole, login, until ? time(until) : null];
  });
  return { columns: ["rolname", "rolsuper", "rolcreaterole", "rolcanlogin", "rolvaliduntil"], rows };
}

function tables({ ports, session }: Connection): Source {
  const rows = ports.tables
    .of(RELATIONS)
    .filter(({ host, database }) => host === session.host && database === session.database)
    .map(({ name, owner }) => ["public", name, owner, name] as const);
  return { columns: ["schemaname", "tablename", "tableowner", "table_name"], rows };
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+00`;
}
