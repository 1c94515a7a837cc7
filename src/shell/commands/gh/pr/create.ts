/** `gh pr create`. https://cli.github.com/manual/gh_pr_create */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName, parseRepo, type Remote, type RepoName, repoPath } from "../repository.ts";
import type { Pull, Repo } from "../rest.ts";
import { type ExitCode, GhStop, notSimulated, usageError } from "../stop.ts";
import { askWords, knownLabels, logins, type Words } from "../subject.ts";

export const prCreate: GhCommand = {
  name: "create",
  aliases: ["new"],
  about: "Create a pull request",
  flags: `-a, --assignee login   Assign people by their login. Use "@me" to self-assign.
-B, --base branch   The branch into which you want your code merged
-b, --body string   Body for the pull request
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-d, --draft   Mark pull request as a draft
    --dry-run   Print details instead of creating the PR
-f, --fill   Use commit info for title and body
    --fill-first   Use first commit info for title and body
    --fill-verbose   Use commits msg+body for description
-H, --head branch   The branch that contains commits for your pull request (default [current branch])
-l, --label name   Add labels by name
-m, --milestone name   Add the pull request to a milestone by name
    --no-maintainer-edit   Disable maintainer's ability to modify pull request
-p, --project title   Add the pull request to projects by title
    --recover string   Recover input from a failed run of create
-r, --reviewer handle   Request reviews from people or teams by their handle
-T, --template file   Template file to use as starting body text
-t, --title string   Title for the pull request
-w, --web   Open the web browser to create a pull request`,
  run: create,
};

async function create(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  for (const name of ["milestone", "project", "recover", "template", "web"])
    if (flags.has(name)) throw notSimulated(`gh pr create --${name}`);
  const fill = ["fill", "fill-first", "fill-verbose"].find((name) => flags.on(name));
  const body = await call.textOf("body", "body-file");
  const titled = flags.has("title") && body !== undefined;
  const required =
    "must provide `--title` and `--body` (or `--fill` or `fill-first` or `--fillverbose`) when not running interactively";
  if (!fill && !titled && !call.attended) throw usageError(required);
  const repo = await call.repo();
  const about = await call.find<Repo>(repoPath(repo));
  if (!about)
    throw new GhStop(
      `GraphQL: Could not resolve to a Repository with the name '${fullName(repo)}'. (repository)`,
    );
  const base = flags.value("base") ?? about.default_branch;
  const head = await headOf(call, repo, about);
  await refuseSecond(call, head, base);
  const given = fill ? await filled(call, fill, base, head) : null;
  const words = await askWords(call, flags.value("title") ?? given?.title, body ?? given?.body, required);
  call.tell(
    `\nCreating ${flags.on("draft") ? "draft " : ""}pull request for ${head.label} into ${base} in ${fullName(repo)}\n`,
  );
  if (flags.on("dry-run")) {
    call.out(
      `Would have created a Pull Request with:\ntitle:\t${words.title}\ndraft:\t${String(flags.on("draft"))}\nbase:\t${base}\nhead:\t${head.label}\nbody:\n${words.body}\n`,
    );
    return 0;
  }
  return make(call, head, base, words);
}

interface Head {
  /** `branch`, or `owner:branch` in another repository. */
  readonly label: string;
  readonly branch: string;
}

function labelled(base: RepoName, { owner }: RepoName, branch: string): Head {
  return { branch, label: owner.toLowerCase() === base.owner.toLowerCase() ? branch : `${owner}:${branch}` };
}

async function headOf(call: GhCall, base: RepoName, about: Repo): Promise<Head> {
  const named = call.flags.value("head");
  if (named !== undefined) {
    const [owner, branch] = named.includes(":")
      ? (named.split(":", 2) as [string, string])
      : [base.owner, named];
    return labelled(base, { owner, name: base.name }, branch);
  }
  const branch = await call.branch();
  if (branch === null) throw new GhStop("could not determine the current branch: git: not on any branch");
  const remotes = await call.remotes();
  const pushed = await pushedTo(call, remotes, branch);
  if (pushed) return labelled(base, pushed.repo, branch);
  if (!call.attended)
    throw new GhStop("aborted: you must first push the current branch to a remote, or use the --head flag");
  const target = await pushTarget(call, base, about, remotes);
  await call.confirm(`Push the '${branch}' branch to ${fullName(target.repo)}?`);
  const { stderr, exitCode } = await call.git(
    "push",
    "--set-upstream",
    target.name,
    `HEAD:refs/heads/${branch}`,
  );
  call.note(stderr.trimEnd());
  if (exitCode !== 0) throw new GhStop(`failed to run git: exit status ${exitCode}`);
  return labelled(base, target.repo, branch);
}

