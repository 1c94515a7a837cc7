/** Standard input of plumbing commands. */
import { fromLatin1, toUtf8 } from "../../../../base/bytes.ts";

/** Lines (or records that end in NUL) as text; a last one without its end counts. */
export function stdinLines(stdin: string, zero = false): string[] {
  const end = zero ? "\0" : "\n";
  const lines = toUtf8(fromLatin1(stdin)).split(end);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
