/** Words that every part of the forge uses. Records are immutable: a change replaces the record in its table. */
import type { Reach } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";

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

export type DetectSecrets = (
  path: string,
  bytes: Uint8Array,
) => readonly Detected[] | Promise<readonly Detected[]>;

export interface ForgePorts extends ServicePorts {
  readonly detect: DetectSecrets;
  /** How the forge's webhooks reach other hosts; without it every delivery fails to connect. */
  readonly reach?: Reach;
  /** Hands a letter to the world's mail, to an address. */
  post?(letter: { readonly to: string; readonly subject: string; readonly body: string }): void;
}

/** Roles on a repository, weakest first. https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization */
export const ROLES = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

export function atLeast(role: Role | null, wanted: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

export const LEVELS = ["read", "write"] as const;
export type Level = (typeof LEVELS)[number];

/** Names of fine-grained permissions, with underscores. */
export const PERMISSION_NAMES = [
  "metadata",
  "contents",
  "workflows",
  "issues",
  "pull_requests",
  "actions",
  "attestations",
  "checks",
  "statuses",
  "deployments",
  "discussions",
  "id_token",
  "packages",
  "pages",
  "secrets",
  "actions_variables",
  "environments",
  "repository_hooks",
  "secret_scanning_alerts",
  "security_events",
  "administration",
] as const;
export type PermissionName = (typeof PERMISSION_NAMES)[number];

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
  readonly name: string;
  readonly email: string;
  readonly createdAtMs: number;
  /** Of an organisation: what its members may do with every repository. */
  readonly memberRole: Role | null;
  /** Of a person: signs in with a second factor. Of an organisation: whether its members have to. */
  readonly twoFactor: boolean;
  /** Of an organisation: fine-grained tokens open nothing of it before an owner approved them. */
  readonly approvesTokens: boolean;
}

export interface Membership {
  readonly organisation: string;
  readonly login: string;
  readonly role: "admin" | "member";
  /** Shown to everybody as a member. */
  readonly public?: boolean;
  /** Invited, and has not answered. */
  readonly pending?: boolean;
}

/** How a pull request may be merged, and what happens then. */
export interface MergeSettings {
  readonly mergeCommit: boolean;
  readonly squash: boolean;
  readonly rebase: boolean;
  readonly deleteBranch: boolean;
}

export const VISIBILITIES = ["public", "private"] as const;

export const PUSH_PROTECTS = ["providers", "everything"] as const;
export type PushProtects = (typeof PUSH_PROTECTS)[number];

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: (typeof VISIBILITIES)[number];
  readonly defaultBranch: string;
  readonly createdAtMs: number;
  readonly pushedAtMs: number | null;
  /** Id of the repository that it is a fork of. */
  readonly fork: number | null;
  /** Id of the first repository of the fork network; all of a network share one pool of objects. */
  readonly network: number;
  readonly archived: boolean;
  readonly hasIssues: boolean;
  readonly topics: readonly string[];
  readonly merging: MergeSettings;
  readonly secretScanning: boolean;
  readonly pushProtection: boolean;
  /** Which secrets stop a push: tokens whose provider made their shape known, or whatever is detected. */
  readonly pushProtects: PushProtects;
  /** Branches that nobody may force-push or delete (classic protection). */
  readonly protectedBranches: readonly string[];
  /** Somebody's right by login; `*` is everybody with an account. */
  readonly collaborators: Readonly<Record<string, Role>>;
  /** While a lab's start is being made, its rules rest. */
  readonly beingMade: boolean;
}

/** `owner/name`. */
export function repositoryId(repository: Pick<Repository, "owner" | "name">): string {
  return `${repository.owner}/${repository.name}`;
}
