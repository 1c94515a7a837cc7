/** `gh issue create`. https://cli.github.com/manual/gh_issue_create */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName } from "../repository.ts";
import type { Issue } from "../rest.ts";
import { notSimulated } from "../stop.ts";
import { askWords, knownLabels, logins } from "../subject.ts";

export const issueCreate: GhCommand = {
  name: "create",
  aliases: ["new"],
  about: "Create an issue",
  flags: `-a, --assignee login   Assign people by their login. Use "@me" to self-assign.
-b, --body string   Supply a body. Will prompt for one otherwise.
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-l, --label name   Add labels by name
-m, --milestone name   Add the issue to a milestone by name
-p, --project title   Add the issue to projects by title
    --recover string   Recover input from a failed run of create
-T, --template name   Template name to use as starting body text
-t, --title string   Supply a title. Will prompt for one otherwise.
-w, --web   Open the browser to create an issue`,
  run: create,
};

async function create(call: GhCall): Promise<void> {
  const { flags } = call;
  for (const name of ["milestone", "project", "recover", "template", "web"])
    if (flags.has(name)) throw notSimulated(`gh issue create --${name}`);
  const text = await call.textOf("body", "body-file");
  const required = "must provide `--title` and `--body` when not running interactively";
  const { title, body } = await askWords(call, flags.value("title"), text, required);
  call.tell(`\nCreating issue in ${fullName(await call.repo())}\n`);
  const labels = await knownLabels(call, flags.list("label"));
  const assignees = await logins(call, flags.list("assignee"));
  const issue = await call.send<Issue>("POST", `${await call.at()}/issues`, {
    title,
    body,
    ...(labels.length > 0 ? { labels } : {}),
    ...(assignees.length > 0 ? { assignees } : {}),
  });
  call.out(`${issue.html_url}\n`);
}
