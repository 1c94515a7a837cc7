/** Where packages come from: what a registry knows of them, and their archives. */
import { sha512 } from "@noble/hashes/sha2.js";
import { gunzipSync } from "fflate";
import type { ExecResult } from "just-bash/browser";
import { toBase64 } from "../../../../base/bytes.ts";
import { sha1 } from "../../../../base/digest.ts";
import { compareVersions, satisfies } from "../../../../base/semver.ts";
import { readMembers, type Member } from "../../../../base/ustar.ts";
import { failed, VERSION, type NpmCall } from "../call.ts";
import { ask, download } from "../http.ts";
import { fieldsOf, manifestOf, type Fields } from "./manifest.ts";
import type { Found } from "./node.ts";
import type { Spec } from "./spec.ts";

/** What LeakLab has already, wherever it is asked for: the commands are there, and no registry has to know them. */
const HERE: Readonly<Record<string, string>> = {
  secretlint: "13.0.7",
  "@secretlint/secretlint-rule-preset-recommend": "13.0.7",
};
const NODE_VERSION = "24.0.0";
const DAY_MS = 24 * 3600_000;
/** Nothing of the labs is larger; an archive may say anything about its size. */
const MOST_BYTES = 64 * 1024 * 1024;

export type Failure = { readonly failure: ExecResult };

export class Source {
  readonly #call: NpmCall;
  readonly #packuments = new Map<string, Fields | Failure>();

  constructor(call: NpmCall) {
    this.#call = call;
  }

