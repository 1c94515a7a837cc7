/** Roles of a database server and their passwords, which are credentials. https://www.postgresql.org/docs/current/user-manag.html */
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import { localServer } from "./local.ts";
import { grantsOf, ROLES, type DatabaseGrants, type Role } from "./model.ts";

/** All credentials of a role, whatever their status. */
export function credentialsOf(ports: ServicePorts, host: string, role: string): Credential[] {
  return databaseCredentials(ports).filter((it) => {
    const grants = grantsOf(it);
    return grants?.host === host && grants.role === role;
  });
}

export function databaseCredentials({ credentials }: ServicePorts): Credential[] {
  return credentials.all().filter(({ issuer }) => issuer === "database");
}

/** Whether any credential or role names the server. */
export function serverExists(ports: ServicePorts, host: string): boolean {
  if (localServer(ports.tables, host)) return true;
  if (!/^db\.[a-z0-9-]+\.lantern-tides\.test$/.test(host)) return false;
  return (
    databaseCredentials(ports).some((it) => grantsOf(it)?.host === host) ||
    ports.tables.of(ROLES).find((role) => role.host === host) !== undefined
  );
}

export function databasesOf(ports: ServicePorts, host: string): string[] {
  const named = databaseCredentials(ports).flatMap((it) => {
    const grants = grantsOf(it);
    return grants?.host === host ? [grants.database] : [];
  });
  const local = localServer(ports.tables, host);
  return [...new Set(["postgres", ...(local ? [local.database] : []), ...named])];
}

/** A role as it is now; undefined where there is none. */
export function findRole(ports: ServicePorts, host: string, name: string): Role | undefined {
  const changed = ports.tables.of(ROLES).get(`${host} ${name}`);
  if (changed) return changed.dropped ? undefined : changed;
  const grants = credentialsOf(ports, host, name).map((it) => grantsOf(it) as DatabaseGrants);
  if (localServer(ports.tables, host)?.role === name)
    return { host, name, login: true, superuser: true, createRole: true, dropped: false };
  if (grants.length === 0) return undefined;
  return {
    host,
    name,
    login: true,
    superuser: grants.some(({ superuser }) => superuser === true),
    createRole: grants.some(({ createRole }) => createRole === true),
    dropped: false,
  };
}

/** Sorted by name, as `\du` shows them. */
export function rolesOf(ports: ServicePorts, host: string): Role[] {
  const named = databaseCredentials(ports).flatMap((it) => {
    const grants = grantsOf(it);
    return grants?.host === host ? [grants.role] : [];
  });
  const changed = ports.tables.of(ROLES).filter((role) => role.host === host);
  const local = localServer(ports.tables, host);
  const names = [
    ...new Set([...named, ...(local ? [local.role] : []), ...changed.map(({ name }) => name)]),
  ].sort();
  return names.flatMap((name) => findRole(ports, host, name) ?? []);
}

export function setRole(ports: ServicePorts, role: Role): void {
  ports.tables.of(ROLES).set(`${role.host} ${role.name}`, role);
}

/** A role has one password: the new one takes the place of whatever worked before. Null: no password works. */
export function setPassword(
  ports: ServicePorts,
  { host, name }: Pick<Role, "host" | "name">,
  database: string,
  password: string | null,
): Credential | null {
  const { credentials, tables, now } = ports;
  const before = credentialsOf(ports, host, name);
  for (const { id, status } of before) if (status === "active") credentials.change(id, { status: "revoked" });
  if (password === null) return null;
  const last = before.at(-1);
  const role = findRole(ports, host, name);
  const grants: DatabaseGrants = {
    database,
    ...(last ? grantsOf(last) : null),
    host,
    role: name,
    ...(role?.superuser ? { superuser: true } : {}),
    ...(role?.createRole ? { createRole: true } : {}),
  };
  return credentials.add({
    id: `database-${tables.next("database/credential")}`,
    kind: "password",
    issuer: "database",
    value: password,
    parts: [password],
    owner: last?.owner ?? name,
    scope: last?.scope ?? `role ${name} on ${host}`,
    grants: grants as unknown as Credential["grants"],
    status: "active",
    createdAtMs: now(),
    expiresAtMs: null,
    uses: [],
    planted: false,
  });
}

/** `VALID UNTIL`: null for ever. */
export function setValidUntil(ports: ServicePorts, host: string, name: string, untilMs: number | null): void {
  for (const { id, status } of credentialsOf(ports, host, name))
    if (status === "active") ports.credentials.change(id, { expiresAtMs: untilMs });
}
