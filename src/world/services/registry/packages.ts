/** Packages: publish, look, download. https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
import { sha512 } from "@noble/hashes/sha2.js";
import { gunzipSync } from "fflate";
import { fromBase64, toBase64 } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import { parseRange, parseVersion, satisfies } from "../../../base/semver.ts";
import { readMembers } from "../../../base/ustar.ts";
import { refusedReuse, refusedWrite } from "./allowed.ts";
import { failure, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { changeDocument } from "./edit.ts";
import { fields, type Fields } from "./fields.ts";
import { REGISTRY } from "./host.ts";
import { isPackageName, type Package, type RegistryGrants, type Version } from "./model.ts";
import { abbreviated, emailOf, packument, revisionOf, tombstone } from "./packument.ts";
import { PUBLISHER } from "./oidc.ts";
import { attestationsField, provenanceOf } from "./provenance.ts";
import { findPackage, livePackage, publishVersion, tarballOf, tarballPath } from "./registry.ts";
import { signed } from "./signatures.ts";

interface Sent {
  readonly version: string;
  readonly manifest: Fields;
  readonly tarball: Uint8Array;
  readonly tag: string;
}

/** A new version; without an archive, a change of what is there. */
export async function publish(call: RegistryCall, [, name = ""]: RegExpExecArray): Promise<Response> {
  const { ports, body } = call;
  if (!isPackageName(name)) return failure(400, `"${name}" is no valid package name`);
  const before = livePackage(ports, name);
  if (before && body["_attachments"] === undefined) return changeDocument(call, before);
  const refused = refusedWrite(call, name, before);
  if (refused) return refused;
  // A scoped package is private unless it is published in public once; accounts here pay for none.
  if (!before && name.startsWith("@") && body["access"] !== "public")
    return failure(402, "You must sign up for private packages");
  const sent = sentIn(body);
  if (typeof sent === "string") return failure(400, sent);
  const taken = before?.versions.some((it) => it.version === sent.version);
  if (taken)
    return failure(403, `You cannot publish over the previously published versions: ${sent.version}.`);
  return refusedReuse(findPackage(ports, name), sent.version, ports.now()) ?? accept(call, name, sent);
}

function sentIn(body: Fields): Sent | string {
  const [version, value] = Object.entries(fields(body["versions"]))[0] ?? [];
  const attachments = Object.entries(fields(body["_attachments"]));
  const [, attachment] = attachments.find(([name]) => !name.endsWith(".sigstore")) ?? [];
  const data = fields(attachment)["data"];
  if (version === undefined || !parseVersion(version) || typeof data !== "string" || !isBase64(data))
    return "send one version with its tarball";
  const manifest = fields(value);
  const tarball = fromBase64(data);
  const { integrity } = fields(manifest["dist"]);
  if (typeof integrity === "string" && integrity !== integrityOf(tarball))
    return "the tarball is not what its integrity says";
  const [tag = "latest"] = Object.keys(fields(body["dist-tags"]));
  if (parseRange(tag) || tag === "__proto__") return `Tag name must not be a valid SemVer range: ${tag}`;
  return { version, manifest, tarball, tag };
}

async function accept(call: RegistryCall, name: string, sent: Sent): Promise<Response> {
  const { ports, grants, body } = call;
  const { version, manifest, tarball, tag } = sent;
  if (!grants) return failure(401, "Unauthorized");
  const provenance = await provenanceOf(call, fields(body["_attachments"]), tarball);
  if (typeof provenance === "string")
    return failure(422, `Error verifying sigstore provenance bundle: ${provenance}`);
  const dist = {
    ...distOf(name, version, tarball),
    ...(provenance ? { attestations: attestationsField(name, version) } : {}),
  };
  const published: Version = {
    version,
    manifest: { ...manifest, name, version, dist, ...publisher(grants) } as Version["manifest"],
    publishedAtMs: ports.now(),
    by: grants.user,
    ...(provenance ? { attestations: [provenance] } : {}),
  };
  publishVersion(ports, name, published, tag, tarball);
  ports.event({
    who: "provider",
    kind: "package.published",
    what: `${grants.user} published ${name}@${version}`,
    data: { package: name, version, user: grants.user },
  });
  return json(201, { success: true });
}

function publisher({ user, trustedPublisher }: RegistryGrants): Fields {
  if (trustedPublisher === undefined) return { _npmUser: { name: user, email: emailOf(user) } };
  const trusted = { id: "github", oidcConfigId: `oidc:${trustedPublisher}` };
  return { _npmUser: { name: PUBLISHER, email: "npm-oidc-no-reply@forge.test", trustedPublisher: trusted } };
}

function distOf(name: string, version: string, tarball: Uint8Array): Fields {
  return {
    integrity: integrityOf(tarball),
    shasum: sha1(tarball),
    tarball: `${REGISTRY}${tarballPath(name, version)}`,
    ...sizes(tarball),
  };
}

function integrityOf(tarball: Uint8Array): string {
  return `sha512-${toBase64(sha512(tarball))}`;
}

/** Something that is no archive has no files. */
function sizes(tarball: Uint8Array): Fields {
  try {
    const files = [...readMembers(gunzipSync(tarball))].filter(({ kind }) => kind === "file");
    return { fileCount: files.length, unpackedSize: files.reduce((sum, { bytes }) => sum + bytes.length, 0) };
  } catch {
    return {};
  }
}

/** The whole package. */
export async function showPackage(call: RegistryCall, [, name = ""]: RegExpExecArray): Promise<Response> {
  const found = findPackage(call.ports, name);
  if (!found) return failure(404, "Not found");
  if (found.unpublishedAtMs !== undefined) return json(200, tombstone(found));
  const short = (call.headers.get("Accept") ?? "").includes("application/vnd.npm.install-v1+json");
  const tag = `"${revisionOf(found)}${short ? "-short" : ""}"`;
  const headers = { ETag: tag, "Cache-Control": "public, max-age=300", Vary: "Accept" };
  if (call.headers.get("If-None-Match") === tag) return new Response(null, { status: 304, headers });
  if (short)
    return json(200, abbreviated(found), {
      ...headers,
      "Content-Type": "application/vnd.npm.install-v1+json",
    });
  // Signing costs time that only those who check should spend.
  const full = packument(found);
  return json(200, call.headers.get("npm-command") === "audit" ? await signed(call, full) : full, headers);
}

/** One version, by number, tag or range. */
export function showVersion({ ports }: RegistryCall, [, name = "", wanted = ""]: RegExpExecArray): Response {
  const found = livePackage(ports, name);
  if (!found) return failure(404, "Not found");
  const shown = found.versions.find((it) => it.version === versionFor(found, wanted));
  return shown ? json(200, shown.manifest) : failure(404, `version not found: ${wanted.slice(0, 100)}`);
}

function versionFor({ tags, versions }: Package, wanted: string): string {
  const tagged = Object.hasOwn(tags, wanted) ? tags[wanted] : undefined;
  return (
    tagged ??
    versions.findLast(({ version }) => version === wanted || satisfies(version, wanted))?.version ??
    wanted
  );
}

export function showTarball({ ports }: RegistryCall, [, name = "", version = ""]: RegExpExecArray): Response {
  const found = livePackage(ports, name)?.versions.some((it) => it.version === version);
  const bytes = found ? tarballOf(ports, name, version) : null;
  if (!bytes) return failure(404, "Not found");
  return new Response(bytes as BodyInit, { headers: { "Content-Type": "application/octet-stream" } });
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
