/**
 * `node`, on QuickJS: scripts, modules, `-e`, `-p` and `--test` with the modules that LeakLab has.
 * https://nodejs.org/api/cli.html
 */
import type { Command, ExecResult } from "just-bash/browser";
import type { Files } from "../../disk/files.ts";
import { resolvePath } from "../../disk/path.ts";
import type { User } from "../../disk/user.ts";
import type { Reach } from "../../world/network.ts";
import { runProgram, type Program } from "../javascript/engine.ts";
import type { JavaScriptHost } from "../javascript/host.ts";
import { randomBelow } from "./lib/chance.ts";
import { command, type Context, result, stdinText } from "./lib/invocation.ts";

export interface NodeHost {
  readonly files: Files;
  readonly user: User;
  readonly reach?: Reach;
  now(): number;
  sleep(ms: number): Promise<void>;
}

const VERSION = "v24.0.0";
const CHANCE = 2 ** 31;

export function nodeCommand(host: NodeHost): Command {
  return command("node", (args, context) => node(host, args, context));
}

interface Line {
  readonly program: Program | "test" | "version";
  readonly argv: readonly string[];
}

async function node(host: NodeHost, args: readonly string[], context: Context): Promise<ExecResult> {
  const line = parse(args, context);
  if (typeof line === "string") return result("", `node: ${line}\n`, 9);
  if (line.program === "version") return result(`${VERSION}\n`);
  const printed = { stdout: "", stderr: "" };
  const world: JavaScriptHost = {
    ...host,
    cwd: context.cwd,
    env: exported(context),
    argv: ["/usr/bin/node", ...line.argv],
    stdin: stdinText(context),
    random: () => randomBelow(CHANCE) / CHANCE,
    write: (stream, text) => void (printed[stream] += text),
    now: () => host.now(),
    sleep: (ms) => host.sleep(ms),
  };
  const exitCode =
    line.program === "test" ? await runTests(world, line.argv) : await runProgram(world, line.program);
  return result(printed.stdout, printed.stderr, exitCode);
}

function exported(context: Context): Readonly<Record<string, string>> {
  const names = (context as { exportedEnv?: Record<string, string> }).exportedEnv;
  return names ?? Object.fromEntries([...context.env].filter(([name]) => /^[A-Za-z_]\w*$/.test(name)));
}

/** What the line asks for, or what is wrong with it. */
function parse(args: readonly string[], context: Context): Line | string {
  let isModule = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const rest = args.slice(i + 1);
    if (arg === "-v" || arg === "--version") return { program: "version", argv: [] };
    if (arg === "--test") return { program: "test", argv: rest.filter((it) => !it.startsWith("-")) };
    const evaluates = /^(?:-e|--eval|-p|--print|-pe)$/.test(arg);
    if (evaluates && rest.length === 0) return `${arg} requires an argument`;
    if (evaluates)
      return { program: script(rest[0] as string, arg.includes("p"), isModule), argv: rest.slice(1) };
    if (arg.startsWith("--input-type=")) isModule = arg.endsWith("=module");
    else if (arg === "-") return fromStdin(context, isModule, rest);
    else if (!arg.startsWith("-")) return file(context, arg, rest);
    else if (
      !/^--(?:no-warnings|enable-source-maps|trace-warnings|experimental-[\w-]+|disable-warning=.*)$/.test(
        arg,
      )
    )
      return `bad option: ${arg}`;
  }
  return fromStdin(context, isModule, []);
}

function script(text: string, print: boolean, isModule: boolean): Program {
  return isModule && !print
    ? { kind: "module", text, name: "[eval1]" }
    : { kind: "script", text, name: "[eval]", print };
}

function fromStdin(context: Context, isModule: boolean, argv: readonly string[]): Line {
  return { program: script(stdinText(context), false, isModule), argv: ["-", ...argv] };
}

function file(context: Context, name: string, rest: readonly string[]): Line {
  const path = resolvePath(context.cwd, name);
  return { program: { kind: "file", path }, argv: [path, ...rest] };
}

/** Each file in a program of its own; without names, files that look like tests. */
async function runTests(host: JavaScriptHost, given: readonly string[]): Promise<number> {
  const names = given.length > 0 ? given : testFiles(host);
  let worst = 0;
  for (const name of names)
    worst = Math.max(worst, await runProgram(host, { kind: "file", path: resolvePath(host.cwd, name) }));
  return worst === 0 ? 0 : 1;
}

/** https://nodejs.org/api/test.html#running-tests-from-the-command-line */
function testFiles({ files, user, cwd }: JavaScriptHost): string[] {
  const paths = [...files.walk(cwd, user)].filter(
    ([path, node]) => node.kind === "file" && !path.includes("/node_modules/"),
  );
  return paths
    .map(([path]) => path.slice(cwd.length + 1))
    .filter((path) =>
      /(?:^|[/._-])test\.[cm]?js$|(?:^|\/)test-[^/]*\.[cm]?js$|(?:^|\/)test\/.*\.[cm]?js$/.test(path),
    );
}
