/** Something a service issued, with its life and its uses. */
import type { Json } from "../base/json.ts";

export const CREDENTIAL_STATUSES = ["active", "inactive", "revoked", "expired", "deleted"] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];

/** Which service honours it. `none`: a value that only looks like one, or that opens nothing in this world. */
export const ISSUERS = ["forge", "database", "registry", "deploy", "cloud", "store", "none"] as const;
export type Issuer = (typeof ISSUERS)[number];

export interface CredentialUse {
  /** Of steady use: the last time. */
  readonly atMs: number;
  /** Of steady use, which is one record: how often, and since when. */
  readonly count?: number;
  readonly sinceMs?: number;
  readonly actor: string;
  readonly address: string;
  readonly action: string;
  readonly result: "allowed" | "denied";
}

export interface Credential {
  readonly id: string;
  /** A kind of engine/kinds.ts. */
  readonly kind: string;
  readonly issuer: Issuer;
  /** The secret itself: minted from the seed, provably invalid outside. Never shown, never logged. */
  readonly value: string;
  /** Parts of the value that are secret on their own (the password within a URL): what the trace looks for. */
  readonly parts: readonly string[];
  /** Login of the person, or the name of the machine account, that it acts as. */
  readonly owner: string;
  /** What it opens, for people. */
  readonly scope: string;
  /** What it opens, for its issuer; shapes are the issuer's. */
  readonly grants: Json;
  readonly status: CredentialStatus;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly uses: readonly CredentialUse[];
  /** Part of the lab (surfaces are searched for it), or made on the way (a job's token, a sign-in). */
  readonly planted: boolean;
}
