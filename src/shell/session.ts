/**
 * One interactive shell: a chunk of input runs against a state that lives on, output appears as statements finish,
 * `read` waits, and Ctrl-C stops at an exact unit of work.
 */
import { Bash, type BashOptions, type Command, type IFileSystem } from "just-bash/browser";
import { InvariantError } from "../base/invariant.ts";
import { SHELL_LIMITS } from "./limits.ts";
import { limitSentence, withLimitSentence, withoutAdvice } from "./limitWords.ts";
import { beginChunk, endChunk, type ShellState } from "./state.ts";
import type { Terminal } from "./terminal.ts";

export interface ShellHost {
  readonly fs: IFileSystem;
  readonly terminal: Terminal;
  readonly commands: readonly Command[];
  /** How `curl` reaches hosts of the world; it rejects with a FetchError for what curl has a number for. */
  readonly fetch?: NonNullable<BashOptions["fetch"]>;
  /** `sleep`: spends virtual time. */
  sleep(ms: number): Promise<void>;
  /** A top-level statement ended: the clock moves on and what is due happens. */
  tick(): Promise<void>;
  /** Called for each unit of work with the count of this chunk. */
  work?(count: number): void;
}

export interface ShellUser {
  readonly name: string;
  readonly home: string;
  readonly uid: number;
  readonly hostname: string;
  /** Further exported variables. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** Stop after this many units of work, as Ctrl-C did. */
  readonly interruptAt?: number;
}

export interface RunResult {
  readonly exitCode: number;
  /** Which limit ended the chunk, in words; null where none did. */
  readonly limit: string | null;
  readonly interrupted: boolean;
  /** The shell asked to end (`exit`, `logout`). */
  readonly exited: boolean;
  readonly work: number;
}

/** just-bash's exec options, with what the patch adds (bundling.ts). */
interface SessionPort {
  begin(base: ShellState, statement: { signal: AbortSignal }): ShellState;
  show(stdout: string, stderr: string): Promise<void>;
  readLine(args: readonly string[]): Promise<string>;
  tick(): Promise<void>;
}

export class Shell {
  readonly #bash: Bash;
  readonly #host: ShellHost;
  readonly #user: ShellUser;
  #state: ShellState;
  #abort = new AbortController();
  #work = 0;
  #interruptAt = Number.POSITIVE_INFINITY;

