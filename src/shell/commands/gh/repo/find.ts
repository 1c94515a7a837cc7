/** The repository of an argument, and fields for `--json`. */
import type { GhCall } from "../call.ts";
import type { Fields } from "../json.ts";
import { fullName, parseRepo, type RepoName, repoPath } from "../repository.ts";
import { person, type Repo } from "../rest.ts";
import { GhStop } from "../stop.ts";

/** The repository that the argument names (a bare name is one's own), or that of the folder. */
export async function argumentRepo(call: GhCall, argument: string | undefined): Promise<RepoName> {
  if (argument === undefined) return call.repo();
  const bare = /^[\w.-]+$/.test(argument);
  const repo = parseRepo(argument, bare ? await call.login() : null);
  call.choose(repo);
  return repo;
}

export async function findRepo(call: GhCall, name: RepoName): Promise<Repo> {
  const repo = await call.find<Repo>(repoPath(name));
  if (!repo)
    throw new GhStop(
      `GraphQL: Could not resolve to a Repository with the name '${fullName(name)}'. (repository)`,
    );
  return repo;
}

export function visibilityOf(repo: Repo): string {
  return repo.visibility ?? (repo.private ? "private" : "public");
}

function permission(repo: Repo): string {
  const names = ["admin", "maintain", "push", "triage", "pull"];
  const found = names.find((name) => repo.permissions?.[name]);
  return found === undefined
    ? ""
    : (({ push: "WRITE", pull: "READ" } as Record<string, string>)[found] ?? found.toUpperCase());
}

export const REPO_FIELDS: Fields<Repo> = {
  createdAt: (it) => it.created_at ?? null,
  defaultBranchRef: (it) => ({ name: it.default_branch }),
  deleteBranchOnMerge: (it) => it.delete_branch_on_merge ?? false,
  description: (it) => it.description ?? "",
  forkCount: (it) => it.forks_count ?? 0,
  hasIssuesEnabled: (it) => it.has_issues ?? true,
  homepageUrl: (it) => it.homepage ?? "",
  id: (it) => it.node_id ?? "",
  isArchived: (it) => it.archived ?? false,
  isFork: (it) => it.fork,
  isInOrganization: (it) => it.owner.type === "Organization",
  isPrivate: (it) => it.private,
  mergeCommitAllowed: (it) => it.allow_merge_commit ?? true,
  name: (it) => it.name,
  nameWithOwner: (it) => it.full_name,
  owner: (it) => ({ id: it.owner.node_id ?? "", login: it.owner.login }),
  parent: (it) =>
    it.parent ? { id: it.parent.node_id ?? "", name: it.parent.name, owner: person(it.parent.owner) } : null,
  pushedAt: (it) => it.pushed_at ?? null,
  rebaseMergeAllowed: (it) => it.allow_rebase_merge ?? true,
  repositoryTopics: (it) => (it.topics ?? []).map((name) => ({ name })),
  squashMergeAllowed: (it) => it.allow_squash_merge ?? true,
  sshUrl: (it) => `git@forge.test:${it.full_name}.git`,
  stargazerCount: (it) => it.stargazers_count ?? 0,
  updatedAt: (it) => it.updated_at ?? null,
  url: (it) => it.html_url,
  viewerCanAdminister: (it) => it.permissions?.["admin"] ?? false,
  viewerPermission: permission,
  visibility: (it) => visibilityOf(it).toUpperCase(),
};
