/** Requests to the forge on the real paths: git smart HTTP below `/owner/name.git`, GitHub's REST API everywhere else. */
import type { Origin } from "../../network.ts";
import type { Forge } from "./forge.ts";
import { gitRequest } from "./git/smart-http.ts";
import { serveRest } from "./rest/serve.ts";

const GIT = /^\/([^/]+\/[^/]+?)(?:\.git)?\/(?:info\/refs|git-upload-pack|git-receive-pack)$/;

export function handle(forge: Forge, request: Request, from: Origin): Promise<Response> {
  const { pathname } = new URL(request.url);
  const git = GIT.exec(pathname);
  if (git) return gitRequest(forge, request, git[1] as string, from);
  const path = pathname.replace(/^\/api\/v3(?=\/|$)/, "").replace(/\/$/, "");
  return serveRest(forge, request, path, from);
}
