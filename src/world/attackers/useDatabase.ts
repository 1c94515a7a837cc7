/** With a password of a database: the URL that it stood in named server, role and database. */
import { WIRE, type Answered, type Started } from "../services/database/handlers.ts";
import { grantsOf, passwordsOf, type DatabaseGrants } from "../services/database/model.ts";
import type { Outcome } from "../services/database/sql/connection.ts";
import type { Attempt, Use } from "./use.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** So many tables are read. */
const MOST = 20;

export const useDatabase: Use = {
  async validate(attempt) {
    const outcomes = await query(attempt, ["select current_user"]);
    return outcomes ? `it logs in as ${grantsOf(attempt.credential)?.role}` : null;
  },

  async enumerate(attempt) {
    const names = await tables(attempt);
    return names.length > 0 ? `it sees the tables ${names.join(", ")}` : null;
  },

  async read(attempt) {
    const names = await tables(attempt);
    const outcomes = await query(
      attempt,
      names.map((name) => `select * from "${name.replaceAll('"', '""')}" limit 100`),
    );
    const rows = (outcomes ?? []).reduce((sum, it) => sum + (it.kind === "rows" ? it.rows.length : 0), 0);
    return rows > 0 ? `it read ${rows} row${rows === 1 ? "" : "s"}` : null;
  },

  async persist(attempt) {
    const quoted = `'${attempt.ports.random(24, ALPHABET)}'`;
    const [made] = (await query(attempt, [`create role svc_backup login password ${quoted}`])) ?? [];
    return made?.kind === "command" ? "it created the role svc_backup" : null;
  },
};

async function tables(attempt: Attempt): Promise<string[]> {
  const [listed] = (await query(attempt, ["select tablename from pg_tables order by tablename"])) ?? [];
  return listed?.kind === "rows" ? listed.rows.map(([name]) => String(name)).slice(0, MOST) : [];
}

/** One connection with some queries; null where it is refused. */
async function query(attempt: Attempt, queries: readonly string[]): Promise<Outcome[] | null> {
  const grants = grantsOf(attempt.credential);
  if (!grants) return null;
  const started = await startup(attempt, grants);
  if ("fatal" in started) return null;
  const outcomes: Outcome[] = [];
  for (const text of queries) {
    const answer = (await ask(attempt, grants.host, "/query", { pid: started.pid, query: text })) as Answered;
    if ("outcomes" in answer) outcomes.push(...answer.outcomes);
  }
  await ask(attempt, grants.host, "/terminate", { pid: started.pid });
  return outcomes;
}

async function startup(attempt: Attempt, { host, role, database }: DatabaseGrants): Promise<Started> {
  const password = passwordsOf(attempt.credential).at(-1) ?? "";
  const body = { user: role, password, database, application_name: "psql" };
  return (await ask(attempt, host, "/startup", body)) as Started;
}

async function ask({ ports, address }: Attempt, host: string, path: string, body: object): Promise<unknown> {
  const headers = { "Content-Type": WIRE };
  const request = new Request(`https://${host}:5432${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const response = await ports.network.fetch(request, { address, session: null });
  return (await response.json()) as unknown;
}
