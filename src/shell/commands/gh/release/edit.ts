/** `gh release edit`. https://cli.github.com/manual/gh_release_edit */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import type { Release } from "../rest.ts";
import { notSimulated, usageError } from "../stop.ts";
import { findRelease } from "./find.ts";

export const releaseEdit: GhCommand = {
  name: "edit",
  args: "<tag>",
  about: "Edit a release",
  takes: [1, 1],
  flags: `    --discussion-category string   Start a discussion in the specified category when publishing a draft
    --draft   Save the release as a draft instead of publishing it
    --latest   Explicitly mark the release as "Latest"
-n, --notes string   Release notes
-F, --notes-file file   Read release notes from file (use "-" to read from standard input)
    --prerelease   Mark the release as a prerelease
    --tag string   The name of the tag
    --target branch   Target branch or full commit SHA (default [main branch])
-t, --title string   Release title
    --verify-tag   Abort in case the git tag doesn't already exist in the remote repository`,
  run: edit,
};

async function edit(call: GhCall): Promise<void> {
  const { flags } = call;
  if (flags.has("discussion-category")) throw notSimulated("gh release edit --discussion-category");
  const notes = await call.textOf("notes", "notes-file");
  const changes = {
    ...(flags.has("draft") ? { draft: flags.on("draft") } : {}),
    ...(flags.has("latest") ? { make_latest: String(flags.on("latest")) } : {}),
    ...(notes === undefined ? {} : { body: notes }),
    ...(flags.has("prerelease") ? { prerelease: flags.on("prerelease") } : {}),
    ...(flags.has("tag") ? { tag_name: flags.value("tag") } : {}),
    ...(flags.has("target") ? { target_commitish: flags.value("target") } : {}),
    ...(flags.has("title") ? { name: flags.value("title") } : {}),
  };
  if (Object.keys(changes).length === 0) throw usageError("use flags to specify properties to edit");
  const release = await findRelease(call, call.args[0]);
  const changed = await call.send<Release>("PATCH", `${await call.at()}/releases/${release.id}`, changes);
  call.out(`${changed.html_url}\n`);
}
