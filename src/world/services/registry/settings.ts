/** `/-/package/NAME/…`: tags, visibility, second factor, people. https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md */
import { parseRange, parseVersion } from "../../../base/semver.ts";
import { refusedSettings, refusedWrite } from "./allowed.ts";
import { failure, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { PACKAGES, USERS, type Mfa, type Package } from "./model.ts";
import { emailOf } from "./packument.ts";
import { changePackage, livePackage } from "./registry.ts";

type Operation = (call: RegistryCall, match: RegExpExecArray) => Response;

/** An operation on a package that is there. */
export function onPackage(run: (call: RegistryCall, found: Package, more: string) => Response): Operation {
  return (call, [, name = "", more = ""]) => {
    const found = livePackage(call.ports, name);
    return found ? run(call, found, more) : failure(404, "Not found");
  };
}

export const showTags = onPackage((_call, { tags }) => json(200, tags));

/** The version is the whole body. */
export const setTag = onPackage((call, found, tag) => {
  const refused = refusedWrite(call, found.name, found);
  if (refused) return refused;
  const version = call.value;
  if (typeof version !== "string" || !parseVersion(version)) return failure(400, "the body is a version");
  if (!found.versions.some((it) => it.version === version))
    return failure(404, `version not found: ${version.slice(0, 100)}`);
  if (parseRange(tag) || !/^[\w.-]{1,100}$/.test(tag) || tag === "__proto__")
    return failure(400, "no valid tag");
  changePackage(call.ports, found.name, { tags: { ...found.tags, [tag]: version } });
  return json(200, { ok: true });
});

export const removeTag = onPackage((call, found, tag) => {
  const refused = refusedWrite(call, found.name, found);
  if (refused) return refused;
  if (tag === "latest") return failure(400, 'the tag "latest" stays');
  const { [tag]: _gone, ...tags } = found.tags;
  changePackage(call.ports, found.name, { tags });
  return json(200, { ok: true });
});

export const showVisibility = onPackage((_call, { restricted = false }) =>
  json(200, { public: !restricted }),
);

export const showCollaborators = onPackage((_call, { owners }) =>
  json(200, Object.fromEntries(owners.map((owner) => [owner, "write"]))),
);

/** https://docs.npmjs.com/cli/commands/npm-access */
export const setAccess = onPackage((call, found) => {
  const refused = refusedSettings(call, found);
  if (refused) return refused;
  const { access, publish_requires_tfa: asks, automation_token_overrides_tfa: overrides } = call.body;
  if (access === "restricted") return failure(402, "Payment Required");
  const mfa: Mfa | undefined =
    typeof asks !== "boolean" ? undefined : !asks ? "none" : overrides === true ? "automation" : "publish";
  if (mfa !== undefined) changePackage(call.ports, found.name, { mfa });
  return json(200, { ok: true });
});

/** Packages that somebody may write. */
export function packagesOf({ ports }: RegistryCall, [, user = ""]: RegExpExecArray): Response {
  if (!ports.tables.of(USERS).has(user)) return failure(404, "Not found");
  const owned = ports.tables
    .of(PACKAGES)
    .filter(({ owners, unpublishedAtMs }) => owners.includes(user) && unpublishedAtMs === undefined);
  return json(200, Object.fromEntries(owned.map(({ name }) => [name, "write"])));
}

export function showUser({ ports }: RegistryCall, [, name = ""]: RegExpExecArray): Response {
  const known =
    ports.tables.of(USERS).has(name) ||
    ports.tables.of(PACKAGES).find(({ owners }) => owners.includes(name)) !== undefined;
  if (!known) return failure(404, "Not found");
  return json(200, { _id: `org.couchdb.user:${name}`, name, email: emailOf(name), type: "user" });
}
