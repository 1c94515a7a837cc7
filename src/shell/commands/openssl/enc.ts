/**
 * `openssl enc` with AES in CBC mode and a password. https://docs.openssl.org/3.0/man1/openssl-enc/
 * A file begins with "Salted__" and eight bytes of salt, so that the real tool opens what this one locked.
 */
import { cbc } from "@noble/ciphers/aes.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { ExecResult } from "just-bash/browser";
import { concat, fromBase64, fromUtf8, toBase64, toUtf8 } from "../../../base/bytes.ts";
import { randomBytes } from "../lib/chance.ts";
import { bytesResult, type Context, notSimulated, readBytes, result, writeBytes } from "../lib/invocation.ts";

const VALUED = ["in", "out", "k", "pass", "kfile", "iter", "md"];
const SWITCHES = ["e", "d", "a", "base64", "A", "salt", "pbkdf2"];
const MAGIC = fromUtf8("Salted__");
const USUAL_ITERATIONS = 10_000;
/** A password is tried in a moment, not in minutes. */
const MOST_ITERATIONS = 100_000;
const DEPRECATED = "*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.\n";

interface Lock {
  readonly password: Uint8Array;
  readonly keyBytes: number;
  /** Null: the old derivation, of one round. */
  readonly iterations: number | null;
}

export async function enc(args: readonly string[], context: Context): Promise<ExecResult> {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let keyBytes: number | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = (args[i] as string).replace(/^--?/, "");
    const bits = /^aes-?(128|192|256)(?:-cbc)?$/i.exec(arg)?.[1];
    if (bits !== undefined) keyBytes = Number(bits) / 8;
    else if (VALUED.includes(arg)) values.set(arg, args[++i] ?? "");
    else if (SWITCHES.includes(arg)) flags.add(arg);
    else return notSimulated(`openssl enc ${args[i]}`, 1);
  }
  if (keyBytes === null) return notSimulated("openssl enc without -aes-256-cbc", 1);
  if (![undefined, "sha256"].includes(values.get("md")))
    return notSimulated(`openssl enc -md ${values.get("md")}`, 1);
  const password = await passwordOf(values, context);
  if (typeof password === "string") return result("", `${password}\n`, 1);
  const iterations = iterationsOf(flags, values);
  if (iterations !== null && !(iterations >= 1 && iterations <= MOST_ITERATIONS))
    return notSimulated(`openssl enc -iter ${values.get("iter")}`, 1);
  return apply({ password, keyBytes, iterations }, { flags, values, context });
}

function iterationsOf(flags: ReadonlySet<string>, values: ReadonlyMap<string, string>): number | null {
  if (values.has("iter")) return Math.floor(Number(values.get("iter")));
  return flags.has("pbkdf2") ? USUAL_ITERATIONS : null;
}

/** Where `-pass` says that it is; a complaint otherwise. https://docs.openssl.org/3.0/man1/openssl-passphrase-options/ */
async function passwordOf(
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Uint8Array | string> {
  const [, kind = "", rest = ""] = /^(\w+):(.*)$/s.exec(values.get("pass") ?? "") ?? [];
  const file = values.get("kfile") ?? (kind === "file" ? rest : null);
  const given = values.get("k") ?? (kind === "pass" ? rest : kind === "env" ? context.env.get(rest) : null);
  if (file !== null) {
    const bytes = await readBytes(context, file);
    if (typeof bytes === "string") return `Can't open file ${file}`;
    return fromUtf8(toUtf8(bytes).split("\n")[0] ?? "");
  }
  return given === null || given === undefined ? "bad password read" : fromUtf8(given);
}

interface Asked {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly context: Context;
}

async function apply(lock: Lock, { flags, values, context }: Asked): Promise<ExecResult> {
  const name = values.get("in") ?? "-";
  const read = await readBytes(context, name);
  if (typeof read === "string") return result("", `Can't open "${name}" for reading, ${read}\n`, 1);
  const warning = lock.iterations === null ? DEPRECATED : "";
  const text = flags.has("a") || flags.has("base64");
  const made = flags.has("d") ? opened(lock, text ? decoded(read) : read) : locked(lock, read);
  if (typeof made === "string") return result("", `${warning}${made}\n`, 1);
  const bytes = text && !flags.has("d") ? encoded(made, flags.has("A")) : made;
  const out = values.get("out");
  if (out === undefined) return bytesResult(bytes, warning);
  const problem = await writeBytes(context, out, bytes);
  return problem === null
    ? result("", warning)
    : result("", `Can't open "${out}" for writing, ${problem}\n`, 1);
}

function locked(lock: Lock, bytes: Uint8Array): Uint8Array {
  const salt = randomBytes(8);
  const { key, iv } = derived(lock, salt);
  return concat([MAGIC, salt, cbc(key, iv).encrypt(bytes)]);
}

/** What was locked, or what openssl says where it cannot be opened. */
function opened(lock: Lock, bytes: Uint8Array): Uint8Array | string {
  if (bytes.length < 16 || !MAGIC.every((byte, i) => bytes[i] === byte)) return "bad magic number";
  const { key, iv } = derived(lock, bytes.subarray(8, 16));
  try {
    return cbc(key, iv).decrypt(bytes.subarray(16));
  } catch {
    return "bad decrypt";
  }
}

function derived({ password, keyBytes, iterations }: Lock, salt: Uint8Array) {
  const length = keyBytes + 16;
  const all =
    iterations === null
      ? oldDerivation(password, salt, length)
      : pbkdf2(sha256, password, salt, { c: iterations, dkLen: length });
  return { key: all.slice(0, keyBytes), iv: all.slice(keyBytes, length) };
}

/** https://docs.openssl.org/3.0/man3/EVP_BytesToKey/ */
function oldDerivation(password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  let all: Uint8Array = new Uint8Array();
  let last: Uint8Array = new Uint8Array();
  while (all.length < length) {
    last = sha256(concat([last, password, salt]));
    all = concat([all, last]);
  }
  return all;
}

function encoded(bytes: Uint8Array, oneLine: boolean): Uint8Array {
  const text = toBase64(bytes);
  return fromUtf8(oneLine ? text : text.replace(/.{1,64}/g, "$&\n"));
}

function decoded(bytes: Uint8Array): Uint8Array {
  const text = toUtf8(bytes).replace(/\s/g, "");
  const whole = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  return whole ? fromBase64(text) : new Uint8Array();
}
