/** One operation of the REST API: its real path, what it needs, and what it answers. */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import type { Identity } from "../identity.ts";
import type { Level, PermissionName, Repository } from "../model.ts";

export interface Call {
  readonly forge: Forge;
  readonly method: string;
  readonly url: URL;
  /** What stands in the braces of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON body, `{}` where there is none. */
  readonly body: { readonly [key: string]: Json | undefined };
  /** The body as it came. */
  readonly bytes: Uint8Array;
  readonly headers: Headers;
  readonly identity: Identity | null;
  readonly address: string;
  readonly requestId: string;
}

/** A call below `/repos/{owner}/{repo}` to a repository that the caller can see. */
export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

export type Answer = Response | Promise<Response>;

/** `anyone`; `user`: signed in; or a permission on the repository of the path. */
export type Need = "anyone" | "user" | readonly [name: PermissionName, level: Level];

interface Operation {
  readonly method: string;
  /** `/repos/{owner}/{repo}/branches/{branch+}`: a `+` takes slashes too. */
  readonly path: string;
  readonly needs: Need;
  /** The body is bytes, whatever kind it claims to be. */
  readonly raw?: boolean;
}

export interface RepositoryRoute extends Operation {
  readonly on: "repository";
  run(call: RepositoryCall): Answer;
}

export interface SiteRoute extends Operation {
  readonly on: "site";
  run(call: Call): Answer;
}

export type Route = RepositoryRoute | SiteRoute;

/** A route below a repository. */
export function onRepository(
  method: string,
  path: string,
  needs: Need,
  run: (call: RepositoryCall) => Answer,
): RepositoryRoute {
  return { on: "repository", method, path: `/repos/{owner}/{repo}${path}`, needs, run };
}

export function onSite(
  method: string,
  path: string,
  needs: "anyone" | "user",
  run: (call: Call) => Answer,
): SiteRoute {
  return { on: "site", method, path, needs, run };
}
