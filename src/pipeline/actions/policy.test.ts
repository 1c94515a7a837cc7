import { expect, test } from "vitest";
import type { ActionsSettings } from "../../world/services/forge/actions/model.ts";
import { changeSettings } from "../../world/services/forge/actions/settings.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { bench, REPOSITORY } from "../runner/setting.fixture.ts";
import { policyProblem } from "./policy.ts";

const SHA = "0123456789".repeat(4);
const selected = (patterns: string[], githubOwned = false): Partial<ActionsSettings> => ({
  allowedActions: "selected",
  selectedActions: { githubOwned, verified: false, patterns },
});

const cases: readonly (readonly [Partial<ActionsSettings>, string, string | null])[] = [
  [{}, "anybody/thing@v1", null],
  [{ allowedActions: "local_only" }, "lantern-tides/other@v1", null],
  [{ allowedActions: "local_only" }, "./local", null],
  [{ allowedActions: "local_only" }, "actions/checkout@v4", "from a repository owned by lantern-tides."],
  [selected([], true), "actions/checkout@v4", null],
  [selected([]), "actions/checkout@v4", "from a repository owned by lantern-tides."],
  [selected(["pilot/*"]), "pilot/thing@v1", null],
  [selected(["pilot/*/x@*"]), "pilot/thing/x@v1", null],
  [selected(["*/x@*"]), "pilot/x@v1", null],
  [selected(["pilot/*@v1*"]), "pilot/thing@v1", null],
  [selected(["pilot/thing@*"]), "pilot/thing/deeper@v1", "or match one of the patterns: pilot/thing@*."],
  [selected(["pilot/a*a@v1"]), "pilot/a@v1", "or match one of the patterns: pilot/a*a@v1."],
  [selected([`${"*a".repeat(40)}b`]), `pilot/${"a".repeat(200)}@v1`, "or match one of the patterns"],
  [selected(["pilot/thing@v1"]), "pilot/thing@v2", "or match one of the patterns: pilot/thing@v1."],
  [selected(["pilot/*", "!pilot/bad@*"]), "pilot/bad@v1", "or match one of the patterns"],
  [{ shaPinningRequired: true }, "actions/checkout@v4", "pinned to a full-length commit SHA."],
  [{ shaPinningRequired: true }, `actions/checkout@${SHA}`, null],
];

test.each(cases)("%j %s", async (settings, uses, expected) => {
  const { world } = await bench();
  const repository = world.forge.find(REPOSITORY) as Repository;
  changeSettings(world.forge, repository, settings);
  const problem = policyProblem(world.forge, repository, uses);
  if (expected === null) expect(problem).toBeNull();
  else
    expect(problem).toMatch(
      new RegExp(
        `^The action ${uses} is not allowed in ${REPOSITORY} .*${expected.replaceAll(".", "\\.").replaceAll("*", "\\*")}`,
      ),
    );
});
