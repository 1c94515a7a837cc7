/** Command-line options as getopt_long(3) reads them, with its messages. @see https://man7.org/linux/man-pages/man3/getopt.3.html */

export interface Options {
  /** In order; a flag has the value "". Long options appear under the name that the table gives them. */
  readonly given: readonly (readonly [name: string, value: string])[];
  readonly operands: readonly string[];
  has(...names: string[]): boolean;
  /** The last value given. */
  value(...names: string[]): string | undefined;
  values(name: string): string[];
}

export interface OptionTable {
  /** As for getopt: `ab:c` takes -a, -b VALUE and -c; `d::` takes an optional -dVALUE. */
  readonly short: string;
  /** Long name → name under which it is told; `name:` takes a value, `name::` an optional one. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options end at the first operand (xargs, env, sudo). */
  readonly strict?: boolean;
}

/** Returns the options, or what getopt complains about, without the `NAME: ` in front. */
export function parseOptions(args: readonly string[], table: OptionTable): Options | string {
  const given: [string, string][] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      if (table.strict) {
        operands.push(...args.slice(i));
        break;
      }
      operands.push(arg);
      continue;
    }
    const next = () => args[++i];
    const problem = arg.startsWith("--")
      ? readLong(arg, table, given, next)
      : readShort(arg, table, given, next);
    if (problem) return problem;
  }
  return options(given, operands);
}

function options(given: readonly [string, string][], operands: readonly string[]): Options {
  const values = (name: string) => given.filter(([it]) => it === name).map(([, value]) => value);
  return {
    given,
    operands,
    has: (...names) => given.some(([name]) => names.includes(name)),
    value: (...names) => given.findLast(([name]) => names.includes(name))?.[1],
    values,
  };
}

type Next = () => string | undefined;

function readShort(
  arg: string,
  { short }: OptionTable,
  given: [string, string][],
  next: Next,
): string | null {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg.charAt(i);
    const at = letter === ":" ? -1 : short.indexOf(letter);
    if (at < 0) return `invalid option -- '${letter}'`;
    if (short[at + 1] !== ":") {
      given.push([letter, ""]);
      continue;
    }
    const attached = arg.slice(i + 1);
    const value = attached || (short[at + 2] === ":" ? "" : next());
    if (value === undefined) return `option requires an argument -- '${letter}'`;
    given.push([letter, value]);
    return null;
  }
  return null;
}

function readLong(
  arg: string,
  { long = {} }: OptionTable,
  given: [string, string][],
  next: Next,
): string | null {
  const [name = "", attached] = split(arg.slice(2));
  const keys = Object.keys(long);
  const bare = (key: string) => key.replace(/:+$/, "");
  const exact = keys.filter((key) => bare(key) === name);
  const found = exact.length > 0 ? exact : keys.filter((key) => key.startsWith(name));
  const [key] = found;
  if (key === undefined) return `unrecognized option '--${name}'`;
  if (found.length > 1) {
    return `option '--${name}' is ambiguous; possibilities: ${found.map((it) => `'--${bare(it)}'`).join(" ")}`;
  }
  const told = long[key] as string;
  if (!key.endsWith(":")) {
    if (attached !== undefined) return `option '--${bare(key)}' doesn't allow an argument`;
    given.push([told, ""]);
    return null;
  }
  const value = attached ?? (key.endsWith("::") ? "" : next());
  if (value === undefined) return `option '--${bare(key)}' requires an argument`;
  given.push([told, value]);
  return null;
}

function split(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
