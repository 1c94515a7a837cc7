/** One run of a `gh` command: what it was given, whom it may ask, and what it says. */
import type { ExecResult } from "just-bash/browser";
import { concat, fromUtf8 } from "../../../base/bytes.ts";
import { type Reach, UnknownHostError } from "../../../world/network.ts";
import type { Terminal } from "../../terminal.ts";
import { bytesResult, type Context, result, shellWord, stdinText, readBytes } from "../lib/invocation.ts";
import { Client, HOST } from "./client.ts";
import type { Flags } from "./flags.ts";
import { forgeRemotes, noHost, parseRepo, type Remote, type RepoName, repoPath } from "./repository.ts";
import { environment, findToken, type Token } from "./signIn.ts";
import { GhStop, usageError } from "./stop.ts";
import { type Cell, type Colour, coloured, type Screen, tableText } from "./table.ts";
import { toUtf8 } from "../../../base/bytes.ts";

export interface Machine {
  readonly context: Context;
  /** Absent where there is no network. */
  readonly reach: Reach | undefined;
  readonly terminal: Terminal;
  /** Virtual time, ms since 1970. */
  now(): number;
}

export class GhCall {
  readonly context: Context;
  readonly terminal: Terminal;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** How many of `args` stand before `--`; null without one. */
  readonly dash: number | null;
  readonly #machine: Machine;
  readonly #stdout: (string | Uint8Array)[] = [];
  readonly #stderr: string[] = [];
  #token: Token | null | undefined;
  #client: Client | undefined;
  #repo: RepoName | undefined;

  constructor(machine: Machine, flags: Flags, args: readonly string[], dash: number | null) {
    this.#machine = machine;
    this.context = machine.context;
    this.terminal = machine.terminal;
    this.flags = flags;
    this.args = args;
    this.dash = dash;
  }

  out(output: string | Uint8Array): void {
    this.#stdout.push(output);
  }

  /** A line on standard error. */
  note(text: string): void {
    this.#stderr.push(`${text}\n`);
  }

  /** A line on standard error that scripts do not see. */
  tell(text: string): void {
    if (this.screen.tty) this.note(text);
  }

  result(exitCode: number): ExecResult {
    const stderr = this.#stderr.join("");
    if (this.#stdout.every((part) => typeof part === "string"))
      return result(this.#stdout.join(""), stderr, exitCode);
    const parts = this.#stdout.map((part) => (typeof part === "string" ? fromUtf8(part) : part));
    return bytesResult(concat(parts), stderr, exitCode);
  }

  get now(): number {
    return this.#machine.now();
  }

  get screen(): Screen {
    const tty = this.terminal.attended === true && this.terminal.direct?.() === true;
    const colour = tty && !environment(this.context, "NO_COLOR");
    return { tty, colour, width: Number(environment(this.context, "COLUMNS")) || 120 };
  }

  /**
   * A person can answer questions. It does not ask whether output is shown: a replay shows none, and has the answers
   * in its log.
   */
  get attended(): boolean {
    const piped = (this.context.stdin as unknown as string) !== "";
    return this.terminal.attended === true && !piped && !environment(this.context, "GH_PROMPT_DISABLED");
  }

  table(headings: readonly string[], rows: readonly (readonly (Cell | string)[])[]): void {
    this.out(tableText(this.screen, headings, rows));
  }

  paint(text: string, colour: Colour | null): string {
    return coloured(text, colour, this.screen.colour);
  }

  /** An answer of the person; a stop with exit 2 where they give up. */
  async ask(question: string, silent = false): Promise<string> {
    const line = await this.terminal.readLine(`? ${question} `, { silent });
    if (line === null) throw new GhStop("", 2);
    return line;
  }

  /** The person types the word, or nothing happens. */
  async confirmTyping(word: string): Promise<void> {
    if ((await this.ask(`Type ${word} to confirm deletion:`)) !== word)
      throw new GhStop(`You entered a different value than ${word}`);
  }

  async confirm(question: string): Promise<void> {
    if (!/^y(?:es)?$/i.test((await this.ask(`${question} (y/N)`)).trim())) throw new GhStop("", 2);
  }

  async token(): Promise<Token | null> {
    this.#token ??= await findToken(this.context);
    return this.#token;
  }

  async client(): Promise<Client> {
    this.#client ??= this.clientWith((await this.token())?.value ?? null);
    return this.#client;
  }

  clientWith(token: string | null): Client {
    const { reach } = this.#machine;
    return new Client(reach ?? (() => Promise.reject(new UnknownHostError(HOST))), token);
  }

  get online(): boolean {
    return this.#machine.reach !== undefined;
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.client()).get(path)) as T;
  }

