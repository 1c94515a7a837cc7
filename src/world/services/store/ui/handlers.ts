/**
 * What the panel of the store asks, for whoever is signed in: `GET /ui/view`, and `/ui/v1/…`, which is the store's own
 * interface with the token that is at home. The pages of the real web interface are not simulated.
 */
import type { Origin } from "../../../network.ts";
import type { ServicePorts } from "../../../service.ts";
import { storeView } from "./show.ts";
import { tokenAtHome } from "./signedIn.ts";

type Serve = (ports: ServicePorts, request: Request, from: Origin) => Promise<Response>;

/** Null where it is none of these pages. `serve`: the store's own interface. */
export async function servePanel(
  ports: ServicePorts,
  request: Request,
  from: Origin,
  serve: Serve,
): Promise<Response | null> {
  const url = new URL(request.url);
  if (from.session === null) return null;
  const token = tokenAtHome(ports, from);
  if (url.pathname === "/ui/view" && request.method === "GET") return Response.json(storeView(ports, token));
  if (!url.pathname.startsWith("/ui/v1/")) return null;
  const body = await request.text();
  const forwarded = new Request(new URL(`${url.pathname.slice("/ui".length)}${url.search}`, url), {
    method: request.method,
    headers: { "Content-Type": "application/json", "X-Vault-Token": token },
    ...(body === "" ? {} : { body }),
  });
  return serve(ports, forwarded, from);
}
