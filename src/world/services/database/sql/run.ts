/** Runs the statements of one query in a session, in order, until one fails. */
import { SESSIONS } from "../model.ts";
import type { Connection, Outcome } from "./connection.ts";
import { select } from "./select.ts";
import { changeRows, createTable, dropTable, insertRows } from "./tables.ts";
import { grant, revokePrivileges } from "./privileges.ts";
import { alterRole, createRole, dropRole } from "./roleStatements.ts";
import { Reader, SqlError, statementsOf, type Token } from "./tokens.ts";

type Statement = (connection: Connection, reader: Reader) => Outcome;

/** By first word. A statement reads itself after that word. */
const STATEMENTS: Readonly<Record<string, Statement>> = {
  select,
  insert: insertRows,
  update: (connection, reader) => changeRows(connection, reader, "UPDATE"),
  delete: (connection, reader) => changeRows(connection, reader, "DELETE"),
  create: (connection, reader) =>
    reader.take("table") ? createTable(connection, reader) : createRole(connection, reader),
  alter: alterRole,
  drop: (connection, reader) =>
    reader.take("table") ? dropTable(connection, reader) : dropRole(connection, reader),
  grant,
  revoke: revokePrivileges,
  set: (_connection, reader) => taken(reader, "SET"),
  begin: (_connection, reader) => taken(reader, "BEGIN"),
  commit: (_connection, reader) => taken(reader, "COMMIT"),
};

/** Statements of PostgreSQL that are not here. */
const ABSENT = ["rollback", "copy", "with", "explain", "vacuum", "truncate", "reassign", "do"];

export function runQuery(connection: Connection, query: string): Outcome[] {
  const outcomes: Outcome[] = [];
  const { ports, session } = connection;
  ports.tables.of(SESSIONS).change(String(session.pid), { query: withoutSecrets(query) });
  try {
    for (const tokens of statementsOf(query)) outcomes.push(runStatement(connection, tokens));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const at = error.at === null ? null : Math.min(error.at, query.length);
    outcomes.push({ kind: "error", message: error.message, at, detail: error.detail });
  }
  return outcomes;
}

function runStatement(connection: Connection, tokens: readonly Token[]): Outcome {
  const reader = new Reader(tokens);
  const first = reader.any();
  const statement = Object.hasOwn(STATEMENTS, first.text) ? STATEMENTS[first.text] : undefined;
  if (statement && first.kind === "word") return statement(connection, reader);
  if (ABSENT.includes(first.text))
    throw new SqlError(`${first.text.toUpperCase()} is not simulated in LeakLab`);
  throw new SqlError(`syntax error at or near "${first.raw}"`, first.at);
}

function taken(reader: Reader, tag: string): Outcome {
  while (!reader.ended) reader.any();
  return { kind: "command", tag };
}

/** What others see in pg_stat_activity. Real servers show passwords there; the world's records never hold one. */
function withoutSecrets(query: string): string {
  return query.replace(/(password\s+)'(?:[^']|'')*'/gi, "$1'…'").slice(0, 1000);
}
