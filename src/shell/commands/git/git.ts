/**
 * `git`: global options, the choice between our subcommands and just-git's, and what every call shares.
 * Imitates https://git-scm.com/docs/git
 */
import { createGit, type ExecResult, type FileSystem, type Git, type GitOptions } from "just-git";
import type { Command, IFileSystem, ResolvedCommandContext } from "just-bash/browser";
import type { Terminal } from "../../terminal.ts";
import { fatal, output, type GitCall } from "./call.ts";
import { globalOptions } from "./globalOptions.ts";
import { coloured, decorated, isPaged } from "./lib/screen.ts";
import { gitCommands } from "./registry.ts";

export interface GitHost {
  readonly terminal: Terminal;
  now(): number;
  /** How just-git reaches remotes of the world. */
  readonly network: GitOptions["network"];
}

type Options = { readonly cwd?: string; readonly stdin?: string; readonly env?: Readonly<Record<string, string>> };

/** The `git` command of a shell. */
export function gitCommand(host: GitHost): Command {
  const inner = createGit({ network: host.network });
  return {
    name: "git",
    execute: (args, context) => runGit(host, inner, args, context as ResolvedCommandContext),
  };
}

async function runGit(host: GitHost, inner: Git, args: readonly string[], context: ResolvedCommandContext): Promise<ExecResult> {
  const parsed = globalOptions(args, context.cwd);
  if ("result" in parsed) return parsed.result;
  if (!(await isDirectory(context.fs, parsed.cwd))) {
    return fatal(`cannot change to '${parsed.cwdAsked}': No such file or directory`);
  }
  const { name } = parsed;
  const within = { ...context, cwd: parsed.cwd };
  if (host.terminal.direct?.() !== true) return runSubcommand(host, inner, name, parsed.args, within, parsed.overrides);
  const result = await runSubcommand(host, inner, name, decorated(name, parsed.args), within, parsed.overrides);
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
  host: GitHost,
  inner: Git,
  name: string,
  args: readonly string[],
  context: ResolvedCommandContext,
  overrides: ReadonlyMap<string, string>,
): Promise<ExecResult> {
  const call = gitCall(host, inner, name, args, context, overrides);
  const load = gitCommands.get(name);
  return load ? (await load())(call) : call.inner(name, args);
}

function gitCall(
  host: GitHost,
  inner: Git,
  name: string,
  args: readonly string[],
  context: ResolvedCommandContext,
  overrides: ReadonlyMap<string, string>,
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
    git: (other, otherArgs, options) => runSubcommand(host, inner, other, otherArgs, within(options), overrides),
    inner: (other, otherArgs, options) =>
      inner.execute([other, ...otherArgs], within({ stdin: context.stdin as unknown as string, ...options }) as never),
    repository: () => inner.findRepo({ fs: context.fs as unknown as FileSystem, cwd: context.cwd }),
  } satisfies GitCall & { args: readonly string[] } as GitCall;
}
