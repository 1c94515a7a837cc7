/** All commands of a shell: just-bash's own, and ours, which come first where both have a name. */
import { type Command, getCommandNames, getNetworkCommandNames } from "just-bash/browser";
import { editorCommands } from "./commands/editor.ts";
import { type GitHost, gitCommand } from "./commands/git/git.ts";
import type { ClockPort, LabPort } from "./commands/lab.ts";
import { type Terminal, unattended } from "./terminal.ts";

export interface CommandHost {
  readonly terminal: Terminal;
  /** Virtual time, ms since 1970. */
  now(): number;
  /** How git reaches remotes of the world; false where there is no network. */
  readonly network: GitHost["network"];
  /** The lab being played; absent for the narrator and in an empty world. */
  readonly lab?: LabPort;
  readonly clock?: ClockPort;
}

export function shellCommands(host: CommandHost): Command[] {
  return [gitCommand(host), ...editorCommands(host.terminal)];
}

/** Names of every command, sorted: the files that /bin and /usr/bin need. */
export function commandNames(): string[] {
  const nowhere: CommandHost = { terminal: unattended, now: () => 0, network: false };
  const ours = shellCommands(nowhere).map(({ name }) => name);
  return [...new Set([...getCommandNames(), ...getNetworkCommandNames(), ...ours])].sort();
}
