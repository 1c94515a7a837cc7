/**
 * Services of the company that use a credential: which one they were last deployed with, and whether it works now.
 * They listen on deploy.lantern-tides.test (who may deploy) and are shown on status.lantern-tides.test.
 */
import { tableName } from "../../../base/tables.ts";
import type { ServicePorts } from "../../service.ts";
import { connect, disconnect, wouldConnect } from "../database/database.ts";

export interface Consumer {
  /** "tides-api": the path at both hosts. */
  readonly name: string;
  /** From where it connects. */
  readonly address: string;
  /** Where its credential was taken from at the last deploy, for people: "secret DATABASE_URL of production". */
  readonly source: string;
  /** What it runs with: `database_url`, and whatever else was sent. */
  readonly config: Readonly<Record<string, string>>;
  readonly version: string;
  readonly deployedAtMs: number;
  readonly deployedBy: string;
}

/** By name. */
const CONSUMERS = tableName<Consumer>("consumers");

/** Entries of the configuration that a service cannot start without. */
export const NEEDED = "database_url";

/** Declares a service as it runs at the beginning of a lab. */
export function addConsumer(
  ports: ServicePorts,
  consumer: Pick<Consumer, "name" | "source" | "config"> & Partial<Consumer>,
): Consumer {
  return ports.tables.of(CONSUMERS).set(consumer.name, {
    address: "203.0.113.60",
    version: "1.0.0",
    deployedAtMs: ports.now(),
    deployedBy: "teo",
    ...consumer,
  });
}

export function consumers({ tables }: Pick<ServicePorts, "tables">): readonly Consumer[] {
  return tables.of(CONSUMERS).all();
}

export function findConsumer({ tables }: Pick<ServicePorts, "tables">, name: string): Consumer | undefined {
  return tables.of(CONSUMERS).get(name);
}

/** Whether what it runs with works at this moment. Looking: leaves no trace. */
export function healthy(ports: ServicePorts, { config }: Pick<Consumer, "config">): boolean {
  const login = loginOf(config);
  return login !== null && wouldConnect(ports, login);
}

export interface Deploy {
  readonly config: Readonly<Record<string, string>>;
  readonly version: string;
  readonly by: string;
  readonly source: string;
}

/** Takes a new configuration where a connection with it succeeds; otherwise the old one stays. The error says why. */
export function deploy(ports: ServicePorts, consumer: Consumer, { config, version, by, source }: Deploy) {
  const next = { ...consumer.config, ...config };
  const login = loginOf(next);
  const problem = login === null ? `${NEEDED} is no postgres URL` : connectionProblem(ports, consumer, login);
  if (problem === null)
    ports.tables.of(CONSUMERS).set(consumer.name, {
      ...consumer,
      config: next,
      version,
      source,
      deployedAtMs: ports.now(),
      deployedBy: by,
    });
  ports.event({
    who: "provider",
    kind: problem === null ? "deploy.done" : "deploy.failed",
    what: `${consumer.name} ${version} ${problem === null ? "was deployed" : "could not be deployed"}`,
    data: { service: consumer.name, version },
  });
  return problem;
}

type Login = Parameters<typeof wouldConnect>[1];

function connectionProblem(ports: ServicePorts, { name, address }: Consumer, login: Login): string | null {
  const session = connect(ports, { ...login, address, application: name });
  if (!session.ok) return `FATAL:  ${session.error}`;
  // Its pool belongs to one version of it: what the last one held is closed.
  disconnect(ports, session.value.pid);
  return null;
}

function loginOf(config: Consumer["config"]): Login | null {
  try {
    const url = new URL(config[NEEDED] ?? "");
    if (!/^postgres(ql)?:$/.test(url.protocol)) return null;
    const [user, password, path] = [url.username, url.password, url.pathname.slice(1)].map(
      decodeURIComponent,
    );
    return { host: url.hostname, role: user ?? "", password: password ?? "", database: path || (user ?? "") };
  } catch {
    return null;
  }
}
