/**
 * Hooks: scripts in `.git/hooks` or `core.hooksPath` that git runs at fixed points.
 * Imitates https://git-scm.com/docs/githooks
 */
import type { ExecResult } from "just-git";
import type { GitCall } from "../call.ts";
import type { Repository } from "./repository.ts";
import { assignments, quote } from "./quote.ts";

export interface HookOptions {
  readonly args?: readonly string[];
  readonly stdin?: string;
  /** What git sets for this hook, such as GIT_INDEX_FILE. */
  readonly env?: Readonly<Record<string, string>>;
  /** The hook's standard output stays there; git sends that of most hooks to standard error. */
  readonly keepStdout?: boolean;
}

/** One line of pre-push's standard input; an absent side is the zero id, and `(delete)` as its local name. */
export interface PushedRef {
  readonly localRef: string;
  readonly localOid: string;
  readonly remoteRef: string;
  readonly remoteOid: string;
}

/** Runs a hook in the working tree's root. Without such a hook the result is empty with exit code 0. */
export async function runHook(
  call: GitCall,
  repo: Repository,
  name: string,
  options: HookOptions = {},
): Promise<ExecResult> {
  const found = await findHook(call, repo, name);
  if (found.path === null) return { stdout: "", stderr: found.hint, exitCode: 0 };
  const cwd = repo.workTree ?? repo.gitDir;
  const command = await interpreter(call, cwd, found.path);
  if (typeof command !== "string") return command;
  const env = { GIT_EXEC_PATH: "/usr/lib/git-core", GIT_PREFIX: repo.prefix, ...options.env };
  const line = `${assignments(env)} ${command} ${(options.args ?? []).map(quote).join(" ")}`;
  const result = await call.shell(line, { cwd, stdin: options.stdin ?? "" });
  if (options.keepStdout) return result;
  return { stdout: "", stderr: result.stderr + result.stdout, exitCode: result.exitCode };
}

/** Hooks around a commit see the index and no editor, unless one will be opened. */
export function commitHookEnv(usesEditor: boolean, indexFile = ".git/index"): Record<string, string> {
  return { GIT_INDEX_FILE: indexFile, ...(usesEditor ? {} : { GIT_EDITOR: ":" }) };
}

/**
 * `pre-push`: a non-zero exit code has to abort the push (git then says `error: failed to push some refs to '<url>'`).
 * https://git-scm.com/docs/githooks#_pre_push
 */
export async function prePush(
  call: GitCall,
  repo: Repository,
  remote: string,
  url: string,
  refs: readonly PushedRef[],
): Promise<ExecResult> {
  const lines = refs.map((ref) => `${ref.localRef} ${ref.localOid} ${ref.remoteRef} ${ref.remoteOid}\n`);
  return runHook(call, repo, "pre-push", { args: [remote, url], stdin: lines.join(""), keepStdout: true });
}

type FoundHook =
  { readonly path: string; readonly hint: "" } | { readonly path: null; readonly hint: string };

/** The hook's path as git prints it (relative to the working tree's root where it lies inside). */
async function findHook(call: GitCall, repo: Repository, name: string): Promise<FoundHook> {
  const root = repo.workTree ?? repo.gitDir;
  const directory = await hooksDirectory(call, repo);
  const shown = `${directory}/${name}`;
  const path = shown.startsWith("/") ? shown : `${root}/${shown}`;
  if (!(await call.fs.exists(path))) return { path: null, hint: "" };
  const stat = await call.fs.stat(path);
  if (stat.isDirectory) return { path: null, hint: "" };
  if ((stat.mode & 0o111) !== 0) return { path: shown, hint: "" };
  if (repo.config.get("advice.ignoredhook") === "false") return { path: null, hint: "" };
  const hint =
    `hint: The '${shown}' hook was ignored because it's not set as executable.\n` +
    "hint: You can disable this warning with `git config advice.ignoredHook false`.\n";
  return { path: null, hint };
}

async function hooksDirectory(call: GitCall, repo: Repository): Promise<string> {
  const configured = repo.config.get("core.hooksPath");
  if (configured) return configured.replace(/^~(?=\/|$)/, call.env.get("HOME") ?? "~").replace(/\/+$/, "");
  if (repo.workTree !== null && repo.gitDir === `${repo.workTree}/.git`) return ".git/hooks";
  return repo.workTree === null ? "hooks" : `${repo.gitDir}/hooks`;
}

const SHELLS = new Set(["sh", "bash", "dash"]);

/** The shell words that run a script, after its first line; or the error of a kernel that cannot. */
async function interpreter(call: GitCall, cwd: string, shown: string): Promise<string | ExecResult> {
  const script = quote(shown);
  const text = await call.fs.readFile(shown.startsWith("/") ? shown : `${cwd}/${shown}`);
  const line = /^#!\s*(\S+)[ \t]*([^\n]*)/.exec(text);
  if (!line) return `bash ${script}`;
  const [program = "", ...words] = [line[1] as string, ...(line[2] as string).trim().split(/\s+/)].filter(
    (word) => word,
  );
  const base = program.slice(program.lastIndexOf("/") + 1);
  if (SHELLS.has(base)) return `bash ${words.map(quote).join(" ")} ${script}`;
  const viaEnv = base === "env";
  const [name = "", ...rest] = viaEnv ? words.filter((word) => word !== "-S") : [base, ...words];
  if (SHELLS.has(name)) return `bash ${rest.map(quote).join(" ")} ${script}`;
  if ((await call.shell(`command -v ${quote(name)}`)).exitCode === 0)
    return [name, ...rest, shown].map(quote).join(" ");
  if (viaEnv)
    return { stdout: "", stderr: `/usr/bin/env: '${name}': No such file or directory\n`, exitCode: 127 };
  return { stdout: "", stderr: `fatal: cannot run ${shown}: No such file or directory\n`, exitCode: 1 };
}
