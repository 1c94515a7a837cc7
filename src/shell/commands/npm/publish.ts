/** `npm pack` and `npm publish`. https://docs.npmjs.com/cli/commands/npm-publish */
import { sha512 } from "@noble/hashes/sha2.js";
import { gzipSync } from "fflate";
import type { ExecResult } from "just-bash/browser";
import { toBase64 } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import { result } from "../lib/invocation.ts";
import { writeArchive } from "../../../base/ustar.ts";
import { absent, failed, isFailure, notices, packageJson, type NpmCall, type PackageJson } from "./call.ts";
import { ask, needAuth } from "./http.ts";
import { packedFiles } from "./packlist.ts";
import { lifecycle } from "./run.ts";

/** 1985-10-26 08:15 UTC: what npm writes for every file, so that the same files make the same package. */
const MTIME_S = 499_162_500;

interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly tarball: Uint8Array;
  readonly shasum: string;
  readonly integrity: string;
}

export async function pack(call: NpmCall): Promise<ExecResult> {
  if (call.operands.length > 0) return absent("npm pack with a package to fetch");
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  const before = await lifecycle(call, manifest, ["prepack", "prepare"]);
  if (before.exitCode !== 0) return before;
  const packed = await packUp(call, manifest);
  if ("exitCode" in packed) return packed;
  const { config, context } = call;
  if (!config.has("dry-run")) await context.fs.writeFile(`${context.cwd}/${packed.filename}`, packed.tarball);
  if (config.has("json")) return result(`${JSON.stringify([asJson(packed)], null, 2)}\n`, before.stderr);
  return result(`${before.stdout}${packed.filename}\n`, before.stderr + notices(contents(packed)));
}

export async function publish(call: NpmCall): Promise<ExecResult> {
  if (call.operands.length > 0 && call.operands[0] !== ".") return absent("npm publish of another folder");
  if (call.config.has("provenance")) return absent("npm publish --provenance");
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  if (manifest.private === true)
    return failed("EPRIVATE", [
      "This package has been marked as private",
      "Remove the 'private' field from the package.json to publish it.",
    ]);
  const before = await lifecycle(call, manifest, ["prepublishOnly", "prepack", "prepare"]);
  if (before.exitCode !== 0) return before;
  const packed = await packUp(call, manifest);
  if ("exitCode" in packed) return packed;
  const tag = call.config.get("tag") ?? "latest";
  const access = accessOf(call, manifest);
  const head = before.stderr + notices(contents(packed));
  const dry = call.config.has("dry-run");
  const to = `Publishing to ${call.config.registry}/ with tag ${tag} and ${access} access${dry ? " (dry-run)" : ""}`;
  if (!dry) {
    const taken = await takenBefore(call, packed, tag);
    if (taken !== null) return withStderr(head, failed(null, [taken]));
    if (call.config.token === null) return withStderr(head, needAuth());
    const answer = await ask(
      call,
      "PUT",
      `/${packed.name.replace("/", "%2f")}`,
      document(call, manifest, packed, tag, access),
    );
    if ("failure" in answer) return withNotice(head, notices([to]), answer.failure);
  }
  const after = dry ? null : await lifecycle(call, manifest, ["publish", "postpublish"]);
  const told = `${before.stdout}+ ${packed.name}@${packed.version}\n`;
  return result(
    told + (after?.stdout ?? ""),
    head + notices([to]) + (after?.stderr ?? ""),
    after?.exitCode ?? 0,
  );
}

