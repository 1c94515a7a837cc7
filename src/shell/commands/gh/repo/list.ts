/** `gh repo list`. https://cli.github.com/manual/gh_repo_list */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import type { Repo, User } from "../rest.ts";
import { GhStop, notSimulated, usageError } from "../stop.ts";
import { ago } from "../text.ts";
import { REPO_FIELDS, visibilityOf } from "./find.ts";

export const repoList: GhCommand = {
  name: "list",
  aliases: ["ls"],
  args: "[<owner>] [flags]",
  about: "List repositories of somebody or an organization",
  takes: [0, 1],
  json: Object.keys(REPO_FIELDS),
  flags: `    --archived   Show only archived repositories
    --fork   Show only forks
-l, --language string   Filter by primary coding language
-L, --limit int   Maximum number of repositories to list (default 30)
    --no-archived   Omit archived repositories
    --source   Show only non-forks
    --topic strings   Filter by topic
    --visibility string   Filter by repository visibility: {public|private|internal}`,
  run: list,
};

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  if (flags.on("fork") && flags.on("source")) throw usageError("specify only one of `--source` or `--fork`");
  if (flags.on("archived") && flags.on("no-archived"))
    throw usageError("specify only one of `--archived` or `--no-archived`");
  if (flags.has("language")) throw notSimulated("gh repo list --language");
  const all = await repositories(call);
  const visibility = flags.value("visibility");
  const topics = flags.list("topic");
  const fit = all.filter(
    (repo) =>
      !(flags.on("fork") && !repo.fork) &&
      !(flags.on("source") && repo.fork) &&
      !(flags.on("archived") && !repo.archived) &&
      !(flags.on("no-archived") && repo.archived) &&
      (visibility === undefined || visibilityOf(repo) === visibility) &&
      topics.every((topic) => (repo.topics ?? []).includes(topic)),
  );
  const shown = fit.slice(0, limit);
  if (await printJson(call, shown, REPO_FIELDS)) return;
  const owner = call.args[0] ?? (await call.login());
  if (call.screen.tty)
    call.out(
      shown.length === 0
        ? `There are no repositories in @${owner}\n`
        : `\nShowing ${shown.length} of ${fit.length} repositories in @${owner}\n\n`,
    );
  if (shown.length === 0) return;
  call.table(
    ["name", "description", "info", "updated"],
    shown.map((repo) => {
      const time = repo.pushed_at ?? repo.created_at ?? "";
      return [
        { text: repo.full_name, colour: "bold" },
        repo.description ?? "",
        infoOf(repo),
        call.screen.tty ? ago(time, call.now) : time,
      ];
    }),
  );
}

function infoOf(repo: Repo): string {
  return [visibilityOf(repo), ...(repo.fork ? ["fork"] : []), ...(repo.archived ? ["archived"] : [])].join(
    ", ",
  );
}

/** Most recently pushed first. */
async function repositories(call: GhCall): Promise<Repo[]> {
  const [owner] = call.args;
  const path = owner === undefined ? "user/repos?affiliation=owner" : await pathOf(call, owner);
  const found = await call.list<Repo>(path);
  const key = ({ pushed_at, created_at }: Repo) => pushed_at ?? created_at ?? "";
  return found.sort((a, b) => (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0));
}

async function pathOf(call: GhCall, owner: string): Promise<string> {
  const account = await call.find<User>(`users/${encodeURIComponent(owner)}`);
  if (!account)
    throw new GhStop(
      `the owner handle ${JSON.stringify(owner)} was not recognized as either a GitHub user or an organization`,
    );
  return account.type === "Organization" ? `orgs/${owner}/repos` : `users/${owner}/repos`;
}
