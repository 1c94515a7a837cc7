/** Roles of a database server that exist for one lease: made, extended, removed. */
import { err, ok, type Result } from "../../../../base/result.ts";
import type { Credential } from "../../../credential.ts";
import type { ServicePorts } from "../../../service.ts";
import { credentialsOf } from "../../database/roles.ts";
import { entryOf } from "../entries.ts";
import { base62 } from "../fields.ts";
import type { Lease } from "../model.ts";
import { CONNECTION, filled, manage, statementsOf, targetOf } from "./connection.ts";

export const ROLE = "role";

export interface NewLogin {
  readonly mount: string;
  readonly connection: string;
  readonly role: string;
  readonly username: string;
  readonly expiresAtMs: number;
  /** Whose it is: login of a person, or name of a machine. */
  readonly owner: string;
}

/** What the store's password policy gives: 20 characters with a hyphen, as no URL needs to quote. */
export function newPassword(ports: Pick<ServicePorts, "random">): string {
  const [digit, upper] = [ports.random(1, "0123456789"), ports.random(1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")];
  return `${base62(ports, 8)}-${base62(ports, 9)}${digit}${upper}`;
}

/** Makes the role; its password is a credential of the world. */
export function makeLogin(ports: ServicePorts, wanted: NewLogin): Result<Credential> {
  const { mount, connection, role, username, expiresAtMs, owner } = wanted;
  const settings = entryOf(ports, mount, ROLE, role) ?? {};
  const password = newPassword(ports);
  const values = { name: username, username, password, expiration: databaseTime(expiresAtMs) };
  const statements = statementsOf(settings, "creation_statements");
  if (statements.length === 0) return err("empty creation statements");
  const made = manage(
    ports,
    mount,
    connection,
    statements.map((it) => filled(it, values)),
  );
  if (!made.ok) return made;
  const credential = ofLogin(ports, mount, connection, username);
  if (!credential)
    return err(`the creation statements made no role ${JSON.stringify(username)} with a password`);
  const scope = `leased by ${mount}creds/${role}`;
  return ok(ports.credentials.change(credential.id, { owner, scope }));
}

/** The credential of a role that works now. */
export function ofLogin(
  ports: ServicePorts,
  mount: string,
  connection: string,
  username: string,
): Credential | undefined {
  const host = targetOf(entryOf(ports, mount, CONNECTION, connection) ?? {})?.host ?? "";
  return credentialsOf(ports, host, username).findLast((it) => ports.credentials.works(it));
}

/** Null, or why it could not be removed. */
export function removeLogin(ports: ServicePorts, lease: Lease, expired: boolean): string | null {
  const settings = entryOf(ports, lease.mount, ROLE, lease.role) ?? {};
  const own = statementsOf(settings, "revocation_statements");
  const statements = own.length > 0 ? own : [`DROP ROLE IF EXISTS "{{name}}"`];
  const values = { name: lease.username, username: lease.username };
  const removed = manage(
    ports,
    lease.mount,
    lease.connection,
    statements.map((it) => filled(it, values)),
  );
  if (!removed.ok) return `failed to revoke entry: ${removed.error}`;
  if (expired) ports.credentials.change(lease.credential, { status: "expired" });
  return null;
}

/** Null, or why it could not be extended. */
export function extendLogin(ports: ServicePorts, lease: Lease, expiresAtMs: number): string | null {
  const settings = entryOf(ports, lease.mount, ROLE, lease.role);
  if (!settings) return `error during renew: could not find role with name: ${JSON.stringify(lease.role)}`;
  const own = statementsOf(settings, "renew_statements");
  const statements = own.length > 0 ? own : [`ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`];
  const { username } = lease;
  const values = { name: username, username, expiration: databaseTime(expiresAtMs) };
  const extended = manage(
    ports,
    lease.mount,
    lease.connection,
    statements.map((it) => filled(it, values)),
  );
  return extended.ok ? null : extended.error;
}

/** "2026-03-03 10:00:00+0000" */
function databaseTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+0000`;
}
