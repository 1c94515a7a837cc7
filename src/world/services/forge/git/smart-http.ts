/**
 * git over HTTP, served by just-git on the forge's disk.
 * https://git-scm.com/docs/http-protocol
 */
import type { GitRepo } from "just-git";
import { createServer, type PreReceiveEvent, type RefUpdate, type Rejection } from "just-git/server";
import { invariant } from "../../../../base/invariant.ts";
import { concat, fromUtf8 } from "../../../../base/bytes.ts";
import type { Origin } from "../../../network.ts";
import type { Forge } from "../forge.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { identify, type Identity } from "../identity.ts";
import { repositoryId, type Repository } from "../model.ts";
import { blockedSecrets, blockReport, pushedSecrets, type PushedSecret } from "./push-protection.ts";
import { judge } from "../rules/evaluate.ts";
import type { RefMove } from "../rules/move.ts";
import { bypassReport, refusalReason, refusalReport } from "../rules/report.ts";
import type { By } from "./by.ts";
import { objectsOf } from "./objects.ts";
import { isHiddenRef } from "./pullRefs.ts";
import { rewrites } from "./pushEvent.ts";
import { recordBypass, refsMoved } from "./refUpdate.ts";
import { diskStorage } from "./storage.ts";
import { workflowRefusal } from "./workflowFiles.ts";

interface GitRequest {
  readonly request: Request;
  readonly repository: Repository;
  readonly identity: Identity | null;
  readonly address: string;
  readonly requestId: string;
  /** `git-receive-pack` writes, `git-upload-pack` reads. */
  readonly service: string;
}

/** One push on its way: what is said about it, the secrets that it brings, and why which refs may not move. */
interface Push {
  readonly messages: string[];
  readonly refused: Map<string, string>;
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
  const push: Push = { messages: [], refused: new Map(), secrets: [] };
  const { identity, repository } = git;
  const writes = git.service === "git-receive-pack";
  if (writes && identity === null) return unauthorized();
  const allowed = !writes || forge.allows(identity, repository, "contents", "write");
  recordUse(forge, git, allowed);
  if (!allowed)
    return text(403, `Permission to ${repositoryId(repository)}.git denied to ${identity?.login}.`);
  if (writes && repository.archived) return text(403, "This repository was archived so it is read-only.");
  const server = createServer<null>({
    storage: diskStorage(forge.disk),
    resolve: () => repositoryId(git.repository),
    auth: { http: () => null },
    packCache: false,
    onError: false,
    hooks: {
      preReceive: (event) => inspect(forge, git, push, event),
      update: ({ update }) => refusedRef(push, update),
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

/** Rejects the whole push where one of its commits brings a secret that nobody let through, or where no ref may move. */
async function inspect(
  forge: Forge,
  git: GitRequest,
  push: Push,
  event: PreReceiveEvent<null>,
): Promise<void | Rejection> {
  const { repository } = git;
  const tips = event.updates.filter(({ isDelete }) => !isDelete).map(({ newHash }) => newHash);
  push.secrets = await pushedSecrets(forge.ports, event.repo, tips, await existingTips(event.repo));
  if (repository.beingMade) return undefined;
  const blocked = repository.pushProtection ? blockedSecrets(forge.ports, repository, push.secrets) : [];
  if (blocked.length > 0) return block(forge, git, push, event, blocked);
  for (const update of event.updates) checkRef(forge, git, push, moveOf(update));
  const [reason] = push.refused.values();
  if (reason === undefined || push.refused.size < event.updates.length) return undefined;
  return { reject: true, message: reason };
}

function block(
  forge: Forge,
  git: GitRequest,
  push: Push,
  event: PreReceiveEvent<null>,
  blocked: readonly PushedSecret[],
): Rejection {
  const login = git.identity?.login ?? "";
  const ref = event.updates.find(({ isDelete }) => !isDelete)?.ref ?? "";
  push.messages.push(blockReport(forge.ports, git.repository, FORGE_ORIGIN, ref, login, blocked));
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

function moveOf({ ref, isCreate, isDelete, oldHash, newHash }: RefUpdate): RefMove {
  return { ref, before: isCreate ? null : oldHash, after: isDelete ? null : newHash };
}

/** Notes why a ref may not move. */
function checkRef(forge: Forge, git: GitRequest, push: Push, move: RefMove): void {
  const { repository } = git;
  const { identity } = byOf(git);
  const objects = objectsOf(forge, repository);
  const known = objects.refs().flatMap(({ id }) => objects.peel(id) ?? []);
  const said = isHiddenRef(move.ref)
    ? "deny updating a hidden ref"
    : workflowRefusal(forge, identity, repository, objects, move, known);
  if (said !== null) return void push.refused.set(move.ref, said);
  const verdict = judge(forge, identity, repository, move);
  if (verdict.bypassed.length > 0 && verdict.violations.length === 0) {
    push.messages.push(bypassReport(move.ref, verdict.bypassed));
    recordBypass(forge, byOf(git), repository, move, verdict);
  }
  if (verdict.violations.length === 0) return;
  push.messages.push(refusalReport(repository, move.ref, verdict.violations));
  push.refused.set(move.ref, refusalReason(verdict.violations));
  audit(forge, git, "repository_ruleset.block", "denied");
  const rules = [...new Set(verdict.violations.map(({ type }) => type))];
  report(forge, "push.refused", `${identity.login} was kept from moving ${move.ref}`, git, {
    ref: move.ref,
    rules,
  });
}

function refusedRef(push: Push, { ref }: RefUpdate): void | Rejection {
  const reason = push.refused.get(ref);
  return reason === undefined ? undefined : { reject: true, message: reason };
}

async function accept(
  forge: Forge,
  git: GitRequest,
  push: Push,
  updates: readonly RefUpdate[],
): Promise<void> {
  const { repository } = git;
  const moves = updates.map(moveOf);
  await refsMoved(forge, byOf(git), repository, moves, push.secrets);
  if (repository.beingMade) return;
  const objects = objectsOf(forge, repository);
  const refs = updates.map(({ ref }) => ref);
  report(forge, "push.accepted", `${git.identity?.login} pushed ${refs.join(", ")}`, git, {
    refs,
    forced: moves.some((move) => rewrites(objects, move)),
    exposed: push.secrets.length > 0,
  });
}

/** Only somebody who is known pushes: serveGit asked. */
function byOf({ identity, address, requestId }: GitRequest): By {
  invariant(identity, "nobody pushes without being known");
  return { identity, address, requestId };
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
  data: Record<string, boolean | number | string | string[]>,
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
