/** Packages: publish, look, download. https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
import { fromBase64 } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import type { Json } from "../../../base/json.ts";
import { failure, iso, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { isPackageName, type Package, type RegistryGrants, type Version } from "./model.ts";
import { findPackage, publishVersion, tarballOf } from "./registry.ts";

type Fields = Readonly<Record<string, Json | undefined>>;

export function publish({ ports, grants, body }: RegistryCall, [, name = ""]: RegExpExecArray): Response {
  if (!isPackageName(name)) return failure(400, `"${name}" is no valid package name`);
  const before = findPackage(ports, name);
  if (!grants || !mayPublish(grants, name, before))
    return failure(
      403,
      `You do not have permission to publish "${name}". Are you logged in as the correct user?`,
    );
  // A scoped package is private unless it is published in public once; accounts here pay for none.
  if (!before && name.startsWith("@") && body["access"] !== "public")
    return failure(402, "You must sign up for private packages");
  const [version, manifest] = Object.entries(fields(body["versions"]))[0] ?? [];
  const data = fields(Object.values(fields(body["_attachments"]))[0])["data"];
  if (version === undefined || !isVersion(version) || typeof data !== "string" || !isBase64(data))
    return failure(400, "send one version with its tarball");
  if (before?.versions.some((it) => it.version === version))
    return failure(403, `You cannot publish over the previously published versions: ${version}.`);
  const tarball = fromBase64(data);
  const dist = { ...fields(fields(manifest)["dist"]), shasum: sha1(tarball) };
  const [tag = "latest"] = Object.keys(fields(body["dist-tags"]));
  const published: Version = {
    version,
    manifest: { ...fields(manifest), name, version, dist } as Version["manifest"],
    publishedAtMs: ports.now(),
    by: grants.user,
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

function mayPublish({ user, scopes, packages }: RegistryGrants, name: string, before?: Package): boolean {
  if (scopes !== "publish") return false;
  if (packages && !packages.includes(name)) return false;
  return before === undefined || before.owners.includes(user);
}

/** The whole package, or one version by number or tag. */
export function showPackage({ ports }: RegistryCall, [, name = "", wanted]: RegExpExecArray): Response {
  const found = findPackage(ports, name);
  if (!found) return failure(404, "Not found");
  if (wanted === undefined) return json(200, packument(found));
  const version = (Object.hasOwn(found.tags, wanted) ? found.tags[wanted] : undefined) ?? wanted;
  const shown = found.versions.find((it) => it.version === version);
  return shown ? json(200, shown.manifest) : failure(404, `version not found: ${wanted.slice(0, 100)}`);
}

function packument({ name, owners, versions, tags, createdAtMs }: Package): Json {
  const last = versions.at(-1);
  return {
    _id: name,
    name,
    "dist-tags": tags,
    versions: Object.fromEntries(versions.map((it) => [it.version, it.manifest])),
    time: {
      created: iso(createdAtMs),
      modified: iso(last?.publishedAtMs ?? createdAtMs),
      ...Object.fromEntries(versions.map((it) => [it.version, iso(it.publishedAtMs)])),
    },
    maintainers: owners.map((owner) => ({ name: owner, email: `${owner}@lantern-tides.test` })),
    description: last?.manifest["description"] ?? "",
  };
}

export function showTarball({ ports }: RegistryCall, [, name = "", version = ""]: RegExpExecArray): Response {
  const found = findPackage(ports, name)?.versions.some((it) => it.version === version);
  const bytes = found ? tarballOf(ports, name, version) : null;
  if (!bytes) return failure(404, "Not found");
  return new Response(bytes as BodyInit, { headers: { "Content-Type": "application/octet-stream" } });
}

function fields(value: Json | undefined): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}

function isVersion(text: string): boolean {
  return /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.test(text);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
