/**
 * The part of GitHub's REST API that the labs need, on its real paths: https://docs.github.com/en/rest
 */
import { createServer } from "just-git/server";
import { readCommit } from "just-git/repo";
import type { Json } from "../../../base/json.ts";
import {
  BYPASS_REASONS,
  canWrite,
  repositoryId,
  type Alert,
  type BypassReason,
  type ForgeCore,
  type Identity,
  type Repository,
} from "./model.ts";
import { FORGE_ORIGIN } from "./network.ts";
import { bypass } from "./push-protection.ts";
import { branchesOf, diskStorage } from "./repositories.ts";

export interface RestRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly repository: Repository;
  readonly identity: Identity | null;
  readonly address: string;
  readonly requestId: string;
}

type Answer = (forge: ForgeCore, rest: RestRequest, match: readonly string[]) => Response | Promise<Response>;

export function json(status: number, body: Json): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}

export function notFound(): Response {
  return json(404, {
    message: "Not Found",
    documentation_url: "https://docs.github.com/rest",
    status: "404",
  });
}

export function notSimulated(method: string, path: string): Response {
  return json(404, { message: `not simulated in LeakLab: ${method} ${path}`, status: "404" });
}

/** Below `/repos/{owner}/{repo}`. */
const ROUTES: readonly (readonly [method: string, pattern: RegExp, answer: Answer])[] = [
  ["GET", /^$/, showRepository],
  ["GET", /^\/branches$/, listBranches],
  ["GET", /^\/branches\/(.+)$/, showBranch],
  ["GET", /^\/commits\/([^/]+)$/, showCommit],
  ["GET", /^\/secret-scanning\/alerts$/, listAlerts],
  ["POST", /^\/secret-scanning\/push-protection-bypasses$/, createBypass],
];

