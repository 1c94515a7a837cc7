/**
 * Where actions/checkout keeps the token for later git commands.
 * https://github.com/actions/checkout/blob/main/src/git-auth-helper.ts
 */
import { FORGE_ORIGIN } from "../../world/services/forge/host.ts";
import { save, saved, say, type ActionCall } from "./call.ts";
import { git, told } from "./git.ts";

/** From this version on outside of the folder. */
const OUTSIDE_SINCE = 6;
const KEY = `http.${FORGE_ORIGIN}/.extraheader`;
const SHOWN_KEY = `http\\.${FORGE_ORIGIN.replaceAll("/", "\\/").replaceAll(".", "\\.")}\\/\\.extraheader`;

export async function keepCredential(call: ActionCall, directory: string, header: string): Promise<void> {
  await forgetCredential(call, directory);
  const { disk, user, request } = call.execution;
  if (call.version < OUTSIDE_SINCE) {
    await git(call, directory, "config", "--local", KEY, header);
    say(call, told("config", "--local", KEY, header));
    return;
  }
  const file = `${request.state.temp}/git-credentials-${call.execution.uuid()}.config`;
  disk.write(file, `[http "${FORGE_ORIGIN}/"]\n\textraheader = ${header}\n`, user);
  save(call, "credentials", file);
  const lines = includes(request.state.workspace, directory, file);
  for (const [key, value] of lines) await git(call, directory, "config", "--local", key, value);
  for (const [key, value] of lines) say(call, told("config", "--local", key, value));
}

/** For git on the machine, and for git in a container that has the same folders elsewhere. */
function includes(workspace: string, directory: string, file: string): [string, string][] {
  const inContainer = `/github/workspace${directory.slice(workspace.length)}/.git`;
  const mounted = `/github/runner_temp/${file.slice(file.lastIndexOf("/") + 1)}`;
  return [
    [`includeIf.gitdir:${directory}/.git.path`, file],
    [`includeIf.gitdir:${directory}/.git/worktrees/*.path`, file],
    [`includeIf.gitdir:${inContainer}.path`, mounted],
    [`includeIf.gitdir:${inContainer}/worktrees/*.path`, mounted],
  ];
}

/** Names of sections and keys stand in a configuration as they are: what is not in its text is not in its list. */
function mayHold({ execution: { disk } }: ActionCall, directory: string): boolean {
  const path = `${directory}/.git/config`;
  return !disk.exists(path) || !disk.stat(path).isFile || /extraheader|includeif/i.test(disk.readText(path));
}

async function keysIn(call: ActionCall, directory: string): Promise<string[]> {
  const listed = await git(call, directory, "config", "--local", "--no-includes", "--name-only", "--list");
  return [...new Set(listed.output.split("\n"))].filter(
    (key) => key.toLowerCase() === KEY.toLowerCase() || /^includeif\.gitdir:.*\.path$/is.test(key),
  );
}

/** Takes away what this action, or one before it, left in the repository. */
export async function forgetCredential(call: ActionCall, directory: string): Promise<void> {
  const { disk } = call.execution;
  say(call, told("config", "--local", "--name-only", "--get-regexp", SHOWN_KEY));
  const keys = mayHold(call, directory) ? await keysIn(call, directory) : [];
  for (const key of keys) say(call, `${key}\n${told("config", "--local", "--unset-all", key)}`);
  for (const key of keys) await git(call, directory, "config", "--local", "--unset-all", key);
  const file = saved(call, "credentials");
  if (file !== undefined) disk.remove(file, { force: true });
}
