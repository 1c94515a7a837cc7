/** Whether what a service runs with works at this moment. Looking: leaves no trace. */
import type { ServicePorts } from "../../service.ts";
import { accessKeyIdOf, actorOf, principalOf } from "../cloud/authenticate.ts";
import { cloudExists } from "../cloud/account.ts";
import { authorise } from "../cloud/authorise.ts";
import { policyOfResource } from "../cloud/s3/resource.ts";
import { presentedBy, wouldConnect } from "../database/database.ts";
import { copiesOf, type Config, type Consumer } from "./consumers.ts";

/** Entries of the configuration that a service cannot start without, where it has none of the others. */
export const NEEDED = "database_url";

/** One credential that a request needs. */
export interface Use {
  /** Id of the world's credential; null where nobody issued what was presented. */
  readonly credential: string | null;
  readonly actor: string;
  readonly action: string;
  /** Null where it works; else why not, in the words of whoever refuses. */
  readonly problem: string | null;
}

export interface Login {
  readonly host: string;
  readonly role: string;
  readonly password: string;
  readonly database: string;
}

export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Every copy of it works. */
export function healthy(ports: ServicePorts, consumer: Consumer): boolean {
  return copiesOf(consumer).every(({ config }) => problemOf(usesOf(ports, consumer, config)) === null);
}

/** The first reason why a request fails; null where none does. */
export function problemOf(uses: readonly Use[]): string | null {
  if (uses.length === 0) return `${NEEDED} is no postgres URL`;
  return uses.find(({ problem }) => problem !== null)?.problem ?? null;
}

/** What a request to a service uses, by what is in its configuration. */
export function usesOf(ports: ServicePorts, { calls }: Pick<Consumer, "calls">, config: Config): Use[] {
  const key = accessKeyOf(config);
  const token = config["npm_token"];
  return [
    ...(config[NEEDED] === undefined ? [] : [databaseUse(ports, config)]),
    ...(key ? [cloudUse(ports, key, calls)] : []),
    ...(token === undefined ? [] : [registryUse(ports, token)]),
  ];
}

function databaseUse(ports: ServicePorts, config: Config): Use {
  const login = loginOf(config);
  const use = { actor: login?.role ?? "", action: "connect" };
  if (!login) return { ...use, credential: null, problem: `${NEEDED} is no postgres URL` };
  const problem = wouldConnect(ports, login)
    ? null
    : `FATAL:  password authentication failed for user "${login.role}"`;
  return { ...use, credential: presentedBy(ports, login)?.id ?? null, problem };
}

export function loginOf(config: Config): Login | null {
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

export function accessKeyOf(config: Config): AccessKeyPair | null {
  const accessKeyId = config["aws_access_key_id"];
  const secretAccessKey = config["aws_secret_access_key"];
  const sessionToken = config["aws_session_token"];
  if (accessKeyId === undefined && secretAccessKey === undefined) return null;
  return {
    accessKeyId: accessKeyId ?? "",
    secretAccessKey: secretAccessKey ?? "",
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

const INVALID = "InvalidClientTokenId: The security token included in the request is invalid.";

function cloudUse(ports: ServicePorts, key: AccessKeyPair, calls: Consumer["calls"]): Use {
  const credential = ports.credentials
    .all()
    .find((it) => it.issuer === "cloud" && accessKeyIdOf(it) === key.accessKeyId);
  const action = calls?.action ?? "sts:GetCallerIdentity";
  if (!credential || !cloudExists(ports)) return { credential: null, actor: "", action, problem: INVALID };
  const use = { credential: credential.id, actor: actorOf(credential), action };
  if (credential.value !== key.secretAccessKey)
    return { ...use, problem: "SignatureDoesNotMatch: The request signature does not match." };
  const token = credential.parts[1];
  const principal = principalOf(ports, credential);
  if (!principal || (principal.kind === "session" && token !== key.sessionToken))
    return { ...use, problem: INVALID };
  if (!calls) return { ...use, problem: null };
  const resourcePolicy = policyOfResource(ports, calls.resource);
  const { allowed } = authorise(ports, principal, { ...calls, resourcePolicy });
  return { ...use, problem: allowed ? null : `AccessDenied: not authorized to perform ${action}` };
}

function registryUse({ credentials }: ServicePorts, token: string): Use {
  const found = credentials.find("registry", token);
  const use = { credential: found?.id ?? null, actor: found?.owner ?? "", action: "whoami" };
  return { ...use, problem: found && credentials.works(found) ? null : "401 Unauthorized: whoami" };
}