/** npm looks at what is there before it publishes; null where nothing stands in the way, or nothing is to be seen. */
async function takenBefore(call: NpmCall, { name, version }: Packed, tag: string): Promise<string | null> {
  const answer = await ask(call, "GET", `/${name.replace("/", "%2f")}`);
  if ("failure" in answer) return null;
  const versions = Object.keys((answer.body as { readonly versions?: object }).versions ?? {});
  if (versions.includes(version))
    return `You cannot publish over the previously published versions: ${version}.`;
  const highest = versions
    .filter((it) => !it.includes("-"))
    .sort(byVersion)
    .at(-1);
  if (highest === undefined || byVersion(highest, version) < 0 || call.config.get("tag") !== undefined)
    return null;
  return `Cannot implicitly apply the "${tag}" tag because previously published version ${highest} is higher than the new version ${version}. You must specify a tag using --tag.`;
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((it) =>
    it
      .replace(/[-+].*$/, "")
      .split(".")
      .map(Number),
  ) as [number[], number[]];
  const at = left.findIndex((number, i) => number !== right[i]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** A scoped package is restricted unless somebody says otherwise. */
function accessOf({ config }: NpmCall, { name, publishConfig }: PackageJson): string {
  const told = config.get("access") ?? publishConfig?.["access"];
  if (typeof told === "string") return told;
  return String(name).startsWith("@") ? "restricted" : "public";
}

function document(call: NpmCall, manifest: PackageJson, packed: Packed, tag: string, access: string): object {
  const { name, version, filename, tarball, shasum, integrity } = packed;
  const dist = {
    integrity,
    shasum,
    tarball: `${call.config.registry}/${name}/-/${base(name)}-${version}.tgz`,
  };
  const attachment = {
    content_type: "application/octet-stream",
    data: toBase64(tarball),
    length: tarball.length,
  };
  return {
    _id: name,
    name,
    description: manifest["description"] ?? "",
    "dist-tags": { [tag]: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, name, version, dist } },
    access,
    _attachments: { [name.startsWith("@") ? `${name}-${version}.tgz` : filename]: attachment },
  };
}

async function packUp(call: NpmCall, manifest: PackageJson): Promise<Packed | ExecResult> {
  const { name, version } = manifest;
  if (typeof name !== "string" || typeof version !== "string" || name === "" || version === "")
    return failed(null, ["Invalid package, must have name and version"]);
  const files: { path: string; bytes: Uint8Array; mode: number }[] = [];
  for (const path of await packedFiles(call.context, call.prefix, manifest)) {
    const place = `${call.prefix === "/" ? "" : call.prefix}/${path}`;
    const { mode } = await call.context.fs.stat(place);
    files.push({ path, bytes: await call.context.fs.readFileBuffer(place), mode });
  }
  const members = files.map(({ path, bytes, mode }) => ({
    kind: "file" as const,
    name: `package/${path}`,
    mode: (mode & 0o111) === 0 ? 0o644 : 0o755,
    mtimeS: MTIME_S,
    owner: "",
    uid: 0,
    target: "",
    bytes,
  }));
  const tarball = gzipSync(writeArchive(members), { level: 9, mtime: 0 });
  return {
    name,
    version,
    filename: `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`,
    files: files.map(({ path, bytes }) => ({ path, size: bytes.length })),
    tarball,
    shasum: sha1(tarball),
    integrity: `sha512-${toBase64(sha512(tarball))}`,
  };
}

function contents({ name, version, files, tarball, filename, shasum, integrity }: Packed): string[] {
  const unpacked = files.reduce((sum, { size }) => sum + size, 0);
  return [
    "",
    `📦  ${name}@${version}`,
    "Tarball Contents",
    ...files.map(({ path, size }) => `${bytesText(size, "")} ${path}`),
    "Tarball Details",
    `name: ${name}`,
    `version: ${version}`,
    `filename: ${filename}`,
    `package size: ${bytesText(tarball.length)}`,
    `unpacked size: ${bytesText(unpacked)}`,
    `shasum: ${shasum}`,
    `integrity: ${integrity.slice(0, 20)}[...]${integrity.slice(-15)}`,
    `total files: ${files.length}`,
    "",
  ];
}

function asJson({ name, version, files, tarball, filename, shasum, integrity }: Packed): object {
  return {
    id: `${name}@${version}`,
    name,
    version,
    size: tarball.length,
    unpackedSize: files.reduce((sum, { size }) => sum + size, 0),
    shasum,
    integrity,
    filename,
    files,
    entryCount: files.length,
    bundled: [],
  };
}

/** Decimal units, as npm counts. */
function bytesText(count: number, space = " "): string {
  if (count < 1000) return `${count}${space}B`;
  if (count < 1_000_000) return `${(count / 1000).toFixed(1)}${space}kB`;
  return `${(count / 1_000_000).toFixed(1)}${space}MB`;
}

function base(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

function withStderr(before: string, failure: ExecResult): ExecResult {
  return { ...failure, stderr: before + failure.stderr };
}

/** What the registry has to say comes before what npm is about to do: it said so at npm's first question. */
function withNotice(head: string, to: string, failure: ExecResult): ExecResult {
  const notice = /^npm notice .*\n/.exec(failure.stderr)?.[0] ?? "";
  return { ...failure, stderr: head + notice + to + failure.stderr.slice(notice.length) };
}
