/** IAM: the query protocol, version 2010-05-08. https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html */
import { refusal } from "../authorise.ts";
import type { CloudAnswer, CloudCall, ServeCloud } from "../call.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { queryFailure, unsignedQuery } from "../failure.ts";
import type { CloudEvent } from "../model.ts";
import { queryAnswer, queryParameters, queryProblem, type QueryParameters } from "../queryProtocol.ts";
import { accessKeyOperations } from "./accessKeys.ts";
import { entityPolicyOperations } from "./entityPolicies.ts";
import type { IamCall, IamOperation, IamResult } from "./operation.ts";
import { parameterProblem } from "./parameters.ts";
import { policyOperations } from "./policies.ts";
import { policyVersionOperations } from "./policyVersions.ts";
import { providerOperations } from "./providers.ts";
import { roleOperations } from "./roles.ts";
import { simulationOperations } from "./simulation.ts";
import { userOperations } from "./users.ts";

const VERSION = "2010-05-08";
const DIALECT = { namespace: `https://iam.amazonaws.com/doc/${VERSION}/` };

const OPERATIONS: ReadonlyMap<string, IamOperation> = new Map(
  [
    ...userOperations,
    ...accessKeyOperations,
    ...entityPolicyOperations,
    ...roleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...providerOperations,
    ...simulationOperations,
  ].map((operation) => [operation.name, operation]),
);

/** Parameters that CloudTrail never shows. */
const SECRET: ReadonlySet<string> = new Set(["Password"]);

export const serveIam: ServeCloud = async (call) => {
  const parameters = queryParameters(call);
  const name = parameters.get("Action") ?? "";
  const operation = OPERATIONS.get(name);
  if (!operation)
    return queryProblem(DIALECT, call, { name: shortName(name), readOnly: true }, unknown(name));
  const event: CloudEvent = { name, readOnly: operation.readOnly, parameters: parameters.shown(SECRET) };
  const result = answer(call, operation, parameters);
  if (isCloudError(result)) return queryProblem(DIALECT, call, event, result);
  return asAnswer(call, event, result);
};

function asAnswer(call: CloudCall, event: CloudEvent, { xml, response, resources }: IamResult): CloudAnswer {
  return queryAnswer(
    DIALECT,
    call,
    { ...event, response: response ?? null, resources: resources ?? [] },
    xml,
  );
}

/** First who asks, then whether it can be understood, then whether they may, then whether it can be done. */
function answer(
  call: CloudCall,
  operation: IamOperation,
  parameters: QueryParameters,
): IamResult | CloudError {
  const { caller, ports, account, from } = call;
  if (caller.kind === "anonymous") return unsignedQuery();
  if (caller.kind === "failure") return queryFailure(caller);
  const problem = parameterProblem(parameters, operation.needs ?? []);
  if (problem) return problem;
  const iam: IamCall = { ports, account, parameters, caller };
  const refused = refusal(ports, caller, {
    action: `iam:${operation.name}`,
    resource: operation.resource(iam),
    address: from.address,
    context: operation.context?.(iam) ?? {},
  });
  return refused ?? operation.run(iam);
}

function shortName(name: string): string {
  return name === "" ? "Unknown" : name.slice(0, 60);
}

function unknown(name: string): CloudError {
  const known = [...OPERATIONS.keys()].sort().join(", ");
  return cloudError(
    "InvalidAction",
    name === ""
      ? `Missing Action`
      : `Could not find operation ${name.slice(0, 60)} for version ${VERSION}: not simulated in LeakLab. Simulated are ${known}`,
  );
}
