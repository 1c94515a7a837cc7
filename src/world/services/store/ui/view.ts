/**
 * What the panel of the store shows, as data: names, times and rules, never a value. Where the policies of the token do
 * not allow a path, the path stands in the place of what it would have shown: "read sys/mounts".
 */
export type StoreSeen<T> = { readonly seen: T } | { readonly denied: string };

export interface StoreView {
  /** Null where nobody is signed in, or with a token that works no more. */
  readonly own: StoreToken | null;
  readonly mounts: StoreSeen<readonly StoreMount[]>;
  readonly policies: StoreSeen<readonly StorePolicy[]>;
  readonly tokens: StoreSeen<readonly StoreToken[]>;
  readonly leases: StoreSeen<readonly StoreLease[]>;
  readonly methods: StoreSeen<readonly StoreMethod[]>;
}

export interface StoreMount {
  readonly path: string;
  readonly type: string;
  /** "2" of a key-value engine with versions; else null. */
  readonly version: string | null;
  readonly description: string;
  /** Of a key-value engine. */
  readonly secrets: StoreSeen<readonly StoreSecret[]> | null;
  /** Of an engine that makes logins: the names of its roles. */
  readonly roles: StoreSeen<readonly string[]> | null;
}

export interface StoreSecret {
  readonly path: string;
  /** Null where only the name may be seen. */
  readonly versions: readonly StoreVersion[] | null;
}

export interface StoreVersion {
  readonly version: number;
  /** ISO 8601, like all times here. */
  readonly created: string;
  readonly state: "there" | "deleted" | "destroyed";
}

export interface StorePolicy {
  readonly name: string;
  /** As it was written; empty of `root`. */
  readonly text: StoreSeen<string>;
}

export interface StoreToken {
  readonly accessor: string;
  readonly name: string;
  readonly policies: readonly string[];
  /** How it came about: "auth/token/create". */
  readonly path: string;
  readonly issued: string;
  /** Null: never. */
  readonly expires: string | null;
  readonly own: boolean;
}

export interface StoreLease {
  readonly id: string;
  readonly role: string;
  readonly issued: string;
  readonly expires: string;
  readonly own: boolean;
}

export interface StoreMethod {
  readonly path: string;
  readonly type: string;
  readonly description: string;
  /** Null where the method has none. */
  readonly roles: StoreSeen<readonly string[]> | null;
}
