/**
 * Flags as gh's own parser reads them, with its messages. A command declares its flags as the table that `--help` prints.
 * @see https://pkg.go.dev/github.com/spf13/pflag
 */
import { usageError } from "./stop.ts";

export interface Flag {
  readonly name: string;
  /** One letter, or "". */
  readonly short: string;
  /** `string`, `int`, `key=value`…; "" for a flag without a value. */
  readonly type: string;
  readonly about: string;
  readonly choices: readonly string[] | null;
}

const ROW = /^ *(?:-(\w), +)?--([\w-]+)(?: (\S+))? {2,}(.*)$/;

/** Reads a table such as `-L, --limit int   Maximum number of items (default 30)`, one flag a line. */
export function flagTable(text: string): Flag[] {
  return text.split("\n").flatMap((line) => {
    const [, short = "", name, type = "", about = ""] = ROW.exec(line) ?? [];
    if (name === undefined) return [];
    const choices = /: \{([^}]*)\}/.exec(about)?.[1]?.split("|") ?? null;
    return [{ name, short, type, about, choices: type === "string" ? choices : null }];
  });
}

/** The table with its columns in line, without indentation. */
export function flagLines(flags: readonly Flag[]): string[] {
  const sorted = [...flags].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const anyShort = sorted.some(({ short }) => short !== "");
  const heads = sorted.map(({ short, name, type }) => {
    const front = short ? `-${short}, ` : anyShort ? "    " : "";
    return `${front}--${name}${type ? ` ${type}` : ""}`;
  });
  const width = Math.max(0, ...heads.map((head) => head.length));
  return sorted.map(({ about }, i) => `${(heads[i] as string).padEnd(width)}   ${about}`);
}

export class Flags {
  readonly #given: readonly (readonly [name: string, value: string])[];

  constructor(given: readonly (readonly [string, string])[]) {
    this.#given = given;
  }

  has(name: string): boolean {
    return this.#given.some(([it]) => it === name);
  }

  /** The last value. */
  value(name: string): string | undefined {
    return this.#given.findLast(([it]) => it === name)?.[1];
  }

  /** All values, as given. */
  values(name: string): string[] {
    return this.#given.filter(([it]) => it === name).map(([, value]) => value);
  }

  /** All values; a comma separates several in one. */
  list(name: string): string[] {
    return this.values(name).flatMap((value) =>
      value
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    );
  }

  /** Of a flag without a value: given, and not as `--name=false`. */
  on(name: string): boolean {
    return this.value(name) === "true";
  }

  /** The whole number; what is none was refused while reading. */
  number(name: string, otherwise: number): number {
    return Number(this.value(name) ?? otherwise);
  }
}

export interface Parsed {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** How many of `args` stand before `--`; null without one. */
  readonly dash: number | null;
}

/** Throws a GhStop where the command line is wrong. */
export function parseFlags(args: readonly string[], table: readonly Flag[]): Parsed {
  const given: [string, string][] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") {
      const dash = operands.length;
      operands.push(...args.slice(i + 1));
      return { flags: new Flags(given), args: operands, dash };
    }
    const next = () => args[++i];
    if (arg.startsWith("--")) readLong(arg, table, given, next);
    else if (arg.startsWith("-") && arg !== "-") readShort(arg, table, given, next);
    else operands.push(arg);
  }
  return { flags: new Flags(given), args: operands, dash: null };
}

type Next = () => string | undefined;

function readLong(arg: string, table: readonly Flag[], given: [string, string][], next: Next): void {
  const [, name = "", attached] = /^--([^=]*)(?:=([^]*))?$/.exec(arg) ?? [];
  const flag = table.find((it) => it.name === name);
  if (!flag) throw usageError(name === "" ? `bad flag syntax: ${arg}` : `unknown flag: --${name}`);
  const value = attached ?? (flag.type === "" ? "true" : next());
  if (value === undefined) throw usageError(`flag needs an argument: --${name}`);
  given.push([name, checked(flag, value)]);
}

function readShort(arg: string, table: readonly Flag[], given: [string, string][], next: Next): void {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg.charAt(i);
    const flag = table.find(({ short }) => short === letter);
    if (!flag) throw usageError(`unknown shorthand flag: '${letter}' in -${arg.slice(i)}`);
    const rest = arg.slice(i + 1);
    if (flag.type === "" && !rest.startsWith("=")) {
      given.push([flag.name, "true"]);
      continue;
    }
    const value = rest !== "" ? rest.replace(/^=/, "") : next();
    if (value === undefined) throw usageError(`flag needs an argument: '${letter}' in -${letter}`);
    given.push([flag.name, checked(flag, value)]);
    return;
  }
}

const TRUE = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const FALSE = new Set(["0", "f", "F", "false", "FALSE", "False"]);

function checked(flag: Flag, value: string): string {
  const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
  const wrong = (why: string) =>
    usageError(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${why}`);
  if (flag.type === "") {
    if (TRUE.has(value)) return "true";
    if (FALSE.has(value)) return "false";
    throw wrong(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  if (flag.type === "int" && !/^[+-]?\d{1,18}$/.test(value))
    throw wrong(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  if (flag.choices && !flag.choices.includes(value.toLowerCase()))
    throw wrong(`valid values are {${flag.choices.join("|")}}`);
  return flag.choices ? value.toLowerCase() : value;
}
