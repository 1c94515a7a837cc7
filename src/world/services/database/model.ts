/** Words of the database servers: roles, sessions, relations, and what a credential of theirs opens. */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Credential } from "../../credential.ts";

/** `grants` of a credential whose issuer is "database". */
export interface DatabaseGrants {
  /** "db.production.lantern-tides.test" */
  readonly host: string;
  readonly role: string;
  readonly database: string;
  readonly superuser?: boolean;
  readonly createRole?: boolean;
}

/** What was changed about a role; before that a role is what the credentials say. */
export interface Role {
  readonly host: string;
  readonly name: string;
  readonly login: boolean;
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly dropped: boolean;
}

/** A connection that is open. */
export interface Session {
  readonly pid: number;
  readonly host: string;
  readonly database: string;
  readonly role: string;
  readonly address: string;
  readonly application: string;
  readonly credentialId: string;
  readonly startedAtMs: number;
  readonly query: string;
}

export type Value = string | number | boolean | null;

export interface Relation {
  readonly host: string;
  readonly database: string;
  readonly name: string;
  readonly owner: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Value[])[];
}

/** By `host name`. */
export const ROLES = tableName<Role>("database/roles");
/** By process id. */
export const SESSIONS = tableName<Session>("database/sessions");
/** By `host/database name`. */
export const RELATIONS = tableName<Relation>("database/relations");

/** What was granted to a role; before anybody speaks of it, it may everything. */
export interface Privileges {
  readonly host: string;
  readonly role: string;
  /** "select *" on all tables, "select stations" on one. */
  readonly granted: readonly string[];
}

/** By `host role`. */
export const PRIVILEGES = tableName<Privileges>("database/privileges");

export const PORT = 5432;
export const VERSION = "17.5";

/** What a credential opens; of one without grants, what its URL says. Null where neither tells. */
export function grantsOf({ grants, value }: Pick<Credential, "grants" | "value">): DatabaseGrants | null {
  const told = toldGrants(grants);
  if (told) return told;
  const url = /^postgres(?:ql)?:\/\/([^:@/]+):[^@/]*@([^:/]+)(?::\d+)?\/([^?]+)/.exec(value);
  return url ? { role: url[1] as string, host: url[2] as string, database: url[3] as string } : null;
}

function toldGrants(grants: Json): DatabaseGrants | null {
  if (grants === null || typeof grants !== "object" || Array.isArray(grants)) return null;
  const told = grants as { readonly [key: string]: Json | undefined };
  return typeof told["host"] === "string" && typeof told["role"] === "string"
    ? ({ database: "postgres", ...told } as unknown as DatabaseGrants)
    : null;
}

/** The passwords by which a credential is known: its value, its parts, and the one within its URL. */
export function passwordsOf({ value, parts }: Pick<Credential, "value" | "parts">): string[] {
  const inUrl = /^postgres(?:ql)?:\/\/[^:@/]+:([^@/]*)@/.exec(value)?.[1];
  return [value, ...parts, ...(inUrl === undefined ? [] : [inUrl])];
}

/** Servers listen here. */
export function addressOf(host: string): string {
  const last: Readonly<Record<string, number>> = { production: 50, prod: 50, staging: 51, dev: 52 };
  const environment = host.split(".")[1] ?? "";
  return `203.0.113.${Object.hasOwn(last, environment) ? last[environment] : 53}`;
}
