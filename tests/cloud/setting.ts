/** A world with a cloud behind loopback ports, and the real clients of AWS in front of them. */
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { listen, type Loopback } from "../../src/server/loopback.ts";
import { openAccount } from "../../src/world/services/cloud/account.ts";
import { awsPolicyNamed } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { createKey } from "../../src/world/services/cloud/keys.ts";
import { addUser, attachToUser, changeUser, userNamed } from "../../src/world/services/cloud/users.ts";
import { World } from "../../src/world/world.ts";

export const ADDRESS = "203.0.113.20";

/** The clients of one caller. */
export interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly trail: CloudTrailClient;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Who calls. `admin` may do everything; `reader` may read IAM; `self` may only what a policy with a variable says of its
 * own user; `wrong` signs with a wrong secret; `stranger` has a key that nobody knows.
 */
export type Caller = "admin" | "reader" | "self" | "wrong" | "stranger" | "nobody";

export interface Cloud {
  readonly world: World;
  readonly keys: Readonly<Record<Exclude<Caller, "nobody">, Credentials>>;
  readonly clients: ReadonlyMap<Caller, Clients>;
  /** Clients for further credentials; without any, nothing is signed. */
  clientsFor(credentials: Credentials | null): Clients;
  stop(): Promise<void>;
}

const SELF = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["iam:*AccessKey*", "iam:GetUser"],
      Resource: "arn:aws:iam::*:user/${aws:username}",
    },
    { Effect: "Deny", Action: "iam:DeleteAccessKey", Resource: "*" },
  ],
});

export function cloudWorld(seed = 1): World {
  const world = World.empty(seed, { detect: () => [] });
  openAccount(world.ports("cloud"), ["mina@lantern-tides.test"]);
  return world;
}

function user(world: World, name: string, policy: string | null): Credentials {
  const ports = world.ports("cloud");
  addUser(ports, name);
  if (policy !== null) attachToUser(ports, name, awsPolicyNamed(policy) ?? "");
  const { key, credential } = createKey(ports, name);
  return { accessKeyId: key.accessKeyId, secretAccessKey: credential.value };
}

/** Real clients ask the host's clock; the world has its own. */
export async function startCloud(): Promise<Cloud> {
  const world = cloudWorld();
  const reach = world.network.from({ address: ADDRESS, session: null });
  const open = (host: string) => listen(reach, { host });
  const [iam, sts, trail] = await Promise.all(
    ["iam.amazonaws.test", "sts.eu-north-1.amazonaws.test", "cloudtrail.eu-north-1.amazonaws.test"].map(open),
  );
  const admin = user(world, "mina", "AdministratorAccess");
  const self = user(world, "teo", null);
  const teo = userNamed(world, "teo");
  if (teo) changeUser(world.ports("cloud"), teo, { inline: { own: SELF } });
  const keys = {
    admin,
    self,
    reader: user(world, "sam", "IAMReadOnlyAccess"),
    wrong: { ...admin, secretAccessKey: self.secretAccessKey },
    stranger: { ...admin, accessKeyId: `${admin.accessKeyId.slice(0, 4)}${"X".repeat(16)}` },
  };
  const ports = { iam, sts, trail } as Readonly<Record<keyof Clients, Loopback>>;
  const clientsFor = (credentials: Credentials | null) => makeClients(world, ports, credentials);
  const clients = new Map<Caller, Clients>([
    ...Object.entries(keys).map(([caller, key]) => [caller as Caller, clientsFor(key)] as const),
    ["nobody", clientsFor(null)],
  ]);
  const stop = async () => void (await Promise.all(Object.values(ports).map((port) => port.close())));
  return { world, keys, clients, clientsFor, stop };
}

function makeClients(
  world: World,
  ports: Readonly<Record<keyof Clients, Loopback>>,
  credentials: Credentials | null,
): Clients {
  const options = (name: keyof Clients, region: string) => ({
    region,
    endpoint: ports[name].origin,
    maxAttempts: 1,
    systemClockOffset: world.clock.now() - Date.now(),
    credentials: credentials ?? { accessKeyId: "none", secretAccessKey: "none" },
    ...(credentials ? {} : { signer: { sign: async <T>(request: T) => request } }),
  });
  return {
    iam: new IAMClient(options("iam", "us-east-1")),
    sts: new STSClient(options("sts", "eu-north-1")),
    trail: new CloudTrailClient(options("trail", "eu-north-1")),
  };
}

export interface Outcome {
  readonly status: number;
  /** Null where it was no error. */
  readonly code: string | null;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly $metadata: { readonly httpStatusCode?: number };
}

export async function outcome(call: Promise<object>): Promise<Outcome> {
  try {
    const { $metadata, ...data } = (await call) as { $metadata: { httpStatusCode?: number } };
    return { status: $metadata.httpStatusCode ?? 0, code: null, message: "", data };
  } catch (problem) {
    const { name, message, $metadata } = problem as Failure;
    return { status: $metadata?.httpStatusCode ?? 0, code: name, message, data: {} };
  }
}

/** What is asked, by whom, with which call, and what comes of it: a code of an error, or fields of the answer. */
export type Row = readonly [
  what: string,
  caller: Caller,
  ask: (clients: Clients) => Promise<object>,
  expected: string | object,
  /** Of an error: what its message says. */
  message?: string | RegExp,
];
