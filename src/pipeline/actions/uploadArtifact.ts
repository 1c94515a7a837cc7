/** actions/upload-artifact. https://github.com/actions/upload-artifact */
import { unzipSync, zipSync, type Zippable } from "fflate";
import { addArtifact, artifactsOf, deleteArtifact } from "../../world/services/forge/actions/artifacts.ts";
import type { Artifact } from "../../world/services/forge/actions/model.ts";
import { FORGE_ORIGIN } from "../../world/services/forge/host.ts";
import { issue } from "../runner/execution.ts";
import { flag, input, lines, say, stop, type ActionCall, type BuiltIn } from "./call.ts";
import { commonFolder, findFiles } from "./glob.ts";

/** v3 and before were switched off. */
export const FIRST_LIVING = 4;
/** Before 4.4 hidden files were always part of an artifact. */
const HIDDEN_SINCE = 4;
/** Read by whoever unpacks it; deterministic. */
const ZIP_TIME = Date.UTC(2026, 0, 1, 12);

export function deprecated(call: ActionCall, name: string): boolean {
  if (call.version >= FIRST_LIVING) return false;
  stop(
    call,
    `This request has been automatically failed because it uses a deprecated version of \`actions/${name}: v${call.version}\`. Learn more: https://github.blog/changelog/2024-04-16-deprecation-notice-v3-of-the-artifact-actions/`,
  );
  return true;
}

export const uploadArtifact: BuiltIn = {
  newest: 6,
  oldest: 1,
  inputs: () => ({
    name: "artifact",
    path: null,
    "if-no-files-found": "warn",
    "retention-days": null,
    "compression-level": "6",
    overwrite: "false",
    "include-hidden-files": "false",
  }),
  main: upload,
};

function upload(call: ActionCall): void {
  if (deprecated(call, "upload-artifact")) return;
  const name = input(call, "name");
  const paths = lines(call, "path");
  const wrong = problemOf(call, name, paths);
  if (wrong !== null) {
    stop(call, wrong);
    return;
  }
  const { files, roots } = findFiles(call.execution, paths, takesHidden(call));
  if (files.length === 0) {
    nothingFound(call, paths);
    return;
  }
  const plural = files.length === 1 ? "file" : "files";
  say(call, `With the provided path, there will be ${files.length} ${plural} uploaded`);
  say(call, "Artifact name is valid!\nRoot directory input is valid!");
  const zip = zipOf(call, files, rootOf(files, roots));
  const artifact = store(call, name, zip);
  if (artifact === null) return;
  tell(call, artifact);
}

function problemOf(call: ActionCall, name: string, paths: readonly string[]): string | null {
  if (paths.length === 0) return "Input required and not supplied: path";
  const unwanted = /["<>|*?\r\n\\/:]/.exec(name)?.[0];
  if (unwanted !== undefined)
    return `The artifact name is not valid: ${name}. Contains the following character:  ${JSON.stringify(unwanted).slice(1, -1)}`;
  const behaviour = input(call, "if-no-files-found");
  return ["warn", "error", "ignore"].includes(behaviour)
    ? null
    : `Unrecognized if-no-files-found input. Provided: ${behaviour}. Available options: warn,error,ignore`;
}

function takesHidden(call: ActionCall): boolean {
  const [major = 0, minor] = call.numbers;
  const always = major === HIDDEN_SINCE && minor !== undefined && minor < 4;
  return always || flag(call, "include-hidden-files") === true;
}

function nothingFound(call: ActionCall, paths: readonly string[]): void {
  const message = `No files were found with the provided path: ${paths.join("\n")}. No artifacts will be uploaded.`;
  const behaviour = input(call, "if-no-files-found");
  if (behaviour === "error") stop(call, message);
  else if (behaviour === "warn") issue(call.frame, "warning", message);
  else say(call, message);
}

/** A single file lies at the root of its artifact; a folder's contents do; of several paths the shared folder counts. */
function rootOf(files: readonly string[], roots: readonly string[]): string {
  if (roots.length > 1) return commonFolder(roots);
  const [root = "/"] = roots;
  return files.length === 1 && files[0] === root ? root.slice(0, root.lastIndexOf("/")) : root;
}

function zipOf({ execution }: ActionCall, files: readonly string[], root: string): Uint8Array {
  const { disk, user } = execution;
  const base = root === "/" ? "" : root;
  const entries: Zippable = {};
  for (const file of files)
    entries[file.slice(base.length + 1)] = [disk.read(file, user), { mtime: ZIP_TIME }];
  return zipSync(entries, { level: 6 });
}

function store(call: ActionCall, name: string, zip: Uint8Array): Artifact | null {
  const { world, run } = call.execution.request;
  if (flag(call, "overwrite") === true) {
    for (const old of artifactsOf(world.forge, run).filter((it) => it.name === name)) {
      deleteArtifact(world.forge, old.id);
      say(call, `Artifact '${name}' (ID: ${old.id}) deleted`);
    }
  }
  say(call, "Beginning upload of artifact content to blob storage");
  const days = Number(input(call, "retention-days") || "0");
  const artifact = addArtifact(world.forge, run, name, zip, days > 0 ? Math.floor(days) : null);
  if (artifact === null)
    stop(
      call,
      "Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run",
    );
  return artifact;
}

function tell(call: ActionCall, { id, name, sizeBytes, digest, repository, run }: Artifact): void {
  const url = `${FORGE_ORIGIN}/${repository}/actions/runs/${run}/artifacts/${id}`;
  const hash = digest.replace(/^sha256:/, "");
  say(
    call,
    [
      `Uploaded bytes ${sizeBytes}`,
      "Finished uploading artifact content to blob storage!",
      `SHA256 digest of uploaded artifact zip is ${hash}`,
      "Finalizing artifact upload",
      `Artifact ${name}.zip successfully finalized. Artifact ID ${id}`,
      `Artifact ${name} has been successfully uploaded! Final size is ${sizeBytes} bytes. Artifact ID is ${id}`,
      `Artifact download URL: ${url}`,
    ].join("\n"),
  );
  Object.assign(call.frame.outputs, {
    "artifact-id": String(id),
    "artifact-url": url,
    "artifact-digest": hash,
  });
}

/** Files of an artifact by their path in it. */
export function unpack(zip: Uint8Array): [path: string, bytes: Uint8Array][] {
  return Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith("/"));
}
