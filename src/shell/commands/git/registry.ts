/** Our git subcommands by name; a name that is absent is answered by just-git. One command, one file. */
import type { GitCommand } from "./call.ts";

export const gitCommands: ReadonlyMap<string, GitCommand> = new Map<string, GitCommand>([]);
