/** The statement that `npm publish --provenance` sends along: which workflow built what. https://docs.npmjs.com/generating-provenance-statements */
import { sha512 } from "@noble/hashes/sha2.js";
import type { ExecResult } from "just-bash/browser";
import { fromUtf8, toBase64, toHex } from "../../../base/bytes.ts";
import { failed, type NpmCall } from "./call.ts";
import { claimsOf, identityFor } from "./identity.ts";
import type { Packed } from "./packing.ts";

const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const STATEMENT = "https://in-toto.io/Statement/v1";
const BUILD_TYPE = "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1";

type Provenance =
  { readonly failure: ExecResult } | { readonly attachment: object; readonly notices: readonly string[] };

export async function provenanceFor(call: NpmCall, packed: Packed): Promise<Provenance> {
  const env = call.context.exportedEnv ?? {};
  if (env["GITHUB_ACTIONS"] === undefined)
    return {
      failure: failed("EUSAGE", ["", "Automatic provenance generation not supported for provider: null"]),
    };
  const identity = await identityFor(call, "sigstore");
  if (identity === null)
    return {
      failure: failed("EUSAGE", [
        "",
        'Provenance generation in GitHub Actions requires "write" access to the "id-token" permission',
      ]),
    };
  const payload = toBase64(fromUtf8(JSON.stringify(statement(packed, claimsOf(identity), env))));
  const data = JSON.stringify({
    mediaType: BUNDLE,
    // Who signs: the registry checks the identity itself, and keeps the statement.
    verificationMaterial: { identityToken: identity },
    dsseEnvelope: { payload, payloadType: "application/vnd.in-toto+json", signatures: [] },
  });
  const attachment = {
    [`${packed.name}-${packed.version}.sigstore`]: { content_type: BUNDLE, data, length: data.length },
  };
  return {
    attachment,
    notices: ["publish Signed provenance statement with source and build information from GitHub Actions"],
  };
}

/** https://slsa.dev/spec/v1.0/provenance */
function statement(
  { name, version, tarball }: Packed,
  claims: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>>,
): object {
  const server = env["GITHUB_SERVER_URL"] ?? "https://forge.test";
  const repository = `${server}/${String(claims["repository"])}`;
  const [path = "", ref = ""] = String(claims["workflow_ref"]).split("@");
  const file = path.replace(`${String(claims["repository"])}/`, "");
  return {
    _type: STATEMENT,
    subject: [
      { name: `pkg:npm/${name.replace("@", "%40")}@${version}`, digest: { sha512: toHex(sha512(tarball)) } },
    ],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { workflow: { ref, repository, path: file } },
        internalParameters: {
          github: {
            event_name: claims["event_name"],
            repository_id: claims["repository_id"],
            repository_owner_id: claims["repository_owner_id"],
          },
        },
        resolvedDependencies: [
          { uri: `git+${repository}@${String(claims["ref"])}`, digest: { gitCommit: claims["sha"] } },
        ],
      },
      runDetails: {
        builder: { id: `https://github.com/actions/runner/${String(claims["runner_environment"])}` },
        metadata: {
          invocationId: `${repository}/actions/runs/${String(claims["run_id"])}/attempts/${String(claims["run_attempt"])}`,
        },
      },
    },
  };
}
