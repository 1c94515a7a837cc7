/** `sys/mounts` and `sys/auth`. https://openbao.org/api-docs/system/mounts/  https://openbao.org/api-docs/system/auth/ */
import type { Json } from "../../../../base/json.ts";
import { data, done, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { flagOf, mapOf, seconds, textOf } from "../fields.ts";
import { AUTHS, METHODS, MOUNTS, type Engine, type Fields, type Method, type Mount } from "../model.ts";
import { addMount, authOf, describeMount, mountOf, removeEngine, removeMethod, tuned } from "../mounts.ts";

const slashed = (path: string) => `${path.replace(/\/+$/, "")}/`;

function all(mounts: readonly Mount[]): Reply {
  const sorted = [...mounts].sort((a, b) => (a.path < b.path ? -1 : 1));
  return data(Object.fromEntries(sorted.map((mount) => [mount.path, describeMount(mount)])));
}

function textMap(fields: Fields, name: string): Readonly<Record<string, string>> | null {
  const map = mapOf(fields, name);
  return map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
}

function enable({ ports, fields }: StoreCall, named: string): Reply {
  const path = slashed(named);
  const type = textOf(fields, "type");
  const usual = type === "kv-v2" ? "kv" : type;
  if (type === "") return wrong("backend type must be specified as a string");
  if (!["kv", "database"].includes(usual))
    return wrong(`plugin not found in the catalog: ${type} (not simulated in LeakLab)`);
  if (/^(?:auth|sys|identity|cubbyhole|audit)\//.test(path))
    return wrong(`invalid mount path ${JSON.stringify(path)}`);
  const taken = ports.tables.of(MOUNTS).find((it) => it.path.startsWith(path) || path.startsWith(it.path));
  if (taken) return wrong(`path is already in use at ${taken.path}`);
  const options = type === "kv-v2" ? { version: "2" } : textMap(fields, "options");
  const mount = addMount<Engine>(ports, MOUNTS, {
    path,
    type: usual as Engine,
    description: textOf(fields, "description"),
    options: usual === "kv" ? { version: "1", ...options } : options,
    local: flagOf(fields, "local"),
  });
  return configured(ports.tables.of(MOUNTS), mount, fields) ?? done();
}

/** `config` of a new mount; a reply is why it is refused. */
function configured<Type extends string>(
  table: { set(key: string, mount: Mount<Type>): unknown; delete(key: string): unknown },
  mount: Mount<Type>,
  fields: Fields,
): Reply | null {
  const changed = tuned(mount, mapOf(fields, "config") ?? {});
  if (typeof changed === "string") {
    table.delete(mount.path);
    return wrong(changed);
  }
  table.set(mount.path, changed);
  return null;
}

function disable({ ports }: StoreCall, named: string): Reply {
  const path = slashed(named);
  if (/^(?:sys|identity|cubbyhole)\/$/.test(path)) return wrong(`cannot unmount ${JSON.stringify(path)}`);
  const problem = ports.tables.of(MOUNTS).has(path) ? removeEngine(ports, path) : null;
  return problem === null ? done() : wrong(problem);
}

function enableAuth({ ports, fields }: StoreCall, named: string): Reply {
  const path = slashed(named);
  const type = textOf(fields, "type");
  if (type === "") return wrong("backend type must be specified as a string");
  if (!METHODS.includes(type as Method))
    return wrong(`plugin not found in the catalog: ${type} (not simulated in LeakLab)`);
  if (type === "token") return wrong("token credential backend cannot be instantiated");
  if (ports.tables.of(AUTHS).has(path)) return wrong(`path is already in use at ${path}`);
  const description = textOf(fields, "description");
  const mount = addMount<Method>(ports, AUTHS, {
    path,
    type: type as Method,
    description,
    local: flagOf(fields, "local"),
  });
  return configured(ports.tables.of(AUTHS), mount, fields) ?? done();
}

function disableAuth({ ports }: StoreCall, named: string): Reply {
  const path = slashed(named);
  if (path === "token/") return wrong("token credential backend cannot be disabled");
  if (ports.tables.of(AUTHS).has(path)) removeMethod(ports, path);
  return done();
}

function readTune(mount: Mount | undefined): Reply {
  if (!mount) return wrong("cannot fetch sysview for path");
  const fields: Fields = {
    default_lease_ttl: seconds(mount.defaultTtlMs),
    description: mount.description,
    force_no_cache: false,
    max_lease_ttl: seconds(mount.maxTtlMs),
    ...(mount.options ? { options: mount.options as Json } : {}),
  };
  return data(fields);
}

function writeTune({ ports, fields }: StoreCall, path: string, isAuth: boolean): Reply {
  const mount = isAuth ? ports.tables.of(AUTHS).get(path) : ports.tables.of(MOUNTS).get(path);
  if (!mount) return wrong(`no mount entry found for path ${JSON.stringify(path)}`);
  const changed = tuned<string>(mount, fields);
  if (typeof changed === "string") return wrong(changed);
  if (isAuth) ports.tables.of(AUTHS).set(path, changed as Mount<Method>);
  else ports.tables.of(MOUNTS).set(path, changed as Mount<Engine>);
  return done();
}

function readOne(mount: Mount | undefined, named: string): Reply {
  if (!mount) return wrong(`No secret engine mount at ${named}`);
  return data(describeMount(mount) as Fields);
}

/** What clients ask before they speak to a key-value engine: its version. */
function internalMount({ ports }: StoreCall, path: string): Reply {
  const isAuth = path.startsWith("auth/");
  const mount: Mount | undefined = isAuth ? authOf(ports, path.slice(5)) : mountOf(ports, path);
  if (!mount)
    return {
      status: 403,
      errors: [
        "1 error occurred:\n\t* preflight capability check returned 403, please ensure client's policies grant access to path \"" +
          slashed(path) +
          '"\n\n',
      ],
    };
  return data({ ...(describeMount(mount) as Fields), path: `${isAuth ? "auth/" : ""}${mount.path}` });
}

export const MOUNT_ROUTES: readonly Route[] = [
  { pattern: /^mounts\/?$/, serve: { read: ({ ports }) => all(ports.tables.of(MOUNTS).all()) } },
  {
    pattern: /^mounts\/(.+)\/tune$/,
    serve: {
      read: ({ ports }, [, path = ""]) => readTune(ports.tables.of(MOUNTS).get(slashed(path))),
      ...writes((call, [, path = ""]) => writeTune(call, slashed(path), false)),
    },
  },
  {
    pattern: /^mounts\/(.+)$/,
    serve: {
      read: ({ ports }, [, path = ""]) => readOne(ports.tables.of(MOUNTS).get(slashed(path)), path),
      delete: (call, [, path = ""]) => disable(call, path),
      ...writes((call, [, path = ""]) => enable(call, path)),
    },
  },
  { pattern: /^auth\/?$/, serve: { read: ({ ports }) => all(ports.tables.of(AUTHS).all()) } },
  {
    pattern: /^auth\/(.+)\/tune$/,
    serve: {
      read: ({ ports }, [, path = ""]) => readTune(ports.tables.of(AUTHS).get(slashed(path))),
      ...writes((call, [, path = ""]) => writeTune(call, slashed(path), true)),
    },
  },
  {
    pattern: /^auth\/(.+)$/,
    serve: {
      read: ({ ports }, [, path = ""]) => readOne(ports.tables.of(AUTHS).get(slashed(path)), path),
      delete: (call, [, path = ""]) => disableAuth(call, path),
      ...writes((call, [, path = ""]) => enableAuth(call, path)),
    },
  },
  {
    pattern: /^internal\/ui\/mounts\/(.+)$/,
    serve: { read: (call, [, path = ""]) => internalMount(call, path) },
  },
];
