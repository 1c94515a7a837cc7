/** lab.yaml: the one schema of a lab. A JSON Schema for editors is generated from it. */
import { z } from "zod";
import { SETTINGS } from "../attempt/input.ts";
import { CHECK_KINDS, DIAGNOSIS_KINDS } from "../grader/registry.ts";
import { MARKS } from "../grader/grade.ts";
import { attacker, reply, story, timetableEntry } from "./manifestStories.ts";
import { cloudAccess, credential, person, repository, storeAccess, variable } from "./manifestWorld.ts";

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "use lower-case letters, digits and hyphens, beginning with a letter");
const sentence = z.string().min(1).max(400);

const check = z.strictObject({
  id,
  title: z.string().min(3).max(60),
  kind: z.enum(CHECK_KINDS),
  mark: z.enum(MARKS),
  required: z.boolean(),
  evidence: z.enum(["open", "withheld"]).default("open"),
  /** Judged only once these pass: what works from the beginning earns nothing by itself. */
  needs: z.array(id).default([]),
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

export const SERVICES = [
  "forge",
  "pipeline",
  "database",
  "registry",
  "mail",
  "chat",
  "cloud",
  "store",
] as const;

export const manifestSchema = z.strictObject({
  id,
  title: z.string().min(3).max(60),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "write a version like 1.0.0"),
  module: id,
  minutes: z.int().min(1).max(240),
  difficulty: z.enum(["easy", "medium", "hard"]),
  setting: z.enum(SETTINGS).default("normal"),
  services: z.array(z.enum(SERVICES)),
  layout: z.enum(["work", "incident", "pipeline"]).default("work"),
  /** The directory in which the learner's first terminal stands; below their home. */
  work: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "write a path below the home directory, without .. or a leading slash"),
  /** Everybody who has an account; the learner has one without being named. */
  people: z.array(person).default([]),
  /** The repository that the lab is about. */
  repository,
  /** Further ones. */
  repositories: z.array(repository).default([]),
  pipeline: z.strictObject({ stepSeconds: z.int().min(1).max(3600) }).default({ stepSeconds: 10 }),
  /** Who is signed in to the cloud, with which policies of AWS; nothing said: mina with AdministratorAccess. */
  cloud: cloudAccess,
  /** Who is signed in to the secret store, with which policies; nothing said: priya with root. */
  store: storeAccess,
  /** Facts that change with the seed: a shell variable and the values it may have. */
  vary: z.record(variable, z.array(z.string().min(1)).min(2)).default({}),
  credentials: z.array(credential).min(1),
  stories: z.array(story).default([]),
  /** What others do in the learner's world, and when. */
  timetable: z.array(timetableEntry).default([]),
  /** Who watches, what they have, and how they go on with what they find. */
  attackers: z.array(attacker).default([]),
  /** What colleagues do when they are written to. */
  replies: z.array(reply).default([]),
  tasks: z.array(sentence).min(1),
  /** The sentence beside the clock. */
  ahead: sentence,
  checks: z.array(check).min(1),
  diagnoses: z.array(diagnosis).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;
