/** https://docs.github.com/en/rest/releases/releases and https://docs.github.com/en/rest/releases/assets */
import { objectsOf } from "../git/objects.ts";
import { assetJson, releaseJson } from "../json/release.ts";
import { repositoryId, type Repository } from "../model.ts";
import { ASSETS, RELEASES, type Asset, type Release } from "../release.ts";
import {
  addAsset,
  assetBytes,
  assetsOf,
  changeRelease,
  createRelease,
  deleteAsset,
  deleteRelease,
  latestRelease,
  releasesOf,
} from "../releases.ts";
import { audited } from "./audited.ts";
import { flagField, textField } from "./request-body.ts";
import { failure, invalid, json, list, noContent, notFound } from "./answer.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";
import { updateRef } from "../git/refUpdate.ts";
import { refusedResponse } from "./ref-refusal.ts";

const UPLOAD = "/api/uploads/repos/{owner}/{repo}/releases/{id}/assets";

export const releaseRoutes: readonly Route[] = [
  onRepository("GET", "/releases", ["contents", "read"], listReleases),
  onRepository("POST", "/releases", ["contents", "write"], postRelease),
  onRepository("GET", "/releases/latest", ["contents", "read"], showLatest),
  onRepository("GET", "/releases/tags/{tag+}", ["contents", "read"], showByTag),
  onRepository("GET", "/releases/{id}", ["contents", "read"], showRelease),
  onRepository("PATCH", "/releases/{id}", ["contents", "write"], patchRelease),
  onRepository("DELETE", "/releases/{id}", ["contents", "write"], destroyRelease),
  onRepository("GET", "/releases/{id}/assets", ["contents", "read"], listAssets),
  onRepository("GET", "/releases/assets/{asset}", ["contents", "read"], showAsset),
  onRepository("PATCH", "/releases/assets/{asset}", ["contents", "write"], patchAsset),
  onRepository("DELETE", "/releases/assets/{asset}", ["contents", "write"], destroyAsset),
  { ...onSite("POST", UPLOAD, "user", upload), raw: true },
  onSite("GET", "/{owner}/{repo}/releases/download/{tag}/{name}", "anyone", download),
];

/** Drafts are seen by people who may write. */
function sees({ forge, repository, identity }: RepositoryCall, release: Release): boolean {
  return !release.draft || forge.allows(identity, repository, "contents", "write");
}

function listReleases(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const found = releasesOf(forge, repository).filter((release) => sees(call, release));
  return list(call, found, (release) => releaseJson(forge, repository, release));
}

async function postRelease(call: RepositoryCall): Promise<Response> {
  const { forge, repository, identity, body } = call;
  const tag = textField(body, "tag_name") ?? "";
  if (tag === "" || !identity)
    return invalid({ resource: "Release", field: "tag_name", code: "missing_field" });
  const taken = releasesOf(forge, repository).some((it) => it.tag === tag && !it.draft);
  if (taken) return invalid({ resource: "Release", field: "tag_name", code: "already_exists" });
  const draft = flagField(body, "draft") ?? false;
  const target = textField(body, "target_commitish") ?? repository.defaultBranch;
  const refused = draft ? null : await makeTag(call, tag, target);
  if (refused) return refused;
  const release = createRelease(forge, identity, repository, {
    tag,
    target,
    name: textField(body, "name") ?? tag,
    body: textField(body, "body") ?? "",
    draft,
    prerelease: flagField(body, "prerelease") ?? false,
  });
  audited(call, "release.create", repositoryId(repository), { release: tag });
  return json(201, releaseJson(forge, repository, release), { Location: `${call.url.href}/${release.id}` });
}

/** A release makes its tag where there is none. */
async function makeTag(call: RepositoryCall, tag: string, target: string): Promise<Response | null> {
  const { forge, repository, identity, address, requestId } = call;
  const objects = objectsOf(forge, repository);
  const ref = `refs/tags/${tag}`;
  if (objects.ref(ref) !== null || !identity) return null;
  const sha = objects.resolveCommit(target);
  if (sha === null) return invalid({ resource: "Release", field: "target_commitish", code: "invalid" });
  const move = { ref, before: null, after: sha };
  const refusal = await updateRef(forge, { identity, address, requestId }, repository, move);
  return refusal && refusedResponse(refusal, 422);
}

function showLatest(call: RepositoryCall): Response {
  const release = latestRelease(call.forge, call.repository);
  return release ? json(200, releaseJson(call.forge, call.repository, release)) : notFound();
}

function showByTag(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const release = releasesOf(forge, repository).find((it) => it.tag === params["tag"] && !it.draft);
  return release ? json(200, releaseJson(forge, repository, release)) : notFound();
}

function releaseIn(call: RepositoryCall): Release | undefined {
  const release = call.forge.ports.tables.of(RELEASES).get(call.params["id"] as string);
  return release?.repository === call.repository.id && sees(call, release) ? release : undefined;
}

function showRelease(call: RepositoryCall): Response {
  const release = releaseIn(call);
  return release ? json(200, releaseJson(call.forge, call.repository, release)) : notFound();
}

