/** `gh`, as far as the labs need it: `gh api` and `gh auth status`. https://cli.github.com/manual/gh_api */
import type { Command, ExecResult } from "just-bash/browser";

export interface GhHost {
  /** Who is signed in; null for nobody. */
  login(): string | null;
  /** Sends a request to the forge as that person. */
  send(request: Request): Promise<Response>;
}

const SIGNED_OUT: GhHost = { login: () => null, send: () => Promise.resolve(Response.error()) };

const ORIGIN = "https://forge.test";

/** Without a host nobody is signed in. */
export function ghCommand(host: GhHost = SIGNED_OUT): Command {
  return {
    name: "gh",
    execute: async (args) => {
      const [name, ...rest] = args;
      if (name === "api") return api(host, rest);
      if (name === "auth" && rest[0] === "status") return authStatus(host);
      return result("", `gh ${name ?? ""}`.trimEnd() + ": not simulated in LeakLab\n", 1);
    },
  };
}

function result(stdout: string, stderr = "", exitCode = 0): ExecResult {
  return { stdout, stderr, exitCode };
}

function authStatus(host: GhHost): ExecResult {
  const login = host.login();
  if (login === null)
    return result("", "You are not logged into any GitHub hosts. To log in, run: gh auth login\n", 1);
  return result(`forge.test\n  ✓ Logged in to forge.test account ${login}\n  - Active account: true\n`);
}

interface Call {
  readonly path: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly headers: readonly (readonly [string, string])[];
  readonly include: boolean;
  readonly silent: boolean;
}

async function api(host: GhHost, args: readonly string[]): Promise<ExecResult> {
  const call = parseCall(args);
  if (typeof call === "string") return result("", call, 1);
  if (host.login() === null)
    return result("", "To get started with GitHub CLI, please run:  gh auth login\n", 4);
  const response = await host.send(requestOf(call));
  const text = await response.text();
  const head = call.include
    ? `HTTP/1.1 ${response.status} ${response.statusText}\n${[...response.headers].map((pair) => `${pair.join(": ")}\n`).join("")}\n`
    : "";
  const stdout = call.silent ? head : head + text;
  return response.ok
    ? result(stdout)
    : result(stdout, `gh: ${messageOf(text) ?? response.statusText} (HTTP ${response.status})\n`, 1);
}

function requestOf(call: Call): Request {
  const url = new URL(call.path.replace(/^\/?/, "/"), ORIGIN);
  const headers = new Headers([
    ["Accept", "*/*"],
    ...call.headers.map(([name, value]) => [name, value] as [string, string]),
  ]);
  const names = Object.keys(call.fields);
  if (call.method === "GET" || names.length === 0) {
    for (const name of names) url.searchParams.set(name, String(call.fields[name]));
    return new Request(url, { method: call.method, headers });
  }
  headers.set("Content-Type", "application/json; charset=utf-8");
  return new Request(url, { method: call.method, headers, body: JSON.stringify(call.fields) });
}

/** The message for people, where parsing goes wrong. */
function parseCall(args: readonly string[]): Call | string {
  let method: string | null = null;
  let include = false;
  let silent = false;
  const fields: Record<string, unknown> = {};
  const headers: (readonly [string, string])[] = [];
  const paths: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [option = "", attached] = /^(--[\w-]+)=([^]*)$/.exec(args[i] as string)?.slice(1) ?? [
      args[i] as string,
    ];
    const value = () => attached ?? args[++i];
    if (option === "-X" || option === "--method") method = value() ?? null;
    else if (option === "-i" || option === "--include") include = true;
    else if (option === "--silent") silent = true;
    else if (["-f", "-F", "--raw-field", "--field"].includes(option)) {
      const pair = value() ?? "";
      const equals = pair.indexOf("=");
      if (equals < 0) return `field "${pair}" requires a value separated by an '=' sign\n`;
      const raw = option === "-f" || option === "--raw-field";
      fields[pair.slice(0, equals)] = raw ? pair.slice(equals + 1) : typed(pair.slice(equals + 1));
    } else if (option === "-H" || option === "--header") {
      const [name = "", ...rest] = (value() ?? "").split(":");
      headers.push([name, rest.join(":").trim()]);
    } else if (option.startsWith("-")) return `unknown flag: ${option} (not simulated in LeakLab)\n`;
    else paths.push(option);
  }
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) return `accepts 1 arg(s), received ${paths.length}\n`;
  return {
    path,
    method: (method ?? (Object.keys(fields).length > 0 ? "POST" : "GET")).toUpperCase(),
    fields,
    headers,
    include,
    silent,
  };
}

/** `-F` reads true, false, null and whole numbers as what they are. */
function typed(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function messageOf(text: string): string | null {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : null;
  } catch {
    return null;
  }
}
