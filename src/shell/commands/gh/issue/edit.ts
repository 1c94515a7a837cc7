/** `gh issue edit`. https://cli.github.com/manual/gh_issue_edit */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { notSimulated, usageError } from "../stop.ts";
import { editPeople } from "../subject.ts";
import { findIssue } from "./find.ts";

export const issueEdit: GhCommand = {
  name: "edit",
  args: "{<numbers> | <urls>} [flags]",
  about: "Edit issues",
  takes: [1, 100],
  flags: `    --add-assignee login   Add assigned users by their login. Use "@me" to assign yourself.
    --add-label name   Add labels by name
    --add-project title   Add the issue to projects by title
-b, --body string   Set the new body.
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-m, --milestone name   Edit the milestone the issue belongs to by name
    --remove-assignee login   Remove assigned users by their login. Use "@me" to unassign yourself.
    --remove-label name   Remove labels by name
    --remove-milestone   Remove the milestone association from the issue
    --remove-project title   Remove the issue from projects by title
-t, --title string   Set the new title.`,
  run: edit,
};

const FIELDS = ["title", "body", "body-file", "add-assignee", "remove-assignee", "add-label", "remove-label"];

async function edit(call: GhCall): Promise<void> {
  const { flags } = call;
  for (const name of ["milestone", "remove-milestone", "add-project", "remove-project"])
    if (flags.has(name)) throw notSimulated(`gh issue edit --${name}`);
  const any = FIELDS.some((name) => flags.has(name));
  if (!any && !call.attended) throw usageError("field to edit flag required when not running interactively");
  const body = await call.textOf("body", "body-file");
  for (const argument of call.args) {
    const issue = await findIssue(call, argument);
    const title = any ? flags.value("title") : await call.ask(`Title (${issue.title})`);
    const changes = { ...(title ? { title } : {}), ...(body === undefined ? {} : { body }) };
    if (Object.keys(changes).length > 0)
      await call.send("PATCH", `${await call.at()}/issues/${issue.number}`, changes);
    await editPeople(call, issue.number);
    call.out(`${issue.html_url}\n`);
  }
}
