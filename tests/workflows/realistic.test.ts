/** A repository with five workflows that is green, and the ways to break it in realistic/breakages.yaml. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { RUNS } from "../../src/world/services/forge/actions/model.ts";
import { setEnvironment } from "../../src/world/services/forge/actions/environments.ts";
import { addReview } from "../../src/world/services/forge/actions/reviews.ts";
import { setSecret } from "../../src/world/services/forge/actions/secrets.ts";
import { setVariable } from "../../src/world/services/forge/actions/variables.ts";
import type { World } from "../../src/world/world.ts";
import { addRepository, emptyWorld, ID, push, settle } from "./setting.ts";

const FOLDER = join(import.meta.dirname, "realistic");
const ROOT = join(FOLDER, "repository");

const breakage = z.strictObject({
  break: z.string(),
  replace: z.array(z.tuple([z.string(), z.string(), z.string()])).default([]),
  files: z.record(z.string(), z.string().nullable()).default({}),
  secrets: z.record(z.string(), z.string()).default({ DEPLOY_KEY: "harbour-light-77" }),
  variables: z.record(z.string(), z.string()).default({ TARGET: "quay-3" }),
  environment: z.strictObject({ branches: z.array(z.string()) }).optional(),
  review: z.enum(["approved", "rejected", "none"]).default("approved"),
  /** Workflow → conclusion, `waiting`, or `absent`: no run of it. */
  expect: z.record(z.string(), z.string()),
});
type Breakage = z.infer<typeof breakage>;

const GREEN = { Lint: "success", Test: "success", Build: "success", Deploy: "success", Nightly: "success" };

const cases = z.array(breakage).parse(parse(readFileSync(join(FOLDER, "breakages.yaml"), "utf8")));

test("there are at least twenty", () => {
  expect(cases.length).toBeGreaterThanOrEqual(20);
  expect(new Set(cases.map((it) => it.break)).size).toBe(cases.length);
});

test("the repository is green", async () => {
  expect(await outcomes(breakage.parse({ break: "nothing", expect: {} }))).toEqual(GREEN);
});

test.each(cases.map((it) => [it.break, it] as const))("%s", async (_name, it) => {
  const expected = Object.entries({ ...GREEN, ...it.expect }).filter(
    ([, conclusion]) => conclusion !== "absent",
  );
  expect(await outcomes(it)).toEqual(Object.fromEntries(expected));
});

function repositoryFiles(): Record<string, string> {
  const names = readdirSync(ROOT, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(ROOT, name)).isFile()).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(ROOT, name), "utf8")]));
}

function broken({ replace, files }: Breakage): Record<string, string> {
  const all: Record<string, string | null> = { ...repositoryFiles(), ...files };
  for (const [path, from, to] of replace) {
    const before = all[path];
    if (!before?.includes(from)) throw new Error(`${path} does not hold ${from}`);
    all[path] = before.split(from).join(to);
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
  );
}

/** The last run of each workflow: a push, the review of the deployment, a night. */
async function outcomes(it: Breakage): Promise<Record<string, string>> {
  const world = emptyWorld();
  const { forge } = world;
  const collaborators = { learner: "write", mina: "admin" } as const;
  const repository = addRepository(world, ID, { "README.md": "# Tides\n" }, { collaborators });
  const branches =
    it.environment?.branches.map((pattern, id) => ({ id, pattern, type: "branch" as const })) ?? null;
  setEnvironment(forge, repository, "production", { reviewers: ["mina"], branches });
  const scope = { kind: "environment", repository: ID, environment: "production" } as const;
  for (const [name, value] of Object.entries(it.secrets)) setSecret(forge, scope, name, value);
  for (const [name, value] of Object.entries(it.variables)) setVariable(forge, scope, name, value);
  await push(world, repository, "refs/heads/main", broken(it));
  await settle(world);
  if (it.review !== "none") await review(world, it.review);
  await world.advance(24 * 3_600_000);
  return Object.fromEntries(
    world.tables
      .of(RUNS)
      .all()
      .map(({ name, conclusion, status }) => [name, conclusion ?? status]),
  );
}

async function review(world: World, state: "approved" | "rejected"): Promise<void> {
  for (const run of world.tables.of(RUNS).filter(({ status }) => status === "waiting"))
    addReview(world.forge, run, { environment: "production", by: "mina", state, comment: "" });
  await settle(world);
}
