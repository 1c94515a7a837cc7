/** `gh pr edit`. https://cli.github.com/manual/gh_pr_edit */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { findPull } from "../pulls.ts";
import { notSimulated, usageError } from "../stop.ts";
import { editPeople } from "../subject.ts";

export const prEdit: GhCommand = {
  name: "edit",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Edit a pull request",
  takes: [0, 1],
  flags: `    --add-assignee login   Add assigned users by their login. Use "@me" to assign yourself.
    --add-label name   Add labels by name
    --add-project title   Add the pull request to projects by title
    --add-reviewer login   Add reviewers by their login.
-B, --base branch   Change the base branch for this pull request
-b, --body string   Set the new body.
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-m, --milestone name   Edit the milestone the pull request belongs to by name
    --remove-assignee login   Remove assigned users by their login. Use "@me" to unassign yourself.
    --remove-label name   Remove labels by name
    --remove-project title   Remove the pull request from projects by title
    --remove-reviewer login   Remove reviewers by their login.
-t, --title string   Set the new title.`,
  run: edit,
};

const FIELDS = [
  "title",
  "body",
  "body-file",
  "base",
  "add-assignee",
  "remove-assignee",
  "add-label",
  "remove-label",
  "add-reviewer",
  "remove-reviewer",
];

async function edit(call: GhCall): Promise<void> {
  const { flags } = call;
  for (const name of ["milestone", "add-project", "remove-project"])
    if (flags.has(name)) throw notSimulated(`gh pr edit --${name}`);
  const any = FIELDS.some((name) => flags.has(name));
  if (!any && !call.attended)
    throw usageError(
      "--tile, --body, --reviewer, --assignee, --label, --project, or --milestone required when not running interactively",
    );
  const body = await call.textOf("body", "body-file");
  const pull = await findPull(call);
  const at = `${await call.at()}/pulls/${pull.number}`;
  const title = any ? flags.value("title") : await call.ask(`Title (${pull.title})`);
  const base = flags.value("base");
  const changes = {
    ...(title ? { title } : {}),
    ...(body === undefined ? {} : { body }),
    ...(base === undefined ? {} : { base }),
  };
  if (Object.keys(changes).length > 0) await call.send("PATCH", at, changes);
  await editPeople(call, pull.number);
  const add = flags.list("add-reviewer");
  if (add.length > 0) await call.send("POST", `${at}/requested_reviewers`, { reviewers: add });
  const remove = flags.list("remove-reviewer");
  if (remove.length > 0) await call.send("DELETE", `${at}/requested_reviewers`, { reviewers: remove });
  call.out(`${pull.html_url}\n`);
}
