/**
 * Job control of a shell without background jobs: `&` runs its command to the end before the next one, so there is
 * never a job to list, to bring back or to wait for.
 * @see https://www.gnu.org/software/bash/manual/bash.html#Job-Control-Builtins
 */
import { signalName, signalNumber, signalTable } from "./signals.ts";
import { type BuiltinResult, type BuiltinState, said } from "./state.ts";

const KILL_USAGE =
  "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n";

type Builtin = (state: BuiltinState, args: readonly string[]) => BuiltinResult;

const noJob =
  (name: string): Builtin =>
  (_state, args) =>
    said("", `bash: ${name}: ${args[0] ?? "current"}: no such job\n`, 1);

export const jobBuiltins: Readonly<Record<string, Builtin>> = {
  jobs: (_state, args) => (args.some((arg) => /^%|^\d/.test(arg)) ? noJob("jobs")(_state, args) : said("")),
  fg: noJob("fg"),
  bg: noJob("bg"),
  disown: noJob("disown"),
  suspend: () => said("", "bash: suspend: cannot suspend a login shell\n", 1),
  kill,
  times: () => said("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n"),
  ulimit: (_state, args) => (args.length > 1 ? said("") : said("unlimited\n")),
};

function kill(state: BuiltinState, args: readonly string[]): BuiltinResult {
  if (args[0] === "-l" || args[0] === "-L")
    return args.length === 1 ? said(signalTable()) : names(args.slice(1));
  const [signal, targets] = asked(args);
  if (targets.length === 0) return said("", KILL_USAGE, 2);
  if (signalNumber(signal) === null)
    return said("", `bash: kill: ${signal}: invalid signal specification\n`, 1);
  const own = String(state.virtualPid ?? "");
  const results = targets.map((target) => refusal(target, own, signal));
  const stderr = results.filter((text) => text !== null).join("");
  return said("", stderr, stderr ? 1 : 0);
}

function asked(args: readonly string[]): [signal: string, targets: readonly string[]] {
  const [first = "", second = "", ...rest] = args;
  if (first === "-s" || first === "-n") return [second, rest];
  if (first === "--") return ["TERM", args.slice(1)];
  return /^-./.test(first) ? [first.slice(1), args.slice(1)] : ["TERM", args];
}

function refusal(target: string, own: string, signal: string): string | null {
  if (target.startsWith("%")) return `bash: kill: ${target}: no such job\n`;
  if (!/^-?\d+$/.test(target)) return `bash: kill: ${target}: arguments must be process or job IDs\n`;
  // An interactive shell ignores SIGTERM; signal 0 only asks whether the process is there.
  if (target === own && ["0", "TERM", "15"].includes(signal)) return null;
  return target === own ? "" : `bash: kill: (${target}) - No such process\n`;
}

function names(specs: readonly string[]): BuiltinResult {
  const lines = specs.map((spec) => {
    const number = signalNumber(/^\d+$/.test(spec) ? String(Number(spec) & 127) : spec);
    if (number === null) return null;
    return /^\d/.test(spec) ? signalName(number) : String(number);
  });
  const wrong = specs.filter((_, i) => lines[i] === null);
  const stderr = wrong.map((spec) => `bash: kill: ${spec}: invalid signal specification\n`).join("");
  return said(
    lines
      .filter((line) => line !== null)
      .map((line) => `${line}\n`)
      .join(""),
    stderr,
    wrong.length > 0 ? 1 : 0,
  );
}
