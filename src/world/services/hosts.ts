/** The small services around the forge, by host name. Which of them exist is in tables and credentials. */
import type { Origin } from "../network.ts";
import type { ServicePorts } from "../service.ts";
import { isCloudHost, serveCloud } from "./cloud/handlers.ts";
import { cloudExists } from "./cloud/account.ts";
import { CONSOLE_HOST } from "./cloud/console/host.ts";
import { CHAT_HOST } from "./chat/host.ts";
import { DEPLOY_HOST, STATUS_HOST } from "./consumers/host.ts";
import { serverExists } from "./database/roles.ts";
import { MAIL_HOST, serveMail } from "./mail/handlers.ts";
import { REGISTRY_HOST } from "./registry/host.ts";
import { outageAt } from "./outage.ts";
import { isAboutIncidents } from "./status/host.ts";
import { serveSink, sinkOf } from "./sinks/sinks.ts";
import { IDENTITY_HOST, STORE_HOST, storeExists } from "./store/host.ts";

export type Serve = (ports: ServicePorts, request: Request, from: Origin) => Promise<Response>;

const FIXED: Readonly<Record<string, Serve>> = {
  [DEPLOY_HOST]: async (ports, request, from) =>
    (await import("./consumers/handlers.ts")).serveDeploy(ports, request, from),
  [STATUS_HOST]: async (ports, request, from) =>
    isAboutIncidents(new URL(request.url).pathname)
      ? (await import("./status/handlers.ts")).serveIncidents(ports, request, from)
      : (await import("./consumers/status.ts")).serveStatus(ports, request),
  [MAIL_HOST]: serveMail,
  [CHAT_HOST]: async (ports, request, from) =>
    (await import("./chat/handlers.ts")).serveChat(ports, request, from),
  [REGISTRY_HOST]: async (ports, request, from) =>
    (await import("./registry/handlers.ts")).serveRegistry(ports, request, from),
};

/** Who answers to a name; undefined where nobody does. */
export function serviceOf(ports: ServicePorts, host: string): Serve | undefined {
  const outage = outageAt(ports.tables, host);
  if (outage) return outage;
  if (Object.hasOwn(FIXED, host)) return FIXED[host];
  if (isCloudHost(ports, host)) return serveCloud;
  if (host === CONSOLE_HOST) return cloudExists(ports) ? serveConsole : undefined;
  if (host === STORE_HOST || host === IDENTITY_HOST)
    return storeExists(ports.tables) ? serveStore : undefined;
  if (sinkOf(ports.tables, host) !== undefined) return serveSink;
  return serverExists(ports, host) ? serveDatabase : undefined;
}

const serveDatabase: Serve = async (ports, request, from) =>
  (await import("./database/handlers.ts")).serveDatabase(ports, request, from);

/** Large, and most worlds have none. */
const serveStore: Serve = async (ports, request, from) =>
  (await import("./store/handlers.ts")).serveStore(ports, request, from);

/** Only panels ask it. */
const serveConsole: Serve = async (ports, request, from) =>
  (await import("./cloud/console/handlers.ts")).serveConsole(ports, request, from);
