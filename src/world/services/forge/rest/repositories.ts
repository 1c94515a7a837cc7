/** https://docs.github.com/en/rest/repos/repos */
import type { Json } from "../../../../base/json.ts";
import { forgetActions } from "../actions/moving.ts";
import type { Forge } from "../forge.ts";
import { removeGitData } from "../git/network.ts";
import { objectsOf } from "../git/objects.ts";
import { exposeVisibility } from "../exposures.ts";
import { happened } from "../happened.ts";
import { API } from "../host.ts";
import type { Identity } from "../identity.ts";
import { accountJson } from "../json/account.ts";
import { fullRepositoryJson, repositoryJson } from "../json/repository.ts";
import { repositoryId, VISIBILITIES, type Repository } from "../model.ts";
import { watch, watchers } from "../notifications.ts";
import { isMember, repositoriesOf } from "../organisations.ts";
import { renameRepository } from "../renaming.ts";
import { closePullsFrom } from "../pulls.ts";
import { REPOSITORIES } from "../store.ts";
import { audited } from "./audited.ts";
import { choiceField, flagField, own, textField, textsField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound, time } from "./answer.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export { accountJson, repositoryJson };

export const repositoryRoutes: readonly Route[] = [
  onRepository("GET", "", "anyone", showRepository),
  onRepository("PATCH", "", ["administration", "write"], patchRepository),
  onRepository("DELETE", "", ["administration", "write"], deleteRepository),
  onRepository("GET", "/topics", "anyone", ({ repository }) => json(200, { names: [...repository.topics] })),
  onRepository("PUT", "/topics", ["administration", "write"], replaceTopics),
  onRepository("GET", "/subscription", "user", showSubscription),
  onRepository("PUT", "/subscription", "user", putSubscription),
  onRepository("DELETE", "/subscription", "user", deleteSubscription),
  onSite("GET", "/user/repos", "user", listOwn),
  onSite("POST", "/user/repos", "user", (call) => createFor(call, call.identity?.login ?? "")),
  onSite("GET", "/users/{username}/repos", "anyone", listOfUser),
  onSite("GET", "/orgs/{org}/repos", "anyone", listOfOrganisation),
  onSite("POST", "/orgs/{org}/repos", "user", createInOrganisation),
  onSite("GET", "/repositories/{id}", "anyone", showById),
];

function showRepository({ forge, repository, identity }: RepositoryCall): Response {
  return json(200, fullRepositoryJson(forge, repository, identity));
}

function showById({ forge, params, identity }: Call): Response {
  const repository = forge.byId(Number(params["id"]));
  if (!repository || !forge.allows(identity, repository, "metadata", "read")) return notFound();
  return json(200, fullRepositoryJson(forge, repository, identity));
}

/** By full name, as GitHub sorts unless told. */
function listed(call: Call, repositories: readonly Repository[]): Response {
  const { forge, identity } = call;
  const seen = repositories
    .filter((it) => forge.allows(identity, it, "metadata", "read"))
    .toSorted((a, b) => (repositoryId(a).toLowerCase() < repositoryId(b).toLowerCase() ? -1 : 1));
  return list(call, seen, (repository) => repositoryJson(forge, repository, identity));
}

function listOwn(call: Call): Response {
  const { forge, identity, url } = call;
  const login = identity?.login ?? "";
  const visibility = url.searchParams.get("visibility") ?? "all";
  const mine = (repository: Repository) =>
    repository.owner === login ||
    isMember(forge, repository.owner, login) ||
    Object.hasOwn(repository.collaborators, login);
  return listed(
    call,
    forge.repositories.filter((it) => mine(it) && (visibility === "all" || it.visibility === visibility)),
  );
}

function listOfUser(call: Call): Response {
  const account = call.forge.account(call.params["username"] as string);
  if (!account) return notFound();
  return listed(call, repositoriesOf(call.forge, account.login));
}

function listOfOrganisation(call: Call): Response {
  const account = call.forge.account(call.params["org"] as string);
  if (account?.type !== "Organization") return notFound();
  const type = call.url.searchParams.get("type") ?? "all";
  const wanted = (repository: Repository) =>
    type === "all" ||
    repository.visibility === type ||
    (type === "forks" && repository.fork !== null) ||
    (type === "sources" && repository.fork === null);
  return listed(call, repositoriesOf(call.forge, account.login).filter(wanted));
}

function createInOrganisation(call: Call): Response {
  const { forge, params, identity } = call;
  const account = forge.account(params["org"] as string);
  if (account?.type !== "Organization") return notFound();
  if (!isMember(forge, account.login, identity?.login ?? null))
    return failure(403, "You need admin access to the organization before adding a repository to it.");
  return createFor(call, account.login);
}

const TAKEN = {
  resource: "Repository",
  field: "name",
  code: "custom",
  message: "name already exists on this account",
} as const;

