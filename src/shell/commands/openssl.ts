/** `openssl`: dgst, rand, base64 and enc with AES only; everything else says that it is not simulated. @see https://docs.openssl.org/3.0/man1/openssl-dgst/ */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1, md5 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Command, ExecResult } from "just-bash/browser";
import { randomBytes } from "./lib/chance.ts";
import { enc } from "./openssl/enc.ts";
import { fromBase64, fromUtf8, toBase64, toHex, toUtf8 } from "../../base/bytes.ts";
import {
  bytesResult,
  command,
  type Context,
  notSimulated,
  readBytes,
  result,
  writeBytes,
} from "./lib/invocation.ts";

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 } as const;
type HashName = keyof typeof HASHES;
const SHOWN: Readonly<Record<HashName, string>> = {
  md5: "MD5",
  sha1: "SHA1",
  sha224: "SHA2-224",
  sha256: "SHA2-256",
  sha384: "SHA2-384",
  sha512: "SHA2-512",
};

export const opensslCommand: Command = command("openssl", (args, context) => {
  const [name = "", ...rest] = args;
  if (name === "version") return result("OpenSSL 3.0 (LeakLab: dgst, rand, base64, enc)\n");
  if (name === "dgst" || name in HASHES) return dgst(name in HASHES ? [`-${name}`, ...rest] : rest, context);
  if (name === "rand") return rand(rest, context);
  if (name === "base64") return base64(rest, context);
  if (name === "enc" && rest.some((arg) => /^--?aes/i.test(arg))) return enc(rest, context);
  if (name === "enc" && rest.some((arg) => arg === "-base64" || arg === "-a"))
    return base64(
      rest.filter((arg) => arg !== "-base64" && arg !== "-a"),
      context,
    );
  return notSimulated(`openssl ${name}`.trim(), 1);
});

/** One dash for every option, values apart: `-in FILE`. */
function split(
  args: readonly string[],
  valued: readonly string[],
): { flags: string[]; values: Map<string, string>; operands: string[] } {
  const found = { flags: [] as string[], values: new Map<string, string>(), operands: [] as string[] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith("-") || arg === "-") found.operands.push(arg);
    else if (valued.includes(arg.slice(1))) found.values.set(arg.slice(1), args[++i] ?? "");
    else found.flags.push(arg.slice(1));
  }
  return found;
}

async function dgst(args: readonly string[], context: Context): Promise<ExecResult> {
  const { flags, values, operands } = split(args, [
    "hmac",
    "out",
    "sign",
    "verify",
    "signature",
    "mac",
    "macopt",
  ]);
  const unknown = flags.find((flag) => !(flag in HASHES) && !["r", "hex", "binary", "c"].includes(flag));
  if (unknown !== undefined || ["sign", "verify", "mac"].some((it) => values.has(it)))
    return notSimulated(`openssl dgst -${unknown ?? "sign"}`, 1);
  const id = (flags.find((flag) => flag in HASHES) ?? "sha256") as HashName;
  let [stdout, stderr] = ["", ""];
  const parts: Uint8Array[] = [];
  for (const name of operands.length > 0 ? operands : ["-"]) {
    const bytes = await readBytes(context, name);
    if (typeof bytes === "string") {
      stderr += `dgst: Can't open "${name}" for reading, ${bytes}\n`;
      continue;
    }
    const key = values.get("hmac");
    const digest = key === undefined ? HASHES[id](bytes) : hmac(HASHES[id], fromUtf8(key), bytes);
    parts.push(digest);
    const label = `${key === undefined ? "" : "HMAC-"}${SHOWN[id]}(${operands.length > 0 ? name : "stdin"})= `;
    const hex = flags.includes("c") ? (toHex(digest).match(/../g) ?? []).join(":") : toHex(digest);
    stdout += flags.includes("r") ? `${hex} *${operands.length > 0 ? name : "stdin"}\n` : `${label}${hex}\n`;
  }
  if (flags.includes("binary")) return bytesResult(parts[0] ?? new Uint8Array(), stderr, stderr ? 1 : 0);
  return delivered(context, values.get("out"), stdout, stderr);
}

async function delivered(
  context: Context,
  out: string | undefined,
  text: string | Uint8Array,
  stderr = "",
): Promise<ExecResult> {
  if (out === undefined)
    return typeof text === "string" ? result(text, stderr, stderr ? 1 : 0) : bytesResult(text, stderr);
  const problem = await writeBytes(context, out, text);
  return problem === null
    ? result("", stderr, stderr ? 1 : 0)
    : result("", `Can't open "${out}" for writing, ${problem}\n`, 1);
}

function rand(args: readonly string[], context: Context): Promise<ExecResult> | ExecResult {
  const { flags, values, operands } = split(args, ["out"]);
  const count = Number(operands[0]);
  if (!Number.isInteger(count) || count < 0 || count > 1 << 20)
    return result("", "rand: Use -help for summary.\n", 1);
  const bytes = randomBytes(count);
  if (flags.includes("hex")) return delivered(context, values.get("out"), `${toHex(bytes)}\n`);
  if (flags.includes("base64")) return delivered(context, values.get("out"), wrapped(bytes, 64));
  return delivered(context, values.get("out"), bytes);
}

function wrapped(bytes: Uint8Array, width: number): string {
  const text = toBase64(bytes);
  const lines = text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return lines.map((line) => `${line}\n`).join("");
}

async function base64(args: readonly string[], context: Context): Promise<ExecResult> {
  const { flags, values, operands } = split(args, ["in", "out"]);
  const name = values.get("in") ?? operands[0] ?? "-";
  const bytes = await readBytes(context, name);
  if (typeof bytes === "string") return result("", `Can't open "${name}" for reading, ${bytes}\n`, 1);
  if (!flags.includes("d"))
    return delivered(context, values.get("out"), flags.includes("A") ? toBase64(bytes) : wrapped(bytes, 64));
  const text = toUtf8(bytes).replace(/\s/g, "");
  const whole = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  return delivered(context, values.get("out"), whole ? fromBase64(text) : new Uint8Array());
}
