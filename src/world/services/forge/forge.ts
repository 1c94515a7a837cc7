/**
 * The forge: repositories, who may do what, alerts, bypasses and the audit log. State is plain data; git objects and
 * refs live as bare repositories on a disk of its own.
 */
import { sha256 } from "../../../base/digest.ts";
import { invariant } from "../../../base/invariant.ts";
import { canonicalJson, type Json } from "../../../base/json.ts";
import type { DiskData } from "../../../disk/data.ts";
import { Disk } from "../../../disk/disk.ts";
import type { WorldEvent } from "../../event.ts";
import { bareRepository } from "./repositories.ts";

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
  detect(path: string, bytes: Uint8Array): readonly Detected[];
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
  readonly collaborators: Record<string, Permission>;
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

interface ForgeState {
  readonly repositories: Repository[];
  readonly audit: AuditEntry[];
  /** Requests served so far. */
  requests: number;
}

export interface ForgeData {
  readonly state: ForgeState;
  readonly disk: DiskData;
}

export type NewRepository = Pick<Repository, "owner" | "name"> & Partial<Omit<Repository, "owner" | "name" | "alerts" | "placeholders" | "createdAtMs" | "pushedAtMs">>;

export class Forge {
  readonly ports: ForgePorts;
  readonly disk: Disk;
  readonly #state: ForgeState;

  constructor(ports: ForgePorts, state: ForgeState = { repositories: [], audit: [], requests: 0 }, disk?: Disk) {
    this.ports = ports;
    this.#state = state;
    this.disk = disk ?? new Disk({ now: () => ports.now() });
  }

  static restore(data: ForgeData, ports: ForgePorts): Forge {
    return new Forge(ports, structuredClone(data.state), Disk.restore(data.disk, { now: () => ports.now() }));
  }

  fork(ports: ForgePorts): Forge {
    return new Forge(ports, structuredClone(this.#state), this.disk.fork({ now: () => ports.now() }));
  }

  snapshot(): ForgeData {
    return { state: structuredClone(this.#state), disk: this.disk.snapshot() };
  }

  digest(): string {
    return sha256(canonicalJson([this.#state as unknown as Json, this.disk.digest()]));
  }

  get repositories(): readonly Repository[] {
    return this.#state.repositories;
  }

  get audit(): readonly AuditEntry[] {
    return this.#state.audit;
  }

  /** Creates an empty bare repository. */
  create(wanted: NewRepository): Repository {
    invariant([wanted.owner, wanted.name].every((part) => /^[\w.-]+$/.test(part)), "a repository's name is letters, digits, - _ .");
    invariant(!this.find(wanted.owner, wanted.name), `${wanted.owner}/${wanted.name} exists`);
    const repository: Repository = {
      visibility: "private",
      defaultBranch: "main",
      secretScanning: true,
      pushProtection: true,
      protectedBranches: [],
      collaborators: {},
      ...wanted,
      createdAtMs: this.ports.now(),
      pushedAtMs: null,
      alerts: [],
      placeholders: [],
    };
    this.#state.repositories.push(repository);
    bareRepository(this.disk, repositoryId(repository), repository.defaultBranch);
    return repository;
  }

  /** Names are compared without case, as GitHub does. */
  find(owner: string, name: string): Repository | undefined {
    const id = `${owner}/${name}`.toLowerCase();
    return this.#state.repositories.find((repository) => repositoryId(repository).toLowerCase() === id);
  }

  /** The right that somebody has; null for none. A public repository can be read by everybody. */
  permission(repository: Repository, login: string | null): Permission | null {
    const own = login === null ? undefined : repository.collaborators[login];
    return own ?? (login === repository.owner ? "admin" : repository.visibility === "public" ? "read" : null);
  }

  nextRequestId(): string {
    this.#state.requests += 1;
    return `REQ-${String(this.#state.requests).padStart(6, "0")}`;
  }

  log(entry: Omit<AuditEntry, "atMs">): void {
    this.#state.audit.push({ atMs: this.ports.now(), ...entry });
  }
}

export function repositoryId(repository: Pick<Repository, "owner" | "name">): string {
  return `${repository.owner}/${repository.name}`;
}

export function canWrite(permission: Permission | null): boolean {
  return permission === "write" || permission === "admin";
}
