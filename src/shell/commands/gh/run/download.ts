/** `gh run download`. https://cli.github.com/manual/gh_run_download */
import { makeParents } from "../../lib/tree.ts";
import { pathOf, writeBytes } from "../../lib/invocation.ts";
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import type { Artifact } from "../rest.ts";
import { GhStop, usageError } from "../stop.ts";
import { globbed } from "../text.ts";
import { unzipped } from "../unzip.ts";

export const runDownload: GhCommand = {
  name: "download",
  args: "[<run-id>] [flags]",
  about: "Download artifacts of a run",
  takes: [0, 1],
  flags: `-D, --dir string   The directory to download artifacts into (default ".")
-n, --name stringArray   Download artifacts that match any of the given names
-p, --pattern stringArray   Download artifacts that match a glob pattern`,
  run: download,
};

async function download(call: GhCall): Promise<void> {
  const { flags } = call;
  const names = flags.values("name");
  const patterns = flags.values("pattern").map(globbed);
  const [id] = call.args;
  if (id === undefined && names.length === 0 && patterns.length === 0 && !call.attended)
    throw usageError(
      "no run ID, name or pattern given; one of them is required when not running interactively",
    );
  const path = id === undefined ? "actions/artifacts" : `actions/runs/${encodeURIComponent(id)}/artifacts`;
  const found = await call
    .list<Artifact>(`${await call.at()}/${path}`, undefined, "artifacts")
    .catch((error: unknown) => {
      throw error instanceof GhStop ? new GhStop(`error fetching artifacts: ${error.message}`) : error;
    });
  const valid = found.filter(({ expired }) => !expired);
  if (valid.length === 0) throw new GhStop("no valid artifacts found to download");
  const all = names.length === 0 && patterns.length === 0;
  const done = new Set<string>();
  for (const artifact of valid) {
    const fits =
      all || names.includes(artifact.name) || patterns.some((pattern) => pattern.test(artifact.name));
    if (!fits || done.has(artifact.name)) continue;
    done.add(artifact.name);
    await save(call, artifact, folderOf(call, artifact, all || names.length !== 1 || patterns.length > 0));
  }
  if (done.size === 0) throw new GhStop("no artifact matches any of the names or patterns provided");
}

/** One artifact that is named goes straight into the folder; several get one each. */
function folderOf(call: GhCall, { name }: Artifact, own: boolean): string {
  const base = pathOf(call.context, call.flags.value("dir") ?? ".");
  if (!own) return base;
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(name) || name.startsWith("/"))
    throw new GhStop(`error downloading ${name}: would result in path traversal`);
  return `${base.replace(/\/$/, "")}/${name}`;
}

async function save(call: GhCall, artifact: Artifact, folder: string): Promise<void> {
  const client = await call.client();
  const response = await client.ok("GET", `${await call.at()}/actions/artifacts/${artifact.id}/zip`);
  const files = unzipped(call, new Uint8Array(await response.arrayBuffer()));
  if (!files)
    throw new GhStop(
      `error downloading ${artifact.name}: error extracting zip archive: zip: not a valid zip file`,
    );
  await call.context.fs.mkdir(folder, { recursive: true });
  for (const [name, bytes] of files) {
    if (/(?:^|\/)\.\.(?:\/|$)/.test(name) || name.startsWith("/")) continue;
    const target = `${folder}/${name}`;
    if (name.endsWith("/")) {
      await call.context.fs.mkdir(target, { recursive: true });
      continue;
    }
    await makeParents(call.context, target);
    const problem = await writeBytes(call.context, target, bytes);
    if (problem !== null) throw new GhStop(`error downloading ${artifact.name}: ${target}: ${problem}`);
  }
}
