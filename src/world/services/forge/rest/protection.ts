/** https://docs.github.com/en/rest/branches/branch-protection */
import type { Json } from "../../../../base/json.ts";
import { objectsOf } from "../git/objects.ts";
import { API } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { plain, protectionKey, protectionOf, PROTECTIONS, type Protection } from "../rules/protection.ts";
import { failure, json, noContent } from "./answer.ts";
import { audited } from "./audited.ts";
import { objectOrNull, type JsonObject } from "./json-object.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const protectionRoutes: readonly Route[] = [
  onRepository("GET", "/branches/{branch+}/protection", ["administration", "read"], show),
  onRepository("PUT", "/branches/{branch+}/protection", ["administration", "write"], put),
  onRepository("DELETE", "/branches/{branch+}/protection", ["administration", "write"], remove),
];

function show({ forge, repository, params }: RepositoryCall): Response {
  const branch = params["branch"] as string;
  const protection = protectionOf(forge.ports.tables, repository, branch);
  return protection
    ? json(200, protectionJson(repository, branch, protection))
    : failure(404, "Branch not protected");
}

function put(call: RepositoryCall): Response {
  const { forge, repository, params, body } = call;
  const branch = params["branch"] as string;
  if (objectsOf(forge, repository).ref(`refs/heads/${branch}`) === null)
    return failure(404, "Branch not found");
  const missing = [
    "required_status_checks",
    "enforce_admins",
    "required_pull_request_reviews",
    "restrictions",
  ].filter((name) => body[name] === undefined);
  if (missing.length > 0)
    return failure(
      422,
      `Invalid request.\n\n${missing.map((name) => `"${name}"`).join(", ")} weren't supplied.`,
    );
  const protection = protectionFrom(plain(repository.id, branch), body);
  forge.ports.tables.of(PROTECTIONS).set(protectionKey(protection), protection);
  record(call, "protected_branch.create");
  return json(200, protectionJson(repository, branch, protection));
}

function protectionFrom(base: Protection, body: JsonObject): Protection {
  const on = (name: string) => body[name] === true;
  const checks = objectOrNull(body["required_status_checks"]);
  const reviews = objectOrNull(body["required_pull_request_reviews"]);
  return {
    ...base,
    statusChecks: checks && { strict: checks["strict"] === true, contexts: contextsOf(checks) },
    enforceAdmins: on("enforce_admins"),
    reviews: reviews && {
      dismissStale: reviews["dismiss_stale_reviews"] === true,
      codeOwners: reviews["require_code_owner_reviews"] === true,
      count:
        typeof reviews["required_approving_review_count"] === "number"
          ? reviews["required_approving_review_count"]
          : 1,
      lastPushApproval: reviews["require_last_push_approval"] === true,
    },
    linearHistory: on("required_linear_history"),
    forcePushes: on("allow_force_pushes"),
    deletions: on("allow_deletions"),
    conversations: on("required_conversation_resolution"),
    locked: on("lock_branch"),
  };
}

/** Names stand in `contexts` or, newer, in `checks`. */
function contextsOf(checks: JsonObject): string[] {
  const listed = Array.isArray(checks["checks"])
    ? checks["checks"].map((it) => objectOrNull(it)?.["context"])
    : [];
  const contexts: readonly Json[] = Array.isArray(checks["contexts"]) ? checks["contexts"] : [];
  return [...new Set([...contexts, ...listed].filter((it) => typeof it === "string"))];
}

function remove(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const branch = params["branch"] as string;
  if (!protectionOf(forge.ports.tables, repository, branch)) return failure(404, "Branch not protected");
  forge.ports.tables.of(PROTECTIONS).delete(protectionKey({ repository: repository.id, branch }));
  const protectedBranches = repository.protectedBranches.filter((name) => name !== branch);
  forge.changeRepository(repositoryId(repository), { protectedBranches });
  record(call, "protected_branch.destroy");
  return noContent();
}

function record(call: RepositoryCall, action: string): void {
  audited(call, action, repositoryId(call.repository), { branch: call.params["branch"] as string });
}

function protectionJson(repository: Repository, branch: string, it: Protection): Json {
  const url = `${API}/repos/${repositoryId(repository)}/branches/${branch}/protection`;
  const enabled = (on: boolean) => ({ enabled: on });
  return {
    url,
    ...(it.statusChecks
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: it.statusChecks.strict,
            contexts: [...it.statusChecks.contexts],
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: it.statusChecks.contexts.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    ...(it.reviews
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: it.reviews.dismissStale,
            require_code_owner_reviews: it.reviews.codeOwners,
            require_last_push_approval: it.reviews.lastPushApproval,
            required_approving_review_count: it.reviews.count,
          },
        }
      : {}),
    required_signatures: { url: `${url}/required_signatures`, enabled: it.signatures },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: it.enforceAdmins },
    required_linear_history: enabled(it.linearHistory),
    allow_force_pushes: enabled(it.forcePushes),
    allow_deletions: enabled(it.deletions),
    block_creations: enabled(false),
    required_conversation_resolution: enabled(it.conversations),
    lock_branch: enabled(it.locked),
    allow_fork_syncing: enabled(false),
  };
}
