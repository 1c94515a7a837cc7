/** Which part of the store serves a path: the system, an auth method, or a secrets engine. */
import type { ServicePorts } from "../../service.ts";
import { APPROLE_ROUTES } from "./auth/approle.ts";
import { JWT_ROUTES } from "./auth/jwt.ts";
import { OIDC_ROUTES } from "./auth/oidc.ts";
import { TOKEN_ROUTES } from "./auth/token.ts";
import { USERPASS_ROUTES } from "./auth/userpass.ts";
import type { Route } from "./call.ts";
import { DATABASE_ROUTES } from "./database/engine.ts";
import { CUBBYHOLE_ROUTES, VERSION_1_ROUTES } from "./kv/version1.ts";
import { VERSION_2_ROUTES } from "./kv/version2.ts";
import type { Engine, Method, Mount } from "./model.ts";
import { authOf, mountOf } from "./mounts.ts";
import { SYS_ROUTES } from "./sys/routes.ts";

export interface Found {
  /** Of the mount, without "auth/". */
  readonly mount: string;
  readonly rest: string;
  readonly routes: readonly Route[];
}

const METHODS: Readonly<Record<Method, readonly Route[]>> = {
  token: TOKEN_ROUTES,
  userpass: USERPASS_ROUTES,
  approle: APPROLE_ROUTES,
  jwt: JWT_ROUTES,
  oidc: OIDC_ROUTES,
};

/** Undefined where nothing is mounted. */
export function find(ports: ServicePorts, path: string): Found | undefined {
  if (path.startsWith("sys/")) return { mount: "sys/", rest: path.slice(4), routes: SYS_ROUTES };
  if (path.startsWith("auth/"))
    return under(authOf(ports, path.slice(5)), path.slice(5), ({ type }) => METHODS[type]);
  return under(mountOf(ports, path), path, routesOf);
}

function under<Type extends Engine | Method>(
  mount: Mount<Type> | undefined,
  path: string,
  routes: (mount: Mount<Type>) => readonly Route[],
): Found | undefined {
  return mount && { mount: mount.path, rest: path.slice(mount.path.length), routes: routes(mount) };
}

function routesOf({ type, options }: Mount<Engine>): readonly Route[] {
  if (type === "kv") return options?.["version"] === "2" ? VERSION_2_ROUTES : VERSION_1_ROUTES;
  if (type === "database") return DATABASE_ROUTES;
  return type === "cubbyhole" ? CUBBYHOLE_ROUTES : [];
}
