/** The part of lab.yaml that says what others do: stories, the timetable, answers to mail. */
import { z } from "zod";
import { WATCHED } from "../world/attackers/visit.ts";
import { STEPS } from "../world/attackers/use.ts";
import { CAST } from "../world/person.ts";
import { duration, login, name } from "./manifestWorld.ts";

export const STORY_FILE = /^(?:hostile|honest|audit)-[\w-]+\.sh$/;
export const EVENT_FILE = /^event-[\w-]+\.sh$/;

export const storyFile = z
  .string()
  .regex(STORY_FILE, "name a file of stories/: hostile-….sh, honest-….sh or audit-….sh");

const eventFile = z.string().regex(EVENT_FILE, "name a file of stories/: event-….sh");

export const story = z.strictObject({
  file: storyFile,
  /** Who plays it; without it cuckoo (hostile), aya (honest) or mina (audit). */
  by: login.optional(),
  title: z.string().min(3).max(80),
  /** `lab rehearse` shows it. */
  rehearse: z.boolean().default(false),
});

export const timetableEntry = z.strictObject({
  at: z.union(
    [
      duration,
      z.strictObject({
        /** A kind of event of the world, for example push.accepted. */
        after: z.string().min(1),
        /** Fields of the event's data that must be so. */
        where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        delay: duration,
        /** Each time; without it the first time only. */
        always: z.boolean().default(false),
      }),
    ],
    "write a span of time from the beginning (6m), or {after: KIND OF EVENT, delay: 5m}",
  ),
  by: login,
  play: eventFile,
  /** Again after each such span, as a bot does. */
  every: duration.optional(),
  /** The sentence of the countdown; without it the learner is not told. */
  known: z.string().min(3).max(120).optional(),
  /** What `lab timeline` says about it once the lab is passed. */
  what: z.string().min(3).max(160).optional(),
});

const ATTACKERS = CAST.filter(({ side }) => side === "attacker").map((person) => person.login);

const [, ...later] = STEPS;

export const attacker = z
  .strictObject({
    who: z.enum(ATTACKERS as [string, ...string[]]),
    /** Comes by at this time of the lab, and `every` so often from then on. */
    at: duration.optional(),
    every: duration.optional(),
    /** Comes so long after something that is watched became public. Nothing said of times: 5m. */
    after: duration.optional(),
    /** What is looked at; nothing said: everything that is public, or nothing where they hold something. */
    watch: z.array(z.enum(WATCHED)).min(1).optional(),
    /** Ids of credentials that they have from the beginning, and use from `at` on. */
    holds: z.array(name).default([]),
    /** Steps after the first use, each so long after it; validating comes first. Nothing said: all of them. */
    chain: z.partialRecord(z.enum(later as [string, ...string[]]), duration).optional(),
    /** From where; nothing said: their usual address. */
    from: z
      .string()
      .regex(
        /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$/,
        "write an address of 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24",
      )
      .optional(),
    known: z.string().min(3).max(120).optional(),
    what: z.string().min(3).max(160).optional(),
  })
  .refine(({ at, holds }) => holds.length === 0 || at !== undefined, {
    message: "say at which time (at) they use what they hold",
    path: ["at"],
  })
  .refine(({ at, every }) => every === undefined || at !== undefined, {
    message: "say when (at) it begins",
    path: ["every"],
  });

const pattern = z.string().refine(isPattern, "is no regular expression");

export const reply = z.strictObject({
  /**
   * Whoever gets the mail; "support" for the forge's support. Of a message in the chat: who is written to directly or
   * named with @, or a channel (#ops).
   */
  to: z.string().min(1),
  /** How they are written to. */
  via: z.enum(["mail", "chat", "any"]).default("mail"),
  /** A regular expression over subject and body, or over the message, without regard to case. */
  when: pattern,
  by: login,
  play: eventFile,
  after: duration,
});

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "i") instanceof RegExp;
  } catch {
    return false;
  }
}
