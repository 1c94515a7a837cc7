import { beforeEach, expect, test } from "vitest";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import {
  deleteEnvironment,
  environmentsOf,
  findEnvironment,
  mayDeploy,
  setEnvironment,
} from "./environments.ts";
import type { Environment } from "./model.ts";
import { addReview, answerOf, mayReview, pendingReviews, reviewsOf } from "./reviews.ts";
import { environmentScope } from "./scoped.ts";
import { secretsFor, setSecret } from "./secrets.ts";
import { addJob, addRun, forgeWithRepository, ID } from "./setting.fixture.ts";
import { TEAMS } from "../team.ts";

let forge: Forge;
let repository: Repository;

beforeEach(() => ({ forge, repository } = forgeWithRepository()));

const MAIN_AND_TAGS: Environment["branches"] = [
  { id: 1, pattern: "main", type: "branch" },
  { id: 2, pattern: "v*", type: "tag" },
];

test.each<[branches: Environment["branches"], ref: string, may: boolean]>([
  [null, "refs/heads/cuckoo/x", true],
  [null, "refs/pull/7/merge", true],
  [MAIN_AND_TAGS, "refs/heads/main", true],
  [MAIN_AND_TAGS, "refs/heads/v1", false],
  [MAIN_AND_TAGS, "refs/tags/v1.2", true],
  [MAIN_AND_TAGS, "refs/tags/main", false],
  [MAIN_AND_TAGS, "refs/heads/cuckoo/x", false],
  [MAIN_AND_TAGS, "refs/pull/7/merge", false],
  [[{ id: 1, pattern: "refs/pull/*/merge", type: "branch" }], "refs/pull/7/merge", true],
  [[], "refs/heads/main", false],
])("policy %j lets %s deploy: %s", (branches, ref, may) => {
  const environment = setEnvironment(forge, repository, "production", { branches });
  expect(mayDeploy(forge, environment, ref)).toBe(may);
});

test("protected branches only: every branch while none is protected, then only those", () => {
  const environment = setEnvironment(forge, repository, "production", { branches: "protected" });
  expect(mayDeploy(forge, environment, "refs/heads/cuckoo/x")).toBe(true);
  expect(mayDeploy(forge, environment, "refs/tags/v1")).toBe(false);
  forge.changeRepository(ID, { protectedBranches: ["main"] });
  expect(mayDeploy(forge, environment, "refs/heads/cuckoo/x")).toBe(false);
  expect(mayDeploy(forge, environment, "refs/heads/main")).toBe(true);
});

test("names are one without case; deleting takes secrets along", () => {
  const first = setEnvironment(forge, repository, "Production", { waitMinutes: 5 });
  expect(setEnvironment(forge, repository, "production", { reviewers: ["priya"] })).toEqual({
    ...first,
    reviewers: ["priya"],
  });
  setSecret(forge, environmentScope(repository, "production"), "KEY", "value");
  expect(deleteEnvironment(forge, repository, "PRODUCTION")).toBe(true);
  expect(environmentsOf(forge, repository)).toEqual([]);
  setEnvironment(forge, repository, "production");
  expect(secretsFor(forge, repository, "production")).toEqual({});
  expect(findEnvironment(forge, repository, "constructor")).toBeUndefined();
});

test("a run waits for the environments of its waiting jobs until they are answered, in each attempt anew", () => {
  setEnvironment(forge, repository, "production", { reviewers: ["priya"] });
  setEnvironment(forge, repository, "staging", { reviewers: ["priya"] });
  const run = addRun(forge, { status: "waiting", conclusion: null });
  addJob(forge, run, { status: "waiting", environment: "production" });
  addJob(forge, run, { status: "waiting", environment: "Production" });
  addJob(forge, run, { status: "queued", environment: "staging" });
  expect(pendingReviews(forge, run).map(({ name }) => name)).toContain("production");
  expect(pendingReviews(forge, run).map(({ name }) => name)).not.toContain("staging");
  addReview(forge, run, { environment: "production", by: "priya", state: "approved", comment: "go" });
  expect(pendingReviews(forge, run)).toEqual([]);
  expect(answerOf(forge, run, "PRODUCTION")).toBe("approved");
  expect(answerOf(forge, { ...run, attempt: 2 }, "production")).toBeNull();
  expect(reviewsOf(forge, run)).toMatchObject([{ by: "priya", comment: "go", attempt: 1 }]);
});

test.each<[reviewers: string[], preventSelfReview: boolean, login: string, may: boolean]>([
  [["priya"], false, "priya", true],
  [["priya"], false, "PRIYA", true],
  [["priya"], false, "mina", false],
  [["mina"], false, "mina", true],
  [["mina"], true, "mina", false],
  [["lantern-tides/keepers"], false, "teo", true],
  [["lantern-tides/keepers"], false, "sam", false],
  [["lantern-tides/nobody"], false, "teo", false],
])(
  "reviewers %j, no self-review %s: %s may answer a run of mina's: %s",
  (reviewers, preventSelfReview, login, may) => {
    forge.ports.tables.of(TEAMS).set("lantern-tides/keepers", {
      id: 1,
      organisation: "lantern-tides",
      slug: "keepers",
      name: "Keepers",
      description: "",
      privacy: "closed",
      members: [{ login: "teo", role: "member" }],
      repositories: [],
    });
    const environment = setEnvironment(forge, repository, "production", { reviewers, preventSelfReview });
    expect(mayReview(forge, environment, addRun(forge), login)).toBe(may);
  },
);
