/** Audit entries of what the REST API changes, in GitHub's words: https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization */
import type { Json } from "../../../../base/json.ts";
import type { Call } from "./route.ts";

/** Records a change that the caller made. `data` never holds a value of a secret. */
export function audited(
  { forge, identity, address, requestId }: Call,
  action: string,
  target: string,
  data: { readonly [key: string]: Json } = {},
): void {
  forge.log({
    actor: identity?.login ?? "anonymous",
    identityType: identity?.type ?? "anonymous",
    credentialId: identity?.credentialId ?? null,
    action,
    target,
    result: "allowed",
    address,
    requestId,
    data,
  });
}
