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
  409: "Conflict",
};

export type Answered = { readonly body: unknown } | { readonly failure: ExecResult };

/** `path` begins with a slash. A token is sent where one is configured. */
export async function ask(call: NpmCall, method: string, path: string, body?: object): Promise<Answered> {
  const { config, reach } = call;
  const url = config.registry + path;
  const headers = new Headers({
    "User-Agent": "npm",
    ...(body ? { "Content-Type": "application/json" } : {}),
  });
  if (config.token !== null) headers.set("Authorization", `Bearer ${config.token}`);
  try {
    if (!reach) throw new UnknownHostError(new URL(url).hostname);
    const response = await reach(
      new Request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }),
    );
    const text = await response.text();
    const value = parse(text);
    if (response.ok) return { body: value };
    return { failure: refused(method, url, response, value) };
  } catch (error) {
    return { failure: unreachable(url, error) };
  }
}

export function needAuth(): ExecResult {
  return failed("ENEEDAUTH", [
    "need auth This command requires you to be logged in.",
    "need auth You need to authorize this machine using `npm login`",
  ]);
}

function refused(method: string, url: string, response: Response, body: unknown): ExecResult {
  const { status } = response;
  const reason = body !== null && typeof body === "object" ? (body as { error?: unknown }).error : undefined;
  const sentence = `${status} ${STATUS_TEXT[status] ?? ""} - ${method} ${withoutToken(url)}${typeof reason === "string" ? ` - ${reason}` : ""}`;
  const notice = response.headers.get("npm-notice");
  const more =
    status === 403
      ? [
          "403 In most cases, you or one of your dependencies are requesting",
          "403 a package version that is forbidden by your security policy, or",
          "403 on a server you do not have access to.",
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
