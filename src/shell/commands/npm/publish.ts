/** `npm pack` and `npm publish`. https://docs.npmjs.com/cli/commands/npm-publish */
import type { ExecResult } from "just-bash/browser";
import { toBase64 } from "../../../base/bytes.ts";
import { compareVersions, parseRange, parseVersion } from "../../../base/semver.ts";
import { result } from "../lib/invocation.ts";
import { absent, failed, notices, type NpmCall, type PackageJson } from "./call.ts";
import { ask, needAuth } from "./http.ts";
import { identify } from "./identity.ts";
import { runEvents } from "./lifecycle.ts";
import { escaped } from "./own.ts";
import { asJson, contents, packageAt, packedFile, packFolder, type Packed } from "./packing.ts";
import { provenanceFor } from "./provenance.ts";
import { binOf, fieldsOf, manifestOf } from "./tree/manifest.ts";

export async function pack(call: NpmCall): Promise<ExecResult> {
  const { config, context, operands } = call;
  const [folder = "."] = operands;
  if (operands.length > 1 || !/^\.{0,2}(?:\/|$)/.test(folder))
    return absent("npm pack with a package to fetch");
  const made = await make(call, folder, ["prepack", "prepare"]);
  if ("exitCode" in made) return made;
  const { packed, ran } = made;
  const place = context.fs.resolvePath(context.cwd, config.get("pack-destination") ?? ".");
  if (!config.has("dry-run")) await context.fs.writeFile(`${place}/${packed.filename}`, packed.tarball);
  const after = await runEvents(made.call, made.manifest, ["postpack"]);
  if (after.exitCode !== 0) return joined(ran, after);
  const stderr = ran.stderr + warnings(packed);
  if (config.has("json")) return result(`${JSON.stringify([asJson(packed)], null, 2)}\n`, stderr);
  return result(`${ran.stdout}${packed.filename}\n`, stderr + notices(contents(packed)));
}

interface Made {
  readonly call: NpmCall;
  readonly manifest: PackageJson;
  readonly packed: Packed;
  /** What the scripts said. */
  readonly ran: ExecResult;
}

/** Packs a folder after its scripts; an archive is taken as it is. */
async function make(call: NpmCall, operand: string, events: readonly string[]): Promise<Made | ExecResult> {
  if (/\.(?:tgz|tar\.gz)$/.test(operand)) {
    const read = await packedFile(call, operand);
    return "exitCode" in read ? read : { call, ...read, ran: result("") };
  }
  const found = await packageAt(call, operand);
  if ("exitCode" in found) return found;
  const isPrivate = call.command === "publish" && found.manifest.private === true;
  if (isPrivate)
    return failed("EPRIVATE", [
      "This package has been marked as private",
      "Remove the 'private' field from the package.json to publish it.",
    ]);
  const ran = await runEvents(found.call, found.manifest, events);
  if (ran.exitCode !== 0) return ran;
  const fixed = call.command === "publish" ? corrections(found.manifest) : "";
  // Scripts may have changed it.
  const again = await packageAt(call, operand);
  if ("exitCode" in again) return again;
  const packed = await packFolder(again.call, again.manifest);
  const before = joined(result("", fixed), ran);
  if ("exitCode" in packed) return joined(before, packed);
  return { ...again, manifest: withPlainBin(again.manifest), packed, ran: before };
}

/** Commands are sent with plain paths: "./cli.js" is "cli.js". */
function withPlainBin(manifest: PackageJson): PackageJson {
  const bin = binOf(manifestOf(manifest));
  return bin.length === 0 ? manifest : { ...manifest, bin: Object.fromEntries(bin) };
}

/** What npm says of paths that it changed; the words are its own. */
function corrections(manifest: PackageJson): string {
  const bin = typeof manifest["bin"] === "string" ? {} : fieldsOf(manifest["bin"]);
  const changed = binOf(manifestOf(manifest)).filter(
    ([name, path]) => bin[name] !== undefined && bin[name] !== path,
  );
  if (changed.length === 0) return "";
  const lines = [
    'npm auto-corrected some errors in your package.json when publishing.  Please run "npm pkg fix" to address these errors.',
    "errors corrected:",
    ...changed.map(([name, path]) => `"bin[${name}]" script name ${path} was invalid and removed`),
  ];
  return lines.map((line) => `npm warn publish ${line}\n`).join("");
}

export async function publish(call: NpmCall): Promise<ExecResult> {
  const { config, operands } = call;
  const [operand = "."] = operands;
  const tag = config.get("tag");
  if (tag !== undefined && parseRange(tag))
    return failed(null, [`Tag name must not be a valid SemVer range: ${tag}`]);
  if (operands.length > 1 || !/^\.{0,2}(?:\/|$)|\.tgz$/.test(operand))
    return absent("npm publish of a package to fetch");
  const made = await make(call, operand, ["prepublishOnly", "prepack", "prepare"]);
  if ("exitCode" in made) return made;
  const done = await send(made);
  if (done.exitCode !== 0 || operand.endsWith(".tgz")) return joined(made.ran, done);
  const after = config.has("dry-run")
    ? result("")
    : await runEvents(made.call, made.manifest, ["publish", "postpublish"]);
  return joined(made.ran, { ...done, stdout: "" }, after, result(done.stdout));
}

