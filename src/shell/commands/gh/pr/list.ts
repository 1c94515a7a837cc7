/** `gh pr list`. https://cli.github.com/manual/gh_pr_list */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { crossing, headLabel, PULL_FIELDS, stateOf } from "../pulls.ts";
import { fullName } from "../repository.ts";
import { loginOf, type Pull } from "../rest.ts";
import { notSimulated, usageError } from "../stop.ts";
import { browse, logins } from "../subject.ts";
import type { Colour } from "../table.ts";
import { ago, plural } from "../text.ts";

export const prList: GhCommand = {
  name: "list",
  aliases: ["ls"],
  about: "List pull requests of a repository",
  json: Object.keys(PULL_FIELDS),
  flags: `    --app string   Filter by GitHub App author
-a, --assignee string   Filter by assignee
-A, --author string   Filter by author
-B, --base string   Filter by base branch
-d, --draft   Filter by draft state
-H, --head string   Filter by head branch
-l, --label strings   Filter by label
-L, --limit int   Maximum number of items to fetch (default 30)
-S, --search query   Search pull requests with query
-s, --state string   Filter by state: {open|closed|merged|all} (default "open")
-w, --web   List pull requests in the web browser`,
  run: list,
};

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid value for --limit: ${limit}`);
  const repo = await call.repo();
  if (flags.on("web")) return browse(call, `https://forge.test/${fullName(repo)}/pulls`);
  if (flags.has("search") || flags.has("app")) throw notSimulated("gh pr list --search and --app");
  const found = await fetched(call);
  const shown = found.slice(0, limit);
  if (await printJson(call, shown, PULL_FIELDS)) return;
  const state = flags.value("state") ?? "open";
  const filtered = ["assignee", "author", "base", "draft", "head", "label"].some((name) => flags.has(name));
  const kind = state === "all" ? "" : `${state} `;
  if (shown.length === 0)
    return call.tell(
      filtered
        ? `no pull requests match your search in ${fullName(repo)}`
        : `no ${kind}pull requests in ${fullName(repo)}`,
    );
  if (call.screen.tty)
    call.out(
      filtered
        ? `\nShowing ${shown.length} of ${plural(found.length, "pull request")} in ${fullName(repo)} that match your search\n\n`
        : `\nShowing ${shown.length} of ${plural(found.length, `${kind}pull request`)} in ${fullName(repo)}\n\n`,
    );
  call.table(
    ["id", "title", "branch", "created at"],
    shown.map((pull) => row(call, pull)),
  );
}

function row(call: GhCall, pull: Pull) {
  const { tty } = call.screen;
  return [
    { text: tty ? `#${pull.number}` : String(pull.number), colour: pullColour(pull) },
    pull.title,
    { text: headLabel(pull), colour: "cyan" as const },
    ...(tty ? [] : [pull.draft && stateOf(pull) === "OPEN" ? "DRAFT" : stateOf(pull)]),
    { text: tty ? ago(pull.created_at, call.now) : pull.created_at, colour: "gray" as const },
  ];
}

export function pullColour(pull: Pull): Colour {
  const state = stateOf(pull);
  if (state === "OPEN") return pull.draft ? "gray" : "green";
  return state === "MERGED" ? "magenta" : "red";
}

async function fetched(call: GhCall): Promise<Pull[]> {
  const { flags } = call;
  const state = flags.value("state") ?? "open";
  const query = new URLSearchParams({ state: state === "merged" ? "closed" : state });
  const base = flags.value("base");
  if (base !== undefined) query.set("base", base);
  const pulls = await call.list<Pull>(`${await call.at()}/pulls?${query.toString()}`);
  const [author] = flags.has("author") ? await logins(call, [flags.value("author") as string]) : [];
  const [assignee] = flags.has("assignee") ? await logins(call, [flags.value("assignee") as string]) : [];
  const head = flags.value("head");
  const labels = flags.list("label");
  return pulls.filter(
    (pull) =>
      (state !== "merged" || stateOf(pull) === "MERGED") &&
      (state !== "closed" || stateOf(pull) === "CLOSED") &&
      (author === undefined || same(loginOf(pull.user), author)) &&
      (assignee === undefined || (pull.assignees ?? []).some(({ login }) => same(login, assignee))) &&
      (head === undefined || pull.head.ref === head || (crossing(pull) && headLabel(pull) === head)) &&
      (!flags.has("draft") || (pull.draft ?? false) === flags.on("draft")) &&
      labels.every((label) => (pull.labels ?? []).some(({ name }) => same(name, label))),
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
