/** `SELECT`. https://www.postgresql.org/docs/current/sql-select.html */
import { addressOf, PORT, SESSIONS, VERSION, type Value } from "../model.ts";
import { disconnect } from "../database.ts";
import { findRole } from "../roles.ts";
import { readExpression, type Expression, type Scope } from "./expression.ts";
import { rowsOf, type Source } from "./relations.ts";
import type { Connection, Outcome } from "./connection.ts";
import { SqlError, type Reader } from "./tokens.ts";

interface Item {
  readonly expression: Expression | "*";
  readonly label: string;
}

export function select(connection: Connection, reader: Reader): Outcome {
  reader.take("distinct");
  const items = readItems(reader);
  const source = reader.take("from") ? readSource(connection, reader) : { columns: [], rows: [[]] };
  const where = reader.take("where") ? readExpression(reader) : null;
  const order = readOrder(reader);
  const limit = reader.take("limit") ? Number(reader.any("number").text) : Number.POSITIVE_INFINITY;
  reader.end();
  let rows = source.rows.filter(
    (row) => where === null || where.value(scopeOf(connection, source, row)) === true,
  );
  if (order) rows = sorted(connection, source, rows, order);
  rows = rows.slice(0, limit);
  const columns = items.flatMap(({ expression, label }) => (expression === "*" ? source.columns : [label]));
  if (items.some(({ expression }) => expression !== "*" && expression.counts))
    return { kind: "rows", columns, rows: [items.map(() => rows.length)] };
  return { kind: "rows", columns, rows: rows.map((row) => project(connection, source, row, items)) };
}

function readItems(reader: Reader): Item[] {
  const items: Item[] = [];
  do {
    if (reader.take("*")) items.push({ expression: "*", label: "*" });
    else {
      const expression = readExpression(reader);
      items.push({ expression, label: reader.take("as") ? reader.name() : expression.label });
    }
  } while (reader.take(","));
  return items;
}

function readSource(connection: Connection, reader: Reader): Source {
  const at = reader.token?.at ?? 0;
  let name = reader.name();
  if (reader.take("."))
    name = name === "public" || name === "pg_catalog" ? reader.name() : `${name}.${reader.name()}`;
  const source = rowsOf(connection, name);
  if (!source) throw new SqlError(`relation "${name}" does not exist`, at);
  return source;
}

function readOrder(reader: Reader): { by: Expression; down: boolean } | null {
  if (!reader.take("order", "by")) return null;
  const by = readExpression(reader);
  const down = reader.take("desc");
  if (!down) reader.take("asc");
  return { by, down };
}

type Row = readonly Value[];

function sorted(
  connection: Connection,
  source: Source,
  rows: readonly Row[],
  { by, down }: { by: Expression; down: boolean },
): Row[] {
  const keyed = rows.map((row) => ({ row, key: by.value(scopeOf(connection, source, row)) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return 0;
    if (a.key === null) return 1;
    if (b.key === null) return -1;
    return a.key < b.key !== down ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}

function project(connection: Connection, source: Source, row: Row, items: readonly Item[]): Value[] {
  const scope = scopeOf(connection, source, row);
  return items.flatMap(({ expression }) => (expression === "*" ? row : [expression.value(scope)]));
}

export function scopeOf(connection: Connection, source: Source, row: Row): Scope {
  return {
    column(name, at) {
      const index = source.columns.indexOf(name);
      if (index < 0) throw new SqlError(`column "${name}" does not exist`, at);
      return row[index] ?? null;
    },
    call: (name, args, at) => call(connection, name, args, at),
  };
}

function call({ ports, session }: Connection, name: string, args: readonly Value[], at: number): Value {
  if (name === "version") return `PostgreSQL ${VERSION} (LeakLab) on x86_64-pc-linux-gnu, 64-bit`;
  if (name === "current_user" || name === "session_user" || name === "user") return session.role;
  if (name === "current_database") return session.database;
  if (name === "now" || name === "current_timestamp") return timestamp(ports.now());
  if (name === "current_date") return timestamp(ports.now()).slice(0, 10);
  if (name === "inet_client_addr") return session.address;
  if (name === "inet_server_addr") return addressOf(session.host);
  if (name === "inet_server_port") return PORT;
  if (name === "pg_backend_pid") return session.pid;
  if (name === "pg_terminate_backend") return terminate({ ports, session }, Number(args[0]));
  throw new SqlError(`function ${name}(${args.map(typeName).join(", ")}) does not exist`, at);
}

function typeName(value: Value): string {
  return typeof value === "number" ? "integer" : typeof value === "boolean" ? "boolean" : "unknown";
}

/** A superuser may end any session, others those of their own role. */
function terminate({ ports, session }: Connection, pid: number): boolean {
  const found = ports.tables.of(SESSIONS).get(String(pid));
  if (!found || found.host !== session.host) return false;
  const superuser = findRole(ports, session.host, session.role)?.superuser ?? false;
  if (found.role !== session.role && !superuser)
    throw new SqlError("permission denied to terminate process", null, null);
  disconnect(ports, pid);
  ports.audit.add({
    service: "database",
    actor: session.role,
    identityType: "role",
    credentialId: session.credentialId,
    action: "session.terminate",
    target: `${session.host} pid ${pid} (${found.role})`,
    result: "allowed",
    address: session.address,
    requestId: `DB-${String(ports.tables.next("database/request")).padStart(6, "0")}`,
  });
  return true;
}

export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+00`;
}