  /** The version that npm takes for what is asked. */
  async find(spec: Spec): Promise<Found | Failure> {
    if (spec.kind === "elsewhere") return elsewhere(spec);
    const packument = await this.packument(spec.name);
    if ("failure" in packument) {
      const version = Object.hasOwn(HERE, spec.name) ? HERE[spec.name] : undefined;
      if (version !== undefined) return here(spec.name, version);
      return notFound(packument as Failure, spec);
    }
    const picked = pick(packument, spec, before(this.#call));
    return picked ? foundOf(picked) : noTarget(spec, this.#call);
  }

  async packument(name: string): Promise<Fields | Failure> {
    const known = this.#packuments.get(name);
    if (known) return known;
    const url = `${this.#call.config.registryOf(name)}/${name.replace("/", "%2f")}`;
    const answer = await ask(this.#call, "GET", url);
    const packument = "failure" in answer ? { failure: answer.failure } : fieldsOf(answer.body);
    this.#packuments.set(name, packument);
    return packument;
  }

  /** Files of a package, checked against what is known of their digest. */
  async members(name: string, { resolved, integrity }: Omit<Found, "manifest">): Promise<Member[] | Failure> {
    if (resolved === null) return [];
    const bytes = await download(this.#call, resolved);
    if ("failure" in bytes) return Object.hasOwn(HERE, name) ? [] : bytes;
    const wrong = integrity === null ? null : broken(bytes, integrity);
    if (wrong) return wrong;
    try {
      if (isTooLarge(bytes)) throw new RangeError("too large");
      return [...readMembers(gunzipSync(bytes))];
    } catch {
      return { failure: failed("TAR_BAD_ARCHIVE", ["TAR_BAD_ARCHIVE: Unrecognized archive format"]) };
    }
  }
}

/** The last four bytes of gzip are the size of what is in it. */
function isTooLarge(bytes: Uint8Array): boolean {
  if (bytes.length < 18) return true;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true) > MOST_BYTES;
}

function here(name: string, version: string): Found {
  return { manifest: { name, version, fields: { name, version } }, resolved: null, integrity: null };
}

export function foundOf(fields: Fields): Found {
  const { tarball, integrity, shasum } = fieldsOf(fields["dist"]);
  const told = typeof integrity === "string" ? integrity : null;
  const old =
    typeof shasum === "string" && /^[0-9a-f]{40}$/.test(shasum) ? `sha1-${hexToBase64(shasum)}` : null;
  return {
    manifest: manifestOf(fields),
    resolved: typeof tarball === "string" ? tarball : null,
    integrity: told ?? old,
  };
}

function hexToBase64(hex: string): string {
  return toBase64(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

/** `min-release-age` in days, or `before` a date: what is newer is not seen. Null: everything is. */
function before({ config, now }: NpmCall): number | null {
  const days = Number(config.get("min-release-age") ?? 0);
  const date = Date.parse(config.get("before") ?? "");
  if (!Number.isNaN(date)) return date;
  return days > 0 ? now() - days * DAY_MS : null;
}

/** As npm-pick-manifest decides: `latest` where it fits, else the highest that is not deprecated and runs on this Node. */
export function pick(
  packument: Fields,
  { kind, wanted }: Spec,
  latestMs: number | null = null,
): Fields | null {
  const versions = fieldsOf(packument["versions"]);
  const times = fieldsOf(packument["time"]);
  const tags = fieldsOf(packument["dist-tags"]);
  const isOld = (version: string) =>
    latestMs === null || !(Date.parse(String(times[version] ?? "")) > latestMs);
  const get = (version: string) => (Object.hasOwn(versions, version) ? fieldsOf(versions[version]) : null);
  if (kind === "version") return isOld(wanted) ? get(wanted) : null;
  const tagged = Object.hasOwn(tags, wanted) ? String(tags[wanted]) : null;
  if (kind === "tag" && (tagged === null || isOld(tagged))) return tagged === null ? null : get(tagged);
  const range = kind === "tag" ? `<=${tagged}` : wanted;
  const latest = String(tags["latest"] ?? "");
  const usual = get(latest);
  if (usual && (range === "*" || satisfies(latest, range)) && isOld(latest) && rank(usual) === 3)
    return usual;
  const [best] = Object.keys(versions)
    .filter((version) => satisfies(version, range) && isOld(version))
    .sort((a, b) => rank(fieldsOf(versions[b])) - rank(fieldsOf(versions[a])) || compareVersions(b, a));
  return best === undefined ? null : get(best);
}

function rank({ deprecated, engines }: Fields): number {
  const wanted = fieldsOf(engines);
  const runs = (name: string, version: string) =>
    typeof wanted[name] !== "string" || satisfies(version, wanted[name]);
  const fitting = runs("node", NODE_VERSION) && runs("npm", VERSION);
  return (fitting ? 2 : 0) + (deprecated ? 0 : 1);
}

/** Null where the bytes are what was promised. https://w3c.github.io/webappsec-subresource-integrity/ */
export function broken(bytes: Uint8Array, integrity: string): Failure | null {
  const hashes = integrity.trim().split(/\s+/);
  const algorithm = ["sha512", "sha1"].find((name) => hashes.some((hash) => hash.startsWith(`${name}-`)));
  if (algorithm === undefined) return null;
  const wanted = hashes
    .filter((hash) => hash.startsWith(`${algorithm}-`))
    .map((hash) => hash.replace(/\?.*/, ""));
  const got =
    algorithm === "sha512" ? `sha512-${toBase64(sha512(bytes))}` : `sha1-${hexToBase64(sha1(bytes))}`;
  if (wanted.includes(got)) return null;
  const text = `${wanted.join(" ")} integrity checksum failed when using ${algorithm}: wanted ${wanted.join(" ")} but got ${got}. (${bytes.length} bytes)`;
  return { failure: failed("EINTEGRITY", [text]) };
}

function elsewhere({ name, wanted }: Spec): Failure {
  return { failure: failed(null, [`installing ${name} from ${wanted}: not simulated in LeakLab`]) };
}

function noTarget({ name, wanted }: Spec, call: NpmCall): Failure {
  const latest = before(call);
  const when = latest === null ? "" : ` with a date before ${new Date(latest).toISOString()}`;
  return {
    failure: failed("ETARGET", [
      `notarget No matching version found for ${name}@${wanted}${when}.`,
      "notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.",
    ]),
  };
}

/** What npm adds where a package is not there. */
export function notFound({ failure }: Failure, { name, wanted }: Pick<Spec, "name" | "wanted">): Failure {
  if (!failure.stderr.includes("code E404")) return { failure };
  const more = [
    "404",
    `404  The requested resource '${name}@${wanted}' could not be found or you do not have permission to access it.`,
    "404",
    "404 Note that you can also install from a",
    "404 tarball, folder, http url, or git url.",
  ];
  return { failure: { ...failure, stderr: failure.stderr + failed(null, more).stderr } };
}
