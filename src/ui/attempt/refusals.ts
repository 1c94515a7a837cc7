/**
 * Why an input was not taken, as session and worker say it in English: said once more here, so that a page in another
 * language finds it in its catalogue. What has values in it is shown as it came.
 */
import { said } from "../text/said.ts";
import type { Text } from "../text/text.ts";

const KNOWN: ReadonlySet<string> = new Set([
  said("Another tab plays this attempt."),
  said("Another tab took this attempt over."),
  said("The lab is not ready yet."),
  said("The lab stopped. Nothing is lost."),
  said("No command waits for an answer."),
  said("No command waits for the editor."),
  said("No command waits for this file."),
]);

const REAL = /^That looks like a real token \((.+?)\)\. It was not stored\./;

export function refusalText(t: Text, message: string): string {
  const [, kinds] = REAL.exec(message) ?? [];
  if (kinds !== undefined)
    return t(
      "That looks like a real token ({kinds}). It was not stored. If it is real, revoke it where it was issued; `lab canary` makes a harmless one to test with.",
      { kinds },
    );
  return KNOWN.has(message) ? t(message) : message;
}
