/** The key pair of a scope: secrets arrive sealed with its public half. https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api */
import { fromBase64, fromHex, toBase64, toUtf8Strict } from "../../../../base/bytes.ts";
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import { scopeKey, type Scope } from "./model.ts";
import { open, publicKeyOf } from "./sealed-box.ts";

export interface KeyPair {
  readonly id: string;
  /** 64 hex digits; never leaves the forge. */
  readonly secretKey: string;
  /** Base64. */
  readonly publicKey: string;
}

/** By `scopeKey`. */
export const KEY_PAIRS = tableName<KeyPair>("actions/key-pairs");

/** Made when somebody first asks. */
export function keyPairOf(forge: Forge, scope: Scope): KeyPair {
  const { tables, random } = forge.ports;
  const key = scopeKey(scope);
  const known = tables.of(KEY_PAIRS).get(key);
  if (known) return known;
  const id = `33802${random(13, "0123456789")}`;
  const secretKey = random(64, "0123456789abcdef");
  const publicKey = toBase64(publicKeyOf(fromHex(secretKey)));
  return tables.of(KEY_PAIRS).set(key, { id, secretKey, publicKey });
}

/** The text that was sealed for the scope's key; null where it was not, or is no UTF-8. */
export function openFor(forge: Forge, scope: Scope, keyId: string, sealed: string): string | null {
  const pair = keyPairOf(forge, scope);
  if (pair.id !== keyId || !/^[A-Za-z0-9+/]*={0,2}$/.test(sealed) || sealed.length % 4 !== 0) return null;
  const opened = open(fromBase64(sealed), fromHex(pair.secretKey));
  return opened && toUtf8Strict(opened);
}
