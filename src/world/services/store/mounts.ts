/** Where secrets engines and auth methods are: enabled, shown, tuned, disabled. https://openbao.org/api-docs/system/mounts/ */
import type { Json } from "../../../base/json.ts";
import type { TableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";
import { forgetMount } from "./entries.ts";
import { durationMs, mapOf, seconds, textOf, uuid } from "./fields.ts";
import { forgetSecrets } from "./kv/secrets.ts";
import { endLease, leasesBelow } from "./leases.ts";
import {
  AUTHS,
  MOUNTS,
  SYSTEM_TTL_MS,
  TOKENS,
  type Engine,
  type Fields,
  type Method,
  type Mount,
} from "./model.ts";
import { revoke } from "./tokens.ts";

interface NewMount<Type extends string> {
  readonly path: string;
  readonly type: Type;
  readonly description?: string;
  readonly options?: Readonly<Record<string, string>> | null;
  readonly local?: boolean;
}

export function addMount<Type extends string>(
  ports: ServicePorts,
  table: TableName<Mount<Type>>,
  { path, type, description = "", options = null, local = false }: NewMount<Type>,
): Mount<Type> {
  const digits = ports.random(8, "0123456789abcdef");
  return ports.tables.of(table).set(path, {
    path,
    type,
    accessor: `${table === (AUTHS as object) ? "auth_" : ""}${type}_${digits}`,
    uuid: uuid(ports),
    description,
    options,
    defaultTtlMs: SYSTEM_TTL_MS,
    maxTtlMs: SYSTEM_TTL_MS,
    local,
  });
}

/** The mount of a path: the longest that fits. */
export function mountOf(ports: Pick<ServicePorts, "tables">, path: string): Mount<Engine> | undefined {
  return longest(ports.tables.of(MOUNTS).all(), path);
}

/** `path` without "auth/". */
export function authOf(ports: Pick<ServicePorts, "tables">, path: string): Mount<Method> | undefined {
  return longest(ports.tables.of(AUTHS).all(), path);
}

function longest<T extends { readonly path: string }>(mounts: readonly T[], path: string): T | undefined {
  const fitting = mounts.filter((it) => `${path}/`.startsWith(it.path));
  return fitting.sort((a, b) => b.path.length - a.path.length)[0];
}

export function describeMount(mount: Mount): Json {
  const config = {
    default_lease_ttl: mount.defaultTtlMs === SYSTEM_TTL_MS ? 0 : seconds(mount.defaultTtlMs),
    force_no_cache: false,
    max_lease_ttl: mount.maxTtlMs === SYSTEM_TTL_MS ? 0 : seconds(mount.maxTtlMs),
  };
  return {
    accessor: mount.accessor,
    config,
    deprecation_status: "supported",
    description: mount.description,
    external_entropy_access: false,
    local: mount.local,
    options: mount.options as Json,
    plugin_version: "",
    running_plugin_version: "",
    running_sha256: "",
    seal_wrap: false,
    type: mount.type,
    uuid: mount.uuid,
  };
}

/** Changes what a mount says of itself; a text is why it cannot. */
export function tuned<Type extends string>(mount: Mount<Type>, fields: Fields): Mount<Type> | string {
  const span = (name: string, now: number) => {
    const text = textOf(fields, name);
    return text === "" ? now : (durationMs(text) ?? -1) || SYSTEM_TTL_MS;
  };
  const defaultTtlMs = span("default_lease_ttl", mount.defaultTtlMs);
  const maxTtlMs = span("max_lease_ttl", mount.maxTtlMs);
  if (defaultTtlMs < 0 || maxTtlMs < 0) return "unable to parse given TTL value";
  if (defaultTtlMs > maxTtlMs) return "backend max lease TTL of less than default lease TTL";
  const given = mapOf(fields, "options");
  const texts =
    given && Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
  return {
    ...mount,
    description: textOf(fields, "description", mount.description),
    options: texts ? { ...mount.options, ...texts } : mount.options,
    defaultTtlMs,
    maxTtlMs,
  };
}

/** All leases of an engine end with it, and all its secrets are gone. */
export function removeEngine(ports: ServicePorts, path: string): string | null {
  for (const lease of leasesBelow(ports, path)) {
    const problem = endLease(ports, lease);
    if (problem !== null) return problem;
  }
  ports.tables.of(MOUNTS).delete(path);
  forgetMount(ports, path);
  forgetSecrets(ports, path);
  return null;
}

/** Everybody who logged in by a method loses their token with it. */
export function removeMethod(ports: ServicePorts, path: string): void {
  ports.tables.of(AUTHS).delete(path);
  forgetMount(ports, path);
  for (const token of ports.tables.of(TOKENS).filter((it) => it.path.startsWith(`auth/${path}`)))
    revoke(ports, token.accessor);
}
