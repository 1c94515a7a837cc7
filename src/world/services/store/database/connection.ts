/**
 * How the store manages roles of a database server: it connects as the management user of a configuration and runs the
 * statements that operators wrote. https://openbao.org/docs/secrets/databases/postgresql/
 */
import { err, ok, type Result } from "../../../../base/result.ts";
import type { ServicePorts } from "../../../service.ts";
import { connect, disconnect } from "../../database/database.ts";
import { serverExists } from "../../database/roles.ts";
import { runQuery } from "../../database/sql/run.ts";
import { entryOf } from "../entries.ts";
import { listOf, textOf } from "../fields.ts";
import { STORE_ADDRESS } from "../host.ts";
import type { Fields } from "../model.ts";

export const CONNECTION = "connection";

export interface Target {
  readonly host: string;
  readonly database: string;
  readonly role: string;
  readonly password: string;
}

/** Where a configuration leads, with user and password put into its template; null where it is no address. */
export function targetOf(config: Fields): Target | null {
  const [username, password] = [textOf(config, "username"), textOf(config, "password")];
  const url = filled(textOf(config, "connection_url"), { username, password });
  const match = /^postgres(?:ql)?:\/\/([^:@/]+):([^@]*)@([^:/?]+)(?::5432)?\/([^?]+)/.exec(url);
  if (!match) return null;
  const [, role = "", secret = "", host = "", database = ""] = match;
  return { host, database, role, password: secret };
}

/** `{{name}}` in statements and addresses. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] as string) : whole,
  );
}

/** Runs statements as the management user. The error is the server's. */
export function manage(
  ports: ServicePorts,
  mount: string,
  name: string,
  statements: readonly string[],
): Result<null> {
  const config = entryOf(ports, mount, CONNECTION, name);
  return config
    ? runAs(ports, config, statements)
    : err(`failed to find entry for connection with name: ${JSON.stringify(name)}`);
}

export function runAs(ports: ServicePorts, config: Fields, statements: readonly string[]): Result<null> {
  const target = targetOf(config);
  if (!target) return err("failed to parse connection_url");
  const { host, role, database } = target;
  const failed = (why: string) => err(`failed to connect to \`user=${role} database=${database}\`: ${why}`);
  if (!serverExists(ports, host)) return failed(`hostname resolving error: lookup ${host}: no such host`);
  const session = connect(ports, { ...target, address: STORE_ADDRESS, application: "openbao" });
  if (!session.ok) return failed(`server error: FATAL: ${session.error} (SQLSTATE 28P01)`);
  for (const statement of statements) {
    const last = runQuery({ ports, session: session.value }, statement).at(-1);
    if (last?.kind !== "error") continue;
    disconnect(ports, session.value.pid);
    return err(
      `ERROR: ${last.message} (SQLSTATE ${/permission denied/.test(last.message) ? "42501" : "42601"})`,
    );
  }
  disconnect(ports, session.value.pid);
  return ok(null);
}

/** One text with semicolons, or a list. */
export function statementsOf(fields: Fields, name: string): string[] {
  const value = fields[name];
  if (Array.isArray(value)) return value.map(String).filter((it) => it.trim() !== "");
  const text = textOf(fields, name);
  return text.trim() === "" ? [] : [text];
}

export function mayUse(config: Fields, role: string): boolean {
  const allowed = listOf(config, "allowed_roles");
  return allowed.some((it) => it === role || (it.endsWith("*") && role.startsWith(it.slice(0, -1))));
}
