/**
 * What is kept of a lab: how an attempt graded, and where somebody was when they left. Numbers and names of this
 * project only; the one text that a learner wrote is the attempt itself, kept as the proof of a pass.
 */
import type { Grade, Header, Mark } from "../../worker/protocol.ts";

export const MARK_NAMES = ["contained", "clean", "continuous", "prevented", "answered"] as const;
const SETTINGS = ["gentle", "normal", "fast"] as const;
/** Why the lab was opened. */
export const PURPOSES = ["lab", "placement", "review"] as const;
export type Purpose = (typeof PURPOSES)[number];
export type Marks = Readonly<Record<Mark, "pass" | "fail" | null>>;

export interface Sum {
  readonly passed: number;
  readonly asked: number;
}

/** The best grade of one attempt. */
export interface LabResult {
  readonly attempt: string;
  readonly lab: string;
  readonly labVersion: string;
  readonly labDigest: string;
  readonly core: string;
  readonly seed: number;
  readonly setting: Header["setting"];
  readonly purpose: Purpose;
  readonly passed: boolean;
  readonly marks: Marks;
  readonly checks: Sum;
  /** Checks that nobody must pass, and that passed. */
  readonly extra: number;
  readonly hints: number;
  readonly undos: number;
  /** Virtual time since the lab's start, ms. */
  readonly clock: number;
  /** Real time, ms since 1970. */
  readonly when: number;
  /** The attempt file, once passed. */
  readonly proof: string | null;
}

/** Where somebody was in an attempt. */
export interface Visit {
  readonly attempt: string;
  readonly lab: string;
  readonly purpose: Purpose;
  readonly clock: number;
  readonly when: number;
  readonly commands: number;
  /** Null until checks have run. */
  readonly checks: Sum | null;
}

export const MAX_PROOF = 4_000_000;
const ID = /^[\w-]{1,80}$/;
const LAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const VERSION = /^[\w.+-]{1,40}$/;
const MAX_TIME = 8.64e15;

type Fields = Readonly<Record<string, unknown>>;

/** Its own fields only: what a prototype brings is none of it. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.assign(Object.create(null) as object, value) as Fields;
}

const count = (value: unknown, most = MAX_TIME): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most;
const like = (value: unknown, shape: RegExp): value is string =>
  typeof value === "string" && shape.test(value);
const among = <T extends string>(value: unknown, all: readonly T[]): value is T =>
  (all as readonly unknown[]).includes(value);

export function isLabId(value: unknown): value is string {
  return like(value, LAB) && value.length <= 64;
}

function sumOf(value: unknown): Sum | null {
  const fields = fieldsOf(value);
  if (!fields || !count(fields["passed"], 1000) || !count(fields["asked"], 1000)) return null;
  const { passed, asked } = fields as unknown as Sum;
  return passed <= asked ? { passed, asked } : null;
}

function marksOf(value: unknown): Marks | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  const known = MARK_NAMES.map((name) => [name, fields[name] ?? null] as const);
  const fits = known.every(([, mark]) => mark === null || mark === "pass" || mark === "fail");
  return fits ? (Object.fromEntries(known) as unknown as Marks) : null;
}

/** The proof must be the attempt of the lab and seed that the result names; more is for whoever replays it. */
function proofFits(proof: unknown, fields: Fields): proof is string | null {
  if (proof === null || fields["passed"] === false) return proof === null && fields["passed"] === false;
  if (typeof proof !== "string" || proof.length > MAX_PROOF || !proof.endsWith("\n")) return false;
  try {
    const header = fieldsOf(JSON.parse(proof.slice(0, proof.indexOf("\n"))));
    return header?.["lab"] === fields["lab"] && header?.["seed"] === fields["seed"];
  } catch {
    return false;
  }
}

function named(fields: Fields): boolean {
  return (
    like(fields["attempt"], ID) &&
    isLabId(fields["lab"]) &&
    like(fields["labVersion"], VERSION) &&
    like(fields["labDigest"], ID) &&
    like(fields["core"], ID) &&
    among(fields["setting"], SETTINGS) &&
    among(fields["purpose"], PURPOSES)
  );
}

function counted(fields: Fields): boolean {
  const small = ["extra", "hints", "undos"].every((name) => count(fields[name], 1_000_000));
  return small && count(fields["seed"]) && count(fields["clock"]) && count(fields["when"]);
}

/** A result from storage or a file, field by field; null where it is none. */
export function readResult(value: unknown): LabResult | null {
  const fields = fieldsOf(value);
  if (!fields || !named(fields) || !counted(fields) || typeof fields["passed"] !== "boolean") return null;
  const marks = marksOf(fields["marks"]);
  const checks = sumOf(fields["checks"]);
  if (!marks || !checks || !proofFits(fields["proof"], fields)) return null;
  const { attempt, lab, labVersion, labDigest, core, seed, setting, purpose, passed } =
    fields as unknown as LabResult;
  const { extra, hints, undos, clock, when, proof } = fields as unknown as LabResult;
  const names = { attempt, lab, labVersion, labDigest, core, seed, setting, purpose };
  return { ...names, passed, marks, checks, extra, hints, undos, clock, when, proof };
}

export function readVisit(value: unknown): Visit | null {
  const fields = fieldsOf(value);
  if (!fields || !like(fields["attempt"], ID) || !isLabId(fields["lab"])) return null;
  const numbers = count(fields["clock"]) && count(fields["when"]) && count(fields["commands"]);
  const checks = fields["checks"] === null ? null : sumOf(fields["checks"]);
  if (!numbers || !among(fields["purpose"], PURPOSES)) return null;
  if (checks === null && fields["checks"] !== null) return null;
  const { attempt, lab, purpose, clock, when, commands } = fields as unknown as Visit;
  return { attempt, lab, purpose, clock, when, commands, checks };
}

/** Required checks that pass, of those that are asked. */
export function sumOfChecks({ checks }: Pick<Grade, "checks">): Sum {
  const required = checks.filter((check) => check.required);
  return { passed: required.filter(({ verdict }) => verdict === "pass").length, asked: required.length };
}

/**
 * Of two results of one attempt the one that stays: passed before not passed, more extra checks before fewer, and then
 * the earlier pass (with the hints that it had) or the later try.
 */
export function better(one: LabResult, other: LabResult): LabResult {
  if (one.passed !== other.passed) return one.passed ? one : other;
  if (!one.passed) return other.when > one.when ? other : one;
  if (one.extra !== other.extra) return one.extra > other.extra ? one : other;
  return other.when < one.when ? other : one;
}
