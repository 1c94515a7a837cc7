/** Requests to the forge on the real paths: git smart HTTP below `/owner/name.git`, GitHub's REST API everywhere else. */
import type { Origin } from "../../network.ts";
import { loadedOnce } from "../../../base/loaded.ts";
import type { Forge } from "./forge.ts";
import { gitRequest } from "./git/smart-http.ts";

const GIT = /^\/([^/]+\/[^/]+?)(?:\.git)?\/(?:info\/refs|git-upload-pack|git-receive-pack)$/;

/** Large, and a lab that begins with pushes alone has no need of it yet. */
const rest = loadedOnce(() => import("./rest/serve.ts"));

export async function handle(forge: Forge, request: Request, from: Origin): Promise<Response> {
  const { pathname } = new URL(request.url);
  const git = GIT.exec(pathname);
  if (git) return gitRequest(forge, request, git[1] as string, from);
  const path = pathname.replace(/^\/api\/v3(?=\/|$)/, "").replace(/\/$/, "");
  const { serveRest } = await rest();
  return serveRest(forge, request, path, from);
}
