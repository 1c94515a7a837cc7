/**
 * Requests to the cloud, by service. Everything behind it is loaded when somebody first asks: a world without the cloud
 * does without.
 */
import type { Origin } from "../../network.ts";
import type { ServicePorts } from "../../service.ts";
import { cloudExists } from "./account.ts";
import { cloudHost } from "./host.ts";

export function isCloudHost(ports: Pick<ServicePorts, "tables">, name: string): boolean {
  return cloudHost(name) !== null && cloudExists(ports);
}

export async function serveCloud(ports: ServicePorts, request: Request, from: Origin): Promise<Response> {
  const { dispatch } = await import("./dispatch.ts");
  return dispatch(ports, request, from);
}
