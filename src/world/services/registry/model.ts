/** Words of the package registry: accounts, tokens, packages. */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Credential } from "../../credential.ts";

/** `grants` of a credential whose issuer is "registry". */
export interface RegistryGrants {
  /** The account as which it acts. */
  readonly user: string;
  readonly scopes: "read" | "publish";
  /** Names of packages, and scopes ("@lantern"). Null: all packages of the account. */
  readonly packages?: readonly string[] | null;
  /** Ranges of addresses ("192.0.2.0/24") from which it works; none said: from everywhere. */
  readonly cidr?: readonly string[];
  /** It may publish where the package asks for a second factor. */
  readonly bypass2fa?: boolean;
  /** A sign-in of `npm login`: it may make and revoke tokens, and counts as a second factor. */
  readonly session?: boolean;
  /** Id of the trusted publisher for whose job it was made. */
  readonly trustedPublisher?: string;
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
  /** The account, or "GitHub Actions" for a trusted publisher. */
  readonly by: string;
  /** Statements about how it was made, as its attestations. */
  readonly attestations?: readonly Json[];
}

/**
 * What publishing asks for: nothing; a second factor or a token that may do without ("automation"); a second factor and
 * never a token ("publish"). https://docs.npmjs.com/requiring-2fa-for-package-publishing-and-settings-modification
 */
export const MFA = ["none", "automation", "publish"] as const;
export type Mfa = (typeof MFA)[number];

/** The workflow that may publish without a token. https://docs.npmjs.com/trusted-publishers */
export interface TrustedPublisher {
  readonly id: string;
  readonly repository: string;
  /** Name of the workflow's file. */
  readonly file: string;
  readonly environment: string | null;
  readonly permissions: readonly string[];
}

export interface Package {
  readonly name: string;
  readonly owners: readonly string[];
  readonly versions: readonly Version[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  /** Of its last change; where nothing is said, that of its last version. */
  readonly modifiedAtMs?: number;
  /** Counts its changes. */
  readonly revision?: number;
  readonly mfa?: Mfa;
  readonly restricted?: boolean;
  readonly trust?: TrustedPublisher | null;
  /** Numbers that were taken once and are never given again, with the time of their publication. */
  readonly gone?: Readonly<Record<string, number>>;
  /** Since when nothing of it is there any more. */
  readonly unpublishedAtMs?: number;
}

/** By name. */
export const USERS = tableName<RegistryUser>("registry/users");
/** By id of the credential. */
export const TOKENS = tableName<TokenFacts>("registry/tokens");
/** A sign-in that waits for a browser, by its id. */
export interface Login {
  readonly id: string;
  /** Who confirmed it; null while nobody did. */
  readonly user: string | null;
}

/** What is known to be wrong with versions of a package. https://docs.npmjs.com/about-security-audits */
export interface Advisory {
  readonly id: number;
  readonly package: string;
  readonly title: string;
  readonly severity: string;
  readonly vulnerable: string;
  readonly url: string;
}

export const LOGINS = tableName<Login>("registry/logins");
export const ADVISORIES = tableName<Advisory>("registry/advisories");
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
