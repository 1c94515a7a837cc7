/** Releases and assets as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { ASSETS, type Asset, type Release } from "../release.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { personJson } from "./account.ts";

type Shape = { readonly [key: string]: Json };

export function releaseJson(forge: Forge, repository: Repository, release: Release): Shape {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/releases/${release.id}`;
  const assets = forge.ports.tables.of(ASSETS).filter((asset) => asset.release === release.id);
  const tag = encodeURIComponent(release.tag);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${FORGE_ORIGIN}/api/uploads/repos/${id}/releases/${release.id}/assets{?name,label}`,
    html_url: `${FORGE_ORIGIN}/${id}/releases/tag/${tag}`,
    id: release.id,
    author: personJson(forge, release.author),
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: time(release.createdAtMs),
    published_at: timeOrNull(release.publishedAtMs),
    assets: assets.map((asset) => assetJson(forge, repository, release, asset)),
    tarball_url: `${API}/repos/${id}/tarball/${tag}`,
    zipball_url: `${API}/repos/${id}/zipball/${tag}`,
    body: release.body,
  };
}

export function assetJson(forge: Forge, repository: Repository, release: Release, asset: Asset): Shape {
  const id = repositoryId(repository);
  const file = `${encodeURIComponent(release.tag)}/${encodeURIComponent(asset.name)}`;
  return {
    url: `${API}/repos/${id}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label,
    uploader: personJson(forge, asset.uploader),
    content_type: asset.contentType,
    state: "uploaded",
    size: asset.sizeBytes,
    digest: asset.digest,
    download_count: asset.downloads,
    created_at: time(asset.createdAtMs),
    updated_at: time(asset.createdAtMs),
    browser_download_url: `${FORGE_ORIGIN}/${id}/releases/download/${file}`,
  };
}