  async find<T>(path: string): Promise<T | null> {
    return (await (await this.client()).find(path)) as T | null;
  }

  async list<T>(path: string, limit?: number, key?: string): Promise<T[]> {
    return (await (await this.client()).list(path, limit, key)) as T[];
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await (await this.client()).json(method, path, body)) as T;
  }

  async login(): Promise<string> {
    return (await this.get<{ login: string }>("user")).login;
  }

  /** The repository that the command is about. */
  async repo(): Promise<RepoName> {
    this.#repo ??= await this.#findRepo();
    return this.#repo;
  }

  /** Says that another repository is meant. */
  choose(repo: RepoName): void {
    this.#repo = repo;
  }

  /** Path of the repository below the API's root. */
  async at(): Promise<string> {
    return repoPath(await this.repo());
  }

  /** The repository was named, and does not come from the folder. */
  get repoNamed(): boolean {
    return this.flags.has("repo") || Boolean(environment(this.context, "GH_REPO"));
  }

  async #findRepo(): Promise<RepoName> {
    const named = this.flags.value("repo") ?? environment(this.context, "GH_REPO");
    if (named) return parseRepo(named);
    const [first] = await this.remotes();
    if (!first) throw noHost();
    return first.repo;
  }

  /** Remotes of the folder that are repositories of the forge, the most likely first. */
  async remotes(): Promise<Remote[]> {
    const { stdout, stderr, exitCode } = await this.git("remote", "-v");
    if (exitCode !== 0) throw new GhStop(`failed to run git: ${stderr.trimEnd()}`);
    if (stdout.trim() === "") throw new GhStop("no git remotes found");
    return forgeRemotes(stdout);
  }

  /** The branch of the folder; null where HEAD is detached. */
  async branch(): Promise<string | null> {
    const { stdout, exitCode } = await this.git("symbolic-ref", "--quiet", "--short", "HEAD");
    return exitCode === 0 ? stdout.trim() : null;
  }

  git(...args: string[]): Promise<ExecResult> {
    return this.run(["git", ...args]);
  }

  /** git that has to work: its output, or the end of the command with what it said. */
  async gitOk(...args: string[]): Promise<string> {
    const { stdout, stderr, exitCode } = await this.git(...args);
    if (exitCode !== 0) throw new GhStop(`${stderr}failed to run git: exit status ${exitCode}`);
    return stdout;
  }

  /** Runs another program; every word reaches it as it is. */
  async run(words: readonly string[], stdin = ""): Promise<ExecResult> {
    const { exec, cwd, signal, exportedEnv } = this.context;
    if (!exec) return result("", `${words[0]}: command not found\n`, 127);
    const options = {
      cwd,
      stdin,
      ...(signal ? { signal } : {}),
      ...(exportedEnv ? { env: exportedEnv } : {}),
    };
    return exec(words.map(shellWord).join(" "), options);
  }

  /** Lets virtual time pass. */
  async sleep(seconds: number): Promise<void> {
    await this.run(["sleep", String(seconds)]);
    if (this.context.signal?.aborted) throw new GhStop("", 2);
  }

  get stdin(): string {
    return stdinText(this.context);
  }

  /** Text of `--body`, `--body-file`…; undefined where neither is given. */
  async textOf(flag: string, fileFlag: string): Promise<string | undefined> {
    const file = this.flags.value(fileFlag);
    if (file === undefined) return this.flags.value(flag);
    if (this.flags.has(flag)) throw usageError(`specify only one of \`--${flag}\` or \`--${fileFlag}\``);
    return toUtf8(await this.fileBytes(file));
  }

  async fileBytes(name: string): Promise<Uint8Array> {
    const bytes = await readBytes(this.context, name);
    if (typeof bytes === "string") throw new GhStop(`open ${name}: ${bytes.toLowerCase()}`);
    return bytes;
  }
}
