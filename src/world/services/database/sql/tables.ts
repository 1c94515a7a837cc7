/** Tables in memory: create, insert, update, delete, drop. https://www.postgresql.org/docs/current/sql-commands.html */
import { RELATIONS, type Relation, type Value } from "../model.ts";
import { readExpression, type Expression } from "./expression.ts";
import { relationKey, relationOf } from "./relations.ts";
import type { Connection, Outcome } from "./connection.ts";
import { needPrivilege } from "./privileges.ts";
import { scopeOf } from "./select.ts";
import { SqlError, type Reader } from "./tokens.ts";

/** Rows of one table. */
const MOST_ROWS = 10_000;

export function createTable(connection: Connection, reader: Reader): Outcome {
  const quiet = reader.take("if", "not", "exists");
  const name = reader.name();
  const columns = readColumns(reader);
  if (relationOf(connection, name)) {
    if (!quiet) throw new SqlError(`relation "${name}" already exists`);
    return { kind: "command", tag: "CREATE TABLE" };
  }
  const { session, ports } = connection;
  const { host, database, role } = session;
  ports.tables
    .of(RELATIONS)
    .set(relationKey(session, name), { host, database, name, owner: role, columns, rows: [] });
  return { kind: "command", tag: "CREATE TABLE" };
}

/** `(id serial primary key, email text not null)`: the type is kept, constraints are not. */
function readColumns(reader: Reader): Relation["columns"] {
  reader.need("(");
  const columns: { name: string; type: string }[] = [];
  do {
    const name = reader.name();
    const type = reader.name();
    for (let depth = 0; depth > 0 || !(reader.is(",") || reader.is(")"));) {
      const { text } = reader.any();
      depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    }
    columns.push({ name, type });
  } while (reader.take(","));
  reader.need(")");
  reader.end();
  return columns;
}

function needRelation(connection: Connection, reader: Reader): Relation {
  const at = reader.token?.at ?? 0;
  const name = reader.name();
  const relation = relationOf(connection, name);
  if (!relation) throw new SqlError(`relation "${name}" does not exist`, at);
  return relation;
}

function replaceRows({ ports, session }: Connection, { name }: Relation, rows: Relation["rows"]): void {
  ports.tables.of(RELATIONS).change(relationKey(session, name), { rows });
}

export function insertRows(connection: Connection, reader: Reader): Outcome {
  reader.need("into");
  const relation = needRelation(connection, reader);
  needPrivilege(connection, relation, "insert");
  const all = relation.columns.map(({ name }) => name);
  const names = reader.is("(") ? readNames(reader, relation) : all;
  reader.need("values");
  const rows: Value[][] = [];
  const scope = scopeOf(connection, { columns: [], rows: [] }, []);
  do {
    const values = readValues(reader).map((it) => it.value(scope));
    if (values.length > names.length) throw new SqlError("INSERT has more expressions than target columns");
    rows.push(all.map((name, i) => given(values, names.indexOf(name)) ?? serial(relation, i, rows.length)));
  } while (reader.take(","));
  reader.end();
  if (relation.rows.length + rows.length > MOST_ROWS)
    throw new SqlError(`could not extend relation "${relation.name}": at most ${MOST_ROWS} rows in LeakLab`);
  replaceRows(connection, relation, [...relation.rows, ...rows]);
  return { kind: "command", tag: `INSERT 0 ${rows.length}` };
}

function given(values: readonly Value[], index: number): Value {
  return index < 0 ? null : (values[index] ?? null);
}

/** Columns of type serial count up. */
function serial({ columns, rows }: Relation, column: number, before: number): Value {
  return columns[column]?.type.endsWith("serial") ? rows.length + before + 1 : null;
}

function readNames(reader: Reader, { columns, name: relation }: Relation): string[] {
  reader.need("(");
  const names: string[] = [];
  do {
    const at = reader.token?.at ?? 0;
    const name = reader.name();
    if (!columns.some((it) => it.name === name))
      throw new SqlError(`column "${name}" of relation "${relation}" does not exist`, at);
    names.push(name);
  } while (reader.take(","));
  reader.need(")");
  return names;
}

function readValues(reader: Reader): Expression[] {
  reader.need("(");
  const values: Expression[] = [];
  do values.push(readExpression(reader));
  while (reader.take(","));
  reader.need(")");
  return values;
}

export function changeRows(connection: Connection, reader: Reader, word: "UPDATE" | "DELETE"): Outcome {
  if (word === "DELETE") reader.need("from");
  const relation = needRelation(connection, reader);
  needPrivilege(connection, relation, word === "UPDATE" ? "update" : "delete");
  const changes = word === "UPDATE" ? readChanges(reader, relation) : [];
  const where = reader.take("where") ? readExpression(reader) : null;
  reader.end();
  const source = { columns: relation.columns.map(({ name }) => name), rows: relation.rows };
  let count = 0;
  const rows = relation.rows.flatMap((row) => {
    const scope = scopeOf(connection, source, row);
    if (where !== null && where.value(scope) !== true) return [row];
    count += 1;
    if (word === "DELETE") return [];
    const changed = [...row];
    for (const [index, expression] of changes) changed[index] = expression.value(scope);
    return [changed];
  });
  replaceRows(connection, relation, rows);
  return { kind: "command", tag: `${word} ${count}` };
}

function readChanges(reader: Reader, { columns, name: relation }: Relation): [number, Expression][] {
  reader.need("set");
  const changes: [number, Expression][] = [];
  do {
    const at = reader.token?.at ?? 0;
    const name = reader.name();
    const index = columns.findIndex((it) => it.name === name);
    if (index < 0) throw new SqlError(`column "${name}" of relation "${relation}" does not exist`, at);
    reader.need("=");
    changes.push([index, readExpression(reader)]);
  } while (reader.take(","));
  return changes;
}

export function dropTable(connection: Connection, reader: Reader): Outcome {
  const quiet = reader.take("if", "exists");
  const name = reader.name();
  const found = connection.ports.tables.of(RELATIONS).delete(relationKey(connection.session, name));
  if (!found && !quiet) throw new SqlError(`table "${name}" does not exist`);
  return { kind: "command", tag: "DROP TABLE" };
}
