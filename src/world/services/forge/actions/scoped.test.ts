import { beforeEach, expect, test } from "vitest";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { SECRETS, type Scope } from "./model.ts";
import { deleteScoped, environmentScope, findScoped, inScope, repositoryScope } from "./scoped.ts";
import { nameProblem } from "./scoped-name.ts";
import { secretsFor, setSecret } from "./secrets.ts";
import { forgeWithRepository, ID } from "./setting.fixture.ts";
import { setVariable, variablesFor } from "./variables.ts";

let forge: Forge;
let repository: Repository;

beforeEach(() => ({ forge, repository } = forgeWithRepository()));

function organisation(visibility: "all" | "private" | "selected", repositories: string[] = []): Scope {
  return { kind: "organisation", organisation: "Lantern-Tides", visibility, repositories };
}

test("the nearest scope counts: environment, repository, organisation", () => {
  setSecret(forge, organisation("all"), "DEEP", "organisation");
  setSecret(forge, organisation("all"), "MIDDLE", "organisation");
  setSecret(forge, organisation("all"), "NEAR", "organisation");
  setSecret(forge, repositoryScope(repository), "MIDDLE", "repository");
  setSecret(forge, repositoryScope(repository), "NEAR", "repository");
  setSecret(forge, environmentScope(repository, "production"), "near", "environment");
  const outside = { DEEP: "organisation", MIDDLE: "repository", NEAR: "repository" };
  expect(secretsFor(forge, repository, null)).toEqual(outside);
  expect(secretsFor(forge, repository, "staging")).toEqual(outside);
  expect(secretsFor(forge, repository, "Production")).toEqual({ ...outside, NEAR: "environment" });
});

test("variables follow the same rule, apart from secrets", () => {
  setVariable(forge, repositoryScope(repository), "REGION", "north");
  setVariable(forge, environmentScope(repository, "production"), "REGION", "south");
  setSecret(forge, repositoryScope(repository), "REGION", "hidden");
  expect(variablesFor(forge, repository, null)).toEqual({ REGION: "north" });
  expect(variablesFor(forge, repository, "production")).toEqual({ REGION: "south" });
});

test.each<
  [visibility: "all" | "private" | "selected", named: string[], of: "public" | "private", seen: boolean]
>([
  ["all", [], "public", true],
  ["private", [], "public", false],
  ["private", [], "private", true],
  ["selected", [], "private", false],
  ["selected", [ID.toUpperCase()], "private", true],
  ["selected", ["lantern-tides/website"], "private", false],
])("%s %j for a %s repository: %s", (visibility, named, of, seen) => {
  const shown = forge.changeRepository(ID, { visibility: of });
  setSecret(forge, organisation(visibility, named), "SHARED", "value");
  expect("SHARED" in secretsFor(forge, shown, null)).toBe(seen);
});

test("another organisation's are not shared", () => {
  const scope: Scope = {
    kind: "organisation",
    organisation: "evil-org",
    visibility: "all",
    repositories: [],
  };
  setSecret(forge, scope, "SHARED", "value");
  expect(secretsFor(forge, repository, null)).toEqual({});
});

test("names are one without case; a new value keeps the day of creation", async () => {
  const { world, forge, repository } = forgeWithRepository();
  const scope = repositoryScope(repository);
  const { createdAtMs } = setSecret(forge, scope, "Gate", "1");
  await world.advance(1000);
  setSecret(forge, scope, "GATE", "2");
  expect(inScope(forge, SECRETS, scope)).toMatchObject([
    { name: "GATE", value: "2", createdAtMs, updatedAtMs: createdAtMs + 1000 },
  ]);
  expect(deleteScoped(forge, SECRETS, scope, "gate")).toBe(true);
  expect(deleteScoped(forge, SECRETS, scope, "gate")).toBe(false);
  expect(findScoped(forge, SECRETS, scope, "GATE")).toBeUndefined();
});

test.each([
  ["GATE_KEY", true],
  ["_x1", true],
  ["__proto__", true],
  ["1GATE", false],
  ["GATE KEY", false],
  ["GATE-KEY", false],
  ["GITHUB_GATE", false],
  ["github_gate", false],
  ["", false],
  ["GÄTE", false],
  ["X\n", false],
  ["A".repeat(256), false],
])("the name %j may be used: %s", (name, allowed) => {
  expect(nameProblem("Secret", name) === null).toBe(allowed);
});