function createFor(call: Call, owner: string): Response {
  const { forge, identity, body } = call;
  if (!identity || !mayCreate(identity, body))
    return failure(403, "Resource not accessible by personal access token");
  const name = (textField(body, "name") ?? "").replace(/[^\w.-]+/g, "-").slice(0, 100);
  if (name === "" || /^\.{1,2}$/.test(name))
    return invalid({ resource: "Repository", field: "name", code: "missing_field" });
  const id = `${owner}/${name}`;
  if (forge.find(id))
    return failure(422, "Repository creation failed.", { errors: [TAKEN as unknown as Json] });
  const isPrivate = flagField(body, "private") ?? textField(body, "visibility") === "private";
  const made = forge.createRepository(id, {
    description: textField(body, "description") ?? "",
    visibility: isPrivate ? "private" : "public",
    collaborators: forge.account(owner)?.type === "Organization" ? { [identity.login]: "admin" } : {},
    hasIssues: flagField(body, "has_issues") ?? true,
    merging: mergingFrom(body, DEFAULT_MERGING),
  });
  forge.openToLearner(id);
  const repository = forge.find(id) ?? made;
  if (flagField(body, "auto_init") === true) firstCommit(forge, identity, repository);
  watch(forge, repository, identity.login);
  happened(forge, identity, repository, "repository", "created", {});
  audited(call, "repo.create", id, { visibility: repository.visibility });
  return json(201, fullRepositoryJson(forge, forge.find(id) ?? repository, identity));
}

/** A classic token needs the scope; a job has no business here. */
function mayCreate({ grants }: Identity, body: Call["body"]): boolean {
  if (grants.kind === "session") return true;
  if (grants.kind === "fine-grained") return grants.permissions.administration === "write";
  if (grants.kind !== "classic") return false;
  const isPrivate = flagField(body, "private") ?? false;
  return grants.scopes.includes("repo") || (!isPrivate && grants.scopes.includes("public_repo"));
}

const DEFAULT_MERGING: Repository["merging"] = {
  mergeCommit: true,
  squash: true,
  rebase: true,
  deleteBranch: false,
};

function mergingFrom(body: Call["body"], before: Repository["merging"]): Repository["merging"] {
  return {
    mergeCommit: flagField(body, "allow_merge_commit") ?? before.mergeCommit,
    squash: flagField(body, "allow_squash_merge") ?? before.squash,
    rebase: flagField(body, "allow_rebase_merge") ?? before.rebase,
    deleteBranch: flagField(body, "delete_branch_on_merge") ?? before.deleteBranch,
  };
}

/** A README, as `auto_init` makes it. */
function firstCommit(forge: Forge, { login }: Identity, repository: Repository): void {
  const objects = objectsOf(forge, repository);
  const text = `# ${repository.name}\n${repository.description ? `${repository.description}\n` : ""}`;
  const tree = objects.writeTree([{ name: "README.md", mode: "100644", id: objects.writeBlob(text) }]);
  const account = forge.account(login);
  const author = { name: account?.name ?? login, email: account?.email ?? "", atMs: forge.now() };
  const commit = objects.writeCommit({ tree, parents: [], message: "Initial commit", author });
  objects.setRef(`refs/heads/${repository.defaultBranch}`, commit);
  forge.changeRepository(repositoryId(repository), { pushedAtMs: forge.now() });
}

