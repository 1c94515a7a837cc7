/** A service takes a new configuration where it comes up with it; otherwise the old version stays. */
import type { ServicePorts } from "../../service.ts";
import { cloudOrigin } from "../cloud/host.ts";
import { REGION } from "../cloud/model.ts";
import { sign } from "../cloud/signature.ts";
import { connect, disconnect } from "../database/database.ts";
import { CONSUMERS, type Config, type Consumer } from "./consumers.ts";
import { accessKeyOf, loginOf, NEEDED, problemOf, usesOf } from "./health.ts";

export interface Deploy {
  readonly config: Config;
  readonly version: string;
  readonly by: string;
  readonly source: string;
}

/** Null, or why the new version did not become healthy. */
export async function deploy(
  ports: ServicePorts,
  consumer: Consumer,
  { config, version, by, source }: Deploy,
): Promise<string | null> {
  const next = { ...consumer.config, ...config };
  const problem = await startProblem(ports, { ...consumer, version }, next);
  if (problem === null) {
    const { copies: _, ...rest } = consumer;
    ports.tables.of(CONSUMERS).set(consumer.name, {
      ...rest,
      config: next,
      version,
      source,
      deployedAtMs: ports.now(),
      deployedBy: by,
    });
  }
  ports.event({
    who: "provider",
    kind: problem === null ? "deploy.done" : "deploy.failed",
    what: `${consumer.name} ${version} ${problem === null ? "was deployed" : "could not be deployed"}`,
    data: { service: consumer.name, version },
  });
  return problem;
}

/** Tries each credential once, as a service does when it starts: that leaves traces where it knocks. */
export async function startProblem(
  ports: ServicePorts,
  consumer: Consumer,
  config: Config,
): Promise<string | null> {
  const database = config[NEEDED] === undefined ? null : databaseProblem(ports, consumer, config);
  if (database !== null) return database;
  await sayWho(ports, consumer, config);
  return problemOf(usesOf(ports, consumer, config));
}

function databaseProblem(ports: ServicePorts, { name, address }: Consumer, config: Config): string | null {
  const login = loginOf(config);
  if (!login) return `${NEEDED} is no postgres URL`;
  const session = connect(ports, { ...login, address, application: name });
  if (!session.ok) return `FATAL:  ${session.error}`;
  // Its pool belongs to one version of it: what the last one held is closed.
  disconnect(ports, session.value.pid);
  return null;
}

/** The first calls of SDKs: whose key is this? */
async function sayWho(
  ports: ServicePorts,
  { name, version, address }: Consumer,
  config: Config,
): Promise<void> {
  const key = accessKeyOf(config);
  const reach = ports.outward(address);
  if (key) {
    const url = `${cloudOrigin("sts", REGION)}/`;
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-amz-user-agent": `${name}/${version} aws-sdk-js/3.1137.0`,
    };
    const { host: _, ...signed } = sign(
      { method: "POST", url, headers, body },
      key,
      { region: REGION, service: "sts" },
      ports.now(),
    );
    await quietly(reach(new Request(url, { method: "POST", headers: signed, body })));
  }
  const token = config["npm_token"];
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) return;
  const headers = { authorization: `Bearer ${token}`, "user-agent": `${name}/${version}` };
  await quietly(reach(new Request("https://registry.npm.test/-/whoami", { headers })));
}

/** Nobody there, or refused: health tells. */
async function quietly(answer: Promise<Response>): Promise<void> {
  try {
    await answer;
  } catch {
    // A host that does not exist in this world.
  }
}
