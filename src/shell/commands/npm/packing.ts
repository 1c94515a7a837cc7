/** A package as npm packs it, and what it says of it. https://docs.npmjs.com/cli/commands/npm-pack */
import { sha512 } from "@noble/hashes/sha2.js";
import { gunzipSync, gzipSync } from "fflate";
import type { ExecResult } from "just-bash/browser";
import { toBase64, toUtf8 } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import { parseVersion } from "../../../base/semver.ts";
import { readMembers, writeArchive, type Member } from "../../../base/ustar.ts";
import { failed, isFailure, packageJson, type NpmCall, type PackageJson } from "./call.ts";
import { listingOrder, packedFiles } from "./packlist.ts";

/** 1985-10-26 08:15 UTC: what npm writes for every file, so that the same files make the same package. */
const MTIME_S = 499_162_500;

interface PackedFile {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
}

export interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** As npm lists them. */
  readonly files: readonly PackedFile[];
  readonly tarball: Uint8Array;
  readonly shasum: string;
  readonly integrity: string;
  readonly warnings: readonly string[];
}

/** The files of a folder with a package.json. */
export async function packFolder(
  { context, prefix }: NpmCall,
  manifest: PackageJson,
): Promise<Packed | ExecResult> {
  const invalid = problemWith(manifest);
  if (invalid) return invalid;
  const root = prefix === "/" ? "" : prefix;
  const { paths, byGitignore } = await packedFiles(context, root, manifest);
  const members: Member[] = [];
  for (const path of paths) {
    const { mode } = await context.fs.stat(`${root}/${path}`);
    const bytes = await context.fs.readFileBuffer(`${root}/${path}`);
    members.push(memberOf(path, bytes, mode));
  }
  const warnings = byGitignore
    ? [
        "gitignore-fallback No .npmignore file found, using .gitignore for file exclusion. Consider creating a .npmignore file to explicitly control published files.",
      ]
    : [];
  return packedFrom(manifest, members, gzipSync(writeArchive(members), { level: 9, mtime: 0 }), warnings);
}

function memberOf(path: string, bytes: Uint8Array, mode: number): Member {
  return {
    kind: "file",
    name: `package/${path}`,
    mode: (mode & 0o111) === 0 ? 0o644 : 0o755,
    mtimeS: MTIME_S,
    owner: "",
    uid: 0,
    target: "",
    bytes,
  };
}

/** An archive that was packed before: its own package.json counts. */
export async function packedFile(
  { context }: NpmCall,
  path: string,
): Promise<{ readonly manifest: PackageJson; readonly packed: Packed } | ExecResult> {
  const place = context.fs.resolvePath(context.cwd, path);
  if (!(await context.fs.exists(place)))
    return failed("ENOENT", [
      "syscall open",
      `path ${place}`,
      "errno -2",
      `enoent ENOENT: no such file or directory, open '${place}'`,
      "enoent This is related to npm not being able to find a file.",
      "enoent",
    ]);
  const tarball = await context.fs.readFileBuffer(place);
  try {
    const members = [...readMembers(gunzipSync(tarball))].filter(({ kind }) => kind === "file");
    const own = members.find(({ name }) => name.split("/").slice(1).join("/") === "package.json");
    const manifest = JSON.parse(toUtf8(own?.bytes ?? new Uint8Array())) as PackageJson;
    return problemWith(manifest) ?? { manifest, packed: packedFrom(manifest, members, tarball, []) };
  } catch {
    return failed("TAR_BAD_ARCHIVE", ["TAR_BAD_ARCHIVE: Unrecognized archive format"]);
  }
}

/** The manifest of another folder, with the call as it is there. */
export async function packageAt(
  call: NpmCall,
  path: string,
): Promise<{ readonly call: NpmCall; readonly manifest: PackageJson } | ExecResult> {
  const { fs, cwd } = call.context;
  const prefix = path === "" || path === "." ? call.prefix : fs.resolvePath(cwd, path);
  const there = { ...call, prefix };
  const manifest = await packageJson(there);
  return isFailure(manifest) ? manifest : { call: there, manifest };
}

function problemWith({ name, version }: PackageJson): ExecResult | null {
  if (typeof name !== "string" || typeof version !== "string" || name === "" || version === "")
    return failed(null, ["Invalid package, must have name and version"]);
  return parseVersion(version) ? null : failed(null, [`Invalid version: "${version}"`]);
}

function packedFrom(
  manifest: PackageJson,
  members: readonly Member[],
  tarball: Uint8Array,
  warnings: readonly string[],
): Packed {
  const [name, version] = [String(manifest.name), String(manifest.version)];
  const files = members.map((member) => ({
    path: member.name.replace(/^package\//, ""),
    size: member.bytes.length,
    mode: member.mode,
  }));
  return {
    name,
    version,
    filename: `${name.replace("@", "").replace("/", "-")}-${version}.tgz`,
    files: listingOrder(files),
    tarball,
    shasum: sha1(tarball),
    integrity: `sha512-${toBase64(sha512(tarball))}`,
    warnings,
  };
}

export function contents({ name, version, files, tarball, filename, shasum, integrity }: Packed): string[] {
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
    `unpacked size: ${bytesText(unpackedSize(files))}`,
    `shasum: ${shasum}`,
    `integrity: ${integrity.slice(0, 20)}[...]${integrity.slice(80)}`,
    `total files: ${files.length}`,
    "",
  ];
}

function unpackedSize(files: readonly PackedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

export function asJson({ name, version, files, tarball, filename, shasum, integrity }: Packed): object {
  return {
    id: `${name}@${version}`,
    name,
    version,
    size: tarball.length,
    unpackedSize: unpackedSize(files),
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