function patchRepository(call: RepositoryCall): Response {
  const { forge, repository, body, identity } = call;
  const branch = textField(body, "default_branch");
  if (branch !== null && forge.branch(repositoryId(repository), branch) === null)
    return invalid({
      resource: "Repository",
      field: "default_branch",
      code: "invalid",
      message: `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    });
  if (repository.archived && flagField(body, "archived") !== false)
    return failure(403, "Repository was archived so is read-only.");
  const visibility = visibilityFrom(body);
  if (visibility === undefined)
    return invalid({ resource: "Repository", field: "visibility", code: "invalid" });
  if (repository.fork !== null && visibility !== null && visibility !== repository.visibility)
    return failure(422, "Public forks can't be made private.");
  const name = textField(body, "name");
  if (name !== null && name !== repository.name && forge.find(`${repository.owner}/${name}`))
    return invalid(TAKEN);
  const changed = change(call, visibility);
  const renamed =
    name === null || name === repository.name ? changed : renameRepository(forge, changed, name);
  if (renamed !== changed) {
    audited(call, "repo.rename", repositoryId(renamed), { old_name: repository.name });
    if (identity)
      happened(forge, identity, renamed, "repository", "renamed", {
        changes: { repository: { name: { from: repository.name } } },
      });
  }
  return json(200, fullRepositoryJson(forge, renamed, identity));
}

/** Null: not asked for. Undefined: no visibility of ours. */
function visibilityFrom(body: Call["body"]): Repository["visibility"] | null | undefined {
  const isPrivate = flagField(body, "private");
  if (own(body, "visibility") !== undefined)
    return choiceField(body, "visibility", VISIBILITIES) ?? undefined;
  return isPrivate === null ? null : isPrivate ? "private" : "public";
}

function change(call: RepositoryCall, visibility: Repository["visibility"] | null): Repository {
  const { forge, repository, body } = call;
  const id = repositoryId(repository);
  const analysis = own(body, "security_and_analysis");
  const now = forge.changeRepository(id, {
    description: textField(body, "description") ?? repository.description,
    visibility: visibility ?? repository.visibility,
    defaultBranch: textField(body, "default_branch") ?? repository.defaultBranch,
    archived: flagField(body, "archived") ?? repository.archived,
    hasIssues: flagField(body, "has_issues") ?? repository.hasIssues,
    merging: mergingFrom(body, repository.merging),
    secretScanning: statusIn(analysis, "secret_scanning") ?? repository.secretScanning,
    pushProtection: statusIn(analysis, "secret_scanning_push_protection") ?? repository.pushProtection,
  });
  if (now.defaultBranch !== repository.defaultBranch)
    forge.disk.write(`${forge.gitDir(id)}/HEAD`, `ref: refs/heads/${now.defaultBranch}\n`);
  tellChanges(call, repository, now);
  return now;
}

function statusIn(analysis: Json | undefined, name: string): boolean | null {
  if (analysis === null || typeof analysis !== "object" || Array.isArray(analysis)) return null;
  const entry = (analysis as { readonly [key: string]: Json | undefined })[name];
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return null;
  const status = (entry as { readonly [key: string]: Json | undefined })["status"];
  return status === "enabled" ? true : status === "disabled" ? false : null;
}

/** Each change that matters has an entry of its own in the audit log. */
function tellChanges(call: RepositoryCall, before: Repository, now: Repository): void {
  const { forge, identity } = call;
  const id = repositoryId(now);
  const note = (changed: boolean, action: string, data: { readonly [key: string]: Json } = {}) => {
    if (changed) audited(call, action, id, data);
  };
  const opened = before.visibility === "private" && now.visibility === "public";
  note(before.visibility !== now.visibility, "repo.access", {
    visibility: now.visibility,
    previous_visibility: before.visibility,
  });
  note(before.defaultBranch !== now.defaultBranch, "repo.change_default_branch", {
    changes: { default_branch: now.defaultBranch },
  } as { readonly [key: string]: Json });
  note(!before.archived && now.archived, "repo.archived");
  note(before.archived && !now.archived, "repo.unarchived");
  note(before.merging !== now.merging && !sameMerging(before, now), "repo.change_merge_setting");
  const setting = (on: boolean) => (on ? "enable" : "disable");
  note(
    before.secretScanning !== now.secretScanning,
    `repository_secret_scanning.${setting(now.secretScanning)}`,
  );
  note(
    before.pushProtection !== now.pushProtection,
    `repository_secret_scanning_push_protection.${setting(now.pushProtection)}`,
  );
  if (before.visibility !== now.visibility) exposeVisibility(forge, now, identity?.login ?? "somebody");
  if (!identity) return;
  if (opened) happened(forge, identity, now, "public", null, {});
  if (before.visibility !== now.visibility)
    happened(forge, identity, now, "repository", opened ? "publicized" : "privatized", {});
}

function sameMerging({ merging: a }: Repository, { merging: b }: Repository): boolean {
  return (
    a.mergeCommit === b.mergeCommit &&
    a.squash === b.squash &&
    a.rebase === b.rebase &&
    a.deleteBranch === b.deleteBranch
  );
}

/** The objects stay as long as somebody of the fork network uses their pool. */
function deleteRepository(call: RepositoryCall): Response {
  const { forge, repository, identity } = call;
  const { grants } = identity ?? { grants: null };
  if (grants?.kind === "classic" && !grants.scopes.includes("delete_repo"))
    return failure(403, "Must have admin rights to Repository.");
  const id = repositoryId(repository);
  if (identity) {
    closePullsFrom(forge, identity, repository);
    happened(forge, identity, repository, "repository", "deleted", {});
  }
  removeGitData(forge, repository);
  forgetActions(forge, repository);
  forge.ports.tables.of(REPOSITORIES).delete(id.toLowerCase());
  audited(call, "repo.destroy", id, { visibility: repository.visibility });
  return noContent();
}

function replaceTopics(call: RepositoryCall): Response {
  const names = textsField(call.body, "names");
  if (names === null || names.some((name) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(name)))
    return failure(422, "Validation Failed");
  const { topics } = call.forge.changeRepository(repositoryId(call.repository), { topics: names });
  audited(call, "repo.update_topics", repositoryId(call.repository));
  return json(200, { names: [...topics] });
}

function showSubscription(call: RepositoryCall): Response {
  return subscribed(call) ? json(200, subscriptionJson(call)) : notFound();
}

function subscribed({ forge, repository, identity }: RepositoryCall): boolean {
  return watchers(forge, repository).includes(identity?.login ?? "");
}

function putSubscription(call: RepositoryCall): Response {
  watch(call.forge, call.repository, call.identity?.login ?? "");
  return json(200, subscriptionJson(call));
}

function deleteSubscription(call: RepositoryCall): Response {
  watch(call.forge, call.repository, call.identity?.login ?? "", false);
  return noContent();
}

function subscriptionJson({ repository }: RepositoryCall): Json {
  const url = `${API}/repos/${repositoryId(repository)}`;
  return {
    subscribed: true,
    ignored: false,
    reason: null,
    created_at: time(repository.createdAtMs),
    url: `${url}/subscription`,
    repository_url: url,
  };
}
