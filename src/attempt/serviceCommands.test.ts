/** What narrators declare, and the bot that stories let come by. */
import type { Command } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "../base/bytes.ts";
import { findConsumer } from "../world/services/consumers/consumers.ts";
import { accountOf } from "../world/services/registry/registry.ts";
import { ISSUES, type Issue } from "../world/services/forge/issue.ts";
import { heldBy } from "../world/attackers/harvest.ts";
import { World } from "../world/world.ts";
import { magpieCommand, serviceCommands } from "./serviceCommands.ts";

function run(commands: readonly Command[], name: string, args: string[]) {
  const found = commands.find((it) => it.name === name) as Command;
  return found.execute(args, {} as Parameters<Command["execute"]>[1]);
}

describe("narrators declare", () => {
  test("a service and what it runs with", async () => {
    const world = World.empty(1, { detect: () => [] });
    const args = ["tides-api", "secret DATABASE_URL", "database_url=postgres://a:b@c/d?x=y", "version=1.4.0"];
    expect((await run(serviceCommands(world), "consumer", args)).exitCode).toBe(0);
    expect(findConsumer(world, "tides-api")).toMatchObject({
      source: "secret DATABASE_URL",
      version: "1.4.0",
      config: { database_url: "postgres://a:b@c/d?x=y" },
    });
  });

  test("an account of the registry and its people", async () => {
    const world = World.empty(1, { detect: () => [] });
    await run(serviceCommands(world), "registry-user", ["lantern-bot", "learner"]);
    expect([accountOf(world, "learner"), accountOf(world, "mina")]).toEqual(["lantern-bot", "mina"]);
  });

  test.each([
    ["consumer", []],
    ["consumer", ["__proto__", "a=b"]],
    ["consumer", ["x"]],
    ["registry-user", []],
    ["advisory", ["left-tide", "not a range", "high", "bad"]],
    ["advisory", ["left-tide", "<1", "terrible", "bad"]],
  ])("%s %j is a wrong use", async (name, args) => {
    const world = World.empty(1, { detect: () => [] });
    expect(await run(serviceCommands(world), name, args)).toMatchObject({
      stderr: expect.stringContaining(`usage: ${name}`) as string,
      exitCode: 2,
    });
  });
});

test("a visit of magpie finds what somebody wrote into an issue", async () => {
  const world = World.empty(1, { detect: () => [] });
  const { id } = world.forge.createRepository("o/r", { visibility: "public" });
  world.forge.openToLearner("o/r");
  const value = fromUtf8("seven").join("x") + "-and-some-more-letters";
  world.credentials.add({
    id: "token",
    kind: "password",
    issuer: "deploy",
    value,
    parts: [value],
    owner: "ci",
    scope: "",
    grants: null,
    status: "revoked",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
    planted: true,
  });
  const issue = {
    repository: id,
    number: 1,
    title: "Help",
    body: `I used ${value}`,
    edits: [],
    updatedAtMs: 0,
  };
  world.tables.of(ISSUES).set(`${id}/1`, issue as unknown as Issue);
  expect((await run([magpieCommand(world, 1)], "magpie", [])).exitCode).toBe(0);
  expect(heldBy(world, "magpie")).toMatchObject([{ credential: "token", where: "#1 of o/r", worked: false }]);
});
