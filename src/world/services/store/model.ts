/** Words of the secret store: tokens, mounts, leases, and the tables they are in. https://openbao.org/docs/concepts/ */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";

export type Fields = { readonly [key: string]: Json | undefined };

export const SECOND_MS = 1000;
export const HOUR_MS = 3600 * SECOND_MS;
/** Both the usual and the longest life of tokens and leases, where nothing else is said: 32 days. */
export const SYSTEM_TTL_MS = 768 * HOUR_MS;

/** What the store knows of a token beside its credential. */
export interface Token {
  readonly accessor: string;
  /** Id of the credential; its value is the token. */
  readonly credential: string;
  /** Accessor of the token that made it; null for an orphan. */
  readonly parent: string | null;
  readonly policies: readonly string[];
  readonly displayName: string;
  /** The path by which it was made: "auth/token/create". */
  readonly path: string;
  readonly meta: Readonly<Record<string, string>> | null;
  readonly issuedAtMs: number;
  /** 0: for ever. */
  readonly creationTtlMs: number;
  readonly explicitMaxTtlMs: number;
  readonly periodMs: number;
  /** Longest life by mount or role, from its issue. */
  readonly maxTtlMs: number;
  /** Requests that are left; 0: any number. */
  readonly usesLeft: number;
  readonly renewable: boolean;
  readonly lastRenewalMs: number | null;
  readonly entityId: string;
  readonly role: string;
}

/** By accessor. A token without a record here works for nobody. */
export const TOKENS = tableName<Token>("store/tokens");

export const ENGINES = ["kv", "database", "cubbyhole", "identity", "system"] as const;
export type Engine = (typeof ENGINES)[number];

export const METHODS = ["token", "userpass", "approle", "jwt", "oidc"] as const;
export type Method = (typeof METHODS)[number];

export interface Mount<Type extends string = string> {
  /** With a slash at its end: "secret/", "jwt/". */
  readonly path: string;
  readonly type: Type;
  readonly accessor: string;
  readonly uuid: string;
  readonly description: string;
  readonly options: Readonly<Record<string, string>> | null;
  readonly defaultTtlMs: number;
  readonly maxTtlMs: number;
  readonly local: boolean;
}

/** Secrets engines and auth methods, each by path. */
export const MOUNTS = tableName<Mount<Engine>>("store/mounts");
export const AUTHS = tableName<Mount<Method>>("store/auths");

/** Something that a client has for a time: here, a login of a database. */
export interface Lease {
  readonly id: string;
  /** Accessor of the token that asked for it. */
  readonly token: string;
  /** "database/" */
  readonly mount: string;
  /** Name of the connection in that mount. */
  readonly connection: string;
  readonly role: string;
  readonly username: string;
  /** Id of the database's credential. */
  readonly credential: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly creationTtlMs: number;
  readonly maxTtlMs: number;
  readonly lastRenewalMs: number | null;
}

/** By id. */
export const LEASES = tableName<Lease>("store/leases");

/** Settings of a mount: roles, connections, users… */
export interface Entry {
  readonly mount: string;
  /** "role", "connection", … */
  readonly kind: string;
  readonly name: string;
  readonly fields: Fields;
}

/** By `mount kind name`. */
export const ENTRIES = tableName<Entry>("store/entries");

/** Kinds of what the queue holds for the store. */
export const TOKEN_ENDS = "store/token";
export const LEASE_ENDS = "store/lease";
export const ROTATION_DUE = "store/rotation";
