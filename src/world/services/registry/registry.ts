/** The package registry `registry.npm.test`: tokens of its accounts, and packages. */
import { sha1 } from "../../../base/digest.ts";
import { compareVersions } from "../../../base/semver.ts";
import type { Json } from "../../../base/json.ts";
import type { Disk } from "../../../disk/disk.ts";
import { KINDS } from "../../../engine/kinds.ts";
import type { Credential } from "../../credential.ts";
import type { ServicePorts } from "../../service.ts";
import {
  grantsOf,
  PACKAGES,
  REGISTRY_MACHINE,
  TOKENS,
  USERS,
  type Package,
  type RegistryGrants,
  type RegistryUser,
  type TokenFacts,
  type Version,
} from "./model.ts";

export function addUser(
  { tables }: Pick<ServicePorts, "tables">,
  user: Pick<RegistryUser, "name"> & Partial<RegistryUser>,
): RegistryUser {
  const { name } = user;
  return tables.of(USERS).set(name, { email: `${name}@lantern-tides.test`, people: [name], ...user });
}

/** The account that a person signs in to: a machine account that is theirs, else their own. */
export function accountOf({ tables }: Pick<ServicePorts, "tables">, login: string): string {
  return tables.of(USERS).find(({ people }) => people.includes(login))?.name ?? login;
}

export interface NewToken {
  readonly user: string;
  readonly name: string;
  readonly grants: Omit<RegistryGrants, "user">;
  readonly expiresAtMs: number | null;
}

/** Makes a token. Its value is shown once, in the answer. */
export function createToken(ports: ServicePorts, { user, name, grants, expiresAtMs }: NewToken): Credential {
  const number = ports.tables.next("registry/token");
  const { value, needles } = KINDS.npmToken.mint({ text: ports.random });
  const credential = ports.credentials.add({
    id: `registry-token-${number}`,
    kind: "npmToken",
    issuer: "registry",
    value,
    parts: needles,
    owner: user,
    scope: name,
    grants: { ...grants, user } as unknown as Json,
    status: "active",
    createdAtMs: ports.now(),
    expiresAtMs,
    uses: [],
    planted: false,
  });
  factsOf(ports, credential, name);
  return credential;
}

/** What the registry knows of a token; one that a lab planted gets a key here. */
export function factsOf(
  { tables }: Pick<ServicePorts, "tables">,
  credential: Credential,
  name = credential.scope,
): TokenFacts {
  const found = tables.of(TOKENS).get(credential.id);
  if (found) return found;
  const key = sha1(`registry token ${credential.id}`);
  const uuid = [
    key.slice(0, 8),
    key.slice(8, 12),
    key.slice(12, 16),
    key.slice(16, 20),
    key.slice(20, 32),
  ].join("-");
  return tables.of(TOKENS).set(credential.id, { credential: credential.id, key: uuid, name });
}

/** Tokens of an account that work, oldest first. */
export function tokensOf(ports: ServicePorts, user: string): Credential[] {
  return ports.credentials
    .all()
    .filter((it) => it.issuer === "registry" && grantsOf(it).user === user && ports.credentials.works(it));
}

export function findPackage({ tables }: Pick<ServicePorts, "tables">, name: string): Package | undefined {
  return tables.of(PACKAGES).get(name);
}

/** Declares a package, or adds a version to one. */
export function publishVersion(
  ports: ServicePorts,
  name: string,
  version: Version,
  tag: string,
  tarball: Uint8Array,
): Package {
  const before = livePackage(ports, name);
  const disk = diskOf(ports);
  const path = tarballPath(name, version.version);
  disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  disk.write(path, tarball);
  const gone = findPackage(ports, name)?.gone;
  return ports.tables.of(PACKAGES).set(name, {
    ...before,
    ...(gone ? { gone } : {}),
    name,
    owners: before?.owners ?? [version.by],
    versions: [...(before?.versions ?? []), version],
    tags: { ...before?.tags, [tag]: version.version, ...(before ? {} : { latest: version.version }) },
    createdAtMs: before?.createdAtMs ?? ports.now(),
    modifiedAtMs: ports.now(),
    revision: ports.tables.next("registry/revision"),
  });
}

/** A package of which something is there. */
export function livePackage(ports: Pick<ServicePorts, "tables">, name: string): Package | undefined {
  const found = findPackage(ports, name);
  return found && found.unpublishedAtMs === undefined ? found : undefined;
}

export function changePackage(
  { tables, now }: Pick<ServicePorts, "tables" | "now">,
  name: string,
  fields: Partial<Package>,
): Package {
  const revision = tables.next("registry/revision");
  return tables.of(PACKAGES).change(name, { ...fields, modifiedAtMs: now(), revision });
}

/** Takes versions away; their numbers are never given again. Without any left the package is gone. */
export function removeVersions(ports: ServicePorts, name: string, versions: readonly string[]): void {
  const found = livePackage(ports, name);
  if (!found) return;
  const going = found.versions.filter(({ version }) => versions.includes(version));
  const gone = Object.fromEntries(going.map(({ version, publishedAtMs }) => [version, publishedAtMs]));
  const disk = diskOf(ports);
  for (const { version } of going) disk.remove(tarballPath(name, version), { force: true });
  const left = found.versions.filter((it) => !going.includes(it));
  const tags = Object.entries(found.tags).filter(([, version]) => left.some((it) => it.version === version));
  const latest = left
    .map(({ version }) => version)
    .sort(compareVersions)
    .at(-1);
  changePackage(ports, name, {
    versions: left,
    tags: { ...(latest === undefined ? {} : { latest }), ...Object.fromEntries(tags) },
    gone: { ...found.gone, ...gone },
    ...(left.length === 0 ? { unpublishedAtMs: ports.now() } : {}),
  });
}

export function tarballOf(ports: ServicePorts, name: string, version: string): Uint8Array | null {
  const path = tarballPath(name, version);
  const disk = diskOf(ports);
  return disk.exists(path) ? disk.read(path) : null;
}

/** Below the registry's address, and on its disk: `/@scope/name/-/name-1.0.0.tgz`. */
export function tarballPath(name: string, version: string): string {
  return `/${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
}

function diskOf({ machines }: ServicePorts): Disk {
  return machines.has(REGISTRY_MACHINE) ? machines.get(REGISTRY_MACHINE) : machines.add(REGISTRY_MACHINE);
}
