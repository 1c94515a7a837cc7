/**
 * Statements about where a version was built. https://docs.npmjs.com/generating-provenance-statements
 * https://github.com/in-toto/attestation https://slsa.dev/spec/v1.0/provenance
 */
import { sha512 } from "@noble/hashes/sha2.js";
import { fromBase64, toHex, toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { RegistryCall } from "./call.ts";
import { failure, json } from "./answer.ts";
import { fields, type Fields } from "./fields.ts";
import { REGISTRY } from "./host.ts";
import type { Version } from "./model.ts";
import { identityOf } from "./oidc.ts";
import { livePackage } from "./registry.ts";

const ADDRESS = "198.51.100.80";
const PREDICATE = "https://slsa.dev/provenance/v1";
/** For whom a job asks the identity that goes with a statement. */
export const AUDIENCE = "sigstore";

/**
 * The statement that was sent along with an archive, where it is true: about these bytes, and by the job that it names.
 * Null where none was sent; a text says why it is refused.
 */
export async function provenanceOf(
  { ports }: RegistryCall,
  attachments: Fields,
  tarball: Uint8Array,
): Promise<Json | string | null> {
  const [, attachment] = Object.entries(attachments).find(([name]) => name.endsWith(".sigstore")) ?? [];
  if (attachment === undefined) return null;
  const bundle = parsed(fields(attachment)["data"]);
  const envelope = fields(bundle["dsseEnvelope"]);
  const statement = parsed(decoded(envelope["payload"]));
  const identity = fields(bundle["verificationMaterial"])["identityToken"];
  const claims = await identityOf(ports.outward(ADDRESS), String(identity ?? ""), AUDIENCE, ports.now());
  if (typeof claims === "string") return claims;
  const subjects = Array.isArray(statement["subject"]) ? (statement["subject"] as readonly Json[]) : [];
  const digest = fields(fields(subjects[0])["digest"])["sha512"];
  if (digest !== toHex(sha512(tarball))) return "the statement is about another archive";
  const workflow = fields(
    fields(fields(fields(statement["predicate"])["buildDefinition"])["externalParameters"])["workflow"],
  );
  const [, place = ""] = /^https:\/\/[^/]+\/(.+)$/.exec(String(workflow["repository"] ?? "")) ?? [];
  if (place !== claims["repository"]) return "the statement names another repository";
  const { verificationMaterial: _proof, ...kept } = bundle;
  return { predicateType: PREDICATE, bundle: kept as Json };
}

function decoded(value: Json | undefined): string {
  return typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0
    ? toUtf8(fromBase64(value))
    : "";
}

function parsed(value: Json | undefined): Fields {
  try {
    return typeof value === "string" ? fields(JSON.parse(value) as Json) : {};
  } catch {
    return {};
  }
}

/** What `dist` says of them. */
export function attestationsField(name: string, version: string): Json {
  const url = `${REGISTRY}/-/npm/v1/attestations/${name.replace("/", "%2f")}@${version}`;
  return { url, provenance: { predicateType: PREDICATE } };
}

export function showAttestations(
  { ports }: RegistryCall,
  [, name = "", wanted = ""]: RegExpExecArray,
): Response {
  const found = livePackage(ports, name)?.versions.find((it: Version) => it.version === wanted);
  if (!found?.attestations) return failure(404, "Not found");
  return json(200, { attestations: found.attestations });
}
