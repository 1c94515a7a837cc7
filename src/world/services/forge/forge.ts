/**
 * The forge: repositories, who may do what, alerts, bypasses and the audit log. State is plain data; git objects and
 * refs live as bare repositories on a disk of its own.
 */
import type { GitOptions } from "just-git";
import { sha256 } from "../../../base/digest.ts";
import { invariant } from "../../../base/invariant.ts";
import { canonicalJson, type Json } from "../../../base/json.ts";
import type { DiskData } from "../../../disk/data.ts";
import { Disk } from "../../../disk/disk.ts";
import { handle } from "./handlers.ts";
import {
  repositoryId,
  type Alert,
  type AuditEntry,
  type ForgeCore,
  type ForgePorts,
  type Permission,
  type Repository,
} from "./model.ts";
import { forgeNetwork } from "./network.ts";
import { bareRepository, branchesOf, gitDirectory, type Branch } from "./repositories.ts";

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

export type RepositoryOptions = Partial<
  Pick<
    Repository,
    | "visibility"
    | "defaultBranch"
    | "secretScanning"
    | "pushProtection"
    | "protectedBranches"
    | "collaborators"
  >
>;

/** The address from which the learner's machine and panels come. */
export const HOME_ADDRESS = "203.0.113.20";

export class Forge implements ForgeCore {
  readonly ports: ForgePorts;
  readonly disk: Disk;
  readonly #state: ForgeState;

  constructor(
    ports: ForgePorts,
    state: ForgeState = { repositories: [], audit: [], requests: 0 },
    disk?: Disk,
  ) {
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

  /** Creates an empty bare repository `owner/name`. Its rules rest until `openToLearner`. */
  createRepository(id: string, options: RepositoryOptions = {}): Repository {
    invariant(/^[\w.-]+\/[\w.-]+$/.test(id), "a repository is called owner/name");
    invariant(!this.find(id), `${id} exists`);
    const [owner, name] = id.split("/") as [string, string];
    const repository: Repository = {
      visibility: "private",
      defaultBranch: "main",
      secretScanning: true,
      pushProtection: true,
      protectedBranches: [],
      collaborators: { "*": "write" },
      ...options,
      owner,
      name,
      createdAtMs: this.ports.now(),
      pushedAtMs: null,
      alerts: [],
      placeholders: [],
      beingMade: true,
    };
    this.#state.repositories.push(repository);
    bareRepository(this.disk, id, repository.defaultBranch);
    return repository;
  }

  /** The start of a lab is made: from here on rules hold, and the audit log begins. */
  openToLearner(id: string): void {
    const repository = this.find(id);
    invariant(repository, `there is no ${id}`);
    repository.beingMade = false;
    this.#state.audit.length = 0;
  }

  /** Names are compared without case, as GitHub does. */
  find(id: string): Repository | undefined {
    return this.#state.repositories.find(
      (repository) => repositoryId(repository).toLowerCase() === id.toLowerCase(),
    );
  }

  /** The right that somebody has; null for none. A public repository can be read by everybody. */
  permission(repository: Repository, login: string | null): Permission | null {
    if (login === null) return repository.visibility === "public" ? "read" : null;
    if (login === repository.owner) return "admin";
    return (
      repository.collaborators[login] ??
      repository.collaborators["*"] ??
      (repository.visibility === "public" ? "read" : null)
    );
  }

  /** Answers a request. `login` is who is signed in where the request carries no credential. */
  handle(request: Request, login: string | null = null, address: string = HOME_ADDRESS): Promise<Response> {
    return handle(this, request, { login, address });
  }

  /** How somebody's git reaches the forge: as one who is signed in through a credential helper. */
  network(login: string | null, address: string = HOME_ADDRESS): GitOptions["network"] {
    return forgeNetwork((request) => this.handle(request, login, address));
  }

  nextRequestId(): string {
    this.#state.requests += 1;
    return `REQ-${String(this.#state.requests).padStart(6, "0")}`;
  }

  log(entry: Omit<AuditEntry, "atMs">): void {
    this.#state.audit.push({ atMs: this.ports.now(), ...entry });
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
    return this.find(id)?.alerts ?? [];
  }
}
