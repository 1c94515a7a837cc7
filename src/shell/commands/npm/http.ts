/** Requests of `npm` to its registry, and its words where one fails. */
import type { ExecResult } from "just-bash/browser";
import { UnknownHostError } from "../../../world/network.ts";
import { failed, type NpmCall } from "./call.ts";

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  422: "Unprocessable Entity",
};

export type Failed = { readonly failure: ExecResult; readonly status: number };
export type Answered = { readonly body: unknown } | Failed;

/** `path` begins with a slash, or is a whole address. A token is sent where one is configured for it. */
export async function ask(
  call: NpmCall,
  method: string,
  path: string,
  body?: object | string,
): Promise<Answered> {
  const url = path.startsWith("/") ? call.config.registry + path : path;
  const response = await send(call, method, url, body);
  if ("failure" in response) return response;
  const value = parse(await response.text());
  return response.ok ? { body: value } : failedWith(method, url, response, value);
}

/** The bytes behind an address. */
export async function download(call: NpmCall, url: string): Promise<Uint8Array | Failed> {
  const response = await send(call, "GET", url);
  if ("failure" in response) return response;
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  return failedWith("GET", url, response, parse(await response.text()));
}

async function send(
  call: NpmCall,
  method: string,
  url: string,
  body?: object | string,
): Promise<Response | Failed> {
  const { config, reach } = call;
  const headers = new Headers({
    "User-Agent": "npm",
    "npm-command": call.command,
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
  });
  // For a sign-in no token counts, whatever is configured.
  const token = config.token === null && url.startsWith(config.registry) ? null : config.tokenFor(url);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  try {
    if (!reach) throw new UnknownHostError(new URL(url).hostname);
    return await reach(
      new Request(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    );
  } catch (error) {
    return { failure: unreachable(url, error), status: 0 };
  }
}

function failedWith(method: string, url: string, response: Response, body: unknown): Failed {
  return { failure: refused(method, url, response, body), status: response.status };
}

/** `registry`: where, if npm says so. */
export function needAuth(registry?: string): ExecResult {
  return failed("ENEEDAUTH", [
    `need auth This command requires you to be logged in${registry === undefined ? "." : ` to ${registry}`}`,
    "need auth You need to authorize this machine using `npm login`",
  ]);
}

function refused(method: string, url: string, response: Response, body: unknown): ExecResult {
  const { status } = response;
  if (status === 401 && response.headers.get("www-authenticate") === "ipaddress")
    return failed("EAUTHIP", ["Login is not allowed from your IP address"]);
  const reason = body !== null && typeof body === "object" ? (body as { error?: unknown }).error : undefined;
  const sentence = `${status} ${STATUS_TEXT[status] ?? ""} - ${method} ${withoutToken(url)}${typeof reason === "string" ? ` - ${reason}` : ""}`;
  const notice = response.headers.get("npm-notice");
  const more =
    status === 403
      ? [
          "403 In most cases, you or one of your dependencies are requesting a package version that is forbidden by your security policy, or on a server you do not have access to.",
        ]
      : [];
  const failure = failed(`E${status}`, [status === 403 ? `403 ${sentence}` : sentence, ...more]);
  return notice === null ? failure : { ...failure, stderr: `npm notice ${notice}\n${failure.stderr}` };
}

/** npm's own log hides what looks like a token. */
function withoutToken(url: string): string {
  return url.replace(/npm_\w{36}/g, "npm_***");
}

function unreachable(url: string, error: unknown): ExecResult {
  if (!(error instanceof TypeError)) throw error;
  const host = error instanceof UnknownHostError ? error.host : url;
  return failed("ENOTFOUND", [
    "syscall getaddrinfo",
    "errno ENOTFOUND",
    `network request to ${url} failed, reason: getaddrinfo ENOTFOUND ${host}`,
    "network This is a problem related to network connectivity.",
    "network In most cases you are behind a proxy or have bad network settings.",
    "network",
    "network If you are behind a proxy, please make sure that the",
    "network 'proxy' config is set properly.  See: 'npm help config'",
  ]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
