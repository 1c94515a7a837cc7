/** The part of lab.yaml that says what others do: stories, the timetable, answers to mail. */
import { z } from "zod";
import { duration, login } from "./manifestWorld.ts";

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

const pattern = z.string().refine(isPattern, "is no regular expression");

export const reply = z.strictObject({
  /** Whoever gets the mail; "support" for the forge's support. */
  to: z.string().min(1),
  /** A regular expression over subject and body, without regard to case. */
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
