/** https://docs.github.com/en/rest/branches/branches and https://docs.github.com/en/rest/repos/repos#list-repository-tags */
import type { Json } from "../../../../base/json.ts";
import type { Branch } from "../git/storage.ts";
import type { Commit } from "../git/commit.ts";
import { objectsOf } from "../git/objects.ts";
import { updateRef } from "../git/refUpdate.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { commitJson } from "../json/commit.ts";
import { repositoryId, type Repository } from "../model.ts";
import { protectionOf } from "../rules/protection.ts";
import { covers, rulesetsOf } from "../rules/ruleset.ts";
import type { Forge } from "../forge.ts";
import { failure, json, list } from "./answer.ts";
import { byOf, refusedResponse } from "./ref-refusal.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const branchRoutes: readonly Route[] = [
  onRepository("GET", "/branches", ["contents", "read"], listBranches),
  onRepository("GET", "/branches/{branch+}", ["contents", "read"], showBranch),
  onRepository("POST", "/branches/{branch+}/rename", ["contents", "write"], renameBranch),
  onRepository("GET", "/tags", ["contents", "read"], listTags),
];

function listBranches(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  const wanted = url.searchParams.get("protected");
  const branches = forge
    .branches(repositoryId(repository))
    .filter(({ name }) => wanted === null || String(isProtected(forge, repository, name)) === wanted);
  return list(call, branches, (branch) => branchJson(forge, repository, branch));
}

function showBranch(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const branch = forge.branches(repositoryId(repository)).find(({ name }) => name === params["branch"]);
  const commit = branch && objectsOf(forge, repository).commit(branch.id);
  if (!branch || !commit) return failure(404, "Branch not found");
  return json(200, fullBranchJson(forge, repository, branch, commit));
}

function fullBranchJson(forge: Forge, repository: Repository, branch: Branch, commit: Commit): Json {
  const url = `${API}/repos/${repositoryId(repository)}/branches/${branch.name}`;
  return {
    ...(branchJson(forge, repository, branch) as { [key: string]: Json }),
    commit: commitJson(forge, repository, commit),
    _links: { self: url, html: `${FORGE_ORIGIN}/${repositoryId(repository)}/tree/${branch.name}` },
    protection_url: `${url}/protection`,
  };
}

/** By classic protection or by an active ruleset. */
export function isProtected(forge: Forge, repository: Repository, branch: string): boolean {
  const { tables } = forge.ports;
  const ruleset = rulesetsOf(tables, repository).some(
    (it) =>
      it.target === "branch" && it.enforcement === "active" && covers(it, repository, `refs/heads/${branch}`),
  );
  return ruleset || protectionOf(tables, repository, branch) !== null;
}

function branchJson(forge: Forge, repository: Repository, branch: Branch): Json {
  const classic = protectionOf(forge.ports.tables, repository, branch.name);
  return {
    name: branch.name,
    commit: { sha: branch.id, url: `${API}/repos/${repositoryId(repository)}/commits/${branch.id}` },
    protected: isProtected(forge, repository, branch.name),
    protection: {
      enabled: classic !== null,
      required_status_checks: {
        enforcement_level: !classic?.statusChecks ? "off" : classic.enforceAdmins ? "everyone" : "non_admins",
        contexts: [...(classic?.statusChecks?.contexts ?? [])],
        checks: (classic?.statusChecks?.contexts ?? []).map((context) => ({ context, app_id: null })),
      },
    },
  };
}

/** https://docs.github.com/en/rest/branches/branches#rename-a-branch */
async function renameBranch(call: RepositoryCall): Promise<Response> {
  const { forge, repository, params, body } = call;
  const by = byOf(call);
  const objects = objectsOf(forge, repository);
  const from = `refs/heads/${params["branch"]}`;
  const to = `refs/heads/${String(body["new_name"])}`;
  const id = objects.ref(from);
  if (id === null || by === null) return failure(404, "Branch not found");
  if (typeof body["new_name"] !== "string" || objects.ref(to) !== null)
    return failure(422, `Branch ${String(body["new_name"])} already exists`);
  const made = await updateRef(forge, by, repository, { ref: to, before: null, after: id });
  if (made) return refusedResponse(made, 422);
  const gone = await updateRef(forge, by, repository, { ref: from, before: id, after: null });
  if (gone) {
    objects.setRef(to, null);
    return refusedResponse(gone, 422);
  }
  const branch = { name: to.slice("refs/heads/".length), id };
  if (repository.defaultBranch === params["branch"])
    forge.changeRepository(repositoryId(repository), { defaultBranch: branch.name });
  return json(201, fullBranchJson(forge, repository, branch, objects.commit(id) as Commit));
}

function listTags(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const objects = objectsOf(forge, repository);
  const id = repositoryId(repository);
  const tags = objects.refs("refs/tags/").toReversed();
  return list(call, tags, (tag) => {
    const name = tag.name.slice("refs/tags/".length);
    const sha = objects.peel(tag.id) ?? tag.id;
    return {
      name,
      zipball_url: `${API}/repos/${id}/zipball/refs/tags/${name}`,
      tarball_url: `${API}/repos/${id}/tarball/refs/tags/${name}`,
      commit: { sha, url: `${API}/repos/${id}/commits/${sha}` },
      node_id: `REF_${tag.name}`,
    };
  });
}
