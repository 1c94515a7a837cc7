/** S3 and ECS of a world behind loopback ports, and the real clients of AWS in front of them. */
import { ECSClient } from "@aws-sdk/client-ecs";
import { S3Client } from "@aws-sdk/client-s3";
import { listen } from "../../src/server/loopback.ts";
import { awsPolicyNamed } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { createKey } from "../../src/world/services/cloud/keys.ts";
import { addUser, attachToUser, changeUser, userNamed } from "../../src/world/services/cloud/users.ts";
import type { World } from "../../src/world/world.ts";
import { ADDRESS, cloudWorld } from "./setting.ts";

export interface StorageClients {
  readonly s3: S3Client;
  readonly ecs: ECSClient;
  readonly world: World;
}

/** `admin` may everything; `reader` may read objects below `shared/`; `wrong` signs with a wrong secret; `nobody` does not sign. */
export type StorageCaller = "admin" | "reader" | "wrong" | "nobody";

export interface Storage {
  readonly world: World;
  readonly clients: ReadonlyMap<StorageCaller, StorageClients>;
  stop(): Promise<void>;
}

const READER = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::tides-data/shared/*" },
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::tides-data",
      Condition: { StringLike: { "s3:prefix": "shared/*" } },
    },
  ],
});

export async function startStorage(): Promise<Storage> {
  const world = cloudWorld();
  const ports = world.ports("cloud");
  const reach = world.network.from({ address: ADDRESS, session: null });
  const [s3, ecs] = await Promise.all(
    ["s3.eu-north-1.amazonaws.test", "ecs.eu-north-1.amazonaws.test"].map((host) => listen(reach, { host })),
  );
  const keyOf = (name: string) => {
    addUser(ports, name);
    const { key, credential } = createKey(ports, name);
    return { accessKeyId: key.accessKeyId, secretAccessKey: credential.value };
  };
  const admin = keyOf("mina");
  const reader = keyOf("sam");
  attachToUser(ports, "mina", awsPolicyNamed("AdministratorAccess") ?? "");
  const sam = userNamed(world, "sam");
  if (sam) changeUser(ports, sam, { inline: { reader: READER } });
  const clientsOf = (credentials: typeof admin | null): StorageClients => {
    const options = (endpoint: string) => ({
      region: "eu-north-1",
      endpoint,
      maxAttempts: 1,
      systemClockOffset: world.clock.now() - Date.now(),
      credentials: credentials ?? { accessKeyId: "none", secretAccessKey: "none" },
      ...(credentials ? {} : { signer: { sign: async <T>(request: T) => request } }),
    });
    return {
      s3: new S3Client({ ...options(s3?.origin ?? ""), forcePathStyle: true }),
      ecs: new ECSClient(options(ecs?.origin ?? "")),
      world,
    };
  };
  const clients = new Map<StorageCaller, StorageClients>([
    ["admin", clientsOf(admin)],
    ["reader", clientsOf(reader)],
    ["wrong", clientsOf({ ...admin, secretAccessKey: reader.secretAccessKey })],
    ["nobody", clientsOf(null)],
  ]);
  return { world, clients, stop: async () => void (await Promise.all([s3?.close(), ecs?.close()])) };
}

/** What is asked, by whom, with which call, and what comes of it: a code of an error, or fields of the answer. */
export type StorageRow = readonly [
  what: string,
  caller: StorageCaller,
  ask: (clients: StorageClients) => Promise<object>,
  expected: string | object,
];
