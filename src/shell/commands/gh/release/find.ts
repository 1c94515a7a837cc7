/** Finding releases, and their fields for `--json`. */
import type { GhCall } from "../call.ts";
import type { Fields } from "../json.ts";
import { author, type Asset, type Release } from "../rest.ts";
import { GhStop } from "../stop.ts";

/** By tag, drafts too; the latest one without a tag. */
export async function findRelease(call: GhCall, tag: string | undefined): Promise<Release> {
  const at = `${await call.at()}/releases`;
  const found =
    tag === undefined
      ? await call.find<Release>(`${at}/latest`)
      : ((await call.find<Release>(`${at}/tags/${encodeURIComponent(tag)}`)) ??
        (await call.list<Release>(at)).find(({ tag_name }) => tag_name === tag));
  if (!found) throw new GhStop("release not found");
  return found;
}

function assetJson(asset: Asset): unknown {
  return {
    apiUrl: asset.url,
    contentType: asset.content_type ?? "",
    createdAt: asset.created_at ?? null,
    downloadCount: asset.download_count ?? 0,
    id: String(asset.id),
    label: "",
    name: asset.name,
    size: asset.size,
    state: asset.state ?? "uploaded",
    updatedAt: asset.updated_at ?? null,
    url: asset.browser_download_url ?? "",
  };
}

export const RELEASE_FIELDS: Fields<Release> = {
  apiUrl: (it) => it.url ?? "",
  assets: (it) => (it.assets ?? []).map(assetJson),
  author: (it) => author(it.author),
  body: (it) => it.body ?? "",
  createdAt: (it) => it.created_at,
  databaseId: (it) => it.id,
  id: (it) => it.node_id ?? "",
  isDraft: (it) => it.draft,
  isPrerelease: (it) => it.prerelease,
  name: (it) => it.name ?? "",
  publishedAt: (it) => it.published_at,
  tagName: (it) => it.tag_name,
  targetCommitish: (it) => it.target_commitish ?? "",
  uploadUrl: (it) => it.upload_url ?? "",
  url: (it) => it.html_url,
};

export const LIST_FIELDS: Fields<Release> = {
  createdAt: (it) => it.created_at,
  isDraft: (it) => it.draft,
  isLatest: async (it, call) => (await latestId(call)) === it.id,
  isPrerelease: (it) => it.prerelease,
  name: (it) => it.name ?? "",
  publishedAt: (it) => it.published_at,
  tagName: (it) => it.tag_name,
};

export async function latestId(call: GhCall): Promise<number | null> {
  return (await call.find<Release>(`${await call.at()}/releases/latest`))?.id ?? null;
}
