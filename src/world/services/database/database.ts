/**
 * Database servers `db.<env>.lantern-tides.test`, as PostgreSQL: who may connect, and connections that are open.
 * https://www.postgresql.org/docs/current/client-authentication.html
 */
import { err, ok, type Result } from "../../../base/result.ts";
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import { isLocalUser, localServer } from "./local.ts";
import { grantsOf, passwordsOf, SESSIONS, type Session } from "./model.ts";
import { credentialsOf, databaseCredentials, databasesOf, findRole } from "./roles.ts";

export interface Login {
  readonly host: string;
  readonly role: string;
  readonly password: string;
  readonly database: string;
  readonly address: string;
  readonly application: string;
}

/** Opens a connection. The error is the server's FATAL message. */
export function connect(ports: ServicePorts, login: Login): Result<Session> {
  const problem = problemOf(ports, login);
  const presented = presentedBy(ports, login);
  record(ports, login, presented, problem === null);
  if (problem !== null) return err(problem);
  const pid = ports.tables.next("database/pid", 4100);
  const { host, database, role, address, application } = login;
  const session: Session = {
    pid,
    host,
    database,
    role,
    address,
    application,
    credentialId: presented?.id ?? "",
    startedAtMs: ports.now(),
    query: "",
  };
  return ok(ports.tables.of(SESSIONS).set(String(pid), session));
}

export function disconnect(ports: ServicePorts, pid: number): boolean {
  return ports.tables.of(SESSIONS).delete(String(pid));
}

/** Whether a login would succeed now. Looking: leaves no trace. */
export function wouldConnect(ports: ServicePorts, login: Omit<Login, "address" | "application">): boolean {
  return problemOf(ports, login) === null;
}

function problemOf(ports: ServicePorts, login: Omit<Login, "address" | "application">): string | null {
  const { host, role, database, password } = login;
  const accepted = credentialsOf(ports, host, role).some(
    (it) => ports.credentials.works(it) && passwordsOf(it).includes(password),
  );
  const found = findRole(ports, host, role);
  const local = localServer(ports.tables, host);
  if (!(accepted || (local && isLocalUser(local, { role, password }))) || !found)
    return `password authentication failed for user "${role}"`;
  if (!found.login) return `role "${role}" is not permitted to log in`;
  return databasesOf(ports, host).includes(database) ? null : `database "${database}" does not exist`;
}

/** The credential whose password was sent: one of that role that works, else one of that role, else any. */
export function presentedBy(
  ports: ServicePorts,
  { host, role, password }: Pick<Login, "host" | "role" | "password">,
): Credential | undefined {
  const known = databaseCredentials(ports).filter((it) => passwordsOf(it).includes(password));
  const own = known.filter((it) => {
    const grants = grantsOf(it);
    return grants?.host === host && grants.role === role;
  });
  return own.find((it) => ports.credentials.works(it)) ?? own[0] ?? known[0];
}

function record(
  ports: ServicePorts,
  login: Login,
  presented: Credential | undefined,
  allowed: boolean,
): void {
  const { host, role, database, address, application } = login;
  const result = allowed ? "allowed" : "denied";
  if (presented) ports.credentials.used(presented.id, { actor: role, address, action: "connect", result });
  ports.audit.add({
    service: "database",
    actor: role,
    identityType: "role",
    credentialId: presented?.id ?? null,
    action: "connection.open",
    target: `${host}/${database}`,
    result,
    address,
    requestId: `DB-${String(ports.tables.next("database/request")).padStart(6, "0")}`,
    data: { application },
  });
}
