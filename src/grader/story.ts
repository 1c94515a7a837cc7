/** What a story played in a fork came to. */
import type { Evidence } from "./grade.ts";

export interface StoryEvidence extends Evidence {
  /** What was found there; evidence that does not say so belongs to everything. */
  readonly of?: string;
}

export interface StoryOutcome {
  readonly story: string;
  readonly exitCode: number;
  /** Why it says nothing: a limit ended it, or the script itself is broken. Null where it ran to its end. */
  readonly broken: string | null;
  readonly evidence: readonly StoryEvidence[];
  /** Which diagnoses apply, with the values of their placeholders. */
  readonly found: readonly { readonly key: string; readonly values: Readonly<Record<string, string>> }[];
  /** The truth that an answer is compared with, as YAML; null where it told none. */
  readonly truth: string | null;
  /** What a learner who rehearses is told. */
  readonly said: readonly string[];
}

/** The evidence that belongs to some of what was found; all of it where nothing is named. */
export function evidenceOf({ evidence }: StoryOutcome, keys?: readonly string[]): Evidence[] {
  return evidence
    .filter(({ of }) => of === undefined || !keys || keys.includes(of))
    .map(({ of: _of, ...shown }) => shown);
}

export type StoryKind = "hostile" | "honest" | "audit";

export function storyKind(story: string): StoryKind {
  return story.startsWith("hostile-") ? "hostile" : story.startsWith("audit-") ? "audit" : "honest";
}

/** Whether all is well after it: an honest person and an auditor succeed, an attacker gains nothing. */
export function isWell({ story, exitCode }: StoryOutcome): boolean {
  return storyKind(story) === "hostile" ? exitCode !== 0 : exitCode === 0;
}
