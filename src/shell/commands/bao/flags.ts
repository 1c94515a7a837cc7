/** Flags as Go reads them: one or two hyphens, a value behind `=` or in the next word, and none behind the first argument. */
import { BaoStop } from "./stop.ts";

export class Flags {
  readonly #given: readonly (readonly [string, string])[];

  constructor(given: readonly (readonly [string, string])[]) {
    this.#given = given;
  }

  /** The last value. */
  value(name: string): string | undefined {
    return this.#given.findLast(([it]) => it === name)?.[1];
  }

  values(name: string): string[] {
    return this.#given.filter(([it]) => it === name).map(([, value]) => value);
  }

  on(name: string): boolean {
    return /^(?:1|t|true)$/i.test(this.value(name) ?? "");
  }
}

const COMMON_VALUES = [
  "address",
  "format",
  "field",
  "namespace",
  "ns",
  "header",
  "wrap-ttl",
  "mfa",
  "ca-cert",
  "ca-path",
  "client-cert",
  "client-key",
  "tls-server-name",
  "unlock-key",
];
const COMMON_SWITCHES = [
  "tls-skip-verify",
  "non-interactive",
  "output-curl-string",
  "output-policy",
  "disable-redirects",
];

export interface Parsed {
  readonly flags: Flags;
  readonly args: readonly string[];
}

interface Known {
  readonly values?: readonly string[];
  readonly switches?: readonly string[];
}

export function parseFlags(words: readonly string[], { values = [], switches = [] }: Known): Parsed {
  const given: [string, string][] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] as string;
    if (word === "--") {
      i++;
      break;
    }
    const [, name, attached] = /^--?([\w-]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (name === undefined) break;
    if ([...COMMON_SWITCHES, ...switches].includes(name)) given.push([name, attached ?? "true"]);
    else if ([...COMMON_VALUES, ...values].includes(name)) {
      const value = attached ?? words[++i];
      if (value === undefined) throw new BaoStop(`flag needs an argument: -${name}`);
      given.push([name, value]);
    } else throw new BaoStop(`flag provided but not defined: -${name}`);
  }
  return { flags: new Flags(given), args: words.slice(i) };
}

/** What looks like flags behind arguments is read as arguments, and said to be. */
export function lateFlags(args: readonly string[]): string {
  const late = args.filter((it) => /^--?[a-z][\w-]*(?:=|$)/.test(it));
  if (late.length === 0) return "";
  return `Command flags must be provided before positional arguments. The following arguments will not be parsed as flags: [${late.join(",")}]\n`;
}
