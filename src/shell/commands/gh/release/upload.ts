/** `gh release upload`. https://cli.github.com/manual/gh_release_upload */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { GhStop } from "../stop.ts";
import { plural } from "../text.ts";
import { upload, uploads } from "./files.ts";
import { findRelease } from "./find.ts";

export const releaseUpload: GhCommand = {
  name: "upload",
  args: "<tag> <files>... [flags]",
  about: "Upload files to a release",
  takes: [2, 100],
  flags: "    --clobber   Delete and upload existing assets of the same name",
  run: run,
};

async function run(call: GhCall): Promise<void> {
  const [tag, ...words] = call.args;
  const files = await uploads(call, words);
  const release = await findRelease(call, tag);
  const there = (release.assets ?? []).filter(({ name }) => files.some((file) => file.name === name));
  if (there.length > 0 && !call.flags.on("clobber"))
    throw new GhStop(
      `asset under the same name already exists: [${there.map(({ name }) => name).join(" ")}]`,
    );
  for (const { id } of there) await call.send("DELETE", `${await call.at()}/releases/assets/${id}`);
  await upload(call, release, files);
  call.tell(`Successfully uploaded ${plural(files.length, "asset")} to ${release.tag_name}`);
}
