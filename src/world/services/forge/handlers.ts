/** Requests to the forge on the real paths: git smart HTTP below `/owner/name.git`, GitHub's REST API below `/repos`. */
import { fromBase64, toUtf8 } from "../../../base/bytes.ts";
import type { ForgeCore, Identity, Presented } from "./model.ts";
import { json, notFound, notSimulated, serveRest } from "./rest.ts";
import { serveGit, text, unauthorized } from "./smart-http.ts";

/** Who sends a request that carries no credential of its own, and from where. */
export interface Caller {
  /** Signed in as; null for nobody. */
  readonly login: string | null;
  readonly address: string;
}

interface Known {
  readonly identity: Identity | null;
  /** A credential was sent, and it is none. */
  readonly refused: boolean;
}

export async function handle(forge: ForgeCore, request: Request, caller: Caller): Promise<Response> {
  const url = new URL(request.url);
  const known = identify(forge, request, caller);
  const git = /^\/([^/]+\/[^/]+?)(?:\.git)?\/(?:info\/refs|git-upload-pack|git-receive-pack)$/.exec(
    url.pathname,
  );
  if (git) return gitRequest(forge, request, url, git[1] as string, known, caller.address);
  const rest = /^(?:\/api\/v3)?\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname);
  if (rest)
    return restRequest(forge, request, url, rest[1] as string, rest[2] as string, known, caller.address);
  return notSimulated(request.method, url.pathname);
}

function identify(forge: ForgeCore, request: Request, caller: Caller): Known {
  const header = request.headers.get("Authorization");
  if (header === null) {
    const identity: Identity | null =
      caller.login === null ? null : { login: caller.login, type: "user", credentialId: "session" };
    return { identity, refused: false };
  }
  const presented = parseAuthorization(header);
  const identity = presented && (forge.ports.authenticate?.(presented, caller.address) ?? null);
  return { identity, refused: identity === null };
}

function parseAuthorization(header: string): Presented | null {
  const [, scheme = "", rest = ""] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  if (/^(bearer|token)$/i.test(scheme)) return { scheme: "bearer", token: rest };
  if (!/^basic$/i.test(scheme) || !/^[A-Za-z0-9+/]*={0,2}$/.test(rest) || rest.length % 4 !== 0) return null;
  const [username = "", ...password] = toUtf8(fromBase64(rest)).split(":");
  return { scheme: "basic", username, password: password.join(":") };
}

function gitRequest(
  forge: ForgeCore,
  request: Request,
  url: URL,
  id: string,
  known: Known,
  address: string,
): Response | Promise<Response> {
  if (known.refused)
    return unauthorized(
      "Invalid username or token. Password authentication is not supported for Git operations.",
    );
  const repository = forge.find(id);
  const login = known.identity?.login ?? null;
  if (!repository || forge.permission(repository, login) === null)
    return login === null ? unauthorized() : text(404, "Repository not found.");
  const service = url.searchParams.get("service") ?? url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  return serveGit(forge, {
    request,
    repository,
    identity: known.identity,
    address,
    requestId: forge.nextRequestId(),
    service,
  });
}

async function restRequest(
  forge: ForgeCore,
  request: Request,
  url: URL,
  id: string,
  path: string,
  known: Known,
  address: string,
): Promise<Response> {
  if (known.refused)
    return json(401, {
      message: "Bad credentials",
      documentation_url: "https://docs.github.com/rest",
      status: "401",
    });
  const repository = forge.find(id);
  const { identity } = known;
  if (!repository || forge.permission(repository, identity?.login ?? null) === null) return notFound();
  const body = request.method === "GET" || request.method === "HEAD" ? "" : await request.text();
  const requestId = forge.nextRequestId();
  return serveRest(
    forge,
    { method: request.method, url, body, repository, identity, address, requestId },
    path.replace(/\/$/, ""),
  );
}
