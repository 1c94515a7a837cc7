/** Secrets by mount and path: found, listed, put, forgotten. */
import type { ServicePorts } from "../../../service.ts";
import { SECRETS, type Secret } from "./model.ts";

type Tables = Pick<ServicePorts, "tables">;

export function secretAt({ tables }: Tables, mount: string, path: string): Secret | undefined {
  return tables.of(SECRETS).get(`${mount} ${path}`);
}

/** One without versions: its metadata may come first. */
export function emptySecret(mount: string, path: string, nowMs: number): Secret {
  return {
    mount,
    path,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    currentVersion: 0,
    oldestVersion: 0,
    maxVersions: 0,
    casRequired: false,
    deleteVersionAfterMs: 0,
    customMetadata: null,
    versions: [],
  };
}

export function putSecret({ tables }: Tables, secret: Secret): Secret {
  return tables.of(SECRETS).set(`${secret.mount} ${secret.path}`, secret);
}

export function forgetSecret({ tables }: Tables, mount: string, path: string): void {
  tables.of(SECRETS).delete(`${mount} ${path}`);
}

export function forgetSecrets({ tables }: Tables, mount: string): void {
  for (const [key, secret] of tables.of(SECRETS).entries())
    if (secret.mount === mount) tables.of(SECRETS).delete(key);
}

/** Names directly below a folder, sorted; a folder has a slash at its end. */
export function namesBelow({ tables }: Tables, mount: string, folder: string): string[] {
  const start = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  const below = tables.of(SECRETS).filter((it) => it.mount === mount && it.path.startsWith(start));
  const names = below.map(({ path }) => /^[^/]*\/?/.exec(path.slice(start.length))?.[0] ?? "");
  return [...new Set(names)].filter((name) => name !== "").sort();
}
