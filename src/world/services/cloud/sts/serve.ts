/** STS: the query protocol, version 2011-06-15. https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html */
import type { Json } from "../../../../base/json.ts";
import type { CloudAnswer, CloudCall, ServeCloud } from "../call.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { queryFailure, unsignedQuery } from "../failure.ts";
import { parameterProblem } from "../iam/parameters.ts";
import type { Known } from "../iam/operation.ts";
import type { CloudEvent } from "../model.ts";
import { queryAnswer, queryParameters, queryProblem, type QueryParameters } from "../queryProtocol.ts";
import { SESSIONS, ACCESS_KEYS } from "../model.ts";
import type { Xml } from "../xml.ts";
import { assumeRole, assumeWithWebIdentity } from "./assume.ts";
import type { StartedSession } from "./session.ts";
import { readWebIdentity } from "./webIdentity.ts";

const DIALECT = { namespace: "https://sts.amazonaws.com/doc/2011-06-15/" };
/** CloudTrail never shows a token. */
const SECRET: ReadonlySet<string> = new Set(["WebIdentityToken", "SAMLAssertion", "TokenCode"]);

interface Result {
  readonly xml: Xml;
  readonly response?: { readonly [key: string]: Json };
  readonly resources?: CloudEvent["resources"];
  readonly actor?: CloudAnswer["actor"];
}

type Refused = CloudError & { readonly actor?: CloudAnswer["actor"] };

interface StsCall {
  readonly call: CloudCall;
  readonly parameters: QueryParameters;
}

interface Operation {
  readonly needs: readonly string[];
  readonly run: (call: StsCall) => Result | Refused | Promise<Result | Refused>;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: { needs: [], run: signed(identity) },
  AssumeRole: { needs: ["RoleArn", "RoleSessionName"], run: signed(assumed) },
  AssumeRoleWithWebIdentity: {
    needs: ["RoleArn", "RoleSessionName", "WebIdentityToken"],
    run: withWebIdentity,
  },
  GetAccessKeyInfo: { needs: ["AccessKeyId"], run: signed(keyInfo) },
};

export const serveSts: ServeCloud = async (call) => {
  const parameters = queryParameters(call);
  const name = parameters.get("Action") ?? "";
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (!operation)
    return queryProblem(
      DIALECT,
      call,
      { name: name.slice(0, 60) || "Unknown", readOnly: true },
      unknown(name),
    );
  const event: CloudEvent = { name, readOnly: true, parameters: parameters.shown(SECRET) };
  const result = parameterProblem(parameters, operation.needs) ?? (await operation.run({ call, parameters }));
  if (isCloudError(result)) {
    const { actor } = result as Refused;
    return { ...queryProblem(DIALECT, call, event, result), ...(actor ? { actor } : {}) };
  }
  const { xml, response, resources, actor } = result;
  const whole = { ...event, response: response ?? null, resources: resources ?? [] };
  return { ...queryAnswer(DIALECT, call, whole, xml), ...(actor ? { actor } : {}) };
};

/** For operations that need a signature. */
function signed(run: (call: StsCall, caller: Known) => Result | CloudError): Operation["run"] {
  return (sts) => {
    const { caller } = sts.call;
    if (caller.kind === "anonymous") return unsignedQuery();
    return caller.kind === "failure" ? queryFailure(caller) : run(sts, caller);
  };
}

/** Nobody needs a permission for it, and nobody can be denied it. */
function identity(_: StsCall, { arn, id, account }: Known): Result {
  return { xml: { Arn: arn, UserId: id, Account: account } };
}

function keyInfo({ call, parameters }: StsCall): Result | CloudError {
  const id = parameters.get("AccessKeyId") ?? "";
  const { tables } = call.ports;
  const known = tables.of(ACCESS_KEYS).has(id) || tables.of(SESSIONS).has(id);
  return known
    ? { xml: { Account: call.account } }
    : cloudError("ValidationError", "The provided access key id is not one of this account");
}

function assumed({ call, parameters }: StsCall, caller: Known): Result | CloudError {
  const started = assumeRole(call.ports, parameters, caller, call.from.address);
  if (isCloudError(started)) return started;
  return {
    xml: { Credentials: started.credentials, AssumedRoleUser: started.assumed },
    ...facts(started, parameters),
  };
}

async function withWebIdentity({ call, parameters }: StsCall): Promise<Result | Refused> {
  const found = await readWebIdentity(call.ports, parameters.get("WebIdentityToken") ?? "");
  if (isCloudError(found)) return found;
  const { provider, subject, audience } = found;
  const actor = { name: subject, type: "web-identity", arn: provider.arn };
  const started = assumeWithWebIdentity(call.ports, parameters, found, call.from.address);
  if (isCloudError(started)) return { ...started, actor };
  return {
    xml: {
      Credentials: started.credentials,
      SubjectFromWebIdentityToken: subject,
      AssumedRoleUser: started.assumed,
      Provider: provider.arn,
      Audience: audience,
    },
    ...facts(started, parameters),
    actor,
  };
}

function facts(
  { session, assumed: role }: StartedSession,
  parameters: QueryParameters,
): Pick<Result, "response" | "resources"> {
  const { accessKeyId, expiresAtMs } = session;
  return {
    response: {
      credentials: { accessKeyId, expiration: new Date(expiresAtMs).toISOString() },
      assumedRoleUser: { assumedRoleId: role.AssumedRoleId, arn: role.Arn },
    },
    resources: [
      { type: "AWS::IAM::AccessKey", name: accessKeyId },
      { type: "AWS::IAM::Role", name: parameters.get("RoleArn") ?? "" },
    ],
  };
}

function unknown(name: string): CloudError {
  return cloudError(
    "InvalidAction",
    `Could not find operation ${name.slice(0, 60)} for version 2011-06-15: not simulated in LeakLab. Simulated are ${Object.keys(OPERATIONS).join(", ")}`,
  );
}
