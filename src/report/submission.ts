/** An attempt file as somebody handed it in: text of a stranger, read within limits, or refused with a reason. */
import { parseAttempt, type Attempt } from "../attempt/log.ts";
import { err, ok, type Result } from "../base/result.ts";
import { moments } from "./moments.ts";
import { plainText } from "./plainText.ts";
import { refusal, type Refusal } from "./refusal.ts";

export interface Submission {
  /** As it lay in the folder: names separated by slashes. */
  readonly path: string;
  readonly attempt: Attempt;
  /** Name of the learner in the file; empty where it has none. */
  readonly name: string;
  /** After how many inputs the work is graded, ascending; the last is the end. */
  readonly moments: readonly number[];
}

/** An attempt of an hour is under 100 kB; whole files saved in the editor may make more of it. */
export const MAX_BYTES = 8 << 20;
/** A lab takes 10 to 60 inputs. */
export const MAX_INPUTS = 2000;
export const MAX_FILES = 1000;
const MAX_NAME = 60;
const MAX_PATH = 160;

/** By its name; what a Mac keeps beside a file in an archive has the same ending. */
export function isAttemptName(path: string): boolean {
  return /\.attempt$/i.test(path) && !/(?:^|\/)\._|(?:^|\/)__MACOSX\//.test(path);
}

export function readSubmission(file: string, bytes: Uint8Array): Result<Submission, Refusal> {
  const path = shownPath(file);
  if (bytes.length > MAX_BYTES) return err(tooLarge(path));
  if (bytes.length === 0) return err(refusal(path, "empty"));
  // Mail programs and editors turn line ends around; nothing else of the file is touched.
  const text = new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  const parsed = parseAttempt(text);
  if (!parsed.ok) {
    const { line, message } = parsed.error;
    return err(refusal(path, "damaged", { line, problem: plainText(message, 120) }));
  }
  const attempt = parsed.value;
  if (attempt.entries.length > MAX_INPUTS) return err(refusal(path, "too-long", { limit: MAX_INPUTS }));
  const name = plainText(attempt.header.learner ?? "", MAX_NAME);
  return ok({ path, attempt, name, moments: moments(attempt, text) });
}

export function tooLarge(file: string): Refusal {
  return refusal(shownPath(file), "too-large", { limit: MAX_BYTES >> 20 });
}

export function shownPath(file: string): string {
  return plainText(file.replaceAll("\\", "/"), MAX_PATH);
}