async function patchRelease(call: RepositoryCall): Promise<Response> {
  const { forge, repository, identity, body } = call;
  const release = releaseIn(call);
  if (!release || !identity) return notFound();
  const fields = {
    tag: textField(body, "tag_name") ?? release.tag,
    target: textField(body, "target_commitish") ?? release.target,
    name: textField(body, "name") ?? release.name,
    body: textField(body, "body") ?? release.body,
    draft: flagField(body, "draft") ?? release.draft,
    prerelease: flagField(body, "prerelease") ?? release.prerelease,
  };
  const refused = fields.draft ? null : await makeTag(call, fields.tag, fields.target);
  if (refused) return refused;
  const now = changeRelease(forge, identity, repository, release, fields);
  audited(call, "release.update", repositoryId(repository), { release: now.tag });
  return json(200, releaseJson(forge, repository, now));
}

function destroyRelease(call: RepositoryCall): Response {
  const { forge, repository, identity } = call;
  const release = releaseIn(call);
  if (!release || !identity) return notFound();
  deleteRelease(forge, identity, repository, release);
  audited(call, "release.destroy", repositoryId(repository), { release: release.tag });
  return noContent();
}

function listAssets(call: RepositoryCall): Response {
  const { forge, repository } = call;
  const release = releaseIn(call);
  if (!release) return notFound();
  return list(call, assetsOf(forge, release), (asset) => assetJson(forge, repository, release, asset));
}

interface Found {
  readonly asset: Asset;
  readonly release: Release;
}

function assetIn(call: RepositoryCall): Found | null {
  const { tables } = call.forge.ports;
  const asset = tables.of(ASSETS).get(call.params["asset"] as string);
  const release =
    asset?.repository === call.repository.id ? tables.of(RELEASES).get(String(asset.release)) : undefined;
  return asset && release && sees(call, release) ? { asset, release } : null;
}

/** Its bytes for who asks for them, its record otherwise. */
function showAsset(call: RepositoryCall): Response {
  const found = assetIn(call);
  if (!found) return notFound();
  if (call.headers.get("accept")?.includes("application/octet-stream")) return bytesOf(call, found.asset);
  return json(200, assetJson(call.forge, call.repository, found.release, found.asset));
}

function bytesOf({ forge }: Call, asset: Asset): Response {
  forge.ports.tables.of(ASSETS).change(String(asset.id), { downloads: asset.downloads + 1 });
  return new Response(assetBytes(forge, asset) as BodyInit, {
    headers: {
      "Content-Type": asset.contentType,
      "Content-Disposition": `attachment; filename=${encodeURIComponent(asset.name)}`,
    },
  });
}

function patchAsset(call: RepositoryCall): Response {
  const found = assetIn(call);
  if (!found) return notFound();
  const { forge, repository, body } = call;
  const asset = forge.ports.tables.of(ASSETS).change(String(found.asset.id), {
    name: fileName(textField(body, "name") ?? found.asset.name),
    label: textField(body, "label") ?? found.asset.label,
  });
  return json(200, assetJson(forge, repository, found.release, asset));
}

function destroyAsset(call: RepositoryCall): Response {
  const found = assetIn(call);
  if (!found) return notFound();
  deleteAsset(call.forge, found.asset);
  audited(call, "release_asset.destroy", repositoryId(call.repository), { asset: found.asset.name });
  return noContent();
}

function repositoryOf({ forge, params }: Call): Repository | undefined {
  return forge.find(`${params["owner"]}/${params["repo"]}`);
}

/** Not below /api/v3: `upload_url` leads here, as on GitHub Enterprise Server. */
function upload(call: Call): Response {
  const { forge, identity, url, bytes, headers, params } = call;
  const repository = repositoryOf(call);
  if (!repository || !identity || !forge.allows(identity, repository, "contents", "read")) return notFound();
  if (!forge.allows(identity, repository, "contents", "write"))
    return failure(403, "Must have push access to Repository.");
  const release = forge.ports.tables.of(RELEASES).get(params["id"] as string);
  if (release?.repository !== repository.id) return notFound();
  const name = fileName(url.searchParams.get("name") ?? "");
  if (name === "") return invalid({ resource: "ReleaseAsset", field: "name", code: "missing_field" });
  if (assetsOf(forge, release).some((asset) => asset.name === name))
    return invalid({ resource: "ReleaseAsset", field: "name", code: "already_exists" });
  const contentType = headers.get("content-type") ?? "application/octet-stream";
  const label = url.searchParams.get("label");
  const asset = addAsset(forge, identity, release, { name, label, contentType }, bytes);
  audited(call, "release_asset.create", repositoryId(repository), { release: release.tag, asset: name });
  return json(201, assetJson(forge, repository, release, asset));
}

/** GitHub puts dots for what it does not like in names. */
function fileName(name: string): string {
  return name.replace(/[^\w.+@()-]+/g, ".").slice(0, 255);
}

function download(call: Call): Response {
  const { forge, identity, params } = call;
  const repository = repositoryOf(call);
  if (!repository || !forge.allows(identity, repository, "contents", "read")) return notFound();
  const release = releasesOf(forge, repository).find((it) => it.tag === params["tag"] && !it.draft);
  const asset = release && assetsOf(forge, release).find((it) => it.name === params["name"]);
  return asset ? bytesOf(call, asset) : notFound();
}
