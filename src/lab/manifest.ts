/** lab.yaml: the one schema of a lab. A JSON Schema for editors is generated from it. */
import { z } from "zod";
import { KINDS } from "../engine/kinds.ts";
import { SETTINGS } from "../attempt/input.ts";
import { CHECK_KINDS, DIAGNOSIS_KINDS } from "../grader/registry.ts";
import { MARKS } from "../grader/grade.ts";

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "use lower-case letters, digits and hyphens, beginning with a letter");
const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/, "use letters and digits, beginning with a letter");
const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "use capital letters, digits and underscores, as for a shell variable");
const sentence = z.string().min(1).max(400);

const credential = z.strictObject({
  id: name,
  kind: z.enum(Object.keys(KINDS) as [keyof typeof KINDS, ...(keyof typeof KINDS)[]]),
  owner: z.string(),
  scope: z.string(),
  /** The shell variable that holds the value while start/setup.sh runs. */
  variable,
});

const check = z.strictObject({
  id,
  title: z.string().min(3).max(60),
  kind: z.enum(CHECK_KINDS),
  mark: z.enum(MARKS),
  required: z.boolean(),
  evidence: z.enum(["open", "withheld"]).default("open"),
  with: z.record(z.string(), z.unknown()).default({}),
});

const diagnosis = z.strictObject({
  id: z.string().regex(/^W\d+[a-z]?$/, "name it like W1 or W4b"),
  check: id,
  kind: z.enum(DIAGNOSIS_KINDS),
  message: sentence,
  /** One line on why the place matters. */
  why: z.string().max(200).default(""),
  undo: z.boolean().default(false),
  with: z.record(z.string(), z.unknown()).default({}),
});

export const manifestSchema = z.strictObject({
  id,
  title: z.string().min(3).max(60),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "write a version like 1.0.0"),
  module: id,
  minutes: z.int().min(1).max(240),
  difficulty: z.enum(["easy", "medium", "hard"]),
  setting: z.enum(SETTINGS).default("normal"),
  services: z.array(z.enum(["forge"])),
  layout: z.enum(["work", "incident", "pipeline"]).default("work"),
  /** The directory in which the learner's first terminal stands; below their home. */
  work: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "write a path below the home directory, without .. or a leading slash"),
  repository: z.strictObject({
    name: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "write owner/name"),
    pushProtection: z.boolean(),
  }),
  /** Facts that change with the seed: a shell variable and the values it may have. */
  vary: z.record(variable, z.array(z.string().min(1)).min(2)).default({}),
  credentials: z.array(credential).min(1),
  tasks: z.array(sentence).min(1),
  /** The sentence beside the clock. */
  ahead: sentence,
  checks: z.array(check).min(1),
  diagnoses: z.array(diagnosis).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;
