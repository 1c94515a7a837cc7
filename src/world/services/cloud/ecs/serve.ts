/** ECS: the JSON protocol. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html */
import type { Json } from "../../../../base/json.ts";
import { refusal } from "../authorise.ts";
import type { CloudCall, ServeCloud } from "../call.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { jsonFailure, unsignedJson } from "../failure.ts";
import { jsonAnswer, jsonBody, jsonOperation, jsonProblem, type JsonBody } from "../jsonProtocol.ts";
import { ECS_OPERATIONS, type EcsOperation } from "./operations.ts";

export const serveEcs: ServeCloud = async (call) => {
  const name = jsonOperation(call);
  const body = jsonBody(call);
  const operation = Object.hasOwn(ECS_OPERATIONS, name) ? ECS_OPERATIONS[name] : undefined;
  const parameters = isCloudError(body) ? null : (shown(body) as { readonly [key: string]: Json });
  const event = { name: name.slice(0, 60) || "Unknown", readOnly: operation?.readOnly ?? true, parameters };
  const result = await answer(call, name, operation, body);
  return isCloudError(result) ? jsonProblem(call, event, result) : jsonAnswer(call, event, result);
};

async function answer(
  { caller, ports, from }: CloudCall,
  name: string,
  operation: EcsOperation | undefined,
  body: JsonBody | CloudError,
): Promise<Json | CloudError> {
  if (!operation)
    return cloudError("UnknownOperationException", `not simulated in LeakLab: ecs ${name.slice(0, 60)}`);
  if (caller.kind === "anonymous") return unsignedJson();
  if (caller.kind === "failure") return jsonFailure(caller);
  if (isCloudError(body)) return body;
  const asked = { ports, body, caller: caller.arn };
  const resource = operation.resource?.(asked) ?? "*";
  const refused = refusal(ports, caller, { action: `ecs:${name}`, resource, address: from.address });
  return refused ?? operation.run(asked);
}

/** CloudTrail hides what containers find in their environment. */
function shown(value: Json | JsonBody): Json {
  if (Array.isArray(value)) return value.map((it: Json) => shown(it));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      name === "environment" ? "HIDDEN_DUE_TO_SECURITY_REASONS" : shown(it as Json),
    ]),
  );
}