/** Everything between packing and the scripts behind it. */
async function send({ call: before, manifest, packed }: Made): Promise<ExecResult> {
  const { config } = before;
  const head = warnings(packed) + (config.has("json") ? "" : notices(contents(packed)));
  const told = config.get("tag") ?? publishConfig(manifest, "tag");
  if (isPrerelease(packed) && told === undefined && !config.has("force"))
    return withStderr(
      warnings(packed),
      failed(null, ["You must specify a tag using --tag when publishing a prerelease version."]),
    );
  const call = await identify(before, packed.name);
  const dry = config.has("dry-run");
  if (call.config.token === null && !dry) return withStderr(head, needAuth(`${config.registry}/`));
  const loose = dry && call.config.token === null;
  const notLoggedIn = loose
    ? `npm warn publish This command requires you to be logged in to ${config.registry}/ (dry-run)\n`
    : "";
  const taken = config.has("force") ? null : await takenBefore(call, packed, told);
  if (taken !== null) return withStderr(head + notLoggedIn, failed(null, [taken]));
  const access = config.get("access") ?? publishConfig(manifest, "access") ?? null;
  const to = notices([
    `Publishing to ${config.registry}/ with tag ${told ?? "latest"} and ${access ?? "default"} access${dry ? " (dry-run)" : ""}`,
  ]);
  const sent = dry ? null : await put(call, manifest, packed, { tag: told ?? "latest", access });
  if (sent?.failure) return withNotice(head + notLoggedIn, to + sent.notices, sent.failure);
  const text = config.has("json")
    ? `${JSON.stringify(asJson(packed), null, 2)}\n`
    : `+ ${packed.name}@${packed.version}\n`;
  return result(text, head + notLoggedIn + to + (sent?.notices ?? ""));
}

function isPrerelease({ version }: Packed): boolean {
  return (parseVersion(version)?.prerelease.length ?? 0) > 0;
}

function publishConfig({ publishConfig: all }: PackageJson, key: string): string | undefined {
  const value = all && Object.hasOwn(all, key) ? all[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

interface Wanted {
  readonly tag: string;
  readonly access: string | null;
}

async function put(
  call: NpmCall,
  manifest: PackageJson,
  packed: Packed,
  wanted: Wanted,
): Promise<{ readonly notices: string; readonly failure?: ExecResult }> {
  const provenance = call.config.has("provenance") ? await provenanceFor(call, packed) : null;
  if (provenance && "failure" in provenance) return { notices: "", failure: provenance.failure };
  const body = document(call, manifest, packed, wanted, provenance?.attachment ?? {});
  const answer = await ask(call, "PUT", `/${escaped(packed.name)}`, body);
  const said = notices(provenance?.notices ?? []);
  return "failure" in answer ? { notices: said, failure: answer.failure } : { notices: said };
}

/** npm looks at what is there before it publishes; null where nothing stands in the way, or nothing is to be seen. */
async function takenBefore(
  call: NpmCall,
  { name, version }: Packed,
  tag: string | undefined,
): Promise<string | null> {
  const answer = await ask(call, "GET", `/${escaped(name)}`);
  if ("failure" in answer) return null;
  const versions = Object.keys((answer.body as { readonly versions?: object }).versions ?? {});
  if (versions.includes(version))
    return `You cannot publish over the previously published versions: ${version}.`;
  const highest = versions
    .filter((it) => !it.includes("-"))
    .sort(compareVersions)
    .at(-1);
  if (highest === undefined || compareVersions(highest, version) < 0 || tag !== undefined) return null;
  return `Cannot implicitly apply the "latest" tag because previously published version ${highest} is higher than the new version ${version}. You must specify a tag using --tag.`;
}

function document(
  call: NpmCall,
  manifest: PackageJson,
  packed: Packed,
  { tag, access }: Wanted,
  more: object,
): object {
  const { name, version, tarball, shasum, integrity } = packed;
  const dist = { integrity, shasum, tarball: `${call.config.registry}/${name}/-/${name}-${version}.tgz` };
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
    _attachments: { [`${name}-${version}.tgz`]: attachment, ...more },
  };
}

function warnings({ warnings: all }: Packed): string {
  return all.map((line) => `npm warn ${line}\n`).join("");
}

function joined(...all: readonly ExecResult[]): ExecResult {
  const exitCode = all.find((it) => it.exitCode !== 0)?.exitCode ?? 0;
  return result(all.map(({ stdout }) => stdout).join(""), all.map(({ stderr }) => stderr).join(""), exitCode);
}

function withStderr(before: string, failure: ExecResult): ExecResult {
  return { ...failure, stderr: before + failure.stderr };
}

/** What the registry has to say comes before what npm is about to do: it said so at npm's first question. */
function withNotice(head: string, to: string, failure: ExecResult): ExecResult {
  const notice = /^npm notice .*\n/.exec(failure.stderr)?.[0] ?? "";
  return { ...failure, stderr: head + notice + to + failure.stderr.slice(notice.length) };
}
