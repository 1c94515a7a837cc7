/** Small commands: `gh browse`, `org list`, `status`, `version`. https://cli.github.com/manual/ */
import type { GhCall } from "./call.ts";
import type { GhCommand, GhGroup } from "./command.ts";
import { fullName } from "./repository.ts";
import { type Issue, loginOf, type Pull, type Repo, type User } from "./rest.ts";
import { usageError } from "./stop.ts";

const VERSION = "2.86.0";

export const versionCommand: GhCommand = {
  name: "version",
  about: "Show the version of gh",
  open: true,
  run: (call) =>
    call.out(`gh version ${VERSION} (LeakLab)\nhttps://github.com/cli/cli/releases/tag/v${VERSION}\n`),
};

export const orgGroup: GhGroup = {
  name: "org",
  about: "Work with organizations",
  commands: [
    {
      name: "list",
      aliases: ["ls"],
      about: "List your organizations",
      flags: "-L, --limit int   Maximum number of organizations to list (default 30)",
      run: listOrganizations,
    },
  ],
};

async function listOrganizations(call: GhCall): Promise<void> {
  const limit = call.flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const found = await call.list<User>("user/orgs", limit);
  if (found.length === 0) return call.tell("There are no organizations associated with you");
  if (call.screen.tty)
    call.out(`\nShowing ${found.length} of ${found.length} organization${found.length === 1 ? "" : "s"}\n\n`);
  for (const { login } of found) call.out(`${login}\n`);
}

export const browseCommand: GhCommand = {
  name: "browse",
  args: "[<number> | <path> | <commit-SHA>] [flags]",
  about: "Print the address of a page of a repository, which a browser would open",
  takes: [0, 1],
  flags: `-b, --branch string   Select another branch by passing in the branch name
-c, --commit string   Select another commit by passing in the commit SHA
-n, --no-browser   Print destination URL instead of opening the browser
-p, --projects   Open repository projects
-r, --releases   Open repository releases
-R, --repo [HOST/]OWNER/REPO   Select another repository using the [HOST/]OWNER/REPO format
-s, --settings   Open repository settings
-w, --wiki   Open repository wiki`,
  run: browse,
};

async function browse(call: GhCall): Promise<void> {
  const { flags } = call;
  const pages = ["projects", "releases", "settings", "wiki"].filter((name) => flags.on(name));
  if (pages.length > 1)
    throw usageError("specify only one of `--projects`, `--releases`, `--settings`, or `--wiki`");
  const base = `https://forge.test/${fullName(await call.repo())}`;
  const [page] = pages;
  const [what] = call.args;
  if (page !== undefined) return call.out(`${base}/${page}\n`);
  if (what !== undefined && /^#?\d+$/.test(what))
    return call.out(`${base}/issues/${what.replace("#", "")}\n`);
  if (what !== undefined && /^[0-9a-f]{7,40}$/.test(what)) return call.out(`${base}/commit/${what}\n`);
  const ref = flags.value("commit") ?? flags.value("branch");
  if (what === undefined && ref === undefined) return call.out(`${base}\n`);
  const at = ref ?? (await call.get<Repo>(await call.at())).default_branch;
  const [path = "", line] = (what ?? "").split(":");
  const clean = path
    .replace(/^\.?\//, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  const lines = line === undefined ? "" : `?plain=1#L${line.replace("-", "-L")}`;
  call.out(`${base}/${lines === "" ? "tree" : "blob"}/${at}${clean === "" ? "" : `/${clean}`}${lines}\n`);
}

export const statusCommand: GhCommand = {
  name: "status",
  about: "Show what concerns you in your repositories",
  flags: `-e, --exclude strings   Comma separated list of repos to exclude in owner/name format
-o, --org string   Report status within an organization`,
  run: status,
};

async function status(call: GhCall): Promise<void> {
  const me = await call.login();
  const org = call.flags.value("org");
  const excluded = call.flags.list("exclude");
  const all = await call.list<Repo>(org === undefined ? "user/repos" : `orgs/${org}/repos`);
  const issues: string[] = [];
  const pulls: string[] = [];
  const reviews: string[] = [];
  for (const { full_name: name } of all.filter((repo) => !excluded.includes(repo.full_name))) {
    const mine = (it: Issue) => (it.assignees ?? []).some(({ login }) => login === me);
    const open = await call.list<Issue>(`repos/${name}/issues?state=open`);
    const requests = await call.list<Pull>(`repos/${name}/pulls?state=open`);
    const line = (it: Issue) => `${name}#${it.number}\t${it.title}\t${loginOf(it.user)}`;
    issues.push(...open.filter((it) => !it.pull_request && mine(it)).map(line));
    pulls.push(...requests.filter(mine).map(line));
    reviews.push(
      ...requests.filter((it) => (it.requested_reviewers ?? []).some(({ login }) => login === me)).map(line),
    );
  }
  section(call, "Assigned Issues", issues);
  section(call, "Assigned Pull Requests", pulls);
  section(call, "Review Requests", reviews);
}

function section(call: GhCall, title: string, lines: readonly string[]): void {
  call.out(
    `${call.paint(title, "bold")}\n${lines.length === 0 ? "Nothing here ^_^\n" : lines.map((line) => `${line}\n`).join("")}\n`,
  );
}
