/** Becoming a role: with a signature, or with a token of an identity provider. What the role's trust policy says counts. */
import type { ServicePorts } from "../../../service.ts";
import { accessDenied, authorise, namesOf } from "../authorise.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { malformedPolicy, validationError } from "../iam/operation.ts";
import { ROLES, type IamRole, type Principal } from "../model.ts";
import { contextFrom, contextOf } from "../policy/context.ts";
import { parsePolicy, policyProblem } from "../policy/document.ts";
import { evaluate, type EvaluateOptions, type PolicyRequest, type Verdict } from "../policy/evaluate.ts";
import type { QueryParameters } from "../queryProtocol.ts";
import { startSession, type StartedSession } from "./session.ts";
import type { WebIdentity } from "./webIdentity.ts";

const SHORTEST_S = 900;
const USUAL_S = 3600;

interface Wanted {
  readonly role: IamRole | undefined;
  readonly arn: string;
  readonly session: string;
  readonly durationS: number;
  readonly policy: string | null;
}

/** What every form of AssumeRole asks for. */
function wanted({ tables }: ServicePorts, parameters: QueryParameters): Wanted | CloudError {
  const [arn = "", session = ""] = [parameters.get("RoleArn"), parameters.get("RoleSessionName")];
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(arn)) return validationError(`${arn.slice(0, 200)} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    return validationError(
      `1 validation error detected: Value '${session.slice(0, 64)}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  const policy = parameters.get("Policy") ?? null;
  const problem = policy === null ? null : policyProblem(policy, "identity");
  if (problem !== null) return malformedPolicy(problem);
  const role = tables.of(ROLES).find((it) => it.arn === arn);
  const durationS = durationOf(parameters, role);
  return isCloudError(durationS) ? durationS : { role, arn, session, durationS, policy };
}

function durationOf(parameters: QueryParameters, role: IamRole | undefined): number | CloudError {
  const text = parameters.get("DurationSeconds");
  if (text === undefined) return USUAL_S;
  const seconds = Number(text);
  if (!/^\d{1,6}$/.test(text) || seconds < SHORTEST_S || seconds > 43_200)
    return validationError(
      `1 validation error detected: Value '${text.slice(0, 20)}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${seconds < SHORTEST_S ? `greater than or equal to ${SHORTEST_S}` : "less than or equal to 43200"}`,
    );
  return role && seconds > role.maxSessionS
    ? validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    : seconds;
}

/** Whoever has a valid token and fits the trust policy. That a role does not exist is not told to others. */
export function assumeWithWebIdentity(
  ports: ServicePorts,
  parameters: QueryParameters,
  identity: WebIdentity,
  address: string,
): StartedSession | CloudError {
  const asked = wanted(ports, parameters);
  if (isCloudError(asked)) return asked;
  const { role, arn, session, durationS, policy } = asked;
  const { provider } = identity;
  const own = {
    ...identity.context,
    "aws:FederatedProvider": provider.arn,
  };
  const request: PolicyRequest = {
    action: "sts:AssumeRoleWithWebIdentity",
    resource: arn,
    principal: { type: "Federated", names: [provider.arn], account: [] },
    context: contextFrom([
      ["aws:SourceIp", address],
      ["aws:CurrentTime", new Date(ports.now()).toISOString()],
      ["sts:RoleSessionName", session],
      ["sts:DurationSeconds", String(durationS)],
      ...Object.entries(own),
    ]),
  };
  if (!role || trustVerdict(role, request) !== "allow")
    return cloudError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
  return startSession(ports, { role, session, durationS, policy, context: own });
}

/** A trust policy that names somebody is enough; one that names the account leaves it to their own policies. */
export function assumeRole(
  ports: ServicePorts,
  parameters: QueryParameters,
  caller: Exclude<Principal, { kind: "anonymous" }>,
  address: string,
): StartedSession | CloudError {
  const asked = wanted(ports, parameters);
  if (isCloudError(asked)) return asked;
  const { role, arn, session, durationS, policy } = asked;
  const question = {
    action: "sts:AssumeRole",
    resource: arn,
    address,
    context: { "sts:RoleSessionName": session, ...externalId(parameters) },
  };
  const request: PolicyRequest = {
    action: question.action,
    resource: arn,
    principal: namesOf(caller),
    context: contextOf(ports, caller, question),
  };
  const own = authorise(ports, caller, question);
  const direct = role ? trustVerdict(role, request) : "none";
  const through = role ? trustVerdict(role, request, { throughAccount: true }) : "none";
  const refused = own.deniedBy !== null && own.deniedBy !== "none";
  const granted = direct === "allow" || (through === "allow" && own.allowed);
  if (!role || refused || !granted || through === "deny") {
    const { code, message, status } = accessDenied(caller, question, own);
    return cloudError(code, message.replace(/ (?:because|with) .*$/, ""), status);
  }
  return startSession(ports, { role, session, durationS, policy, context: {} });
}

function externalId(parameters: QueryParameters): Record<string, string> {
  const id = parameters.get("ExternalId");
  return id === undefined ? {} : { "sts:ExternalId": id };
}

function trustVerdict({ trust }: IamRole, request: PolicyRequest, options: EvaluateOptions = {}): Verdict {
  const policy = parsePolicy(trust);
  if ("problem" in policy) return "none";
  return evaluate([policy], request, { byPrincipal: true, ...options });
}
