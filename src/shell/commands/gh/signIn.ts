/**
 * Who is signed in: the environment counts more than `~/.config/gh/hosts.yml`.
 * @see https://cli.github.com/manual/gh_help_environment
 */
import { type Context, writeBytes } from "../lib/invocation.ts";
import { HOST } from "./client.ts";
import { GhStop } from "./stop.ts";

export interface Token {
  readonly value: string;
  /** `GH_TOKEN`, or the path of hosts.yml. */
  readonly source: string;
  /** As hosts.yml names it; null from the environment. */
  readonly user: string | null;
}

export interface HostEntry {
  readonly user: string;
  readonly token: string;
  readonly protocol: string;
}

export function environment(context: Context, name: string): string | null {
  return context.exportedEnv?.[name] ?? null;
}

export function configFolder(context: Context): string {
  const own = environment(context, "GH_CONFIG_DIR");
  if (own) return own;
  const shared = environment(context, "XDG_CONFIG_HOME");
  return shared ? `${shared}/gh` : `${environment(context, "HOME") ?? "/"}/.config/gh`;
}

export function hostsPath(context: Context): string {
  return `${configFolder(context)}/hosts.yml`;
}

export async function findToken(context: Context): Promise<Token | null> {
  for (const name of ["GH_TOKEN", "GITHUB_TOKEN"]) {
    const value = environment(context, name);
    if (value) return { value, source: name, user: null };
  }
  const entry = await readHost(context);
  return entry ? { value: entry.token, source: hostsPath(context), user: entry.user } : null;
}

/** What hosts.yml says about the forge; null where nobody is signed in there. */
export async function readHost(context: Context): Promise<HostEntry | null> {
  const hosts = await readHosts(context);
  const entry = Object.hasOwn(hosts, HOST) ? (hosts[HOST] as Record<string, unknown> | null) : null;
  const token = entry?.["oauth_token"];
  if (typeof token !== "string" || token === "") return null;
  const text = (name: string, otherwise: string) =>
    typeof entry?.[name] === "string" ? (entry[name] as string) : otherwise;
  return { user: text("user", ""), token, protocol: text("git_protocol", "https") };
}

async function readHosts(context: Context): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await context.fs.readFile(hostsPath(context));
  } catch {
    return {};
  }
  const plain = plainMapping(text);
  if (plain) return plain;
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    throw new GhStop(`failed to read configuration: invalid config file ${hostsPath(context)}`);
  }
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

/**
 * What gh itself writes, maps of plain words, is read without a parser of YAML, which would cost more than most commands
 * of gh do. Null for anything else.
 */
function plainMapping(text: string): Record<string, unknown> | null {
  const root: Mapping = Object.create(null) as Mapping;
  const open = [root];
  for (const line of text.endsWith("\n") ? text.slice(0, -1).split("\n") : []) {
    const [, spaces = "", key = "", value] = PLAIN_LINE.exec(line) ?? [];
    const depth = spaces.length / INDENT;
    const map = open[depth];
    if (key === "" || map === undefined || key in map || NOT_TEXT.test(value ?? "")) return null;
    open.length = depth + 1;
    map[key] = value ?? (open[depth + 1] = Object.create(null) as Mapping);
  }
  return !emptyMap(root) ? root : null;
}

type Mapping = Record<string, unknown>;

const INDENT = 4;
const PLAIN_LINE = /^((?: {4})*)([A-Za-z_][\w.-]*):(?: ([A-Za-z_][\w-]*))?$/;
const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** In YAML a key with nothing below it is null. */
function emptyMap(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const items = Object.values(value);
  return items.length === 0 || items.some(emptyMap);
}

export async function writeHost(context: Context, { user, token, protocol }: HostEntry): Promise<void> {
  const text = `${HOST}:
    users:
        ${word(user)}:
            oauth_token: ${word(token)}
    git_protocol: ${word(protocol)}
    user: ${word(user)}
    oauth_token: ${word(token)}
`;
  await save(context, text);
}

export async function forgetHost(context: Context): Promise<void> {
  await save(context, "{}\n");
}

async function save(context: Context, text: string): Promise<void> {
  const path = hostsPath(context);
  await context.fs.mkdir(configFolder(context), { recursive: true }).catch(() => undefined);
  const problem = await writeBytes(context, path, text);
  if (problem !== null) throw new GhStop(`open ${path}: ${problem.toLowerCase()}`);
  await context.fs.chmod(path, 0o600);
}

/** A plain YAML scalar, quoted where it must be. */
function word(text: string): string {
  return /^[A-Za-z_][\w-]*$/.test(text) ? text : JSON.stringify(text);
}
