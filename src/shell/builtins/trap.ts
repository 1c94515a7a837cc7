/**
 * `trap`: actions for EXIT, ERR and signals. Actions for EXIT run where a script, a subshell or the shell ends, those
 * for ERR after a command that failed where `set -e` would end the shell, the one for INT after Ctrl-C at the prompt.
 * DEBUG and RETURN are kept and listed, but never run.
 * @see https://www.gnu.org/software/bash/manual/bash.html#index-trap
 */
import { signalName, signalNumber, signalTable } from "./signals.ts";
import { type BuiltinResult, type BuiltinState, said, setStatus } from "./state.ts";

const PSEUDO = ["DEBUG", "ERR", "RETURN"];
const USAGE = "trap: usage: trap [-lp] [[arg] signal_spec ...]\n";

export function trap(state: BuiltinState, args: readonly string[]): BuiltinResult {
  const [first, ...rest] = args[0] === "--" ? args.slice(1) : args;
  if (first === undefined) return said(listing(state, []));
  if (first === "-l") return said(signalTable());
  if (first === "-p") return show(state, rest);
  if (/^-./.test(first)) return said("", `bash: trap: ${first}: invalid option\n${USAGE}`, 2);
  const resets = first === "-" || /^\d+$/.test(first) || (rest.length === 0 && trapName(first) !== null);
  const specs = resets && first !== "-" ? [first, ...rest] : rest;
  if (specs.length === 0) return said("", first === "-" ? "" : USAGE, first === "-" ? 0 : 2);
  return assign(state, resets ? null : first, specs);
}

function assign(state: BuiltinState, action: string | null, specs: readonly string[]): BuiltinResult {
  const traps = (state.traps ??= new Map());
  let stderr = "";
  for (const spec of specs) {
    const name = trapName(spec);
    if (name === null) stderr += invalid(spec);
    else if (action === null) traps.delete(name);
    else traps.set(name, action);
  }
  return said("", stderr, stderr ? 1 : 0);
}

function show(state: BuiltinState, specs: readonly string[]): BuiltinResult {
  const wrong = specs.filter((spec) => trapName(spec) === null);
  const names = specs.flatMap((spec) => trapName(spec) ?? []);
  if (specs.length > 0 && names.length === 0) return said("", wrong.map(invalid).join(""), 1);
  return said(listing(state, names), wrong.map(invalid).join(""), wrong.length > 0 ? 1 : 0);
}

function invalid(spec: string): string {
  return `bash: trap: ${spec}: invalid signal specification\n`;
}

function trapName(spec: string): string | null {
  const pseudo = spec.toUpperCase();
  if (PSEUDO.includes(pseudo)) return pseudo;
  const number = signalNumber(spec);
  return number === null ? null : signalName(number);
}

function listing(state: BuiltinState, names: readonly string[]): string {
  const order = (name: string) => signalNumber(name) ?? 100 + PSEUDO.indexOf(name);
  const entries = [...(state.traps ?? [])].filter(([name]) => names.length === 0 || names.includes(name));
  return entries
    .sort(([a], [b]) => order(a) - order(b))
    .map(([name, action]) => `trap -- '${action.replaceAll("'", "'\\''")}' ${shown(name)}\n`)
    .join("");
}

function shown(name: string): string {
  return name === "EXIT" || PSEUDO.includes(name) ? name : `SIG${name}`;
}

type Evaluate = (action: string) => Promise<BuiltinResult>;

/** Runs the action for ERR, which sees the status of the command that failed and does not change it. */
export async function onError(state: BuiltinState, evaluate: Evaluate): Promise<BuiltinResult | null> {
  const action = state.callDepth > 0 ? undefined : state.traps?.get("ERR");
  if (!action) return null;
  const status = state.lastExitCode;
  state.traps?.delete("ERR");
  try {
    return await evaluate(action);
  } finally {
    state.traps?.set("ERR", action);
    setStatus(state, status);
  }
}

/** How just-bash ends a script early: an error with output and status. */
interface Ended extends BuiltinResult {
  readonly name: string;
}

function isExit(thrown: unknown): thrown is Ended {
  return (thrown as Ended | null)?.name === "ExitError" || (thrown as Ended | null)?.name === "ErrexitError";
}

/**
 * Runs a script or a subshell, and then its action for EXIT.
 * @param always false for a chunk of an interactive shell, which ends only where it says so
 */
export async function withExitTrap(
  state: BuiltinState,
  run: () => Promise<BuiltinResult>,
  evaluate: Evaluate,
  always: boolean,
): Promise<BuiltinResult> {
  let result: BuiltinResult;
  let thrown: unknown = null;
  try {
    result = await run();
  } catch (error) {
    if (!isExit(error)) throw error;
    thrown = error;
    result = error;
  }
  const action = thrown || always ? state.traps?.get("EXIT") : undefined;
  if (!action) {
    if (thrown) throw thrown;
    return result;
  }
  state.traps?.delete("EXIT");
  setStatus(state, result.exitCode);
  return joined(result, await lastWords(action, evaluate));
}

async function lastWords(
  action: string,
  evaluate: Evaluate,
): Promise<{ result: BuiltinResult; exit: boolean }> {
  try {
    return { result: await evaluate(action), exit: false };
  } catch (error) {
    if (!isExit(error)) throw error;
    return { result: error, exit: true };
  }
}

/** The status of what ended counts, unless the action says `exit` itself. */
function joined(
  first: BuiltinResult,
  { result, exit }: { result: BuiltinResult; exit: boolean },
): BuiltinResult {
  const [a, b] = [first.internalOutputAccounting, result.internalOutputAccounting];
  return {
    ...(first instanceof Error ? {} : first),
    stdout: first.stdout + result.stdout,
    stderr: first.stderr + result.stderr,
    exitCode: exit ? result.exitCode : first.exitCode,
    internalOutputAccounting: {
      stdout: (a?.stdout ?? 0) + (b?.stdout ?? 0),
      stderr: (a?.stderr ?? 0) + (b?.stderr ?? 0),
    },
  };
}
