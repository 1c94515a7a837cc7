/** `gh release delete` and `delete-asset`. https://cli.github.com/manual/gh_release */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName } from "../repository.ts";
import { GhStop } from "../stop.ts";
import { findRelease } from "./find.ts";

export const releaseDelete: GhCommand = {
  name: "delete",
  args: "<tag> [flags]",
  about: "Delete a release",
  takes: [1, 1],
  flags: `    --cleanup-tag   Delete the specified tag in addition to its release
-y, --yes   Skip the confirmation prompt`,
  run: remove,
};

export const releaseDeleteAsset: GhCommand = {
  name: "delete-asset",
  args: "<tag> <asset-name> [flags]",
  about: "Delete an asset of a release",
  takes: [2, 2],
  flags: "-y, --yes   Skip the confirmation prompt",
  run: removeAsset,
};

async function remove(call: GhCall): Promise<void> {
  const release = await findRelease(call, call.args[0]);
  const { tag_name: tag } = release;
  const repo = fullName(await call.repo());
  if (!call.flags.on("yes") && call.attended) await call.confirm(`Delete release ${tag} in ${repo}?`);
  await call.send("DELETE", `${await call.at()}/releases/${release.id}`);
  const cleanup = call.flags.on("cleanup-tag");
  if (cleanup) await call.send("DELETE", `${await call.at()}/git/refs/tags/${tag}`);
  call.tell(`✓ Deleted release ${cleanup ? "and tag " : ""}${tag}`);
  if (!cleanup) call.tell("! Note that the tag still remains in the repository");
}

async function removeAsset(call: GhCall): Promise<void> {
  const [tag, name = ""] = call.args;
  const release = await findRelease(call, tag);
  const asset = (release.assets ?? []).find((it) => it.name === name);
  if (!asset) throw new GhStop(`asset ${name} not found in release ${release.tag_name}`);
  if (!call.flags.on("yes") && call.attended)
    await call.confirm(
      `Delete asset ${name} in release ${release.tag_name} in ${fullName(await call.repo())}?`,
    );
  await call.send("DELETE", `${await call.at()}/releases/assets/${asset.id}`);
  call.tell(`✓ Deleted asset ${name} from release ${release.tag_name}`);
}
