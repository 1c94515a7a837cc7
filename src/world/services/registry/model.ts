/** Words of the package registry: accounts, tokens, packages. */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Credential } from "../../credential.ts";

/** `grants` of a credential whose issuer is "registry". */
export interface RegistryGrants {
  /** The account as which it acts. */
  readonly user: string;
  readonly scopes: "read" | "publish";
  /** Null: all packages of the account. */
  readonly packages?: readonly string[] | null;
  /** A sign-in of `npm login`: it may make and revoke tokens. */
  readonly session?: boolean;
}

export interface RegistryUser {
  readonly name: string;
  readonly email: string;
  /** Logins of the people who know its password: who a machine account belongs to. */
  readonly people: readonly string[];
}

/** What the list of tokens shows of one. */
export interface TokenFacts {
  /** Id of the credential. */
  readonly credential: string;
  /** The id by which `npm token revoke` names it. */
  readonly key: string;
  readonly name: string;
}

export interface Version {
  readonly version: string;
  /** Its package.json, with `dist`. */
  readonly manifest: { readonly [key: string]: Json | undefined };
  readonly publishedAtMs: number;
  readonly by: string;
}

export interface Package {
  readonly name: string;
  readonly owners: readonly string[];
  readonly versions: readonly Version[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
}

/** By name. */
export const USERS = tableName<RegistryUser>("registry/users");
/** By id of the credential. */
export const TOKENS = tableName<TokenFacts>("registry/tokens");
/** By name of the package. */
export const PACKAGES = tableName<Package>("registry/packages");

/** The disk with the tarballs. */
export const REGISTRY_MACHINE = "registry";

export function grantsOf({ grants, owner }: Pick<Credential, "grants" | "owner">): RegistryGrants {
  const told = (grants ?? {}) as unknown as Partial<RegistryGrants>;
  return { user: owner, scopes: "publish", packages: null, ...told };
}

export function isPackageName(name: string): boolean {
  return name.length <= 214 && /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/.test(name);
}
