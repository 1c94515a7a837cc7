/** Push protection for what arrives as content of a request: https://docs.github.com/en/code-security/concepts/secret-security/push-protection-from-the-rest-api */
import { blockedSecrets, fingerprintOf, placeholderFor } from "../git/push-protection.ts";
import type { Refusal } from "../git/refUpdate.ts";
import type { RepositoryCall } from "./route.ts";

/** Why these bytes may not come in; null where they may. */
export async function detectIn(
  call: RepositoryCall,
  path: string,
  bytes: Uint8Array,
): Promise<Refusal | null> {
  const { forge, repository, identity } = call;
  if (!repository.pushProtection || repository.beingMade || bytes.length === 0) return null;
  const detected = await forge.ports.detect(path, bytes);
  const secrets = detected.map((found) => ({
    fingerprint: fingerprintOf(found, bytes),
    rule: found.rule,
    kind: found.kind,
    locations: [],
  }));
  const blocked = blockedSecrets(forge.ports, repository, secrets);
  if (blocked.length === 0) return null;
  return {
    kind: "secrets",
    secrets: blocked.map((secret) => ({
      placeholder: placeholderFor(forge.ports, repository, identity?.login ?? "", secret).id,
      kind: secret.rule,
      locations: [],
    })),
  };
}
