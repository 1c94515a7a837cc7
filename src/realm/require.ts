/**
 * just-git looks for zlib and SHA-1 through a `require` that only Node has. This one answers those two, with pure code,
 * so that pack bytes are equal in Node and in browsers and nothing needs a secure origin.
 */
import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { Buffer } from "buffer";
import zlib from "./zlib.ts";

interface Hash {
  update(data: Uint8Array | string): Hash;
  digest(encoding?: "hex"): string | Uint8Array;
}

function createHash(algorithm: string): Hash {
  const hash = algorithm === "sha1" ? nobleSha1.create() : nobleSha256.create();
  const it: Hash = {
    update: (data) => {
      hash.update(typeof data === "string" ? Buffer.from(data) : data);
      return it;
    },
    digest: (encoding) => {
      const bytes = Buffer.from(hash.digest());
      return encoding === "hex" ? bytes.toString("hex") : bytes;
    },
  };
  return it;
}

export function installRequire(globals: Record<string, unknown>): void {
  const modules: Readonly<Record<string, unknown>> = { "node:zlib": zlib, "node:crypto": { createHash } };
  const value = (name: string): unknown => {
    const found = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (!found) throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
    return found;
  };
  Object.defineProperty(globals, "require", { value, configurable: false, writable: false });
  if (!globals["Buffer"])
    Object.defineProperty(globals, "Buffer", { value: Buffer, configurable: false, writable: false });
}
