/**
 * What an identity may do with a repository: its role, cut down to what its credential grants. The names are those of
 * fine-grained tokens and of a workflow's `permissions`:
 * https://docs.github.com/en/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens
 */
import type { Identity } from "./identity.ts";
import { atLeast, type Level, type PermissionName, type Repository, type Role } from "./model.ts";

/** The role that reading and writing need; null where nobody may. */
const NEEDED = {
  metadata: { read: "read", write: null },
  contents: { read: "read", write: "write" },
  workflows: { read: "read", write: "write" },
  issues: { read: "read", write: "triage" },
  pull_requests: { read: "read", write: "write" },
  actions: { read: "read", write: "write" },
  attestations: { read: "read", write: "write" },
  checks: { read: "read", write: "write" },
  statuses: { read: "read", write: "write" },
  deployments: { read: "read", write: "write" },
  discussions: { read: "read", write: "triage" },
  id_token: { read: null, write: "write" },
  packages: { read: "read", write: "write" },
  pages: { read: "read", write: "write" },
  secrets: { read: "write", write: "write" },
  actions_variables: { read: "write", write: "write" },
  environments: { read: "read", write: "admin" },
  repository_hooks: { read: "admin", write: "admin" },
  secret_scanning_alerts: { read: "write", write: "write" },
  security_events: { read: "write", write: "write" },
  administration: { read: "admin", write: "admin" },
} as const satisfies Record<PermissionName, Record<Level, Role | null>>;

/** `role` is what the identity's person has on the repository; job tokens and deploy keys have none of their own. */
export function allows(
  identity: Identity | null,
  role: Role | null,
  repository: Repository,
  name: PermissionName,
  level: Level,
): boolean {
  const needed = NEEDED[name][level];
  return needed !== null && allowsRole(identity, role, needed, repository, name, level);
}

/** Opening and discussing issues and pull requests: whoever reads may, where the credential covers writing. */
export function participates(
  identity: Identity | null,
  role: Role | null,
  repository: Repository,
  name: "issues" | "pull_requests",
): boolean {
  return identity !== null && allowsRole(identity, role, "read", repository, name, "write");
}

function allowsRole(
  identity: Identity | null,
  role: Role | null,
  needed: Role,
  repository: Repository,
  name: PermissionName,
  level: Level,
): boolean {
  const { grants } = identity ?? { grants: null };
  if (grants === null || grants.kind === "session") return atLeast(role, needed);
  if (isPublicReading(repository, name, level)) return true;
  if (grants.kind === "classic")
    return atLeast(role, needed) && scopeAllows(grants.scopes, repository, name, level);
  if (grants.kind === "deploy-key")
    return (
      isSame(grants.repository, repository) && name === "contents" && (level === "read" || !grants.readOnly)
    );
  if (grants.kind === "job")
    return isSame(grants.repository, repository) && covers(grants.permissions, name, level);
  if (grants.pending || isOutside(grants.resourceOwner, repository)) return false;
  const chosen = grants.repositories === "all" || grants.repositories.some((id) => isSame(id, repository));
  return chosen && atLeast(role, needed) && covers(grants.permissions, name, level);
}

/** What everybody may read of a public repository. */
const OPEN: ReadonlySet<PermissionName> = new Set([
  "metadata",
  "contents",
  "issues",
  "pull_requests",
  "actions",
  "checks",
  "statuses",
  "deployments",
]);

function isPublicReading(repository: Repository, name: PermissionName, level: Level): boolean {
  return repository.visibility === "public" && level === "read" && OPEN.has(name);
}

function isOutside(owner: string | undefined, repository: Repository): boolean {
  return owner !== undefined && owner.toLowerCase() !== repository.owner.toLowerCase();
}

function isSame(id: string, repository: Repository): boolean {
  return id.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
}

function covers(
  permissions: Readonly<Partial<Record<PermissionName, Level>>>,
  name: PermissionName,
  level: Level,
): boolean {
  if (name === "metadata") return level === "read";
  const given = permissions[name];
  return given === "write" || (given === "read" && level === "read");
}

/** `repo` opens everything of a repository but changes to workflow files; hooks and packages have scopes of their own. */
function scopeAllows(
  scopes: readonly string[],
  repository: Repository,
  name: PermissionName,
  level: Level,
): boolean {
  if (name === "workflows" && level === "write") return scopes.includes("workflow");
  if (name === "repository_hooks" && scopes.includes("admin:repo_hook")) return true;
  if (scopes.includes("repo")) return true;
  if (repository.visibility === "public" && scopes.includes("public_repo")) return name !== "secrets";
  return name === "statuses" && scopes.includes("repo:status");
}
