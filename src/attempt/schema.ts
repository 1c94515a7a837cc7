/** The shape of everything in an attempt file, checked before anything is stored or replayed. */
import { z } from "zod";
import { SETTINGS, type Entry, type Header, type Input } from "./input.ts";

/** Longest text of one input, in characters: a file that an editor would still open. */
export const MAX_TEXT = 1 << 20;
export const MAX_ENTRIES = 100_000;

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const text = z.string().max(MAX_TEXT);
const hex = z.string().regex(/^[0-9a-f]*$/);
const terminal = z.int().min(1).max(8);
const waiting = z.strictObject({ terminal, line: count });
const path = z.string().min(1).max(4096).startsWith("/");

export const inputSchema: z.ZodType<Input> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("line"), terminal, text }),
  z.strictObject({ kind: z.literal("reply"), waiting, text: text.nullable() }),
  z.strictObject({ kind: z.literal("edit"), path, content: text, replaces: hex, waiting: waiting.optional() }) as never,
  z.strictObject({ kind: z.literal("close"), waiting }),
  z.strictObject({ kind: z.literal("interrupt"), terminal, work: count }),
  z.strictObject({ kind: z.literal("request"), method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]), url: z.string().max(4096), body: text }),
  z.strictObject({ kind: z.literal("advance"), seconds: z.int().min(1).max(30 * 24 * 3600) }),
  z.strictObject({ kind: z.literal("hint"), hint: z.int().min(1).max(9) }),
  z.strictObject({ kind: z.literal("undo"), count: z.int().min(1).max(MAX_ENTRIES) }),
  z.strictObject({ kind: z.literal("observation"), name: z.string().max(200), value: text }),
]) as z.ZodType<Input>;

export const headerSchema = z.strictObject({
  format: z.literal("leaklab-attempt/1"),
  lab: z.string().regex(/^[a-z][a-z0-9-]*$/),
  labVersion: z.string().max(40),
  labDigest: z.string().regex(/^[0-9a-f]{64}$/),
  core: z.string().min(1).max(80),
  seed: z.int().min(0).max(2 ** 32 - 1),
  setting: z.enum(SETTINGS),
  learner: z.string().max(200).optional(),
  challenge: z.string().max(200).optional(),
}) as z.ZodType<Header>;

export const entrySchema = z.strictObject({ seq: z.int().min(1), at: count, input: inputSchema }) as z.ZodType<Entry>;

/** A state digest in the log: after input `seq`. */
export const digestSchema = z.strictObject({ seq: count, digest: z.string().regex(/^[0-9a-f]{64}$/) });
