/**
 * A declarative option parser with git's own messages.
 * Imitates https://git-scm.com/docs/gitcli and https://git-scm.com/docs/api-parse-options
 */
import type { ExecResult } from "just-git";
import { output } from "../call.ts";

export interface Option {
  /** As typed: `-n`, `--max-count`. */
  readonly names: readonly string[];
  /**
   * Absent: a flag, `--no-<name>` clears it. `required`: takes a value, the last one wins. `list`: each value is kept.
   * `optional`: only `--name=value` (or `-nvalue`) gives a value, else it is "".
   */
  readonly value?: "required" | "list" | "optional";
  /** The long forms have no `--no-` form. */
  readonly noNegation?: boolean;
}

export type Options = Readonly<Record<string, Option>>;

export type Values<S extends Options> = {
  [K in keyof S]: S[K] extends { value: "list" }
    ? string[]
    : S[K] extends { value: "required" | "optional" }
      ? string | undefined
      : boolean;
};

export type Parsed<S extends Options> =
  | { readonly result: ExecResult }
  | {
      readonly values: Values<S>;
      /** Flags counted (`-v -v`), and -1 where `--no-x` came last. */
      readonly counts: Readonly<Partial<Record<keyof S, number>>>;
      /** Operands, options after operands removed. */
      readonly rest: string[];
      /** Index in `rest` of the first operand after `--`; null where there was no `--`. */
      readonly dashes: number | null;
    };

export interface ParseSettings {
  /** Text for `-h` and after unknown options, ending in a newline. */
  readonly usage: string;
  /** Stop at the first operand. */
  readonly stopAtOperand?: boolean;
  /** Keep unknown options among the operands; long names are not abbreviated then. */
  readonly keepUnknown?: boolean;
  /** `-12` counts as this option's value. */
  readonly number?: string;
}

/** Exit 129 with git's message on a usage error. */
export function parseOptions<S extends Options>(
  args: readonly string[],
  spec: S,
  settings: ParseSettings,
): Parsed<S> {
  const values: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(spec))
    values[key] = option.value === "list" ? [] : option.value ? undefined : false;
  const state: State = { spec, values, counts: {}, rest: [], args, at: 0, settings };
  let dashes: number | null = null;
  for (; state.at < args.length; state.at++) {
    const arg = args[state.at] as string;
    if (arg === "--") {
      dashes = state.rest.length;
      state.rest.push(...args.slice(state.at + 1));
      break;
    }
    if (arg === "-" || !arg.startsWith("-")) {
      if (settings.stopAtOperand) {
        state.rest.push(...args.slice(state.at));
        break;
      }
      state.rest.push(arg);
      continue;
    }
    const failed = arg.startsWith("--") ? long(state, arg) : short(state, arg);
    if (failed) return { result: failed };
  }
  return {
    values: values as Values<S>,
    counts: state.counts as Partial<Record<keyof S, number>>,
    rest: state.rest,
    dashes,
  };
}

interface State {
  readonly spec: Options;
  readonly values: Record<string, unknown>;
  readonly counts: Record<string, number>;
  readonly rest: string[];
  readonly args: readonly string[];
  at: number;
  readonly settings: ParseSettings;
}

/** `error: …`, the usage, exit 129. */
export function usageError(message: string, usage: string): ExecResult {
  return output("", `error: ${message}\n${usage}`, 129);
}

function set(state: State, key: string, value: string | boolean): void {
  const option = state.spec[key] as Option;
  if (option.value === "list") (state.values[key] as string[]).push(value as string);
  else state.values[key] = value;
  state.counts[key] = value === false ? -1 : Math.max(0, state.counts[key] ?? 0) + 1;
}

function long(state: State, arg: string): ExecResult | null {
  const equals = arg.indexOf("=");
  const name = equals < 0 ? arg : arg.slice(0, equals);
  const given = equals < 0 ? null : arg.slice(equals + 1);
  if (name === "--help" && !state.spec["help"]) return output(state.settings.usage, "", 129);
  const found = findLong(state, name);
  if (found === "ambiguous" || found === null) {
    if (state.settings.keepUnknown) {
      state.rest.push(arg);
      return null;
    }
    return found === null
      ? usageError(`unknown option \`${arg.slice(2)}'`, state.settings.usage)
      : usageError(`ambiguous option: ${name.slice(2)}`, state.settings.usage);
  }
  return found.negated ? negate(state, found.key) : assign(state, found.key, found.name.slice(2), given);
}

function negate(state: State, key: string): null {
  const option = state.spec[key] as Option;
  if (option.value === "list") state.values[key] = [];
  else state.values[key] = option.value ? undefined : false;
  state.counts[key] = -1;
  return null;
}

function assign(state: State, key: string, name: string, given: string | null): ExecResult | null {
  const option = state.spec[key] as Option;
  if (!option.value) {
    if (given !== null) return output("", `error: option \`${name}' takes no value\n`, 129);
    set(state, key, true);
  } else if (option.value === "optional" || given !== null) set(state, key, given ?? "");
  else {
    const next = state.args[++state.at];
    if (next === undefined) return output("", `error: option \`${name}' requires a value\n`, 129);
    set(state, key, next);
  }
  return null;
}

type Found = { readonly key: string; readonly name: string; readonly negated: boolean };

function findLong(state: State, name: string): Found | "ambiguous" | null {
  const candidates: Found[] = [];
  for (const [key, option] of Object.entries(state.spec)) {
    for (const long of option.names) {
      if (!long.startsWith("--")) continue;
      if (long === name) return { key, name: long, negated: false };
      const opposite = long.startsWith("--no-") ? `--${long.slice(5)}` : `--no-${long.slice(2)}`;
      if (!option.noNegation && opposite === name) return { key, name: opposite, negated: true };
      if (state.settings.keepUnknown) continue;
      if (long.startsWith(name)) candidates.push({ key, name: long, negated: false });
      else if (!option.noNegation && opposite.startsWith(name) && name.length > 5)
        candidates.push({ key, name: opposite, negated: true });
    }
  }
  if (new Set(candidates.map((candidate) => candidate.key)).size > 1) return "ambiguous";
  return candidates[0] ?? null;
}

function short(state: State, arg: string): ExecResult | null {
  if (state.settings.number && /^-\d+$/.test(arg)) {
    set(state, state.settings.number, arg.slice(1));
    return null;
  }
  for (let i = 1; i < arg.length; i++) {
    const letter = arg.charAt(i);
    const key = Object.keys(state.spec).find((candidate) =>
      state.spec[candidate]?.names.includes(`-${letter}`),
    );
    if (key === undefined) {
      if (letter === "h") return output(state.settings.usage, "", 129);
      if (state.settings.keepUnknown) {
        state.rest.push(i === 1 ? arg : `-${arg.slice(i)}`);
        return null;
      }
      return usageError(`unknown switch \`${letter}'`, state.settings.usage);
    }
    const option = state.spec[key] as Option;
    if (!option.value) {
      set(state, key, true);
      continue;
    }
    const attached = arg.slice(i + 1);
    if (attached !== "" || option.value === "optional") set(state, key, attached);
    else {
      const next = state.args[++state.at];
      if (next === undefined) return output("", `error: switch \`${letter}' requires a value\n`, 129);
      set(state, key, next);
    }
    return null;
  }
  return null;
}
