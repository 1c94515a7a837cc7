/** https://docs.github.com/en/rest/branches/branches */
import type { Json } from "../../../../base/json.ts";
import type { Branch } from "../git/storage.ts";
import { API } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, list } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const branchRoutes: readonly Route[] = [
  onRepository("GET", "/branches", ["contents", "read"], listBranches),
  onRepository("GET", "/branches/{branch+}", ["contents", "read"], showBranch),
];

function listBranches(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return list(call, forge.branches(repositoryId(repository)), (branch) => branchJson(repository, branch));
}

function showBranch({ forge, repository, params }: RepositoryCall): Response {
  const branch = forge.branches(repositoryId(repository)).find(({ name }) => name === params["branch"]);
  return branch ? json(200, branchJson(repository, branch)) : failure(404, "Branch not found");
}

function branchJson(repository: Repository, branch: Branch): Json {
  return {
    name: branch.name,
    commit: { sha: branch.id, url: `${API}/repos/${repositoryId(repository)}/commits/${branch.id}` },
    protected: repository.protectedBranches.includes(branch.name),
  };
}
