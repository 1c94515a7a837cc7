/**
 * git over HTTP, served by just-git on the forge's disk.
 * https://git-scm.com/docs/http-protocol
 */
import type { GitRepo } from "just-git";
import { createServer, type PreReceiveEvent, type RefUpdate, type Rejection } from "just-git/server";
import { concat, fromUtf8 } from "../../../../base/bytes.ts";
import type { Origin } from "../../../network.ts";
import type { Forge } from "../forge.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { identify, type Identity } from "../identity.ts";
import { repositoryId, type Repository } from "../model.ts";
import {
  blockedSecrets,
  blockReport,
  pushedSecrets,
  recordSecrets,
  type PushedSecret,
} from "./push-protection.ts";
import { protectionReport } from "./protected-branches.ts";
import { diskStorage } from "./storage.ts";

interface GitRequest {
  readonly request: Request;
  readonly repository: Repository;
  readonly identity: Identity | null;
  readonly address: string;
  readonly requestId: string;
  /** `git-receive-pack` writes, `git-upload-pack` reads. */
  readonly service: string;
}

/** One push on its way: what is said about it, and the secrets that it brings. */
interface Push {
  readonly messages: string[];
  secrets: readonly PushedSecret[];
}

/** A request of git; `id` is `owner/name`, as it stands in the path. */
export async function gitRequest(
  forge: Forge,
  request: Request,
  id: string,
  from: Origin,
): Promise<Response> {
  const { identity, refused } = identify(forge.ports.credentials, request, from);
  if (refused)
    return unauthorized(
      "Invalid username or token. Password authentication is not supported for Git operations.",
    );
  const repository = forge.find(id);
  if (!repository || !forge.allows(identity, repository, "contents", "read"))
    return identity === null ? unauthorized() : text(404, "Repository not found.");
  const url = new URL(request.url);
  const service = url.searchParams.get("service") ?? url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  const requestId = forge.nextRequestId();
  return serveGit(forge, { request, repository, identity, address: from.address, requestId, service });
}

async function serveGit(forge: Forge, git: GitRequest): Promise<Response> {
  const push: Push = { messages: [], secrets: [] };
  const { identity, repository } = git;
  const writes = git.service === "git-receive-pack";
  if (writes && identity === null) return unauthorized();
  const allowed = !writes || forge.allows(identity, repository, "contents", "write");
  recordUse(forge, git, allowed);
  if (!allowed)
    return text(403, `Permission to ${repositoryId(repository)}.git denied to ${identity?.login}.`);
  const server = createServer<null>({
    storage: diskStorage(forge.disk),
    resolve: () => repositoryId(git.repository),
    auth: { http: () => null },
    packCache: false,
    onError: false,
    hooks: {
      preReceive: (event) => inspect(forge, git, push, event),
      update: ({ update }) => checkRules(git, push, update),
      postReceive: ({ updates }) => accept(forge, git, push, updates),
    },
  });
  return withMessages(await server.fetch(git.request), push.messages);
}

function recordUse(
  forge: Forge,
  { identity, address, service, repository }: GitRequest,
  allowed: boolean,
): void {
  if (!identity || identity.credentialId === "session") return;
  forge.ports.credentials.used(identity.credentialId, {
    actor: identity.login,
    address,
    action: `${service} ${repositoryId(repository)}`,
    result: allowed ? "allowed" : "denied",
  });
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${body}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}

function unauthorized(body = ""): Response {
  const headers = { "WWW-Authenticate": 'Basic realm="LeakLab forge"' };
  return body === "" ? new Response(null, { status: 401, headers }) : text(401, body, headers);
}

/** Rejects the whole push where one of its commits brings a secret that nobody let through. */
async function inspect(
  forge: Forge,
  git: GitRequest,
  push: Push,
  event: PreReceiveEvent<null>,
): Promise<void | Rejection> {
  const { repository } = git;
  if (event.updates.some(({ ref }) => ref.startsWith("refs/pull/")))
    return { reject: true, message: "deny updating a hidden ref" };
  const tips = event.updates.filter(({ isDelete }) => !isDelete).map(({ newHash }) => newHash);
  push.secrets = await pushedSecrets(forge.ports, event.repo, tips, await existingTips(event.repo));
  if (!repository.pushProtection || repository.beingMade) return undefined;
  const blocked = blockedSecrets(forge.ports, repository, push.secrets);
  if (blocked.length === 0) return undefined;
  const login = git.identity?.login ?? "";
  const ref = event.updates.find(({ isDelete }) => !isDelete)?.ref ?? "";
  push.messages.push(blockReport(forge.ports, repository, FORGE_ORIGIN, ref, login, blocked));
  audit(forge, git, "secret_scanning_push_protection.block", "denied");
  report(
    forge,
    "push.refused",
    `${login} was kept from pushing ${blocked.length} secret${blocked.length === 1 ? "" : "s"}`,
    git,
    { secrets: blocked.length },
  );
  return { reject: true, message: "push declined due to repository rule violations" };
}

async function existingTips(repo: GitRepo): Promise<string[]> {
  return (await repo.refStore.listRefs("refs")).map((ref) => ref.hash);
}

function checkRules({ repository }: GitRequest, push: Push, update: RefUpdate): void | Rejection {
  const said = protectionReport(repository, {
    ref: update.ref,
    deletes: update.isDelete,
    rewrites: !update.isCreate && !update.isDelete && !update.isFF,
  });
  if (said === null) return undefined;
  push.messages.push(said);
  return { reject: true, message: "protected branch hook declined" };
}

function accept(forge: Forge, git: GitRequest, push: Push, updates: readonly RefUpdate[]): void {
  const { repository } = git;
  forge.changeRepository(repositoryId(repository), { pushedAtMs: forge.now() });
  if (repository.beingMade) return;
  recordSecrets(forge.ports, repository, push.secrets);
  audit(forge, git, "git.push", "allowed");
  const refs = updates.map(({ ref }) => ref);
  report(forge, "push.accepted", `${git.identity?.login} pushed ${refs.join(", ")}`, git, {
    refs,
    exposed: push.secrets.length > 0,
  });
}

function audit(forge: Forge, git: GitRequest, action: string, result: "allowed" | "denied"): void {
  forge.log({
    actor: git.identity?.login ?? "anonymous",
    identityType: git.identity?.type ?? "anonymous",
    credentialId: git.identity?.credentialId ?? null,
    action,
    target: repositoryId(git.repository),
    result,
    address: git.address,
    requestId: git.requestId,
  });
}

function report(
  forge: Forge,
  kind: string,
  what: string,
  git: GitRequest,
  data: Record<string, boolean | number | string[]>,
): void {
  const actor = git.identity?.login ?? "anonymous";
  forge.ports.event({
    who: "forge",
    kind,
    what: `${what} (${repositoryId(git.repository)})`,
    data: { repository: repositoryId(git.repository), actor, ...data },
  });
}

/** Messages for people travel in band 2, before the report: https://git-scm.com/docs/gitprotocol-pack */
async function withMessages(response: Response, messages: readonly string[]): Promise<Response> {
  if (messages.length === 0 || !response.ok) return response;
  const bytes = fromUtf8(messages.join(""));
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_000) {
    const part = bytes.subarray(at, at + 65_000);
    lines.push(fromUtf8((part.length + 5).toString(16).padStart(4, "0")), Uint8Array.of(2), part);
  }
  const body = concat([...lines, new Uint8Array(await response.arrayBuffer())]);
  return new Response(body as BodyInit, { status: response.status, headers: response.headers });
}
