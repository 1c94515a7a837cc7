/** Releases and assets. The bytes of assets lie on the forge's disk. */
import { sha256 } from "../../../base/digest.ts";
import { assetPath } from "./actions/files.ts";
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import type { Identity } from "./identity.ts";
import { releaseJson } from "./json/release.ts";
import type { Repository } from "./model.ts";
import { ASSETS, RELEASES, type Asset, type Release } from "./release.ts";

export type NewRelease = Pick<Release, "tag" | "target" | "name" | "body" | "draft" | "prerelease">;

/** Newest first. */
export function releasesOf(forge: Forge, repository: Repository): Release[] {
  return forge.ports.tables
    .of(RELEASES)
    .filter((release) => release.repository === repository.id)
    .reverse();
}

export function latestRelease(forge: Forge, repository: Repository): Release | undefined {
  return releasesOf(forge, repository).find(({ draft, prerelease }) => !draft && !prerelease);
}

export function createRelease(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  fields: NewRelease,
): Release {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/release", 9_900_001);
  const release = tables.of(RELEASES).set(String(id), {
    ...fields,
    id,
    repository: repository.id,
    author: identity.login,
    createdAtMs: now(),
    publishedAtMs: fields.draft ? null : now(),
  });
  tell(forge, identity, repository, release, "created");
  if (!release.draft) published(forge, identity, repository, release);
  return release;
}

export function changeRelease(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  release: Release,
  fields: Partial<NewRelease>,
): Release {
  const now = forge.ports.tables.of(RELEASES).change(String(release.id), {
    ...fields,
    publishedAtMs: fields.draft === false ? (release.publishedAtMs ?? forge.now()) : release.publishedAtMs,
  });
  tell(forge, identity, repository, now, "edited");
  if (release.draft && !now.draft) published(forge, identity, repository, now);
  return now;
}

function published(forge: Forge, identity: Identity, repository: Repository, release: Release): void {
  tell(forge, identity, repository, release, "published");
  tell(forge, identity, repository, release, release.prerelease ? "prereleased" : "released");
}

/** With its assets; the tag stays. */
export function deleteRelease(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  release: Release,
): void {
  tell(forge, identity, repository, release, "deleted");
  for (const asset of assetsOf(forge, release)) deleteAsset(forge, asset);
  forge.ports.tables.of(RELEASES).delete(String(release.id));
}

export function assetsOf(forge: Forge, release: Release): Asset[] {
  return forge.ports.tables.of(ASSETS).filter((asset) => asset.release === release.id);
}

export function addAsset(
  forge: Forge,
  { login }: Identity,
  release: Release,
  { name, label, contentType }: Pick<Asset, "name" | "label" | "contentType">,
  bytes: Uint8Array,
): Asset {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/asset", 12_000_001);
  const path = assetPath(id);
  forge.disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  forge.disk.write(path, bytes);
  return tables.of(ASSETS).set(String(id), {
    id,
    release: release.id,
    repository: release.repository,
    name,
    label,
    contentType,
    sizeBytes: bytes.length,
    digest: `sha256:${sha256(bytes)}`,
    uploader: login,
    downloads: 0,
    createdAtMs: now(),
  });
}

export function assetBytes(forge: Forge, asset: Asset): Uint8Array {
  return forge.disk.read(assetPath(asset.id));
}

export function deleteAsset(forge: Forge, asset: Asset): void {
  forge.disk.remove(assetPath(asset.id), { force: true });
  forge.ports.tables.of(ASSETS).delete(String(asset.id));
}

function tell(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  release: Release,
  action: string,
): void {
  if (release.draft) return;
  happened(forge, identity, repository, "release", action, {
    release: releaseJson(forge, repository, release),
  });
}
