/** The shape of everything in an attempt file, checked before anything is stored or replayed. */
import * as z from "zod/mini";
import { MAX_TERMINAL, MAX_TEXT, SETTINGS, type Entry, type Header, type Input } from "./input.ts";

export const MAX_ENTRIES = 100_000;

const count = z.int().check(z.gte(0));
const text = z.string().check(z.maxLength(MAX_TEXT));
const hex = z.string().check(z.regex(/^[0-9a-f]*$/));
const terminal = z.int().check(z.gte(1), z.lte(MAX_TERMINAL));
const waiting = z.strictObject({ terminal, line: count });
const path = z.string().check(z.maxLength(4096), z.startsWith("/"));

export const inputSchema: z.ZodMiniType<Input> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("line"), terminal, text }),
  z.strictObject({ kind: z.literal("reply"), waiting, text: z.nullable(text) }),
  z.strictObject({
    kind: z.literal("edit"),
    path,
    content: text,
    replaces: hex,
    waiting: z.optional(waiting),
  }) as never,
  z.strictObject({ kind: z.literal("close"), waiting }),
  z.strictObject({ kind: z.literal("interrupt"), terminal, work: count }),
  z.strictObject({
    kind: z.literal("request"),
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    url: z.string().check(z.maxLength(4096)),
    body: text,
  }),
  z.strictObject({ kind: z.literal("advance"), seconds: z.int().check(z.gte(1), z.lte(30 * 24 * 3600)) }),
  z.strictObject({ kind: z.literal("hint"), hint: z.int().check(z.gte(1), z.lte(9)) }),
  z.strictObject({ kind: z.literal("undo"), count: z.int().check(z.gte(1), z.lte(MAX_ENTRIES)) }),
  z.strictObject({ kind: z.literal("observation"), name: z.string().check(z.maxLength(200)), value: text }),
]) as z.ZodMiniType<Input>;

export const headerSchema = z.strictObject({
  format: z.literal("leaklab-attempt/1"),
  lab: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)),
  labVersion: z.string().check(z.maxLength(40)),
  labDigest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  core: z.string().check(z.minLength(1), z.maxLength(80)),
  seed: z.int().check(z.gte(0), z.lte(2 ** 32 - 1)),
  setting: z.enum(SETTINGS),
  learner: z.optional(z.string().check(z.maxLength(200))),
  challenge: z.optional(z.string().check(z.maxLength(200))),
}) as z.ZodMiniType<Header>;

export const entrySchema = z.strictObject({
  seq: z.int().check(z.gte(1)),
  at: count,
  input: inputSchema,
}) as z.ZodMiniType<Entry>;

/** A state digest in the log: after input `seq`. */
export const digestSchema = z.strictObject({
  seq: count,
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/** What stood around an attempt when it was saved: for people. */
export const remarkSchema = z.strictObject({ remark: z.string().check(z.maxLength(2000)) });

/** The last line but remarks: how many inputs there are. */
export const endSchema = z.strictObject({ end: count });