/** The remote whose branch of that name is where HEAD is. */
async function pushedTo(call: GhCall, remotes: readonly Remote[], branch: string): Promise<Remote | null> {
  const head = (await call.gitOk("rev-parse", "HEAD")).trim();
  for (const remote of remotes) {
    const { stdout, exitCode } = await call.git(
      "rev-parse",
      "--verify",
      "--quiet",
      `refs/remotes/${remote.name}/${branch}`,
    );
    if (exitCode === 0 && stdout.trim() === head) return remote;
  }
  return null;
}

/** The repository itself where one may push to it, one's own fork otherwise. */
async function pushTarget(
  call: GhCall,
  base: RepoName,
  about: Repo,
  remotes: readonly Remote[],
): Promise<Remote> {
  const own = remotes.find(({ repo }) => fullName(repo) === fullName(base));
  if (about.permissions?.["push"] && own) return own;
  const login = await call.login();
  const fork = remotes.find(({ repo }) => repo.owner === login);
  if (fork) return fork;
  const made = await call.send<Repo>("POST", `${repoPath(base)}/forks`, {});
  await call.gitOk("remote", "add", "fork", `https://forge.test/${made.full_name}.git`);
  return { name: "fork", repo: parseRepo(made.full_name) };
}

async function refuseSecond(call: GhCall, head: Head, base: string): Promise<void> {
  const { owner } = await call.repo();
  const label = head.label.includes(":") ? head.label : `${owner}:${head.branch}`;
  const query = new URLSearchParams({ state: "open", head: label, base });
  const open = await call.list<Pull>(`${await call.at()}/pulls?${query.toString()}`);
  const found = open.find(
    (pull) => pull.head.ref === head.branch && pull.base.ref === base && (pull.head.label ?? label) === label,
  );
  if (found)
    throw new GhStop(
      `a pull request for branch ${JSON.stringify(head.label)} into branch ${JSON.stringify(base)} already exists:\n${found.html_url}`,
    );
}

/** Title and text out of the commits. */
async function filled(call: GhCall, how: string, base: string, head: Head): Promise<Words> {
  const [remote] = call.repoNamed ? [] : await call.remotes();
  const from = remote ? `${remote.name}/${base}` : base;
  const log = await call.gitOk("log", "--format=%s%x00%b%x01", "--reverse", `${from}..HEAD`);
  const commits = log
    .split("\u0001")
    .map((text) => text.replace(/^\n/, ""))
    .filter((text) => text !== "")
    .map((text) => text.split("\0") as [string, string]);
  const [first] = commits;
  if (!first)
    throw new GhStop(
      `could not compute title or body defaults: could not find any commits between ${from} and ${head.branch}`,
    );
  if (commits.length === 1 || how === "fill-first") return { title: first[0], body: (first[1] ?? "").trim() };
  const lines = commits.map(([subject, body]) =>
    how === "fill-verbose"
      ? `- **${subject}**${body?.trim() ? `\n${body.trim().replace(/^/gm, "  ")}` : ""}\n`
      : `- ${subject}`,
  );
  return { title: humanized(head.branch), body: `${lines.join("\n").trimEnd()}\n` };
}

function humanized(branch: string): string {
  return branch.replace(/[-_]/g, " ").trim();
}

async function make(call: GhCall, head: Head, base: string, { title, body }: Words): Promise<ExitCode> {
  const { flags } = call;
  const labels = await knownLabels(call, flags.list("label"));
  const at = await call.at();
  const pull = await call
    .send<Pull>("POST", `${at}/pulls`, {
      title,
      body,
      base,
      head: head.label,
      draft: flags.on("draft"),
      maintainer_can_modify: !flags.on("no-maintainer-edit"),
    })
    .catch((error: unknown) => {
      throw creationFailed(error);
    });
  const assignees = await logins(call, flags.list("assignee"));
  if (labels.length > 0) await call.send("POST", `${at}/issues/${pull.number}/labels`, { labels });
  if (assignees.length > 0) await call.send("POST", `${at}/issues/${pull.number}/assignees`, { assignees });
  const reviewers = flags.list("reviewer");
  if (reviewers.length > 0)
    await call.send("POST", `${at}/pulls/${pull.number}/requested_reviewers`, { reviewers });
  call.out(`${pull.html_url}\n`);
  return 0;
}

/** gh sends this through GraphQL, whose words people know. */
function creationFailed(error: unknown): unknown {
  if (!(error instanceof GhStop) || error.status !== 422) return error;
  const [, ...details] = error.message.split("\n");
  return new GhStop(
    `pull request create failed: GraphQL: ${details.join(", ") || error.message} (createPullRequest)`,
  );
}
