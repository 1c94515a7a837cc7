/** Alerts of secret scanning, and blocks of push protection that may be bypassed. */
import { tableName, type Tables } from "../../../../base/tables.ts";
import type { Repository } from "../model.ts";

export const BYPASS_REASONS = ["false_positive", "used_in_tests", "will_fix_later"] as const;
export type BypassReason = (typeof BYPASS_REASONS)[number];

/** As GitHub names them. */
export const RESOLUTIONS = ["false_positive", "used_in_tests", "wont_fix", "revoked"] as const;

export interface Location {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

export interface Alert {
  readonly repository: number;
  readonly number: number;
  /** SHA-256 over rule and secret. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly kind: string;
  readonly createdAtMs: number;
  readonly state: "open" | "resolved";
  readonly resolution: (typeof RESOLUTIONS)[number] | null;
  readonly resolvedBy: string | null;
  readonly resolvedAtMs: number | null;
  /** What was said when it was resolved. */
  readonly comment?: string | null;
  readonly bypass: Bypass | null;
  /** Where the secret is since it was pushed. */
  readonly locations: readonly Location[];
}

export interface Bypass {
  readonly placeholder: string;
  readonly reason: BypassReason;
  readonly by: string;
  readonly atMs: number;
  /** The push has to follow before this. */
  readonly expiresAtMs: number;
}

/** A block that may be bypassed, by the one who was blocked. */
export interface Placeholder {
  readonly id: string;
  readonly repository: number;
  readonly fingerprint: string;
  readonly rule: string;
  readonly kind: string;
  readonly login: string;
}

/** By `repository id/number`. */
export const ALERTS = tableName<Alert>("forge/alerts");
/** By their own id. */
export const PLACEHOLDERS = tableName<Placeholder>("forge/placeholders");

export function alertsOf(tables: Tables, repository: Repository): Alert[] {
  return tables.of(ALERTS).filter((alert) => alert.repository === repository.id);
}

export function alertKey({ repository, number }: Pick<Alert, "repository" | "number">): string {
  return `${repository}/${number}`;
}
