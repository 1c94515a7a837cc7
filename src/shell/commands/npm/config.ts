/** Where npm's settings come from: the command line, the environment, the project's .npmrc, the user's. https://docs.npmjs.com/cli/configuring-npm/npmrc */
import type { Context } from "../lib/invocation.ts";

export interface Configuration {
  /** The first that says something. */
  get(name: string): string | undefined;
  has(flag: string): boolean;
  /** Without a slash at its end. */
  readonly registry: string;
  /** The token for that registry, as configured; a variable that is not set stays as it is written. */
  readonly token: string | null;
  /** Where packages of a name come from: a scope may have a registry of its own. Without a slash at its end. */
  registryOf(name: string): string;
  /** The token that is sent to an address. */
  tokenFor(url: string): string | null;
  /** Where `npm login` writes. */
  readonly userFile: string;
}

const REGISTRY = "https://registry.npm.test/";

export async function readConfig(
  context: Context,
  flags: ReadonlyMap<string, string>,
  prefix: string,
): Promise<Configuration> {
  const variables = new Map(
    Object.entries(context.exportedEnv ?? {}).flatMap(([name, value]) =>
      /^npm_config_/i.test(name) && value !== ""
        ? [[name.slice(11).toLowerCase().replaceAll("_", "-"), value]]
        : [],
    ),
  );
  const userFile = variables.get("userconfig") ?? `${context.env.get("HOME") ?? ""}/.npmrc`;
  const layers = [
    flags,
    variables,
    await readFile(context, `${prefix}/.npmrc`),
    await readFile(context, userFile),
  ];
  const get = (name: string) => layers.find((layer) => layer.has(name))?.get(name);
  const registry = (get("registry") ?? REGISTRY).replace(/\/+$/, "");
  return {
    get,
    has: (flag) => get(flag) === "true",
    registry,
    token: tokenFor(registry, get),
    registryOf: (name) => {
      const own = name.startsWith("@") ? get(`${name.replace(/\/.*/s, "")}:registry`) : undefined;
      return own?.replace(/\/+$/, "") ?? registry;
    },
    tokenFor: (url) => tokenFor(url, get),
    userFile,
  };
}

/** `//host/path/:_authToken`, for the longest path that fits. */
function tokenFor(url: string, get: (name: string) => string | undefined): string | null {
  const address = url.replace(/^[a-z]+:/i, "").replace(/[?#].*$/s, "");
  for (let path = address; path.length > 2; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
    const token = get(`${path}/:_authToken`) ?? get(`${path}:_authToken`);
    if (token !== undefined) return token;
  }
  return null;
}

async function readFile(context: Context, path: string): Promise<ReadonlyMap<string, string>> {
  try {
    return parseNpmrc(await context.fs.readFile(path), context.exportedEnv ?? {});
  } catch {
    return new Map();
  }
}

function parseNpmrc(text: string, env: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([^#;=\s][^=]*?)\s*(?:=\s*(.*?)\s*)?$/.exec(line);
    if (!match) continue;
    const value = (match[2] ?? "true").replace(/^"(.*)"$/, "$1");
    found.set(filled(match[1] as string, env), filled(value, env));
  }
  return found;
}

/** `${NAME}` and `${NAME?}`; the latter is empty where the former stays. */
function filled(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(\??)\}/g, (whole, name: string, optional: string) =>
    Object.hasOwn(env, name) ? (env[name] as string) : optional ? "" : whole,
  );
}
