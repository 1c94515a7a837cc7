/** Changes of a package by sending it back: owners, deprecation, versions and whole packages that go. https://docs.npmjs.com/policies/unpublish */
import { satisfies } from "../../../base/semver.ts";
import type { Json } from "../../../base/json.ts";
import { refusedWrite } from "./allowed.ts";
import { failure, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { fields, type Fields } from "./fields.ts";
import { PACKAGES, USERS, type Package, type Version } from "./model.ts";
import { revisionOf } from "./packument.ts";
import { changePackage, livePackage, removeVersions, tarballOf } from "./registry.ts";

const HOUR_MS = 3600_000;
/** So long a version can be taken away without further questions. */
const FREE_MS = 72 * HOUR_MS;

/** `PUT /NAME/-rev/REVISION`: owners (`npm owner`), or versions that are left (`npm unpublish`). */
export function changeRevision(call: RegistryCall, [, name = "", revision = ""]: RegExpExecArray): Response {
  const { ports, body } = call;
  const found = livePackage(ports, name);
  if (!found) return failure(404, "Not found");
  const refused = refusedWrite(call, name, found);
  if (refused) return refused;
  if (revision !== revisionOf(found)) return failure(409, "Document update conflict.");
  if (body["versions"] !== undefined) return keepVersions(call, found, fields(body["versions"]));
  return setOwners(call, found);
}

function setOwners({ ports, body }: RegistryCall, { name, owners }: Package): Response {
  const wanted = Array.isArray(body["maintainers"])
    ? (body["maintainers"] as readonly Json[]).map((each) => String(fields(each)["name"] ?? ""))
    : [];
  if (wanted.length === 0) return failure(400, "a package needs an owner");
  const unknown = wanted.find((each) => !owners.includes(each) && !isUser(ports, each));
  if (unknown !== undefined) return failure(400, `${unknown.slice(0, 100)} is no user`);
  changePackage(ports, name, { owners: [...new Set(wanted)] });
  ports.event({
    who: "provider",
    kind: "package.owners",
    what: `${name} is owned by ${[...new Set(wanted)].join(", ")}`,
    data: { package: name, owners: [...new Set(wanted)] },
  });
  return json(200, { ok: true, id: name });
}

function isUser({ tables }: RegistryCall["ports"], name: string): boolean {
  return tables.of(USERS).has(name);
}

/** `PUT /NAME` without an archive: what it says of versions that are there counts (`npm deprecate`). */
export function changeDocument(call: RegistryCall, found: Package): Response {
  const refused = refusedWrite(call, found.name, found);
  if (refused) return refused;
  const told = fields(call.body["versions"]);
  const versions = found.versions.map((each) => withMessage(each, fields(told[each.version])));
  changePackage(call.ports, found.name, { versions });
  return json(200, { ok: true, id: found.name, success: true });
}

function withMessage(version: Version, told: Fields): Version {
  const message = told["deprecated"];
  if (typeof message !== "string") return version;
  const { deprecated: _before, ...manifest } = version.manifest;
  const kept = message === "" ? manifest : { ...manifest, deprecated: message.slice(0, 1024) };
  return { ...version, manifest: kept };
}

function keepVersions(call: RegistryCall, found: Package, left: Fields): Response {
  const going = found.versions.filter(({ version }) => !Object.hasOwn(left, version));
  return takeAway(call, found, going);
}

/** `DELETE /NAME/-rev/REVISION` */
export function removePackage(call: RegistryCall, [, name = "", revision = ""]: RegExpExecArray): Response {
  const found = livePackage(call.ports, name);
  if (!found) return failure(404, "Not found");
  const refused = refusedWrite(call, name, found);
  if (refused) return refused;
  if (revision !== revisionOf(found)) return failure(409, "Document update conflict.");
  return takeAway(call, found, found.versions);
}

/** `DELETE /NAME/-/FILE/-rev/REVISION`: the archive went with its version. */
export function removeTarball(call: RegistryCall, [, name = "", version = ""]: RegExpExecArray): Response {
  const found = livePackage(call.ports, name);
  const refused = found ? refusedWrite(call, name, found) : failure(404, "Not found");
  if (refused) return refused;
  return tarballOf(call.ports, name, version)
    ? failure(405, "its version is still there")
    : json(200, { ok: true });
}

function takeAway(call: RegistryCall, found: Package, going: readonly Version[]): Response {
  const { ports, grants } = call;
  const reasons = against(call, found, going);
  if (reasons.length > 0)
    return failure(405, `You can no longer unpublish this package. Failed criteria:\n${reasons.join("\n")}`);
  const versions = going.map(({ version }) => version);
  removeVersions(ports, found.name, versions);
  if (versions.length > 0)
    ports.event({
      who: "provider",
      kind: "package.unpublished",
      what: `${grants?.user} took ${versions.map((it) => `${found.name}@${it}`).join(", ")} away`,
      data: { package: found.name, versions, user: grants?.user ?? "" },
    });
  return json(200, { ok: true });
}

/** What stands in the way. A version that is older than three days goes only where it has one owner. */
function against({ ports }: RegistryCall, { name, owners }: Package, going: readonly Version[]): string[] {
  const depended = ports.tables.of(PACKAGES).find(
    (other) =>
      other.name !== name &&
      other.versions.some(({ manifest }) => {
        const range = fields(manifest["dependencies"])[name];
        return typeof range === "string" && going.some(({ version }) => satisfies(version, range));
      }),
  );
  const isOld = going.some(({ publishedAtMs }) => ports.now() > publishedAtMs + FREE_MS);
  return [
    ...(depended ? ["has dependent packages in the registry"] : []),
    ...(isOld && owners.length > 1 ? ["has more than one owner/maintainer"] : []),
  ];
}
