/** Repositories as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import type { Identity } from "../identity.ts";
import { ISSUES } from "../issue.ts";
import { atLeast, repositoryId, type Repository, type Role } from "../model.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { personJson } from "./account.ts";

/** `identity`: whose rights `permissions` names. */
export function repositoryJson(forge: Forge, repository: Repository, identity: Identity | null): Json {
  const role = forge.role(repository, identity?.login ?? null);
  return { ...bareRepositoryJson(forge, repository), permissions: permissionsJson(role) };
}

/** As it stands in events and within other things. */
export function bareRepositoryJson(forge: Forge, repository: Repository): { readonly [key: string]: Json } {
  const id = repositoryId(repository);
  const open = forge.ports.tables
    .of(ISSUES)
    .filter((issue) => issue.repository === repository.id && issue.state === "open").length;
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: id,
    private: repository.visibility === "private",
    owner: personJson(forge, repository.owner),
    ...addresses(id),
    description: repository.description || null,
    fork: repository.fork !== null,
    created_at: time(repository.createdAtMs),
    updated_at: time(repository.pushedAtMs ?? repository.createdAtMs),
    pushed_at: timeOrNull(repository.pushedAtMs),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forge.repositories.filter(({ fork }) => fork === repository.id).length,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [...repository.topics],
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
  };
}

/** What only somebody sees who may change it, and where a fork comes from. */
export function fullRepositoryJson(forge: Forge, repository: Repository, identity: Identity | null): Json {
  const parent = repository.fork === null ? undefined : forge.byId(repository.fork);
  const source = forge.byId(repository.network);
  const organisation = forge.account(repository.owner);
  const admin = forge.role(repository, identity?.login ?? null) === "admin";
  return {
    ...bareRepositoryJson(forge, repository),
    permissions: permissionsJson(forge.role(repository, identity?.login ?? null)),
    ...(parent ? { parent: bareRepositoryJson(forge, parent) } : {}),
    ...(parent && source ? { source: bareRepositoryJson(forge, source) } : {}),
    ...(organisation?.type === "Organization" ? { organization: personJson(forge, repository.owner) } : {}),
    network_count: forge.repositories.filter(({ network }) => network === repository.network).length - 1,
    subscribers_count: 0,
    ...mergeSettingsJson(repository),
    ...(admin ? { security_and_analysis: securityJson(repository) } : {}),
  };
}

function mergeSettingsJson({ merging }: Repository) {
  return {
    allow_merge_commit: merging.mergeCommit,
    allow_squash_merge: merging.squash,
    allow_rebase_merge: merging.rebase,
    allow_auto_merge: false,
    delete_branch_on_merge: merging.deleteBranch,
    allow_update_branch: false,
  };
}

function securityJson({ secretScanning, pushProtection }: Repository): Json {
  const status = (on: boolean) => ({ status: on ? "enabled" : "disabled" });
  return {
    secret_scanning: status(secretScanning),
    secret_scanning_push_protection: status(pushProtection),
  };
}

function permissionsJson(role: Role | null): Json {
  return {
    admin: role === "admin",
    maintain: atLeast(role, "maintain"),
    push: atLeast(role, "write"),
    triage: atLeast(role, "triage"),
    pull: role !== null,
  };
}

const BELOW = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  merges_url: "/merges",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  statuses_url: "/statuses/{sha}",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

function addresses(id: string): Record<string, Json> {
  const url = `${API}/repos/${id}`;
  const below = Object.entries(BELOW).map(([name, path]) => [name, url + path]);
  return {
    html_url: `${FORGE_ORIGIN}/${id}`,
    url,
    ...Object.fromEntries(below),
    clone_url: `${FORGE_ORIGIN}/${id}.git`,
    git_url: `git://${new URL(FORGE_ORIGIN).host}/${id}.git`,
    ssh_url: `git@${new URL(FORGE_ORIGIN).host}:${id}.git`,
    svn_url: `${FORGE_ORIGIN}/${id}`,
    mirror_url: null,
  };
}
