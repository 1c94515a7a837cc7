/**
 * The forge: accounts, repositories, who may do what. Its state is in tables of the world; git objects and refs are bare
 * repositories on a disk of its own, and so are logs, artifacts and other files.
 */
import { invariant } from "../../../base/invariant.ts";
import type { Disk } from "../../../disk/disk.ts";
import type { AuditEntry } from "../../audit.ts";
import { bareRepository, branchesOf, gitDirectory, type Branch } from "./git/storage.ts";
import { alertsOf, type Alert } from "./git/alerts.ts";
import type { Identity } from "./identity.ts";
import {
  repositoryId,
  type Account,
  type ForgePorts,
  type Level,
  type PermissionName,
  type Repository,
  type Role,
} from "./model.ts";
import { allows, participates } from "./permissions.ts";
import { roleOf } from "./roles.ts";
import { ACCOUNTS, MEMBERSHIPS, REPOSITORIES } from "./store.ts";

/** Name of the forge's machine, and of its stream of chance. */
export const FORGE = "forge";

export type RepositoryOptions = Partial<
  Omit<Repository, "id" | "owner" | "name" | "createdAtMs" | "pushedAtMs" | "beingMade">
>;

export type AccountOptions = Partial<Omit<Account, "id" | "login" | "createdAtMs">>;

export class Forge {
  readonly ports: ForgePorts;

  constructor(ports: ForgePorts) {
    this.ports = ports;
  }

  /** Its disk; made when first needed. */
  get disk(): Disk {
    const { machines } = this.ports;
    return machines.has(FORGE) ? machines.get(FORGE) : machines.add(FORGE);
  }

  now(): number {
    return this.ports.now();
  }

  // Accounts

  account(login: string): Account | undefined {
    return this.ports.tables.of(ACCOUNTS).get(login.toLowerCase());
  }

  createAccount(login: string, options: AccountOptions = {}): Account {
    invariant(!this.account(login), `account ${login} exists`);
    const account: Account = {
      type: "User",
      name: login,
      email: `${login}@users.noreply.forge.test`,
      memberRole: options.type === "Organization" ? "read" : null,
      twoFactor: false,
      approvesTokens: false,
      ...options,
      login,
      id: this.ports.tables.next("forge/account", 4001),
      createdAtMs: this.now(),
    };
    return this.ports.tables.of(ACCOUNTS).set(login.toLowerCase(), account);
  }

  addMember(organisation: string, login: string, role: "admin" | "member" = "member"): void {
    const key = `${organisation}/${login}`.toLowerCase();
    this.ports.tables.of(MEMBERSHIPS).set(key, { organisation, login, role });
  }

  // Repositories

  get repositories(): readonly Repository[] {
    return this.ports.tables.of(REPOSITORIES).all();
  }

  /** Names are compared without case, as GitHub does. */
  find(id: string): Repository | undefined {
    return this.ports.tables.of(REPOSITORIES).get(id.toLowerCase());
  }

  /** Creates an empty bare repository `owner/name`. Its rules rest until `openToLearner`. */
  createRepository(id: string, options: RepositoryOptions = {}): Repository {
    invariant(/^[\w.-]+\/[\w.-]+$/.test(id), "a repository is called owner/name");
    invariant(!this.find(id), `${id} exists`);
    const [owner, name] = id.split("/") as [string, string];
    const number = this.ports.tables.next("forge/repository", 70_001);
    const repository: Repository = {
      description: "",
      visibility: "private",
      defaultBranch: "main",
      fork: null,
      network: number,
      archived: false,
      hasIssues: true,
      topics: [],
      merging: { mergeCommit: true, squash: true, rebase: true, deleteBranch: false },
      secretScanning: true,
      pushProtection: true,
      pushProtects: "everything",
      protectedBranches: [],
      collaborators: { "*": "write" },
      ...options,
      id: number,
      owner,
      name,
      createdAtMs: this.now(),
      pushedAtMs: null,
      beingMade: true,
    };
    bareRepository(this.disk, id, repository.defaultBranch);
    return this.ports.tables.of(REPOSITORIES).set(id.toLowerCase(), repository);
  }

  changeRepository(id: string, fields: Partial<Repository>): Repository {
    return this.ports.tables.of(REPOSITORIES).change(id.toLowerCase(), fields);
  }

  /** The start of a lab is made: from here on its rules hold. */
  openToLearner(id: string): void {
    this.changeRepository(id, { beingMade: false });
  }

  // Rights

  /** The right that somebody has; null for none. A public repository can be read by everybody. */
  role(repository: Repository, login: string | null): Role | null {
    return roleOf(this.ports.tables, repository, login);
  }

  allows(identity: Identity | null, repository: Repository, name: PermissionName, level: Level): boolean {
    const role = this.role(repository, identity?.login ?? null);
    return allows(identity, role, repository, name, level);
  }

  /** Whether somebody may open and discuss issues or pull requests there: everybody who can read may. */
  participates(
    identity: Identity | null,
    repository: Repository,
    name: "issues" | "pull_requests" = "issues",
  ): boolean {
    const role = this.role(repository, identity?.login ?? null);
    return participates(identity, role, repository, name);
  }

  /** By its number, which outlives its name. */
  byId(id: number): Repository | undefined {
    return this.ports.tables.of(REPOSITORIES).find((repository) => repository.id === id);
  }

  // Requests

  nextRequestId(): string {
    return `REQ-${String(this.ports.tables.next("forge/request")).padStart(6, "0")}`;
  }

  log(entry: Omit<AuditEntry, "number" | "atMs" | "service" | "data"> & { data?: AuditEntry["data"] }): void {
    this.ports.audit.add({ service: FORGE, ...entry });
  }

  // Looking: costs nothing and leaves no trace.

  /** Where the bare repository is on the forge's disk; null where there is none of that name. */
  gitDir(id: string): string | null {
    const repository = this.find(id);
    return repository ? gitDirectory(repositoryId(repository)) : null;
  }

  branches(id: string): Branch[] {
    const repository = this.find(id);
    return repository ? branchesOf(this.disk, repositoryId(repository)) : [];
  }

  /** The commit of a branch, null where it does not exist. */
  branch(id: string, name: string): string | null {
    return this.branches(id).find((branch) => branch.name === name)?.id ?? null;
  }

  alerts(id: string): readonly Alert[] {
    const repository = this.find(id);
    return repository ? alertsOf(this.ports.tables, repository) : [];
  }
}
