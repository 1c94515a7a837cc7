/** A small world in which every service issued one credential, and words for what happens to them there. */
import { Stream } from "../../src/base/stream.ts";
import { sha1 } from "../../src/base/digest.ts";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { mint, type Kind } from "../../src/engine/kinds.ts";
import type { Credential, Issuer } from "../../src/world/credential.ts";
import { openAccount } from "../../src/world/services/cloud/account.ts";
import { accessKeyIdOf } from "../../src/world/services/cloud/authenticate.ts";
import { awsPolicyNamed } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { adoptKey } from "../../src/world/services/cloud/keys.ts";
import { addUser as addCloudUser, attachToUser } from "../../src/world/services/cloud/users.ts";
import { createChannel, post } from "../../src/world/services/chat/chat.ts";
import { addConsumer } from "../../src/world/services/consumers/consumers.ts";
import { RUNS, type Run } from "../../src/world/services/forge/actions/model.ts";
import { logPath } from "../../src/world/services/forge/actions/files.ts";
import { diskStorage } from "../../src/world/services/forge/git/storage.ts";
import { addUser, publishVersion } from "../../src/world/services/registry/registry.ts";
import { initialise } from "../../src/world/services/store/initialise.ts";
import { World, type WorldPorts } from "../../src/world/world.ts";

export const REPOSITORY = "lantern-tides/tides";
export const DATABASE_HOST = "db.production.lantern-tides.test";
export const MINUTE = 60_000;

/** What is due for a pipeline or a story is let go. */
export const PORTS: WorldPorts = {
  detect: () => [],
  happenings: { pipeline: async () => undefined, story: async () => undefined },
};

interface Planting {
  readonly issuer: Issuer;
  readonly kind: Kind;
  readonly owner: string;
  readonly grants: Credential["grants"];
}

/** By id. */
const PLANTED: Readonly<Record<string, Planting>> = {
  db: {
    issuer: "database",
    kind: "password",
    owner: "priya",
    grants: { host: DATABASE_HOST, role: "tides_app", database: "tides", createRole: true },
  },
  npm: {
    issuer: "registry",
    kind: "npmToken",
    owner: "lantern-bot",
    grants: { user: "lantern-bot", scopes: "publish" },
  },
  deploy: {
    issuer: "deploy",
    kind: "password",
    owner: "ci",
    grants: { services: ["tides-api"], managers: ["mina"] },
  },
  pat: {
    issuer: "forge",
    kind: "githubToken",
    owner: "mina",
    grants: { kind: "classic", scopes: ["repo"] },
  },
  aws: { issuer: "cloud", kind: "awsKey", owner: "ci-sandbox", grants: { user: "ci-sandbox" } },
  bao: { issuer: "store", kind: "openbaoToken", owner: "ci", grants: { policies: ["root"] } },
};

export const IDS = Object.keys(PLANTED);

export function smallWorld(seed = 1): World {
  const world = World.empty(seed, PORTS);
  const ports = world.ports("test");
  world.forge.createAccount("mina");
  world.forge.createRepository(REPOSITORY, { visibility: "public", collaborators: { mina: "admin" } });
  world.forge.openToLearner(REPOSITORY);
  for (const [id, planting] of Object.entries(PLANTED)) plant(world, id, planting);
  addUser(world, { name: "lantern-bot", people: ["mina"] });
  const manifest = { name: "@lantern/tides", version: "1.0.0" };
  const version = { version: "1.0.0", manifest, publishedAtMs: 0, by: "lantern-bot" };
  publishVersion(ports, "@lantern/tides", version, "latest", new Uint8Array());
  addConsumer(ports, { name: "tides-api", source: "", config: {} });
  openAccount(ports);
  const key = world.credentials.get("aws") as Credential;
  addCloudUser(ports, "ci-sandbox");
  attachToUser(ports, "ci-sandbox", awsPolicyNamed("AdministratorAccess") ?? "");
  adoptKey(ports, key, "ci-sandbox", accessKeyIdOf(key));
  initialise(ports);
  createChannel(ports, { name: "general", creator: "mina" });
  return world;
}

function plant(world: World, id: string, planting: Planting): void {
  const { value, parts, needles } = mint(planting.kind, new Stream(world.seed, id));
  const { accessKeyId } = parts as { readonly accessKeyId?: string };
  const grants =
    accessKeyId === undefined ? planting.grants : { ...(planting.grants as object), accessKeyId };
  world.credentials.add({
    ...planting,
    id,
    grants,
    value,
    parts: needles,
    scope: "",
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: null,
    uses: [],
    planted: true,
  });
}

export function valueOf(world: World, id: string): string {
  return world.credentials.get(id)?.value ?? "";
}

export const LEAKS = ["commit", "log", "chat"] as const;

/** A value comes to stand where everybody can read it. */
export function leak(world: World, id: string, where: (typeof LEAKS)[number], number: number): void {
  const text = `before\n${valueOf(world, id)}\nafter ${number}`;
  if (where === "commit") {
    const content = fromUtf8(text);
    const hash = sha1(`blob ${content.length}\0${text}`);
    void diskStorage(world.forge.disk).putObjects(REPOSITORY, [{ hash, type: "blob", content }]);
  } else if (where === "log") {
    const run = { id: number, repository: REPOSITORY, logsDeleted: false } as Run;
    world.tables.of(RUNS).set(String(number), run);
    const path = logPath(number, 1, 1, 1);
    world.forge.disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    world.forge.disk.write(path, text);
  } else {
    const channel = world.tables.of<{ id: string }>({ name: "chat/channels" }).all()[0];
    if (channel) post(world.ports("test"), { channel: channel as never, user: "mina", text });
  }
}
