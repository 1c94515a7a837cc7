/** Words in the forge's answers that are shown as they come, and can be said in the language of the page. */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";

const WORDS: ReadonlySet<string> = new Set([
  // Repositories
  said("public"),
  said("private"),
  said("internal"),
  // Alerts, tokens
  said("open"),
  said("resolved"),
  said("revoked"),
  said("false positive"),
  said("used in tests"),
  said("wont fix"),
  said("expired"),
  // Rulesets
  said("active"),
  said("disabled"),
  said("evaluate"),
  // Reviews, files
  said("approved"),
  said("changes requested"),
  said("commented"),
  said("dismissed"),
  said("pending"),
  said("added"),
  said("modified"),
  said("removed"),
  said("renamed"),
]);

/** "CHANGES_REQUESTED" → "changes requested", in the language of the page where it has a word for it. */
export function forgeWord(t: Text, word: string): string {
  const text = word.toLowerCase().replaceAll("_", " ");
  return WORDS.has(text) ? t(text) : text;
}
