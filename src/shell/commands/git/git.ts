/**
 * `git`: global options, the choice of the subcommand, and what every call shares. Object and ref stores are just-git's.
 * Imitates https://git-scm.com/docs/git
 */
import { findRepo, type ExecResult, type GitOptions } from "just-git";
import type { Command, IFileSystem, ResolvedCommandContext } from "just-bash/browser";
import type { Terminal } from "../../terminal.ts";
import { fatal, output, type GitCall } from "./call.ts";
import { globalOptions } from "./globalOptions.ts";
import { type ObjectMemory, remembering } from "./lib/objectMemory.ts";
import { coloured, decorated, isPaged } from "./lib/screen.ts";
import { gitCommands } from "./registry.ts";

export interface GitHost {
  readonly terminal: Terminal;
  now(): number;
  /** How just-git reaches remotes of the world. */
  readonly network: GitOptions["network"];
}

type Options = {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** What the calls of one shell share. */
interface Shared extends GitHost {
  readonly memory: ObjectMemory;
}

/** The `git` command of a shell. */
export function gitCommand({ terminal, now, network }: GitHost): Command {
  const shared = { terminal, now, network, memory: new WeakMap() } satisfies Shared;
  return {
    name: "git",
    execute: (args, context) => runGit(shared, args, context as ResolvedCommandContext),
  };
}

async function runGit(
  host: Shared,
  args: readonly string[],
  context: ResolvedCommandContext,
): Promise<ExecResult> {
  const parsed = globalOptions(args, context.cwd);
  if ("result" in parsed) return parsed.result;
  if (!(await isDirectory(context.fs, parsed.cwd))) {
    return fatal(`cannot change to '${parsed.cwdAsked}': No such file or directory`);
  }
  const { name } = parsed;
  const within = { ...context, cwd: parsed.cwd };
  if (host.terminal.direct?.() !== true)
    return runSubcommand(host, name, parsed.args, within, parsed.overrides);
  const result = await runSubcommand(host, name, decorated(name, parsed.args), within, parsed.overrides);
  if (isPaged(name, parsed.args)) host.terminal.page();
  return coloured(name, result);
}

async function isDirectory(fs: IFileSystem, path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory;
  } catch {
    return false;
  }
}

async function runSubcommand(
  host: Shared,
  name: string,
  args: readonly string[],
  context: ResolvedCommandContext,
  overrides: GitCall["overrides"],
): Promise<ExecResult> {
  const call = gitCall(host, name, args, context, overrides);
  const load = gitCommands.get(name);
  return load ? (await load())(call) : (await import("./unknown.ts")).unknownCommand(call, name);
}

function gitCall(
  host: Shared,
  name: string,
  args: readonly string[],
  context: ResolvedCommandContext,
  overrides: GitCall["overrides"],
): GitCall {
  const within = (options: Options = {}): ResolvedCommandContext => ({
    ...context,
    cwd: options.cwd ?? context.cwd,
    stdin: (options.stdin ?? "") as unknown as ResolvedCommandContext["stdin"],
    env: new Map([...context.env, ...Object.entries(options.env ?? {})]),
    exportedEnv: { ...context.exportedEnv, ...options.env },
  });
  return {
    args,
    cwd: context.cwd,
    env: context.env,
    fs: context.fs as unknown as GitCall["fs"],
    stdin: context.stdin as unknown as string,
    terminal: host.terminal,
    overrides,
    network: host.network,
    now: () => host.now(),
    shell: async (command, options = {}) => {
      if (!context.exec) return output("", "git: no shell here\n", 127);
      return context.exec(command, {
        cwd: options.cwd ?? context.cwd,
        env: { ...context.exportedEnv, ...options.env },
        ...(options.stdin === undefined ? {} : { stdin: options.stdin, stdinKind: "bytes" as const }),
      });
    },
    git: (other, otherArgs, options) => runSubcommand(host, other, otherArgs, within(options), overrides),
    repository: async () => {
      const fs = context.fs as unknown as GitCall["fs"];
      const found = await findRepo(fs, context.cwd);
      return found && { ...found, objectStore: remembering(found, fs, host.memory) };
    },
  };
}
