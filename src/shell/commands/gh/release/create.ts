/** `gh release create`. https://cli.github.com/manual/gh_release_create */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName } from "../repository.ts";
import type { Release } from "../rest.ts";
import { GhStop, notSimulated, usageError } from "../stop.ts";
import { upload, uploads } from "./files.ts";

export const releaseCreate: GhCommand = {
  name: "create",
  aliases: ["new"],
  args: "[<tag>] [<filename>... | <pattern>...]",
  about: "Create a release",
  takes: [0, 100],
  flags: `    --discussion-category string   Start a discussion in the specified category
-d, --draft   Save the release as a draft instead of publishing it
    --generate-notes   Automatically generate title and notes for the release
    --latest   Mark this release as "Latest" (default [automatic based on date and version])
-n, --notes string   Release notes
-F, --notes-file file   Read release notes from file (use "-" to read from standard input)
    --notes-from-tag   Fetch notes from the tag annotation or message of commit associated with tag
    --notes-start-tag string   Tag to use as the starting point for generating release notes
-p, --prerelease   Mark the release as a prerelease
    --target branch   Target branch or full commit SHA (default [main branch])
-t, --title string   Release title
    --verify-tag   Abort in case the git tag doesn't already exist in the remote repository`,
  run: create,
};

async function create(call: GhCall): Promise<void> {
  const { flags } = call;
  for (const name of ["discussion-category", "notes-start-tag"])
    if (flags.has(name)) throw notSimulated(`gh release create --${name}`);
  const [tag = await askTag(call), ...words] = call.args;
  const notes = (await call.textOf("notes", "notes-file")) ?? (await tagNotes(call, tag));
  const files = await uploads(call, words);
  if (
    flags.on("verify-tag") &&
    !(await call.find(`${await call.at()}/git/ref/tags/${encodeURIComponent(tag)}`))
  )
    throw new GhStop(
      `tag ${tag} doesn't exist in the repo ${fullName(await call.repo())}, aborting due to --verify-tag flag`,
    );
  const generate = flags.on("generate-notes");
  const body = notes ?? (generate || !call.attended ? "" : await call.ask("Release notes"));
  // Published only once everything is there, as gh does.
  const later = files.length > 0 && !flags.on("draft");
  const release = await call.send<Release>("POST", `${await call.at()}/releases`, {
    tag_name: tag,
    draft: flags.on("draft") || later,
    prerelease: flags.on("prerelease"),
    ...(flags.has("title") || !generate ? { name: flags.value("title") ?? tag } : {}),
    ...(body === "" ? {} : { body }),
    ...(generate ? { generate_release_notes: true } : {}),
    ...(flags.has("target") ? { target_commitish: flags.value("target") } : {}),
    ...(flags.has("latest") ? { make_latest: String(flags.on("latest")) } : {}),
  });
  await upload(call, release, files);
  const done = later
    ? await call.send<Release>("PATCH", `${await call.at()}/releases/${release.id}`, { draft: false })
    : release;
  call.out(`${done.html_url}\n`);
}

async function askTag(call: GhCall): Promise<string> {
  if (!call.attended) throw usageError("tag required when not running interactively");
  const tag = (await call.ask("Tag name")).trim();
  if (tag === "") throw new GhStop("a tag name is needed");
  return tag;
}

/** `--notes-from-tag`: what the local tag or its commit says. */
async function tagNotes(call: GhCall, tag: string): Promise<string | undefined> {
  if (!call.flags.on("notes-from-tag")) return undefined;
  return (await call.gitOk("tag", "--list", tag, "--format=%(contents)")).trim();
}
