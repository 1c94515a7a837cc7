/** Commands of auditors: services that are down, stored secrets, copies of whatever is in use. */
import type { Command } from "just-bash/browser";
import { expect, test } from "vitest";
import type { Credential } from "../world/credential.ts";
import { setSecret } from "../world/services/forge/actions/secrets.ts";
import { outageAt } from "../world/services/outage.ts";
import { World } from "../world/world.ts";
import { storyTools } from "./storyTools.ts";

function stage() {
  const world = World.empty(1, { detect: () => [] });
  const sought: string[] = [];
  const commands = storyTools({
    world,
    told: { evidence: [], found: [], said: [], truth: null },
    search: async (_surfaces, credentials = []) => {
      sought.push(...credentials.map(({ id }) => id));
      const copy = {
        surface: "ci.logs",
        place: "run 1 job a step 2",
        path: "2.txt",
        line: 3,
        lastLine: 5,
      } as const;
      const foundBy = { engine: false, trace: true };
      return {
        copies: [{ ...copy, credential: "made", steps: ["base64", "base64"], foundBy }],
        unsearched: [],
      };
    },
  });
  const run = (name: string, ...args: string[]) =>
    (commands.find((it) => it.name === name) as Command).execute(
      args,
      {} as Parameters<Command["execute"]>[1],
    );
  return { world, sought, run };
}

function add(world: World, id: string, fields: Partial<Credential>): void {
  world.credentials.add({
    id,
    kind: "password",
    issuer: "deploy",
    value: id,
    parts: [id],
    owner: "teo",
    scope: id,
    grants: null,
    planted: false,
    status: "active",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
    ...fields,
  });
}

test("trace any looks for what was planted and what was made since, but for no sign-in", async () => {
  const { world, sought, run } = stage();
  add(world, "planted", { planted: true, issuer: "none" });
  add(world, "made", {});
  add(world, "signIn", { issuer: "registry", grants: { user: "learner", session: true } });
  add(world, "job", { issuer: "forge" });
  const { stdout, exitCode } = await run("trace", "any", "ci.logs");
  expect(sought).toEqual(["planted", "made"]);
  expect([stdout, exitCode]).toEqual(["ci.logs\trun 1 job a step 2:3\tmade\tbase64,base64\t5\n", 0]);
});

test("an outage begins and ends", async () => {
  const { world, run } = stage();
  await run("outage", "a.test", "502");
  expect((await outageAt(world.tables, "a.test")?.())?.status).toBe(502);
  await run("outage", "a.test", "off");
  expect(outageAt(world.tables, "a.test")).toBeUndefined();
});

test("stored secrets are told by name and shape, never by value", async () => {
  const { world, run } = stage();
  for (const id of ["seven", "eight"]) add(world, id, {});
  setSecret(world.forge, { kind: "repository", repository: "o/r" }, "CONFIG", '{"token": "seven"}');
  const { stdout } = await run("stored-secrets");
  expect(stdout).toMatch(/^CONFIG\tjson\t.*o\/r\tseven\n$/);
});

test.each([
  ["outage", ["a.test"]],
  ["outage", ["a.test", "200"]],
  ["trace", ["any", "nowhere"]],
])("%s %j is a wrong use", async (name, args) => {
  expect(await stage().run(name, ...args)).toMatchObject({ exitCode: 2 });
});
