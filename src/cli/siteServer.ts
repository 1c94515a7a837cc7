/** A static file server for the site on the loopback interface, with the headers that hosts of LeakLab should send. */
import { createServer } from "node:http";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { extname, join, normalize } from "node:path";
import type { AddressInfo } from "node:net";
import { COMPRESSED } from "./siteCompression.ts";

export interface SiteServer {
  readonly url: string;
  /** Resolves when the server was closed. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

const DIRECTIVES =
  "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Pages and their workers reach nothing but this origin; no eval, no frames, no other origin's eyes. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": `default-src 'none'; script-src 'self'; ${DIRECTIVES}`,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), clipboard-read=(self)",
};

/** A worker goes by the policy of its own script. JavaScript of the world runs in QuickJS there, which is WebAssembly. */
export const WORKER_POLICY = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ${DIRECTIVES}`;

const COMPRESSIBLE = new Set([".html", ".js", ".mjs", ".css", ".svg", ".json", ".webmanifest", ".txt"]);

export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  const compressed = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const path = fileOf(folder, request.url ?? "/");
    const found = path !== null;
    const file = path ?? join(folder, "404.html");
    const type = extname(file);
    const immutable = (request.url ?? "").startsWith("/_astro/");
    response.statusCode = found ? 200 : 404;
    response.setHeader("content-type", TYPES[type] ?? "application/octet-stream");
    response.setHeader("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (type === ".js") response.setHeader("content-security-policy", WORKER_POLICY);
    if (!existsSync(file)) return void response.end("not found");
    if (COMPRESSIBLE.has(type) && /\bbr\b/.test(String(request.headers["accept-encoding"]))) {
      let bytes = compressed.get(file);
      if (!bytes) compressed.set(file, (bytes = compressedBytes(file)));
      response.setHeader("content-encoding", "br");
      return void response.end(bytes);
    }
    return void createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const closed = new Promise<void>((resolve) => void server.once("close", resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await closed;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, closed, close };
}

/** As the build compressed the file, or quickly now; what is older than the file is no copy of it. */
function compressedBytes(file: string): Buffer {
  const built = statSync(file + COMPRESSED, { throwIfNoEntry: false });
  if (built && built.mtimeMs >= statSync(file).mtimeMs) return readFileSync(file + COMPRESSED);
  return brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/** The file of a request inside the folder, or null. */
function fileOf(folder: string, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (path.includes("\0")) return null;
  const file = join(folder, normalize(path));
  if (!file.startsWith(folder)) return null;
  const candidates = path.endsWith("/") ? [join(file, "index.html")] : [file, join(file, "index.html")];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile()) ?? null;
}
