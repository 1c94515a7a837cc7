/** `gh release download`. https://cli.github.com/manual/gh_release_download */
import { makeParents } from "../../lib/tree.ts";
import { pathOf, statOf, writeBytes } from "../../lib/invocation.ts";
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import type { Asset, Release } from "../rest.ts";
import { GhStop, usageError } from "../stop.ts";
import { globbed } from "../text.ts";
import { assetBytes } from "./files.ts";
import { findRelease } from "./find.ts";

export const releaseDownload: GhCommand = {
  name: "download",
  args: "[<tag>] [flags]",
  about: "Download assets of a release",
  takes: [0, 1],
  flags: `-A, --archive format   Download the source code archive in the specified format (zip or tar.gz)
    --clobber   Overwrite existing files of the same name
-D, --dir directory   The directory to download files into (default ".")
-O, --output file   The file to write a single asset to (use "-" to write to standard output)
-p, --pattern stringArray   Download only assets that match a glob pattern
    --skip-existing   Skip downloading when files of the same name exist`,
  run: download,
};

async function download(call: GhCall): Promise<void> {
  const { flags } = call;
  const patterns = flags.values("pattern");
  if (call.args.length === 0 && patterns.length === 0 && !flags.has("archive"))
    throw usageError("`--pattern` or `--archive` is required when downloading the latest release");
  if (flags.on("clobber") && flags.on("skip-existing"))
    throw usageError("specify only one of `--clobber` or `--skip-existing`");
  if (flags.has("dir") && flags.has("output")) throw usageError("specify only one of `--dir` or `--output`");
  if (patterns.length > 0 && flags.has("archive"))
    throw usageError("specify only one of '--pattern' or '--archive'");
  const release = await findRelease(call, call.args[0]);
  if (flags.has("archive")) return archive(call, release);
  const fits = patterns.map(globbed);
  const wanted = (release.assets ?? []).filter(
    ({ name }) => fits.length === 0 || fits.some((pattern) => pattern.test(name)),
  );
  if (wanted.length === 0)
    throw new GhStop(patterns.length > 0 ? "no assets match the file pattern" : "no assets to download");
  if (flags.has("output") && wanted.length > 1)
    throw new GhStop(`unable to write more than one asset with \`--output\`, got ${wanted.length} assets`);
  for (const asset of wanted) await save(call, asset.name, () => assetBytes(call, asset satisfies Asset));
}

async function archive(call: GhCall, { tag_name: tag }: Release): Promise<void> {
  const format = call.flags.value("archive");
  if (format !== "zip" && format !== "tar.gz")
    throw new GhStop('the value for `--archive` must be one of "zip" or "tar.gz"');
  const repo = await call.repo();
  const path = `${await call.at()}/${format === "zip" ? "zipball" : "tarball"}/${encodeURIComponent(tag)}`;
  await save(call, `${repo.name}-${tag.replace(/^v/, "").replaceAll("/", "-")}.${format}`, async () => {
    const response = await (await call.client()).ok("GET", path);
    return new Uint8Array(await response.arrayBuffer());
  });
}

async function save(call: GhCall, name: string, bytes: () => Promise<Uint8Array>): Promise<void> {
  const { flags, context } = call;
  const output = flags.value("output");
  if (output === "-") return call.out(await bytes());
  const file = output ?? `${flags.value("dir") ?? "."}/${name.replaceAll("/", "-")}`;
  const exists = typeof (await statOf(context, pathOf(context, file), true)) !== "string";
  if (exists && flags.on("skip-existing")) return;
  if (exists && !flags.on("clobber"))
    throw new GhStop(
      `${file.replace(/^\.\//, "")} already exists (use \`--clobber\` to overwrite file or \`--skip-existing\` to skip file)`,
    );
  await makeParents(context, pathOf(context, file));
  const problem = await writeBytes(context, file, await bytes());
  if (problem !== null) throw new GhStop(`open ${file}: ${problem.toLowerCase()}`);
}
