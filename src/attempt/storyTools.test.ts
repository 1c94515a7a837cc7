import type { Command } from "just-bash/browser";
import { expect, test } from "vitest";
import { scan } from "../engine/engine.ts";
import { KINDS } from "../engine/kinds.ts";
import { World } from "../world/world.ts";
import { storyTools } from "./storyTools.ts";

async function canary(seed: number, ...args: string[]) {
  const world = World.empty(seed, { detect: () => [] }, 0);
  const told = { evidence: [], found: [], said: [] };
  const search = async () => ({ copies: [], unsearched: [] });
  const command = storyTools({ world, told, search }).find(({ name }) => name === "canary");
  return command?.execute(args, {} as Parameters<Command["execute"]>[1]);
}

test.each(["githubToken", "postgresUrl", "rsaKeyPem"] as const)("a canary: %s", async (kind) => {
  const [one, again, two, other] = [
    await canary(1, kind),
    await canary(1, kind, "1"),
    await canary(1, kind, "2"),
    await canary(2, kind),
  ].map((answer) => answer?.stdout ?? "");
  expect(again).toBe(one);
  expect(new Set([one, two, other]).size).toBe(3);
  const findings = await scan({ path: "notes.txt", text: one as string });
  expect(findings).toEqual([expect.objectContaining(KINDS[kind].found)]);
});

test.each([[[]], [["__proto__"]], [["githubToken", "x"]], [["githubToken", "1", "2"]]])(
  "refuses %j",
  async (args) => {
    expect(await canary(1, ...args)).toMatchObject({ stdout: "", exitCode: 2 });
  },
);
