/**
 * Throwaway servers: a job of a workflow starts one in a container, reaches it as `localhost`, and it goes with the job.
 * Its password is in the workflow file for everybody to read: it is no credential of the world.
 * https://docs.github.com/en/actions/tutorials/use-containerized-services/create-postgresql-service-containers
 */
import { tableName, type Tables } from "../../../base/tables.ts";
import { PRIVILEGES, RELATIONS, ROLES, SESSIONS } from "./model.ts";

export interface LocalServer {
  /** "hosted-30001.localhost" */
  readonly host: string;
  readonly role: string;
  /** Null: everybody is trusted. */
  readonly password: string | null;
  readonly database: string;
}

/** By host. */
const LOCAL = tableName<LocalServer>("database/local");

export function localHostOf(machine: string): string {
  return `${machine.toLowerCase().replace(/[^a-z0-9-]/g, "-")}.localhost`;
}

export function startLocal(tables: Tables, server: LocalServer): void {
  tables.of(LOCAL).set(server.host, server);
}

export function localServer(tables: Tables, host: string): LocalServer | undefined {
  return tables.of(LOCAL).get(host);
}

/** Nothing of it stays. */
export function stopLocal(tables: Tables, host: string): void {
  if (!tables.of(LOCAL).delete(host)) return;
  for (const name of [ROLES, SESSIONS, RELATIONS, PRIVILEGES]) {
    const table = tables.of<{ readonly host: string }>(name);
    for (const [key, record] of table.entries()) if (record.host === host) table.delete(key);
  }
}

/** Whether its own user is let in; for other roles their credentials count. */
export function isLocalUser(
  { role, password }: LocalServer,
  login: { role: string; password: string },
): boolean {
  return role === login.role && (password === null || password === login.password);
}
