/** `npm audit signatures`: whether what is installed is what the registry signed. https://docs.npmjs.com/verifying-registry-signatures */
import { sha512 } from "@noble/hashes/sha2.js";
import type { ExecResult } from "just-bash/browser";
import { fromBase64, fromUtf8, toHex, toUtf8 } from "../../../base/bytes.ts";
import { result } from "../lib/invocation.ts";
import { failed, type NpmCall } from "./call.ts";
import { ask, download } from "./http.ts";
import { fieldsOf, manifestOf, type Fields } from "./tree/manifest.ts";
import { TreeNode, walk } from "./tree/node.ts";
import { existing } from "./tree/reify.ts";
import { Source } from "./tree/source.ts";

interface Key {
  readonly id: string;
  /** The point on the curve. */
  readonly point: Uint8Array;
}

interface Counted {
  readonly signed: string[];
  readonly attested: string[];
  readonly missing: string[];
  readonly invalid: string[];
  readonly badAttestations: string[];
}

export async function auditSignatures(call: NpmCall): Promise<ExecResult> {
  const root = new TreeNode("", { manifest: manifestOf({}), resolved: null, integrity: null });
  await existing(call, root);
  const nodes = [...walk(root)].filter((node) => !node.isRoot);
  if (nodes.length === 0) return failed(null, ["found no installed dependencies to audit"]);
  const answer = await ask(call, "GET", "/-/npm/v1/keys");
  const keys = "failure" in answer ? [] : keysOf(fieldsOf(answer.body)["keys"]);
  const counted: Counted = { signed: [], attested: [], missing: [], invalid: [], badAttestations: [] };
  const source = new Source(call);
  for (const { manifest } of nodes) {
    const packument = await source.packument(manifest.name);
    const versions = "failure" in packument ? {} : fieldsOf((packument as Fields)["versions"]);
    if (Object.hasOwn(versions, manifest.version))
      await check(call, fieldsOf(versions[manifest.version]), keys, counted);
  }
  if (counted.signed.length + counted.missing.length + counted.invalid.length === 0)
    return failed(null, ["found no dependencies to audit that were installed from a supported registry"]);
  const warning = `npm warn Fetching verification keys using TUF failed.  Fetching directly from ${call.config.registry}/.\n`;
  return report(counted, nodes.length, warning);
}

function keysOf(value: unknown): Key[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).map((each) => {
    const { keyid, key } = fieldsOf(each);
    // The last 65 bytes of what is published are the point.
    return { id: String(keyid), point: fromBase64(String(key)).slice(-65) };
  });
}

async function check(call: NpmCall, fields: Fields, keys: readonly Key[], counted: Counted): Promise<void> {
  const { integrity, signatures, attestations } = fieldsOf(fields["dist"]);
  const about = `${String(fields["name"])}@${String(fields["version"])}`;
  const list = Array.isArray(signatures) ? (signatures as unknown[]).map(fieldsOf) : [];
  const { p256 } = await import("@noble/curves/nist.js");
  const isRight = list.some(({ keyid, sig }) => {
    const key = keys.find(({ id }) => id === keyid);
    try {
      const text = fromUtf8(`${about}:${String(integrity)}`);
      return key !== undefined && p256.verify(fromBase64(String(sig)), text, key.point, { format: "der" });
    } catch {
      return false;
    }
  });
  if (list.length === 0) counted.missing.push(about);
  else if (isRight) counted.signed.push(about);
  else counted.invalid.push(about);
  const { url } = fieldsOf(attestations);
  if (typeof url !== "string") return;
  const isAttested = await attests(call, url, fields);
  (isAttested ? counted.attested : counted.badAttestations).push(about);
}

/** Whether a statement is there and about these bytes. */
async function attests(call: NpmCall, url: string, fields: Fields): Promise<boolean> {
  const answer = await ask(call, "GET", url);
  const [first] = "failure" in answer ? [] : ((fieldsOf(answer.body)["attestations"] ?? []) as unknown[]);
  const { payload } = fieldsOf(fieldsOf(fieldsOf(first)["bundle"])["dsseEnvelope"]);
  const bytes = await download(call, String(fieldsOf(fields["dist"])["tarball"]));
  if ("failure" in bytes || typeof payload !== "string") return false;
  try {
    const statement = fieldsOf(JSON.parse(toUtf8(fromBase64(payload))));
    const [subject] = Array.isArray(statement["subject"]) ? (statement["subject"] as unknown[]) : [];
    return fieldsOf(fieldsOf(subject)["digest"])["sha512"] === toHex(sha512(bytes));
  } catch {
    return false;
  }
}

function report(counted: Counted, total: number, warning: string): ExecResult {
  const { signed, attested, missing, invalid, badAttestations } = counted;
  const many = (list: readonly string[], one: string, more: string) =>
    list.length === 1 ? `1 package has ${one}` : `${list.length} packages have ${more}`;
  const bad = invalid.length + badAttestations.length;
  const section = (list: readonly string[], title: string) =>
    list.length === 0 ? [] : [title, "", ...list.map((each) => `${each} (https://registry.npm.test/)`), ""];
  const lines = [
    `audited ${total} package${total > 1 ? "s" : ""} in 0s`,
    "",
    ...(signed.length > 0
      ? [many(signed, "a verified registry signature", "verified registry signatures"), ""]
      : []),
    ...(attested.length > 0
      ? [
          many(attested, "a verified attestation", "verified attestations"),
          "(use --json --include-attestations to view attestation details)",
          "",
        ]
      : []),
    ...section(
      missing,
      `${many(missing, "a missing registry signature", "missing registry signatures")} but the registry is providing signing keys:`,
    ),
    ...section(invalid, `${many(invalid, "an invalid registry signature", "invalid registry signatures")}:`),
    ...section(
      badAttestations,
      `${many(badAttestations, "an invalid attestation", "invalid attestations")}:`,
    ),
    ...(bad > 0
      ? [
          bad === 1
            ? "Someone might have tampered with this package since it was published on the registry!"
            : "Someone might have tampered with these packages since they were published on the registry!",
          "",
        ]
      : []),
  ];
  return result(lines.map((line) => `${line}\n`).join(""), warning, bad + missing.length > 0 ? 1 : 0);
}
