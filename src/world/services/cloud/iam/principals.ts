/** Principals that a policy names: they have to exist when it is stored. */
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import { OIDC_PROVIDERS, ROLES, USERS } from "../model.ts";
import { parsePolicy } from "../policy/document.ts";

/** What IAM says of the first principal that it does not know; null where all are known. */
export function principalProblem(ports: ServicePorts, text: string): string | null {
  const policy = parsePolicy(text);
  if ("problem" in policy) return policy.problem;
  for (const { principal } of policy.statements)
    for (const [type, names] of Object.entries(principal?.named ?? {})) {
      const wrong = names.find((name) => !isKnown(ports, type, name));
      if (wrong !== undefined) return `Invalid principal in policy: "${type}":"${wrong}"`;
    }
  return null;
}

function isKnown(ports: ServicePorts, type: string, name: string): boolean {
  if (type === "Federated") return ports.tables.of(OIDC_PROVIDERS).has(name);
  if (type === "Service") return /^[a-z0-9.-]+\.amazonaws\.com$/.test(name);
  if (type !== "AWS" || name === "*") return type !== "AWS" || name === "*";
  if (/^\d{12}$/.test(name)) return true;
  const [, account, resource = ""] = /^arn:aws:(?:iam|sts)::(\d{12}):(.+)$/.exec(name) ?? [];
  if (account === undefined) return false;
  // Who is in other accounts nobody here knows.
  if (resource === "root" || account !== accountId(ports)) return true;
  const { tables } = ports;
  if (resource.startsWith("user/")) return tables.of(USERS).find(({ arn }) => arn === name) !== undefined;
  if (resource.startsWith("role/")) return tables.of(ROLES).find(({ arn }) => arn === name) !== undefined;
  const [, role = ""] = /^assumed-role\/([^/]+)\/[^/]+$/.exec(resource) ?? [];
  return tables.of(ROLES).has(role.toLowerCase());
}
