/** Gives a person of the world what they work with: a machine, an account on the forge, and a sign-in on that machine. */
import { layOut } from "../disk/layout.ts";
import { commandNames } from "../shell/commands.ts";
import { LEARNER, type Person } from "../world/person.ts";
import { FORGE_HOST, FORGE_ORIGIN } from "../world/services/forge/host.ts";
import { signIn } from "../world/services/forge/tokens.ts";
import type { World } from "../world/world.ts";

/** What `gh auth login` asks for, and what managing an organisation needs beside it. */
const SCOPES = ["admin:org", "delete_repo", "gist", "read:audit_log", "repo", "workflow"];

/** Their account on the forge. */
export function giveAccount(world: World, { login, name, email }: Person): void {
  if (!world.forge.account(login)) world.forge.createAccount(login, { name, email });
}

/** Their machine, as it came out of the box. */
export function giveMachine(world: World, { login, uid, home, machine }: Person): void {
  // The learner's is there from the beginning, empty.
  if (world.machines.has(machine) && machine !== LEARNER.machine) return;
  const disk = world.machines.has(machine) ? world.machines.get(machine) : world.machines.add(machine);
  if (disk.exists("/etc/passwd")) return;
  layOut(disk, { hostname: machine, accounts: [{ name: login, uid, home }], commands: commandNames() });
}

/** `gh auth login` and `gh auth setup-git`, done long ago: https://cli.github.com/manual/gh_auth_setup-git */
export function signInAt(world: World, person: Person): void {
  const { login, name, email, home, machine } = person;
  const disk = world.machines.get(machine);
  if (disk.exists(`${home}/.config/gh/hosts.yml`)) return;
  const token = signIn(world.forge, person, SCOPES).value;
  const user = { name: login };
  disk.mkdir(`${home}/.config/gh`, { recursive: true }, user);
  disk.write(`${home}/.config/gh/hosts.yml`, hostsFile(login, token), user);
  disk.chmod(`${home}/.config/gh/hosts.yml`, 0o600);
  disk.write(`${home}/.gitconfig`, gitConfig(name, email), user);
}

/** Everything, for somebody who may have some of it already. */
export function settle(world: World, person: Person): void {
  giveAccount(world, person);
  giveMachine(world, person);
  signInAt(world, person);
}

/** https://cli.github.com/manual/gh_auth_login */
function hostsFile(login: string, token: string): string {
  return `${FORGE_HOST}:\n    git_protocol: https\n    users:\n        ${login}:\n            oauth_token: ${token}\n    user: ${login}\n    oauth_token: ${token}\n`;
}

function gitConfig(name: string, email: string): string {
  return `[user]\n\tname = ${name}\n\temail = ${email}\n[init]\n\tdefaultBranch = main\n[credential "${FORGE_ORIGIN}"]\n\thelper = !gh auth git-credential\n`;
}
