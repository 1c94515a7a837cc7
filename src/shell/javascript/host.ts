/** What a JavaScript program of the world can reach: files of its machine, its terminal, time, chance, the network. */
import { fromBase64, fromUtf8, toBase64, toUtf8 } from "../../base/bytes.ts";
import { sha1, sha256 } from "../../base/digest.ts";
import type { Json } from "../../base/json.ts";
import type { Files } from "../../disk/files.ts";
import { resolvePath } from "../../disk/path.ts";
import type { User } from "../../disk/user.ts";
import type { Reach } from "../../world/network.ts";

export interface JavaScriptHost {
  readonly files: Files;
  readonly user: User;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  /** What comes in from a pipe. */
  readonly stdin?: string;
  readonly reach?: Reach;
  /** Virtual time, ms since 1970. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  write(stream: "stdout" | "stderr", text: string): void;
  /** A timer ends after this many virtual ms. */
  sleep(ms: number): Promise<void>;
}

type Arguments = readonly Json[];
type Operation = (host: JavaScriptHost, args: Arguments) => Json;

const path = (host: JavaScriptHost, args: Arguments) => resolvePath(host.cwd, String(args[0]));

/** At once. What throws is thrown in the program, with `code`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["now", (host) => host.now()],
  ["stdin", (host) => host.stdin ?? ""],
  ["random", (host) => host.random()],
  [
    "write",
    (host, [stream, text]) => {
      host.write(stream === "stderr" ? "stderr" : "stdout", String(text));
      return null;
    },
  ],
  ["read", (host, args) => toBase64(host.files.read(path(host, args), host.user))],
  ["text", (host, args) => toUtf8(host.files.read(path(host, args), host.user))],
  ["encode", (_host, [text]) => toBase64(fromUtf8(String(text)))],
  ["decode", (_host, [bytes]) => toUtf8(fromBase64(String(bytes)))],
  [
    "put",
    (host, args) => {
      host.files.write(path(host, args), fromBase64(String(args[1])), host.user);
      return null;
    },
  ],
  [
    "append",
    (host, args) => {
      host.files.append(path(host, args), fromBase64(String(args[1])), host.user);
      return null;
    },
  ],
  ["exists", (host, args) => host.files.exists(path(host, args), host.user)],
  ["list", (host, args) => host.files.list(path(host, args), host.user)],
  ["stat", (host, args) => statOf(host, args)],
  [
    "mkdir",
    (host, args) => {
      host.files.mkdir(path(host, args), { recursive: args[1] === true }, host.user);
      return null;
    },
  ],
  [
    "remove",
    (host, args) => {
      host.files.remove(
        path(host, args),
        { recursive: args[1] === true, force: args[2] === true },
        host.user,
      );
      return null;
    },
  ],
  [
    "rename",
    (host, args) => {
      host.files.rename(path(host, args), resolvePath(host.cwd, String(args[1])), host.user);
      return null;
    },
  ],
  [
    "chmod",
    (host, args) => {
      host.files.chmod(path(host, args), Number(args[1]) & 0o7777, host.user);
      return null;
    },
  ],
  ["realpath", (host, args) => host.files.realpath(path(host, args), host.user)],
  ["digest", (_host, [name, bytes]) => digest(String(name), fromBase64(String(bytes)))],
  ["url", (_host, [text, base]) => urlParts(String(text), typeof base === "string" ? base : undefined)],
]);

function statOf(host: JavaScriptHost, args: Arguments): Json {
  const stat = host.files.stat(path(host, args), { follow: args[1] !== false }, host.user);
  const { isFile, isDirectory, isSymbolicLink, size, mode, mtimeMs } = stat;
  return { isFile, isDirectory, isSymbolicLink, size, mode, mtimeMs };
}

function digest(name: string, bytes: Uint8Array): Json {
  if (name === "sha256") return sha256(bytes);
  if (name === "sha1") return sha1(bytes);
  throw new Error(`createHash('${name}'): not simulated in LeakLab`);
}

function urlParts(text: string, base: string | undefined): Json {
  if (!URL.canParse(text, base))
    throw Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" });
  const url = new URL(text, base);
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url;
  return { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash };
}

/** What takes time: the answer settles a promise of the program. */
export async function waitFor(host: JavaScriptHost, name: string, args: Arguments): Promise<Json> {
  if (name === "sleep") {
    await host.sleep(Math.max(0, Number(args[0]) || 0));
    return null;
  }
  if (name === "fetch") return fetchIn(host, args);
  throw new Error(`${name}: not simulated in LeakLab`);
}

async function fetchIn(host: JavaScriptHost, [url, method, headers, body]: Arguments): Promise<Json> {
  if (!host.reach) throw new TypeError("fetch failed");
  const request = new Request(String(url), {
    method: String(method),
    headers: headers as Record<string, string>,
    ...(typeof body === "string" ? { body: fromBase64(body) as BodyInit } : {}),
  });
  const response = await host.reach(request).catch(() => {
    throw new TypeError("fetch failed");
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, statusText } = response;
  return { status, statusText, headers: [...response.headers], body: toBase64(bytes) };
}