export function serveRest(forge: ForgeCore, rest: RestRequest, path: string): Response | Promise<Response> {
  for (const [method, pattern, answer] of ROUTES) {
    const match = pattern.exec(path);
    if (match && method === rest.method) return answer(forge, rest, match.slice(1));
  }
  return notSimulated(rest.method, rest.url.pathname);
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
function showRepository(forge: ForgeCore, { repository, identity }: RestRequest): Response {
  const id = repositoryId(repository);
  const permission = forge.permission(repository, identity?.login ?? null);
  const status = (on: boolean) => ({ status: on ? "enabled" : "disabled" });
  return json(200, {
    name: repository.name,
    full_name: id,
    private: repository.visibility === "private",
    owner: { login: repository.owner, type: "Organization" },
    html_url: `${FORGE_ORIGIN}/${id}`,
    clone_url: `${FORGE_ORIGIN}/${id}.git`,
    created_at: time(repository.createdAtMs),
    pushed_at: repository.pushedAtMs === null ? null : time(repository.pushedAtMs),
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
    permissions: { admin: permission === "admin", push: canWrite(permission), pull: permission !== null },
    security_and_analysis: {
      secret_scanning: status(repository.secretScanning),
      secret_scanning_push_protection: status(repository.pushProtection),
    },
  });
}

/** https://docs.github.com/en/rest/branches/branches */
function listBranches(forge: ForgeCore, { repository }: RestRequest): Response {
  return json(
    200,
    branchesOf(forge.disk, repositoryId(repository)).map((branch) => branchJson(repository, branch)),
  );
}

function showBranch(forge: ForgeCore, { repository }: RestRequest, [name]: readonly string[]): Response {
  const branch = branchesOf(forge.disk, repositoryId(repository)).find(
    (it) => it.name === decodeURIComponent(name as string),
  );
  return branch
    ? json(200, branchJson(repository, branch))
    : json(404, { message: "Branch not found", status: "404" });
}

function branchJson(repository: Repository, branch: { readonly name: string; readonly id: string }) {
  const url = `${FORGE_ORIGIN}/repos/${repositoryId(repository)}/commits/${branch.id}`;
  return {
    name: branch.name,
    commit: { sha: branch.id, url },
    protected: repository.protectedBranches.includes(branch.name),
  };
}

/** https://docs.github.com/en/rest/commits/commits#get-a-commit. An object that no ref leads to is served too. */
async function showCommit(
  forge: ForgeCore,
  { repository }: RestRequest,
  [ref]: readonly string[],
): Promise<Response> {
  const id = repositoryId(repository);
  const storage = diskStorage(forge.disk);
  const wanted = decodeURIComponent(ref as string);
  const branch = branchesOf(forge.disk, id).find((it) => it.name === wanted)?.id;
  const found =
    branch ??
    (/^[0-9a-f]{4,40}$/.test(wanted) ? (await storage.findObjectsByPrefix(id, wanted))[0] : undefined);
  const object = found === undefined ? null : await storage.getObject(id, found);
  if (found === undefined || object?.type !== "commit")
    return json(422, { message: `No commit found for SHA: ${wanted}`, status: "422" });
  const repo = await createServer({ storage }).requireRepo(id);
  const commit = await readCommit(repo, found);
  const person = ({ name, email, timestamp }: typeof commit.author) => ({
    name,
    email,
    date: time(timestamp * 1000),
  });
  return json(200, {
    sha: found,
    html_url: `${FORGE_ORIGIN}/${id}/commit/${found}`,
    commit: {
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message.replace(/\n$/, ""),
      tree: { sha: commit.tree },
    },
    parents: commit.parents.map((sha) => ({ sha })),
  });
}

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning#list-secret-scanning-alerts-for-a-repository */
function listAlerts(forge: ForgeCore, { repository, identity, url }: RestRequest): Response {
  if (!canWrite(forge.permission(repository, identity?.login ?? null))) return notFound();
  if (!repository.secretScanning)
    return json(404, { message: "Secret scanning is disabled on this repository.", status: "404" });
  const state = url.searchParams.get("state");
  const alerts = repository.alerts.filter((alert) => state === null || alert.state === state);
  return json(
    200,
    alerts.toSorted((a, b) => b.number - a.number).map((alert) => alertJson(repository, alert)),
  );
}

function alertJson(repository: Repository, alert: Alert): Json {
  const url = `${FORGE_ORIGIN}/${repositoryId(repository)}/security/secret-scanning/${alert.number}`;
  return {
    number: alert.number,
    created_at: time(alert.createdAtMs),
    html_url: url,
    state: alert.state,
    resolution: alert.resolution,
    resolved_at: alert.resolvedAtMs === null ? null : time(alert.resolvedAtMs),
    resolved_by: alert.resolvedBy === null ? null : { login: alert.resolvedBy },
    secret_type: alert.rule,
    secret_type_display_name: alert.kind,
    push_protection_bypassed: alert.bypass !== null,
    push_protection_bypassed_by: alert.bypass === null ? null : { login: alert.bypass.by },
    push_protection_bypassed_at: alert.bypass === null ? null : time(alert.bypass.atMs),
  };
}

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning#create-a-push-protection-bypass */
function createBypass(forge: ForgeCore, rest: RestRequest): Response {
  const { repository, identity } = rest;
  if (!identity || !canWrite(forge.permission(repository, identity.login)))
    return json(403, {
      message: "User does not have enough permissions to perform this action.",
      status: "403",
    });
  const wanted = parseBypass(rest.body);
  if (!wanted) return json(422, { message: "Bad request, input data missing or incorrect.", status: "422" });
  const alert = bypass(forge.ports, repository, wanted.placeholder, identity.login, wanted.reason);
  if (!alert?.bypass)
    return json(404, {
      message: "Placeholder ID not found, or push protection is disabled on this repository.",
      status: "404",
    });
  const id = repositoryId(repository);
  forge.log({
    actor: identity.login,
    identityType: identity.type,
    credentialId: identity.credentialId,
    action: "secret_scanning_push_protection.bypass",
    target: id,
    result: "allowed",
    address: rest.address,
    requestId: rest.requestId,
  });
  forge.ports.event?.({
    who: "forge",
    kind: "push.bypassed",
    what: `${identity.login} let a secret through push protection (${wanted.reason}, ${id})`,
    data: { repository: id, actor: identity.login, reason: wanted.reason, alert: alert.number },
  });
  return json(200, {
    reason: wanted.reason,
    expire_at: time(alert.bypass.expiresAtMs),
    token_type: alert.rule,
  });
}

function parseBypass(body: string): { readonly placeholder: string; readonly reason: BypassReason } | null {
  try {
    const { reason, placeholder_id: placeholder } = JSON.parse(body) as {
      reason?: unknown;
      placeholder_id?: unknown;
    };
    const known = BYPASS_REASONS.find((it) => it === reason);
    return known && typeof placeholder === "string" ? { placeholder, reason: known } : null;
  } catch {
    return null;
  }
}
