/** Backslash commands. https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMANDS */
import type { Connected } from "./client.ts";
import type { Asked } from "./options.ts";
import { table, type Printed, type Rows } from "./print.ts";

/** Null ends the session. */
export async function meta(line: string, connected: Connected, asked: Asked): Promise<Printed | null> {
  const [name = ""] = line.slice(1).trim().split(/\s+/);
  if (name === "q" || name === "quit") return null;
  if (name === "conninfo") return said(connectionInfo(connected));
  if (/^d[ug]\+?$/.test(name)) return roles(connected, asked);
  if (/^dt\+?$/.test(name)) return tables(connected, asked);
  if (["d", "l", "dn", "df", "password", "x", "timing", "i", "e", "copy", "c", "connect"].includes(name))
    return { stdout: "", stderr: `\\${name}: not simulated in LeakLab\n` };
  return { stdout: "", stderr: `invalid command \\${name}\nTry \\? for help.\n` };
}

function said(stdout: string): Printed {
  return { stdout, stderr: "" };
}

function connectionInfo({ target: { host, port, user, database }, address }: Connected): string {
  return `You are connected to database "${database}" as user "${user}" on host "${host}" (address "${address}") at port "${port}".\n`;
}

async function rowsFor(connected: Connected, query: string): Promise<Rows | null> {
  const answer = await connected.query(query);
  const outcome = "outcomes" in answer ? answer.outcomes[0] : undefined;
  return outcome?.kind === "rows" ? outcome : null;
}

async function roles(connected: Connected, asked: Asked): Promise<Printed> {
  const found = await rowsFor(
    connected,
    "select rolname, rolsuper, rolcreaterole, rolcanlogin, rolvaliduntil from pg_roles order by rolname",
  );
  const rows = (found?.rows ?? []).map(([name = null, superuser, createRole, login, until]) => {
    const attributes = [
      ...(superuser ? ["Superuser"] : []),
      ...(createRole ? ["Create role"] : []),
      ...(login ? [] : ["Cannot login"]),
      ...(until ? [`Password valid until ${until}`] : []),
    ];
    return [name, attributes.join(", ")];
  });
  return said(list({ kind: "rows", columns: ["Role name", "Attributes"], rows }, asked, "List of roles"));
}

async function tables(connected: Connected, asked: Asked): Promise<Printed> {
  const found = await rowsFor(
    connected,
    "select schemaname, tablename, tableowner from pg_tables order by tablename",
  );
  const rows = (found?.rows ?? []).map(([schema = null, name = null, owner = null]) => [
    schema,
    name,
    "table",
    owner,
  ]);
  if (rows.length === 0) return { stdout: "", stderr: "Did not find any relations.\n" };
  return said(
    list({ kind: "rows", columns: ["Schema", "Name", "Type", "Owner"], rows }, asked, "List of relations"),
  );
}

/** A list has no count below it where it is of roles; psql prints it for relations. */
function list(rows: Rows, asked: Asked, title: string): string {
  const text = table(rows, asked, title);
  return title === "List of roles" ? text.replace(/^\(\d+ rows?\)\n/m, "") : text;
}
