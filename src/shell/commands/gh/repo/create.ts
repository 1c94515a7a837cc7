/** `gh repo create`. https://cli.github.com/manual/gh_repo_create */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { parseRepo } from "../repository.ts";
import type { Repo } from "../rest.ts";
import { GhStop, notSimulated, usageError } from "../stop.ts";
import { cloneInto } from "./clone.ts";

export const repoCreate: GhCommand = {
  name: "create",
  aliases: ["new"],
  args: "[<name>] [flags]",
  about: "Create a repository",
  takes: [0, 1],
  flags: `    --add-readme   Add a README file to the new repository
-c, --clone   Clone the new repository to the current directory
-d, --description string   Description of the repository
    --disable-issues   Disable issues in the new repository
    --disable-wiki   Disable wiki in the new repository
-g, --gitignore string   Specify a gitignore template for the repository
-h, --homepage URL   Repository home page URL
    --include-all-branches   Include all branches from template repository
    --internal   Make the new repository internal
-l, --license string   Specify an Open Source License for the repository
    --private   Make the new repository private
    --public   Make the new repository public
    --push   Push local commits to the new repository
-r, --remote string   Specify remote name for the new repository
-s, --source string   Specify path to local repository to use as source
-t, --team name   The name of the organization team to be granted access
-p, --template repository   Make the new repository based on a template repository`,
  run: create,
};

async function create(call: GhCall): Promise<void> {
  const { flags } = call;
  for (const name of ["gitignore", "license", "team", "template", "include-all-branches", "internal"])
    if (flags.has(name)) throw notSimulated(`gh repo create --${name}`);
  const source = flags.value("source");
  if (call.args.length === 0 && source === undefined && !call.attended)
    throw usageError("at least one argument required in non-interactive mode");
  if (source === undefined && flags.has("remote"))
    throw usageError("the `--remote` option can only be used with `--source`");
  if (source === undefined && flags.on("push"))
    throw usageError("the `--push` option can only be used with `--source`");
  if (source !== undefined && flags.on("clone"))
    throw usageError(
      "the `--source` option is not supported with `--clone`, `--template`, `--license`, or `--gitignore`",
    );
  const asked = ["public", "private"].filter((name) => flags.on(name));
  if (asked.length > 1) throw usageError("expected exactly one of `--public`, `--private`, or `--internal`");
  if (asked.length === 0 && !call.attended)
    throw usageError("`--public`, `--private`, or `--internal` required when not running interactively");
  const name =
    call.args[0] ??
    (source === undefined ? (await call.ask("Repository name")).trim() : baseName(source, call.context.cwd));
  const visibility = asked[0] ?? (await call.ask("Visibility (public, private)")).trim();
  const repo = await make(call, name, visibility);
  call.tell(`✓ Created repository ${repo.full_name} on forge.test`);
  call.out(`${repo.html_url}\n`);
  if (flags.on("clone")) await cloneInto(call, repo, undefined);
  if (source !== undefined) await connect(call, repo, source);
}

function baseName(path: string, cwd: string): string {
  const whole = path === "." ? cwd : path.replace(/\/+$/, "");
  return whole.slice(whole.lastIndexOf("/") + 1);
}

async function make(call: GhCall, text: string, visibility: string): Promise<Repo> {
  const { flags } = call;
  const login = await call.login();
  const { owner, name } = parseRepo(text, login);
  return call.send<Repo>("POST", owner === login ? "user/repos" : `orgs/${owner}/repos`, {
    name,
    private: visibility !== "public",
    visibility,
    ...(flags.has("description") ? { description: flags.value("description") } : {}),
    ...(flags.has("homepage") ? { homepage: flags.value("homepage") } : {}),
    ...(flags.on("disable-issues") ? { has_issues: false } : {}),
    ...(flags.on("disable-wiki") ? { has_wiki: false } : {}),
    ...(flags.on("add-readme") ? { auto_init: true } : {}),
  });
}

async function connect(call: GhCall, repo: Repo, source: string): Promise<void> {
  const remote = call.flags.value("remote") ?? "origin";
  const inside = await call.git("-C", source, "rev-parse", "--git-dir");
  if (inside.exitCode !== 0)
    throw new GhStop(`current directory is not a git repository. Run \`git init\` to initialize it`);
  const url = `https://forge.test/${repo.full_name}.git`;
  const added = await call.git("-C", source, "remote", "add", remote, url);
  if (added.exitCode !== 0) throw new GhStop(`X Unable to add remote ${JSON.stringify(remote)}`);
  call.tell(`✓ Added remote ${url}`);
  if (!call.flags.on("push")) return;
  const { stderr, exitCode } = await call.git("-C", source, "push", "-u", remote, "HEAD");
  call.note(stderr.trimEnd());
  if (exitCode !== 0) throw new GhStop(`failed to run git: exit status ${exitCode}`);
  call.tell(`✓ Pushed commits to ${url}`);
}
