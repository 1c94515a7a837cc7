/** One case of tests/workflows/cases: what stands on the forge, what happens, and what comes of it. */
import { z } from "zod";

const files = z.record(z.string(), z.string());
const names = z.record(z.string(), z.string());
const level = z.enum(["read", "triage", "write", "maintain", "admin"]);

const repository = z.strictObject({
  files: files.default({}),
  visibility: z.enum(["public", "private"]).optional(),
  /** Tag → the commit of the default branch. */
  tags: z.array(z.string()).default([]),
});

const environment = z.strictObject({
  reviewers: z.array(z.string()).default([]),
  waitMinutes: z.number().default(0),
  branches: z.union([z.literal("protected"), z.array(z.string())]).optional(),
  secrets: names.default({}),
  variables: names.default({}),
});

const happens = z.union([
  /** A commit on a branch of the repository; by whom. */
  z.strictObject({
    push: z.string(),
    files: z.record(z.string(), z.string().nullable()).default({}),
    message: z.string().default("Change"),
    actor: z.string().default("learner"),
  }),
  z.strictObject({ tag: z.string(), actor: z.string().default("learner") }),
  /** A pull request with one commit; `fork`: whose. */
  z.strictObject({
    pull: z.string(),
    files,
    fork: z.string().optional(),
    base: z.string().default("main"),
    title: z.string().default("Improve"),
    body: z.string().default(""),
    actor: z.string().default("learner"),
    message: z.string().default("Improve"),
  }),
  z.strictObject({ issue: z.string(), body: z.string().default(""), actor: z.string().default("learner") }),
  z.strictObject({
    dispatch: z.string(),
    ref: z.string().default("refs/heads/main"),
    inputs: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
    actor: z.string().default("learner"),
  }),
  /** An event as it is raised, for those that have no other way here. */
  z.strictObject({
    event: z.string(),
    action: z.string().nullable().default(null),
    payload: z.record(z.string(), z.unknown()).default({}),
    actor: z.string().default("learner"),
    byJob: z.boolean().default(false),
  }),
  z.strictObject({ seconds: z.number() }),
  z.strictObject({ approve: z.string(), by: z.string().default("mina") }),
  z.strictObject({ reject: z.string(), by: z.string().default("mina") }),
  /** Somebody lets the run of a fork begin. */
  z.strictObject({ allow: z.literal("fork") }),
  z.strictObject({ cancel: z.string() }),
  z.strictObject({ rerun: z.enum(["all", "failed"]), debug: z.boolean().default(false) }),
  z.strictObject({ settle: z.literal(true) }),
]);

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((it) => (typeof it === "string" ? [it] : it));

const job = z.strictObject({
  conclusion: z.string().nullable().optional(),
  status: z.string().optional(),
  steps: z.record(z.string(), z.string()).optional(),
  /** The log of all its steps, without times. */
  log: texts.optional(),
  notLog: texts.optional(),
  summary: texts.optional(),
  outputs: names.optional(),
  annotations: texts.optional(),
  permissions: names.optional(),
  runner: z.string().optional(),
});

const expected = z.strictObject({
  /** Of the run's workflow name; without it the only run. */
  conclusion: z.string().nullable().optional(),
  status: z.string().optional(),
  title: z.string().optional(),
  event: z.string().optional(),
  attempt: z.number().optional(),
  number: z.number().optional(),
  /** By name; a text is the conclusion. */
  jobs: z.record(z.string(), z.union([z.string().nullable(), job])).optional(),
  /** `true`: these jobs and no others. */
  only: z.boolean().default(false),
  /** "file:line:column message". */
  problems: z.array(z.string()).optional(),
});

export const caseSchema = z.strictObject({
  name: z.string(),
  /** `.github/workflows/ci.yml`, and where `on:` is left out it is `push`. */
  workflow: z.string().optional(),
  files: files.default({}),
  visibility: z.enum(["public", "private"]).default("public"),
  repositories: z.record(z.string(), repository).default({}),
  collaborators: z.record(z.string(), level).optional(),
  secrets: names.default({}),
  organisationSecrets: names.default({}),
  variables: names.default({}),
  organisationVariables: names.default({}),
  environments: z.record(z.string(), environment).default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
  protectedBranches: z.array(z.string()).default([]),
  runners: z
    .array(
      z.strictObject({
        name: z.string(),
        labels: z.array(z.string()).default([]),
        ephemeral: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Steps that succeed at once, where the runner does not matter. */
  instant: z.boolean().default(false),
  /** Without it: a push to main. */
  happens: z.array(happens).optional(),
  /** How many runs there are in the end. */
  runs: z.number().optional(),
  expect: z.union([expected, z.record(z.string(), expected)]).optional(),
});

export type Case = z.infer<typeof caseSchema>;
export type Happens = z.infer<typeof happens>;
export type Expected = z.infer<typeof expected>;
export type ExpectedJob = z.infer<typeof job>;
