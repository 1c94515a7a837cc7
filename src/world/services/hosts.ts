/** The small services around the forge, by host name. Which of them exist is in tables and credentials. */
import type { Origin } from "../network.ts";
import type { ServicePorts } from "../service.ts";
import { DEPLOY_HOST, serveDeploy, serveStatus, STATUS_HOST } from "./consumers/handlers.ts";
import { serveDatabase } from "./database/handlers.ts";
import { serverExists } from "./database/roles.ts";
import { MAIL_HOST, serveMail } from "./mail/handlers.ts";
import { REGISTRY_HOST, serveRegistry } from "./registry/handlers.ts";
import { outageAt } from "./outage.ts";
import { serveSink, sinkOf } from "./sinks/sinks.ts";

export type Serve = (ports: ServicePorts, request: Request, from: Origin) => Promise<Response>;

const FIXED: Readonly<Record<string, Serve>> = {
  [DEPLOY_HOST]: serveDeploy,
  [STATUS_HOST]: serveStatus,
  [MAIL_HOST]: serveMail,
  [REGISTRY_HOST]: serveRegistry,
};

/** Who answers to a name; undefined where nobody does. */
export function serviceOf(ports: ServicePorts, host: string): Serve | undefined {
  const outage = outageAt(ports.tables, host);
  if (outage) return outage;
  if (Object.hasOwn(FIXED, host)) return FIXED[host];
  if (sinkOf(ports.tables, host) !== undefined) return serveSink;
  return serverExists(ports, host) ? serveDatabase : undefined;
}
