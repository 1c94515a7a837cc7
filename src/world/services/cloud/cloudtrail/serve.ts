/** CloudTrail: the JSON protocol. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/Welcome.html */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import { refusal } from "../authorise.ts";
import type { CloudCall, ServeCloud } from "../call.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { jsonFailure, unsignedJson } from "../failure.ts";
import { jsonAnswer, jsonBody, jsonOperation, jsonProblem, type JsonBody } from "../jsonProtocol.ts";
import { REGION } from "../model.ts";
import { lookupEvents } from "./lookup.ts";

type Operation = (ports: ServicePorts, body: JsonBody) => Json | CloudError;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  LookupEvents: lookupEvents,
  DescribeTrails: (ports) => ({ trailList: [trail(ports)] }),
  ListTrails: (ports) => ({
    Trails: [{ TrailARN: trail(ports).TrailARN, Name: TRAIL, HomeRegion: REGION }],
  }),
  GetTrailStatus: () => ({ IsLogging: true }),
};

const TRAIL = "management-events";

/** The one trail of the account. Nobody can stop it here. */
function trail(ports: ServicePorts) {
  return {
    Name: TRAIL,
    TrailARN: `arn:aws:cloudtrail:${REGION}:${accountId(ports)}:trail/${TRAIL}`,
    HomeRegion: REGION,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
  };
}

export const serveCloudTrail: ServeCloud = async (call) => {
  const name = jsonOperation(call);
  const body = jsonBody(call);
  const parameters = isCloudError(body) ? null : shown(body);
  const event = { name: name.slice(0, 60) || "Unknown", readOnly: true, parameters };
  const result = answer(call, name, body);
  return isCloudError(result) ? jsonProblem(call, event, result) : jsonAnswer(call, event, result);
};

function answer(
  { caller, ports, from }: CloudCall,
  name: string,
  body: JsonBody | CloudError,
): Json | CloudError {
  if (!Object.hasOwn(OPERATIONS, name))
    return cloudError(
      "UnknownOperationException",
      `not simulated in LeakLab: cloudtrail ${name.slice(0, 60)}. Simulated are ${Object.keys(OPERATIONS).join(", ")}`,
    );
  if (caller.kind === "anonymous") return unsignedJson();
  if (caller.kind === "failure") return jsonFailure(caller);
  if (isCloudError(body)) return body;
  const action = `cloudtrail:${name}`;
  const refused = refusal(ports, caller, { action, resource: "*", address: from.address });
  return refused ?? (OPERATIONS[name] as Operation)(ports, body);
}

/** CloudTrail writes names with a small letter at the beginning. */
function shown(body: JsonBody): JsonBody {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
