/** What the forge keeps and what it needs: plain data, and the ports to the rest of the world. */
import type { Disk } from "../../../disk/disk.ts";
import type { WorldEvent } from "../../event.ts";

/** A secret in a file, as the detection engine reports it. */
export interface Detected {
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** For people: `GitHub Personal Access Token`. */
  readonly kind: string;
  /** The secret itself. The forge keeps a digest of it only. Where it is absent the text of the line stands for it. */
  readonly value?: string;
}

export interface Identity {
  readonly login: string;
  readonly type: "user" | "app" | "deploy_key" | "workflow";
  readonly credentialId: string;
}

export type Presented =
  | { readonly scheme: "basic"; readonly username: string; readonly password: string }
  | { readonly scheme: "bearer"; readonly token: string };

export interface ForgePorts {
  /** Virtual time, ms since 1970. */
  now(): number;
  detect(path: string, bytes: Uint8Array): readonly Detected[] | Promise<readonly Detected[]>;
  /** Random text from the forge's own stream. */
  random(length: number, alphabet: string): string;
  /** Whose credential this is; null where it is none (any more). Absent: nobody has one. */
  authenticate?(presented: Presented, address: string): Identity | null;
  /** Something became true. */
  event?(event: Omit<WorldEvent, "atMs" | "seq">): void;
}

export type Permission = "read" | "write" | "admin";
export const BYPASS_REASONS = ["false_positive", "used_in_tests", "will_fix_later"] as const;
export type BypassReason = (typeof BYPASS_REASONS)[number];

export interface Location {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

export interface Alert {
  readonly number: number;
  /** SHA-256 over rule and secret. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly kind: string;
  readonly createdAtMs: number;
  state: "open" | "resolved";
  /** As GitHub names it. */
  resolution: "false_positive" | "used_in_tests" | "wont_fix" | "revoked" | null;
  resolvedBy: string | null;
  resolvedAtMs: number | null;
  readonly bypass: Bypass | null;
  /** Where the secret is since it was pushed. */
  readonly locations: Location[];
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
  readonly fingerprint: string;
  readonly rule: string;
  readonly kind: string;
  readonly login: string;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  visibility: "public" | "private";
  defaultBranch: string;
  readonly createdAtMs: number;
  pushedAtMs: number | null;
  secretScanning: boolean;
  pushProtection: boolean;
  /** Branches that nobody may force-push or delete. */
  protectedBranches: string[];
  /** Somebody else's right; `*` is everybody with an account. */
  readonly collaborators: Record<string, Permission>;
  /** While a lab's start is being made, its rules rest. */
  beingMade: boolean;
  readonly alerts: Alert[];
  readonly placeholders: Placeholder[];
}

/** One line of the audit log, in the envelope that every service uses. */
export interface AuditEntry {
  readonly atMs: number;
  readonly actor: string;
  readonly identityType: string;
  readonly credentialId: string | null;
  readonly action: string;
  readonly target: string;
  readonly result: "allowed" | "denied";
  readonly address: string;
  readonly requestId: string;
}

/** The forge as its handlers and rules see it. */
export interface ForgeCore {
  readonly ports: ForgePorts;
  readonly disk: Disk;
  find(id: string): Repository | undefined;
  permission(repository: Repository, login: string | null): Permission | null;
  nextRequestId(): string;
  log(entry: Omit<AuditEntry, "atMs">): void;
}

export function repositoryId(repository: Pick<Repository, "owner" | "name">): string {
  return `${repository.owner}/${repository.name}`;
}

export function canWrite(permission: Permission | null): boolean {
  return permission === "write" || permission === "admin";
}
