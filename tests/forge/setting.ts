/** A world with one repository, and a detector that knows one kind of token. */
import { Stream } from "../../src/base/stream.ts";
import type { Credential } from "../../src/world/credential.ts";
import type { Grants } from "../../src/world/services/forge/identity.ts";
import type { DetectSecrets } from "../../src/world/services/forge/model.ts";
import { World } from "../../src/world/world.ts";
import type { Json } from "../../src/base/json.ts";

export const ID = "lantern-tides/tides";
export const SECRET = ["TI", "DES-"].join("") + "k".repeat(12);

const detect: DetectSecrets = (_path, bytes) =>
  new TextDecoder()
    .decode(bytes)
    .split("\n")
    .flatMap((text, i) => {
      const value = /TIDES-\w{12}/.exec(text)?.[0];
      return value ? [{ rule: "tides_token", line: i + 1, kind: "Tides Access Token", value }] : [];
    });

export function worldWithRepository(nowMs: number = Date.UTC(2026, 2, 9, 9, 0, 0)): World {
  const world = World.empty(1, { detect, happenings: { pipeline: async () => undefined } }, nowMs);
  world.forge.createRepository(ID);
  world.forge.openToLearner(ID);
  return world;
}

/** A credential of the forge that somebody may present. */
export function token(world: World, owner: string, grants: Grants, id = `token of ${owner}`): Credential {
  const value = `word-${new Stream(world.seed, id).text(30, "abcdefghijklmnopqrstuvwxyz")}`;
  return world.credentials.add({
    id,
    kind: "githubToken",
    issuer: "forge",
    value,
    parts: [value],
    owner,
    scope: "the forge",
    grants: grants as unknown as Json,
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: null,
    uses: [],
    planted: false,
  });
}
