/** actions/download-artifact. https://github.com/actions/download-artifact */
import { resolvePath } from "../../disk/path.ts";
import { artifactsOf, isExpired, readArtifact } from "../../world/services/forge/actions/artifacts.ts";
import { RUNS, type Artifact, type Run } from "../../world/services/forge/actions/model.ts";
import { API } from "../../world/services/forge/host.ts";
import { flag, input, say, stop, type ActionCall, type BuiltIn } from "./call.ts";
import { deprecated, unpack } from "./uploadArtifact.ts";

export const downloadArtifact: BuiltIn = {
  newest: 7,
  oldest: 1,
  inputs: () => ({
    name: null,
    "artifact-ids": null,
    path: null,
    pattern: null,
    "merge-multiple": "false",
    "github-token": null,
    repository: "${{ github.repository }}",
    "run-id": "${{ github.run_id }}",
  }),
  main: download,
};

async function download(call: ActionCall): Promise<void> {
  if (deprecated(call, "download-artifact")) return;
  if (input(call, "artifact-ids") !== "" && input(call, "name") !== "") {
    stop(call, "Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.");
    return;
  }
  const listed = await listedArtifacts(call);
  if (listed === null) return;
  const chosen = choose(call, listed);
  if (chosen === null) return;
  const folder = resolvePath(
    call.execution.request.state.workspace,
    input(call, "path").replace(/^~(?=\/|$)/, call.execution.home),
  );
  const flat = input(call, "name") !== "" || flag(call, "merge-multiple") === true || isSingleById(call);
  if (chosen.length > 0) {
    const shown = chosen.map(
      (it) => `- ${it.name} (ID: ${it.id}, Size: ${it.sizeBytes}, Expected Digest: ${it.digest})`,
    );
    say(call, ["Preparing to download the following artifacts:", ...shown].join("\n"));
  }
  for (const artifact of chosen) extract(call, artifact, flat ? folder : `${folder}/${artifact.name}`);
  if (call.frame.failed) return;
  say(call, `Total of ${chosen.length} artifact(s) downloaded`);
  call.frame.outputs["download-path"] = folder;
  say(call, "Download artifact has finished successfully");
}

/** Since v5 a single artifact by id lies directly at the path, as one by name does. */
function isSingleById(call: ActionCall): boolean {
  return call.version >= 5 && /^\s*\d+\s*$/.test(input(call, "artifact-ids"));
}

/** Those of this run; with a token those of any run that the token can read. */
async function listedArtifacts(call: ActionCall): Promise<Artifact[] | null> {
  const { world, run } = call.execution.request;
  const token = input(call, "github-token");
  if (token === "") return newest(artifactsOf(world.forge, run).filter((it) => !isExpired(world.forge, it)));
  const id = input(call, "run-id");
  const path = `${API}/repos/${input(call, "repository")}/actions/runs/${id}/artifacts`;
  const response = await call.execution.reach(
    new Request(path, { headers: { Authorization: `Bearer ${token}` } }),
  );
  const other: Run | undefined = world.tables.of(RUNS).get(id);
  if (!response.ok || !other) {
    const { message } = (await response.json()) as { message?: string };
    stop(call, `Unable to download artifact(s): ${message ?? "Not Found"}`);
    return null;
  }
  return newest(artifactsOf(world.forge, other).filter((it) => !isExpired(world.forge, it)));
}

/** Of several attempts the latest artifact of a name counts. */
function newest(artifacts: readonly Artifact[]): Artifact[] {
  return [...new Map(artifacts.map((it) => [it.name, it])).values()];
}

function choose(call: ActionCall, listed: readonly Artifact[]): Artifact[] | null {
  const [name, ids, pattern] = ["name", "artifact-ids", "pattern"].map((it) => input(call, it)) as [
    string,
    string,
    string,
  ];
  if (name !== "") {
    say(call, "Downloading single artifact");
    const found = listed.filter((it) => it.name === name);
    if (found.length > 0) return found;
    stop(
      call,
      `Unable to download artifact(s): Artifact not found for name: ${name}\n        Please ensure that your artifact is not expired and the artifact was uploaded using a compatible version of toolkit/upload-artifact.\n        For more information, visit the GitHub Artifacts FAQ: https://github.com/actions/toolkit/blob/main/packages/artifact/docs/faq.md`,
    );
    return null;
  }
  if (ids !== "") {
    const wanted = ids.split(",").map((id) => Number(id.trim()));
    return listed.filter((it) => wanted.includes(it.id));
  }
  if (pattern === "") {
    say(call, "No input name, artifact-ids or pattern filtered specified, downloading all artifacts");
    return [...listed];
  }
  const source = pattern
    .replace(/[.+^$()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  say(call, `Filtering artifacts by pattern '${pattern}'`);
  return listed.filter((it) =>
    new RegExp(
      `^${source.replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(",", "|")})`)}$`,
    ).test(it.name),
  );
}

function extract(call: ActionCall, artifact: Artifact, folder: string): void {
  const { world } = call.execution.request;
  const { disk, user } = call.execution;
  const zip = readArtifact(world.forge, artifact);
  if (zip === null)
    return stop(call, `Unable to download artifact(s): Artifact not found for name: ${artifact.name}`);
  say(call, `Starting download of artifact to: ${folder}`);
  disk.mkdir(folder, { recursive: true }, user);
  for (const [path, bytes] of unpack(zip)) {
    const target = resolvePath(folder, path);
    if (path.startsWith("/") || !target.startsWith(`${folder}/`))
      return stop(call, `Malformed extraction path: ${path}`);
    disk.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true }, user);
    disk.write(target, bytes, user);
  }
  say(call, `SHA256 digest of downloaded artifact is ${artifact.digest.replace(/^sha256:/, "")}`);
  say(call, "Artifact download completed successfully.");
}
