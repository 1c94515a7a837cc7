/** `gh repo edit`. https://cli.github.com/manual/gh_repo_edit */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { fullName, repoPath } from "../repository.ts";
import type { Repo } from "../rest.ts";
import { notSimulated, usageError } from "../stop.ts";
import { argumentRepo } from "./find.ts";

/** Flag → field of the REST API. */
const SWITCHES: Readonly<Record<string, string>> = {
  "allow-forking": "allow_forking",
  "allow-update-branch": "allow_update_branch",
  "delete-branch-on-merge": "delete_branch_on_merge",
  "enable-auto-merge": "allow_auto_merge",
  "enable-discussions": "has_discussions",
  "enable-issues": "has_issues",
  "enable-merge-commit": "allow_merge_commit",
  "enable-projects": "has_projects",
  "enable-rebase-merge": "allow_rebase_merge",
  "enable-squash-merge": "allow_squash_merge",
  "enable-wiki": "has_wiki",
  template: "is_template",
};
const TEXTS: Readonly<Record<string, string>> = {
  "default-branch": "default_branch",
  description: "description",
  homepage: "homepage",
  visibility: "visibility",
};
/** Flag → key of `security_and_analysis`. */
const SECURITY: Readonly<Record<string, string>> = {
  "enable-advanced-security": "advanced_security",
  "enable-secret-scanning": "secret_scanning",
  "enable-secret-scanning-push-protection": "secret_scanning_push_protection",
};

export const repoEdit: GhCommand = {
  name: "edit",
  args: "[<repository>] [flags]",
  about: "Edit settings of a repository",
  takes: [0, 1],
  flags: `    --accept-visibility-change-consequences   Accept the consequences of changing the repository visibility
    --add-topic strings   Add repository topic
    --allow-forking   Allow forking of an organization repository
    --allow-update-branch   Allow a pull request head branch that is behind its base branch to be updated
    --default-branch name   Set the default branch name for the repository
    --delete-branch-on-merge   Delete head branch when pull requests are merged
-d, --description string   Description of the repository
    --enable-advanced-security   Enable advanced security in the repository
    --enable-auto-merge   Enable auto-merge functionality
    --enable-discussions   Enable discussions in the repository
    --enable-issues   Enable issues in the repository
    --enable-merge-commit   Enable merging pull requests via merge commit
    --enable-projects   Enable projects in the repository
    --enable-rebase-merge   Enable merging pull requests via rebase
    --enable-secret-scanning   Enable secret scanning in the repository
    --enable-secret-scanning-push-protection   Enable secret scanning push protection in the repository. Secret scanning must be enabled first
    --enable-squash-merge   Enable merging pull requests via squashed commit
    --enable-wiki   Enable wiki in the repository
-h, --homepage URL   Repository home page URL
    --remove-topic strings   Remove repository topic
    --template   Make the repository available as a template repository
    --visibility string   Change the visibility of the repository to {public,private,internal}`,
  run: edit,
};

async function edit(call: GhCall): Promise<void> {
  const { flags } = call;
  const changes = changesOf(call);
  const topics = flags.has("add-topic") || flags.has("remove-topic");
  if (Object.keys(changes).length === 0 && !topics) {
    if (!call.attended) throw usageError("specify properties to edit when not running interactively");
    throw notSimulated("gh repo edit without flags");
  }
  if (flags.has("visibility") && !flags.on("accept-visibility-change-consequences"))
    throw usageError("use of --visibility flag requires --accept-visibility-change-consequences flag");
  const repo = await argumentRepo(call, call.args[0]);
  if (Object.keys(changes).length > 0) await call.send("PATCH", repoPath(repo), changes);
  if (topics) await editTopics(call, repoPath(repo));
  if (call.screen.tty) call.note(`✓ Edited repository ${fullName(repo)}`);
}

function changesOf({ flags }: GhCall): Record<string, unknown> {
  const given = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).filter(([flag]) => flags.has(flag));
  const security = given(SECURITY).map(([flag, key]) => [
    key,
    { status: flags.on(flag) ? "enabled" : "disabled" },
  ]);
  return Object.fromEntries([
    ...given(SWITCHES).map(([flag, field]) => [field, flags.on(flag)]),
    ...given(TEXTS).map(([flag, field]) => [field, flags.value(flag)]),
    ...(security.length > 0 ? [["security_and_analysis", Object.fromEntries(security)]] : []),
  ]) as Record<string, unknown>;
}

async function editTopics(call: GhCall, at: string): Promise<void> {
  const { topics = [] } = await call.get<Repo>(at);
  const removed = call.flags.list("remove-topic");
  const names = [...new Set([...topics, ...call.flags.list("add-topic")])].filter(
    (name) => !removed.includes(name),
  );
  await call.send("PUT", `${at}/topics`, { names });
}
