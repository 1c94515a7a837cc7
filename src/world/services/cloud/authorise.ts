/**
 * Whether somebody may: the logic of one account. An explicit deny counts most; then an allow of the identity's policies
 * or of the resource's own; a session's policy narrows; everything else is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { ServicePorts } from "../../service.ts";
import { cloudError, type CloudError } from "./error.ts";
import { documentOf } from "./iam/documents.ts";
import { ROLES, SESSIONS, USERS, type IamRole, type IamUser, type Principal } from "./model.ts";
import { contextOf } from "./policy/context.ts";
import { parsePolicy, type Policy } from "./policy/document.ts";
import { evaluate, type PolicyRequest, type PrincipalNames, type Verdict } from "./policy/evaluate.ts";

export interface Asked {
  /** "s3:GetObject". */
  readonly action: string;
  /** ARN of what it is done to, or "*" where the action knows none. */
  readonly resource: string;
  /** Condition keys that the service knows of the request, for example `s3:prefix`. Names without regard to case. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Policy of the resource (of a bucket), as it was written. */
  readonly resourcePolicy?: string | null;
  /** From where. */
  readonly address?: string;
}

export interface Decision {
  readonly allowed: boolean;
  /** Whose deny it was; "none" where nothing allows. */
  readonly deniedBy: "identity-based" | "resource-based" | "session" | "none" | null;
}

const ALLOWED: Decision = { allowed: true, deniedBy: null };

/** Leaves no trace. */
export function authorise(ports: ServicePorts, principal: Principal, asked: Asked): Decision {
  const { action, resource } = asked;
  const context = contextOf(ports, principal, asked);
  const request: PolicyRequest = { action, resource, principal: namesOf(principal), context };
  const own = evaluate(identityPolicies(ports, principal), request);
  const theirs = resourceVerdict(asked.resourcePolicy ?? null, request);
  const session = sessionVerdict(ports, principal, request);
  if (own === "deny") return { allowed: false, deniedBy: "identity-based" };
  if (theirs === "deny") return { allowed: false, deniedBy: "resource-based" };
  if (session === "deny") return { allowed: false, deniedBy: "session" };
  const granted = own === "allow" || theirs === "allow";
  if (!granted) return { allowed: false, deniedBy: "none" };
  return session === "none" ? { allowed: false, deniedBy: "session" } : ALLOWED;
}

/** Null where it is allowed; else AWS's words for it. */
export function refusal(ports: ServicePorts, principal: Principal, asked: Asked): CloudError | null {
  const decision = authorise(ports, principal, asked);
  return decision.allowed ? null : accessDenied(principal, asked, decision);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  principal: Principal,
  { action, resource }: Asked,
  { deniedBy }: Decision,
): CloudError {
  const who = principal.kind === "anonymous" ? "anonymous" : principal.arn;
  const where = resource === "*" ? "" : ` on resource: ${resource}`;
  const what = `User: ${who} is not authorized to perform: ${action}${where}`;
  const why =
    deniedBy === "none" || deniedBy === null
      ? `because no identity-based policy allows the ${action} action`
      : deniedBy === "session"
        ? `because no session policy allows the ${action} action`
        : `with an explicit deny in ${deniedBy === "resource-based" ? "a" : "an"} ${deniedBy} policy`;
  return cloudError("AccessDenied", `${what} ${why}`, 403);
}

function identityPolicies(ports: ServicePorts, principal: Principal): Policy[] {
  const identity = identityOf(ports, principal);
  if (!identity) return [];
  const attached = identity.attached.map((arn) => documentOf(ports, arn) ?? "");
  return [...Object.values(identity.inline), ...attached].flatMap((text) => parsed(text));
}

function identityOf({ tables }: ServicePorts, principal: Principal): IamUser | IamRole | undefined {
  if (principal.kind === "user") return tables.of(USERS).get(principal.user.toLowerCase());
  return principal.kind === "session" ? tables.of(ROLES).get(principal.role.toLowerCase()) : undefined;
}

/** What was stored was checked; what cannot be read all the same allows nothing. */
function parsed(text: string): Policy[] {
  const policy = parsePolicy(text);
  return "problem" in policy ? [] : [policy];
}

function resourceVerdict(policy: string | null, request: PolicyRequest): Verdict {
  return policy === null ? "none" : evaluate(parsed(policy), request, { byPrincipal: true });
}

function sessionVerdict({ tables }: ServicePorts, principal: Principal, request: PolicyRequest): Verdict {
  if (principal.kind !== "session") return "allow";
  const policy = tables.of(SESSIONS).get(principal.accessKeyId)?.policy ?? null;
  return policy === null ? "allow" : evaluate(parsed(policy), request);
}

/** Every name by which a policy of a resource may mean somebody. */
export function namesOf(principal: Principal): PrincipalNames {
  if (principal.kind === "anonymous") return { type: "anonymous", names: [], account: [] };
  const { account, arn } = principal;
  const role = principal.kind === "session" ? [principal.roleArn] : [];
  return { type: "AWS", names: [arn, ...role], account: [account, `arn:aws:iam::${account}:root`] };
}