  constructor(host: ShellHost, user: ShellUser, state?: ShellState) {
    this.#host = host;
    this.#user = user;
    this.#bash = new Bash({
      fs: host.fs,
      cwd: user.home,
      env: loginEnvironment(user),
      processInfo: { pid: 1000 + user.uid, ppid: 1, uid: user.uid, gid: user.uid },
      executionLimits: SHELL_LIMITS,
      defenseInDepth: false,
      customCommands: [...host.commands],
      sleep: (ms) => host.sleep(ms),
      fetch: host.fetch ?? noNetwork,
      coverage: { hit: (feature) => this.#count(feature) },
    });
    this.#state = state ?? this.#freshState();
  }

  get state(): ShellState {
    return this.#state;
  }

  get cwd(): string {
    return this.#state.cwd;
  }

  /** Whether a command that runs now prints to the screen, and not into a pipe, a file or a substitution. */
  get direct(): boolean {
    return !this.#state["collecting"] && this.#state["suppressVerbose"] !== true;
  }

  /** Puts a fresh shell into a directory, as a login that starts there. */
  enterDirectory(path: string): void {
    this.#state.cwd = path;
    this.#state.env.set("PWD", path);
  }

  /** Begins a session at a time, from which $SECONDS counts. */
  login(directory: string, nowMs: number): void {
    this.enterDirectory(directory);
    (this.#state as { startTime?: number }).startTime = nowMs;
  }

  variable(name: string): string | undefined {
    return this.#state.env.get(name);
  }

  /** Runs one parser-complete chunk. Never throws for what a learner can do. */
  async run(text: string, options: RunOptions = {}): Promise<RunResult> {
    this.#abort = new AbortController();
    this.#work = 0;
    this.#interruptAt = options.interruptAt ?? Number.POSITIVE_INFINITY;
    const result = await this.#exec(text, this.#abort.signal);
    endChunk(this.#state);
    const interrupted = this.#abort.signal.aborted;
    const limit = interrupted ? null : limitSentence(result.stderr);
    if (interrupted) this.#host.terminal.write("stderr", "^C\n");
    // What a limit left over was on its way into a pipe or a file: everything for the screen is shown as it comes.
    else
      this.#flush({ stdout: limit === null ? result.stdout : "", stderr: withLimitSentence(result.stderr) });
    if (interrupted) await this.#runInterruptTrap();
    const exitCode = interrupted ? 130 : result.exitCode;
    this.#state.lastExitCode = exitCode;
    this.#state.env.set("?", String(exitCode));
    return { exitCode, limit, interrupted, exited: /^\s*(exit|logout)\b/.test(text), work: this.#work };
  }

  /** Ctrl-C while the statement waits for the learner. */
  interrupt(): void {
    this.#abort.abort();
  }

  /** The action of `trap … INT`, before the next prompt. */
  async #runInterruptTrap(): Promise<void> {
    const action = (this.#state["traps"] as Map<string, string> | undefined)?.get("INT");
    if (!action) return;
    this.#flush(await this.#exec(action, new AbortController().signal));
    endChunk(this.#state);
  }

  async #exec(text: string, signal: AbortSignal) {
    const session: SessionPort = {
      begin: (_base, statement) => beginChunk(this.#state, statement.signal),
      show: async (stdout, stderr) => this.#flush({ stdout, stderr }),
      readLine: (args) => this.#readLine(args),
      tick: () => this.#host.tick(),
    };
    const options = { rawScript: true, signal, session };
    try {
      return await this.#bash.exec(text, options);
    } catch (error) {
      return givenUp(error);
    }
  }

  #flush(result: { stdout: string; stderr: string }): void {
    if (result.stdout) this.#host.terminal.write("stdout", result.stdout);
    if (result.stderr) this.#host.terminal.write("stderr", withoutAdvice(result.stderr));
  }

  async #readLine(args: readonly string[]): Promise<string> {
    const { prompt, silent } = readOptions(args);
    const line = await this.#host.terminal.readLine(prompt, { silent });
    return line === null ? "" : `${line}\n`;
  }

  #count(feature: string): void {
    if (!feature.startsWith("bash:cmd:")) return;
    this.#work += 1;
    this.#host.work?.(this.#work);
    if (this.#work >= this.#interruptAt) this.#abort.abort();
  }

  /** just-bash keeps the state that its constructor builds in a private field; this is the one place that reads it. */
  #freshState(): ShellState {
    const base = (this.#bash as unknown as { state: ShellState }).state;
    const fields = Object.entries(base).map(([name, value]) => [name, copyOf(value)]);
    const state = Object.fromEntries(fields) as ShellState & { shoptOptions: { expand_aliases: boolean } };
    state.shoptOptions.expand_aliases = true;
    for (const name of Object.keys(loginEnvironment(this.#user))) state.exportedVars.add(name);
    return state;
  }
}

/** Of a field as the constructor leaves it: nothing is nested deeper. */
function copyOf(value: unknown): unknown {
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) return [...value];
  return value !== null && typeof value === "object" ? { ...value } : value;
}

/**
 * What just-bash let through: an error of the disk, or of a JavaScript engine that ran out of stack. The words of an
 * engine differ between hosts, so only the disk's own are told.
 */
function givenUp(error: unknown): { stdout: string; stderr: string; exitCode: number } {
  if (error instanceof InvariantError) throw error;
  const reason = (error as { reason?: string }).reason ?? "this line cannot be run here";
  return { stdout: "", stderr: `bash: ${reason}\n`, exitCode: 1 };
}

function loginEnvironment(user: ShellUser): Record<string, string> {
  return {
    HOME: user.home,
    USER: user.name,
    LOGNAME: user.name,
    SHELL: "/bin/bash",
    HOSTNAME: user.hostname,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    EDITOR: "code",
    ...user.env,
  };
}

/** The options of `read` that concern the person: -p PROMPT and -s. */
function readOptions(args: readonly string[]): { prompt: string; silent: boolean } {
  let prompt = "";
  let silent = false;
  for (let i = 0; i < args.length && args[i]?.startsWith("-"); i++) {
    const flags = (args[i] as string).slice(1);
    if (flags.includes("s")) silent = true;
    const p = flags.indexOf("p");
    if (p >= 0) prompt = p + 1 < flags.length ? flags.slice(p + 1) : (args[++i] ?? "");
  }
  return { prompt, silent };
}

/** A shell without a network: no host has an address. */
function noNetwork(url: string): Promise<never> {
  return Promise.reject(
    new Error(`Could not resolve host: ${url.replace(/^[a-z]+:\/\/([^/:]*).*$/i, "$1")}`),
  );
}
