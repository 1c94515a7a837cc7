/** A workflow that ran before: its next run has the number that the narrator says. */
import type { Command } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { registerWorkflow } from "../world/services/forge/actions/workflows.ts";
import { World } from "../world/world.ts";
import { runNumberCommand } from "./runNumberCommand.ts";

function setting() {
  const world = World.empty(1, { detect: () => [] });
  const repository = world.forge.createRepository("o/r", {});
  const workflow = registerWorkflow(world.forge, repository, ".github/workflows/greet.yml", "Greet");
  const command: Command = runNumberCommand(world);
  const run = (...args: string[]) => command.execute(args, {} as Parameters<Command["execute"]>[1]);
  return { run, next: () => world.tables.next(`actions/run-of/${workflow.id}`) };
}

describe("run-number", () => {
  test("the next run has the number, and those after it count on", async () => {
    const { run, next } = setting();
    expect(await run("o/r", "greet.yml", "118")).toMatchObject({ exitCode: 0 });
    expect([next(), next()]).toEqual([118, 119]);
  });

  test("not once it ran", async () => {
    const { run, next } = setting();
    next();
    expect(await run("o/r", "greet.yml", "118")).toMatchObject({
      exitCode: 1,
      stderr: "run-number: greet.yml ran already\n",
    });
  });

  test.each([
    [["o/r", "greet.yml"], 2],
    [["o/r", "greet.yml", "1"], 2],
    [["o/r", "greet.yml", "9e99"], 2],
    [["o/r", "other.yml", "7"], 1],
    [["o/none", "greet.yml", "7"], 1],
    [["__proto__", "greet.yml", "7"], 1],
  ])("%j is a wrong use", async (args, exitCode) => {
    expect(await setting().run(...args)).toMatchObject({ exitCode });
  });
});
