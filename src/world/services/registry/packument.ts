/** A package as JSON: whole, or what an installation needs. https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
import { sha1 } from "../../../base/digest.ts";
import type { Json } from "../../../base/json.ts";
import { iso } from "./answer.ts";
import { fields } from "./fields.ts";
import type { Package, Version } from "./model.ts";

/** What a version keeps in the short form. */
const SHORT = [
  "name",
  "version",
  "deprecated",
  "dependencies",
  "optionalDependencies",
  "devDependencies",
  "bundleDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "bin",
  "directories",
  "dist",
  "engines",
  "cpu",
  "os",
  "funding",
];

/** CouchDB's name for a state of the package. */
export function revisionOf({ name, revision = 1 }: Package): string {
  return `${revision}-${sha1(`${name} ${revision}`).slice(0, 32)}`;
}

export function emailOf(user: string): string {
  return `${user}@lantern-tides.test`;
}

export function packument(found: Package): { readonly [key: string]: Json | undefined } {
  const { name, versions, tags } = found;
  const last = versions.find(({ version }) => version === tags["latest"]) ?? versions.at(-1);
  return {
    _id: name,
    _rev: revisionOf(found),
    name,
    "dist-tags": tags,
    versions: Object.fromEntries(versions.map((it) => [it.version, it.manifest])),
    time: timesOf(found),
    maintainers: found.owners.map((owner) => ({ name: owner, email: emailOf(owner) })),
    description: last?.manifest["description"] ?? "",
    ...described(last),
  };
}

function described(last: Version | undefined): { readonly [key: string]: Json | undefined } {
  const kept = ["homepage", "keywords", "repository", "author", "bugs", "license", "readme"];
  const found = kept.flatMap((key) => (last?.manifest[key] === undefined ? [] : [[key, last.manifest[key]]]));
  return Object.fromEntries(found) as { readonly [key: string]: Json };
}

/** Also of the versions that are gone. */
function timesOf({ versions, createdAtMs, modifiedAtMs, gone = {} }: Package): Json {
  return {
    created: iso(createdAtMs),
    modified: iso(modifiedAtMs ?? versions.at(-1)?.publishedAtMs ?? createdAtMs),
    ...Object.fromEntries([
      ...versions.map((it) => [it.version, iso(it.publishedAtMs)] as const),
      ...Object.entries(gone).map(([version, atMs]) => [version, iso(atMs)] as const),
    ]),
  };
}

/** A package that was taken away says only that. */
export function tombstone(found: Package): Json {
  const { name, owners, unpublishedAtMs = 0, gone = {} } = found;
  const unpublished = {
    name,
    time: iso(unpublishedAtMs),
    maintainers: owners.map((owner) => ({ name: owner, email: emailOf(owner) })),
    versions: Object.keys(gone),
  };
  return { _id: name, _rev: revisionOf(found), name, time: { ...fields(timesOf(found)), unpublished } };
}

export function abbreviated(found: Package): Json {
  const { name, versions, tags } = found;
  return {
    name,
    "dist-tags": tags,
    versions: Object.fromEntries(versions.map(({ version, manifest }) => [version, shortened(manifest)])),
    modified: fields(timesOf(found))["modified"],
  };
}

function shortened(manifest: Version["manifest"]): Json {
  const scripts = fields(manifest["scripts"]);
  const has = ["preinstall", "install", "postinstall"].some((event) => Object.hasOwn(scripts, event));
  const kept = SHORT.filter((key) => manifest[key] !== undefined).map((key) => [key, manifest[key]]);
  return { ...Object.fromEntries(kept), ...(has ? { hasInstallScript: true } : {}) } as Json;
}
