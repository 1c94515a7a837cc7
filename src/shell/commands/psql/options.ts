/** What `psql` is asked to do, and where it finds what was left out: the environment and ~/.pgpass. */
import type { Context } from "../lib/invocation.ts";
import { parseOptions, type Options } from "../lib/options.ts";
import type { Target } from "./client.ts";

export interface Asked {
  readonly target: Target;
  /** -c, in order. */
  readonly commands: readonly string[];
  /** -f, in order. */
  readonly files: readonly string[];
  /** -A: no columns drawn. */
  readonly unaligned: boolean;
  /** -t: rows only. */
  readonly tuplesOnly: boolean;
  readonly quiet: boolean;
  readonly separator: string;
  /** -v ON_ERROR_STOP=1. */
  readonly stopOnError: boolean;
  readonly expanded: boolean;
}

const TABLE = {
  short: "Atqxc:f:d:h:p:U:v:F:XwWlab1",
  long: {
    "no-align": "A",
    "tuples-only": "t",
    quiet: "q",
    expanded: "x",
    "command:": "c",
    "file:": "f",
    "dbname:": "d",
    "host:": "h",
    "port:": "p",
    "username:": "U",
    "set:": "v",
    "variable:": "v",
    "field-separator:": "F",
    "no-psqlrc": "X",
    "no-password": "w",
    password: "W",
    help: "help",
    version: "version",
  },
};

/** Returns what getopt complains about where it does. */
export async function readOptions(
  args: readonly string[],
  context: Context,
): Promise<Asked | Options | string> {
  const options = parseOptions(args, TABLE);
  if (typeof options === "string" || options.has("help") || options.has("version")) return options;
  const sets = options.values("v").map((it) => it.split("="));
  return {
    target: await targetOf(options, context),
    commands: options.values("c"),
    files: options.values("f"),
    unaligned: options.has("A"),
    tuplesOnly: options.has("t"),
    quiet: options.has("q"),
    expanded: options.has("x"),
    separator: options.value("F") ?? "|",
    stopOnError: sets.some(
      ([name, value]) => name === "ON_ERROR_STOP" && /^(?:1|on|true)$/i.test(value ?? ""),
    ),
  };
}

async function targetOf(options: Options, context: Context): Promise<Target> {
  const env = (name: string) => context.env.get(name) || undefined;
  const [first, second] = options.operands;
  const place = options.value("d") ?? first ?? "";
  const given = connectionWords(place);
  const user =
    options.value("U") ??
    given.user ??
    (options.value("d") ? first : second) ??
    env("PGUSER") ??
    env("USER") ??
    "postgres";
  const host = options.value("h") ?? given.host ?? env("PGHOST") ?? "localhost";
  const port = options.value("p") ?? given.port ?? env("PGPORT") ?? "5432";
  const database = given.database ?? env("PGDATABASE") ?? user;
  const password =
    given.password ?? env("PGPASSWORD") ?? (await fromPassFile(context, [host, port, database, user]));
  return { host, port, user, database, password };
}

type Words = Partial<Record<"host" | "port" | "user" | "password" | "database", string>>;

/** A URL, `key=value` words, or the name of a database. */
function connectionWords(text: string): Words {
  if (/^postgres(?:ql)?:\/\//.test(text)) return urlWords(text);
  if (!text.includes("=")) return text === "" ? {} : { database: text };
  const pairs = [...text.matchAll(/(\w+)\s*=\s*(?:'([^']*)'|(\S*))/g)];
  const found = new Map(pairs.map(([, key = "", quoted, bare]) => [key, quoted ?? bare ?? ""]));
  return present({
    host: found.get("host"),
    port: found.get("port"),
    user: found.get("user"),
    password: found.get("password"),
    database: found.get("dbname"),
  });
}

function urlWords(text: string): Words {
  const [, user, password, host, port, database] =
    /^\w+:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]*)(?::(\d+))?(?:\/([^?]*))?/.exec(text) ?? [];
  const decoded = [user, password, host, database].map((it) => (it ? decode(it) : undefined));
  return present({ user: decoded[0], password: decoded[1], host: decoded[2], port, database: decoded[3] });
}

function present(words: { readonly [key: string]: string | undefined }): Words {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined && value !== ""));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** https://www.postgresql.org/docs/current/libpq-pgpass.html; a file that others can read is ignored. */
async function fromPassFile(context: Context, wanted: readonly string[]): Promise<string | null> {
  const path = context.env.get("PGPASSFILE") ?? `${context.env.get("HOME") ?? ""}/.pgpass`;
  try {
    if (((await context.fs.stat(path)).mode & 0o077) !== 0) return null;
    for (const line of (await context.fs.readFile(path)).split("\n")) {
      if (line.startsWith("#")) continue;
      const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, it = ""]) =>
        it.replace(/\\(.)/g, "$1"),
      );
      if (fields.length >= 5 && wanted.every((it, i) => fields[i] === "*" || fields[i] === it))
        return fields[4] ?? null;
    }
  } catch {
    return null;
  }
  return null;
}
