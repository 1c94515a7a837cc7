/** The registry's own signatures over what it gives out. https://docs.npmjs.com/about-registry-signatures */
import { concat, fromUtf8, toBase64 } from "../../../base/bytes.ts";
import { sha256Bytes } from "../../../base/digest.ts";
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import { json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { fields, type Fields } from "./fields.ts";

/** The name of the key: a public matter; its secret is derived from the world's own chance once it is needed. */
const KEY = tableName<{ readonly secret: string }>("registry/key");
const HEX = "0123456789abcdef";
/** SubjectPublicKeyInfo of a point on P-256. https://www.rfc-editor.org/rfc/rfc5480 */
const SPKI = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

/** Imported when somebody checks: the curve costs more than all of the registry. */
async function keyOf({ ports }: RegistryCall) {
  const { p256 } = await import("@noble/curves/nist.js");
  const stored =
    ports.tables.of(KEY).get("key") ?? ports.tables.of(KEY).set("key", { secret: ports.random(64, HEX) });
  const secret = secretFrom(stored.secret, (bytes) => p256.utils.isValidSecretKey(bytes));
  const point = p256.getPublicKey(secret, false);
  const der = concat([Uint8Array.from(SPKI.match(/../g) ?? [], (it) => Number.parseInt(it, 16)), point]);
  return { p256, secret, id: `SHA256:${toBase64(sha256Bytes(der)).replace(/=+$/, "")}`, spki: toBase64(der) };
}

function secretFrom(seed: string, isValid: (bytes: Uint8Array) => boolean): Uint8Array {
  for (let round = 0; ; round++) {
    const bytes = sha256Bytes(`${seed}/${round}`);
    if (isValid(bytes)) return bytes;
  }
}

export async function showKeys(call: RegistryCall): Promise<Response> {
  const { id, spki } = await keyOf(call);
  const key = { keyid: id, keytype: "ecdsa-sha2-nistp256", scheme: "ecdsa-sha2-nistp256", key: spki };
  return json(200, { keys: [{ ...key, expires: null }] });
}

/** The packument with a signature for each version: over name, version and digest. */
export async function signed(call: RegistryCall, packument: Fields): Promise<Fields> {
  const { p256, secret, id } = await keyOf(call);
  const sign = (manifest: Fields): Json => {
    const { integrity } = fields(manifest["dist"]);
    const text = `${String(manifest["name"])}@${String(manifest["version"])}:${String(integrity)}`;
    return { keyid: id, sig: toBase64(p256.sign(fromUtf8(text), secret, { format: "der" })) };
  };
  const versions = Object.entries(fields(packument["versions"])).map(([version, value]) => {
    const manifest = fields(value);
    return [version, { ...manifest, dist: { ...fields(manifest["dist"]), signatures: [sign(manifest)] } }];
  });
  return { ...packument, versions: Object.fromEntries(versions) as Json };
}
