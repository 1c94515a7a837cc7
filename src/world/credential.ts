/** Something a service issued, with its life and its uses. */

export const CREDENTIAL_STATUSES = ["active", "inactive", "revoked", "expired", "deleted"] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];

export interface CredentialUse {
  readonly atMs: number;
  readonly actor: string;
  readonly address: string;
  readonly action: string;
  readonly result: "allowed" | "denied";
}

export interface Credential {
  readonly id: string;
  /** A kind of engine/kinds.ts. */
  readonly kind: string;
  /** The secret itself: minted from the seed, provably invalid outside. Never shown, never logged. */
  readonly value: string;
  /** Parts of the value that are secret on their own (the password within a URL). */
  readonly parts: readonly string[];
  readonly owner: string;
  readonly scope: string;
  readonly status: CredentialStatus;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly uses: readonly CredentialUse[];
}
