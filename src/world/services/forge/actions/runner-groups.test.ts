import { expect, test } from "vitest";
import { admits, groupNamed, keepGroup } from "./runner-groups.ts";
import { addRunner } from "./runners.ts";
import { forgeWithRepository, ID } from "./setting.fixture.ts";

const MAIN = `${ID}/.github/workflows/release.yml@refs/heads/main`;
const PULL = `${ID}/.github/workflows/release.yml@refs/pull/7/merge`;

const OPEN = {
  visibility: "all",
  repositories: [],
  allowsPublic: true,
  restricted: false,
  workflows: [],
} as const;

test.each([
  ["open to all", {}, MAIN, true],
  ["not for public repositories", { allowsPublic: false }, MAIN, false],
  ["private repositories only", { visibility: "private" }, MAIN, false],
  ["other repositories", { visibility: "selected", repositories: [7] }, MAIN, false],
  ["one workflow", { restricted: true, workflows: [MAIN] }, MAIN, true],
  [
    "one workflow, by the branch's short name",
    { restricted: true, workflows: [MAIN.replace("refs/heads/", "")] },
    MAIN,
    true,
  ],
  ["the same file of a pull request", { restricted: true, workflows: [MAIN] }, PULL, false],
  ["no workflow", { restricted: true }, MAIN, false],
] as const)("a group: %s", (_what, fields, workflow, well) => {
  const { forge, repository } = forgeWithRepository();
  keepGroup(forge, { ...OPEN, organisation: "lantern-tides", name: "releases", ...fields });
  const runner = addRunner(forge, "lantern-tides", "r", { group: "releases" });
  expect(runner && admits(forge, runner, { ...repository, visibility: "public" }, workflow)).toBe(well);
});

test("a repository's own runner is in the default group, for all of its workflows", () => {
  const { forge, repository } = forgeWithRepository();
  const runner = addRunner(forge, ID, "r");
  expect(runner && admits(forge, runner, repository, PULL)).toBe(true);
  expect(groupNamed(forge, ID, "releases")).toBeUndefined();
});
