/** Attempt files below a folder, as a class handed them in. Nothing is followed out of it, nothing large is read. */
import { lstatSync, readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { refusal, type Refusal } from "../report/refusal.ts";
import {
  isAttemptName,
  MAX_BYTES,
  MAX_FILES,
  readSubmission,
  shownPath,
  tooLarge,
  type Submission,
} from "../report/submission.ts";
import { UsageError } from "./usage.ts";

const MAX_DEPTH = 8;

export interface HandedIn {
  readonly submissions: readonly Submission[];
  readonly refused: readonly Refusal[];
}

export function handedIn(directory: string): HandedIn {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${directory} is no directory`);
  const submissions: Submission[] = [];
  const refused: Refusal[] = [];
  let count = 0;
  for (const found of filesBelow(directory)) {
    if (typeof found !== "string") refused.push(found);
    else if (count === MAX_FILES) {
      refused.push(refusal(shownPath(found), "too-many", { limit: MAX_FILES }));
      break;
    } else {
      count += 1;
      const read = readFile(directory, found);
      if (read.ok) submissions.push(read.value);
      else refused.push(read.error);
    }
  }
  return { submissions, refused };
}

function readFile(directory: string, path: string): ReturnType<typeof readSubmission> {
  try {
    const file = join(directory, path);
    if (lstatSync(file).size > MAX_BYTES) return { ok: false, error: tooLarge(path) };
    return readSubmission(path, readFileSync(file));
  } catch {
    return { ok: false, error: refusal(shownPath(path), "unreadable") };
  }
}

/** Paths below the folder, in order of their names; a folder that cannot be read is a refusal. */
function* filesBelow(directory: string, prefix = "", depth = 0): Generator<string | Refusal> {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(directory, prefix), { withFileTypes: true });
  } catch {
    yield refusal(shownPath(prefix), "unreadable");
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory() && depth < MAX_DEPTH) yield* filesBelow(directory, `${path}/`, depth + 1);
    else if (entry.isFile() && isAttemptName(entry.name)) yield path;
  }
}
