/** `gh issue list` and `gh issue status`. https://cli.github.com/manual/gh_issue_list */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { fullName } from "../repository.ts";
import { type Issue, loginOf } from "../rest.ts";
import { notSimulated, usageError } from "../stop.ts";
import { browse, logins } from "../subject.ts";
import { ago, plural } from "../text.ts";
import { ISSUE_FIELDS } from "./find.ts";

export const issueList: GhCommand = {
  name: "list",
  aliases: ["ls"],
  about: "List issues of a repository",
  json: Object.keys(ISSUE_FIELDS),
  flags: `    --app string   Filter by GitHub App author
-a, --assignee string   Filter by assignee
-A, --author string   Filter by author
-l, --label strings   Filter by label
-L, --limit int   Maximum number of issues to fetch (default 30)
    --mention string   Filter by mention
-m, --milestone string   Filter by milestone number or title
-S, --search query   Search issues with query
-s, --state string   Filter by state: {open|closed|all} (default "open")
-w, --web   List issues in the web browser`,
  run: list,
};

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  for (const name of ["app", "mention", "milestone", "search"])
    if (flags.has(name)) throw notSimulated(`gh issue list --${name}`);
  const repo = fullName(await call.repo());
  if (flags.on("web")) return browse(call, `https://forge.test/${repo}/issues`);
  const state = flags.value("state") ?? "open";
  const found = await fetched(call, state);
  const shown = found.slice(0, limit);
  if (await printJson(call, shown, ISSUE_FIELDS)) return;
  const filtered = ["assignee", "author", "label"].some((name) => flags.has(name));
  const kind = state === "all" ? "" : `${state} `;
  if (shown.length === 0)
    return call.tell(filtered ? `no issues match your search in ${repo}` : `no ${kind}issues in ${repo}`);
  if (call.screen.tty)
    call.out(
      filtered
        ? `\nShowing ${shown.length} of ${plural(found.length, "issue")} in ${repo} that match your search\n\n`
        : `\nShowing ${shown.length} of ${plural(found.length, `${kind}issue`)} in ${repo}\n\n`,
    );
  call.table(
    ["id", "title", "labels", "updated"],
    shown.map((issue) => row(call, issue)),
  );
}

function row(call: GhCall, issue: Issue) {
  const { tty } = call.screen;
  const labels = (issue.labels ?? []).map(({ name }) => name).join(", ");
  const open = issue.state === "open";
  return [
    {
      text: tty ? `#${issue.number}` : String(issue.number),
      colour: open ? ("green" as const) : ("red" as const),
    },
    ...(tty ? [] : [issue.state.toUpperCase()]),
    issue.title,
    labels,
    { text: tty ? ago(issue.updated_at, call.now) : issue.updated_at, colour: "gray" as const },
  ];
}

async function fetched(call: GhCall, state: string): Promise<Issue[]> {
  const { flags } = call;
  const query = new URLSearchParams({ state });
  const labels = flags.list("label");
  if (labels.length > 0) query.set("labels", labels.join(","));
  for (const [flag, parameter] of [
    ["author", "creator"],
    ["assignee", "assignee"],
  ] as const) {
    const [login] = await logins(call, flags.has(flag) ? [flags.value(flag) as string] : []);
    if (login !== undefined) query.set(parameter, login);
  }
  const issues = await call.list<Issue>(`${await call.at()}/issues?${query.toString()}`);
  return issues.filter((issue) => issue.pull_request === undefined || issue.pull_request === null);
}

export const issueStatus: GhCommand = {
  name: "status",
  about: "Show the issues that concern you",
  run: status,
};

async function status(call: GhCall): Promise<void> {
  const me = await call.login();
  const issues = await fetched(call, "open");
  call.out(`\nRelevant issues in ${fullName(await call.repo())}\n\n`);
  const assigned = issues.filter(({ assignees }) => (assignees ?? []).some(({ login }) => login === me));
  const mentioned = issues.filter(({ body }) => new RegExp(`@${me}\\b`).test(body ?? ""));
  const opened = issues.filter(({ user }) => loginOf(user) === me);
  section(call, "Issues assigned to you", assigned, "There are no issues assigned to you");
  section(call, "Issues mentioning you", mentioned, "There are no issues mentioning you");
  section(call, "Issues opened by you", opened, "There are no issues opened by you");
}

function section(call: GhCall, title: string, issues: readonly Issue[], none: string): void {
  call.out(`${call.paint(title, "bold")}\n`);
  if (issues.length === 0) call.out(`  ${none}\n`);
  for (const issue of issues) call.out(`  ${call.paint(`#${issue.number}`, "green")}  ${issue.title}\n`);
  call.out("\n");
}
