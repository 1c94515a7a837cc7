/** `gh issue view`. https://cli.github.com/manual/gh_issue_view */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { fullName } from "../repository.ts";
import { type Issue, loginOf } from "../rest.ts";
import { browse, comments, commentText } from "../subject.ts";
import { ago, plural } from "../text.ts";
import { findIssue, ISSUE_FIELDS } from "./find.ts";

export const issueView: GhCommand = {
  name: "view",
  args: "{<number> | <url>} [flags]",
  about: "View an issue",
  takes: [1, 1],
  json: Object.keys(ISSUE_FIELDS),
  flags: `-c, --comments   View issue comments
-w, --web   Open an issue in the browser`,
  run: view,
};

async function view(call: GhCall): Promise<void> {
  const issue = await findIssue(call);
  if (call.flags.on("web")) return browse(call, issue.html_url);
  if (await printJson(call, issue, ISSUE_FIELDS)) return;
  const all = call.flags.on("comments") ? await comments(call, issue.number) : [];
  const talk = all.map((comment) => commentText(call, comment)).join("");
  if (!call.screen.tty) return call.out(call.flags.on("comments") ? talk : plain(issue));
  const state = call.paint(
    issue.state === "open" ? "Open" : "Closed",
    issue.state === "open" ? "green" : "red",
  );
  call.out(
    `${call.paint(issue.title, "bold")} ${fullName(await call.repo())}#${issue.number}\n` +
      `${state} • ${loginOf(issue.user)} opened ${ago(issue.created_at, call.now)} • ${plural(issue.comments ?? 0, "comment")}\n\n\n` +
      `  ${(issue.body ?? "").trim().replaceAll("\n", "\n  ") || "No description provided"}\n\n\n` +
      `${talk}${call.paint(`View this issue on GitHub: ${issue.html_url}`, "gray")}\n`,
  );
}

function plain(issue: Issue): string {
  const rows = [
    ["title", issue.title],
    ["state", issue.state.toUpperCase()],
    ["author", loginOf(issue.user)],
    ["labels", (issue.labels ?? []).map(({ name }) => name).join(", ")],
    ["comments", String(issue.comments ?? 0)],
    ["assignees", (issue.assignees ?? []).map(({ login }) => login).join(", ")],
    ["projects", ""],
    ["milestone", ""],
    ["number", String(issue.number)],
  ];
  return `${rows.map(([name, text]) => `${name}:\t${text}\n`).join("")}--\n${issue.body ?? ""}\n`;
}
