/** One request to the cloud: who signed it, which service answers, and what is recorded of it. */
import { sha256 } from "../../../base/digest.ts";
import { invariant } from "../../../base/invariant.ts";
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { accountId } from "./account.ts";
import { authenticate } from "./authenticate.ts";
import type { CloudCall, ServeCloud } from "./call.ts";
import { serveCloudTrail } from "./cloudtrail/serve.ts";
import { serveEcs } from "./ecs/serve.ts";
import { cloudHost, type CloudServiceName } from "./host.ts";
import { serveIam } from "./iam/serve.ts";
import { record } from "./record.ts";
import { serveS3 } from "./s3/serve.ts";
import { serveSts } from "./sts/serve.ts";

const SERVICES: Readonly<Record<CloudServiceName, ServeCloud>> = {
  iam: serveIam,
  sts: serveSts,
  cloudtrail: serveCloudTrail,
  s3: serveS3,
  ecs: serveEcs,
};

export async function dispatch(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const url = new URL(request.url);
  const host = cloudHost(url.hostname);
  invariant(host, `${url.hostname} is no host of the cloud`);
  const { method, headers } = request;
  const body = new Uint8Array(await request.arrayBuffer());
  const caller = authenticate(ports, { method, url, headers, body, service: host.service });
  const call: CloudCall = {
    ...{ ports, host, method, url, headers, body, from, caller },
    account: accountId(ports),
    requestId: nextRequestId(ports),
  };
  const answer = await SERVICES[host.service](call);
  record(call, answer);
  // Clients take the time from it when theirs is wrong.
  answer.response.headers.set("Date", new Date(ports.now()).toUTCString());
  return answer.response;
}

/** In the form of a UUID; the same for the same world. */
export function nextRequestId({ tables }: ServicePorts): string {
  const number = tables.next("cloud/request");
  const hex = sha256(`cloud request ${accountId({ tables })} ${number}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
