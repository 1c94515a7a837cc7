/** `git diff --check`: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corewhitespace */
import type { GitContext } from "just-git";
import { type Change, contentOf } from "./change.ts";
import { changes } from "./hunks.ts";
import { isBinary, splitLines } from "./lines.ts";

/** Lines `path:line: problem.` with the line itself; also left-over conflict markers. */
export async function whitespaceErrors(repo: GitContext, change: Change): Promise<string> {
  const [a, b] = await Promise.all([contentOf(repo, change.old), contentOf(repo, change.new)]);
  if (change.new.mode === 0 || isBinary(a) || isBinary(b)) return "";
  const right = splitLines(b);
  const found = changes(splitLines(a), right);
  let out = "";
  for (const hunk of found) {
    for (let i = hunk.b; i < hunk.b + hunk.bCount; i++)
      out += lineErrors(change.new.path, i + 1, right[i] as string);
  }
  return out + blankAtEnd(change.new.path, right, found.at(-1));
}

function lineErrors(path: string, number: number, line: string): string {
  const text = line.replace(/\n$/, "");
  const problems: string[] = [];
  if (/[ \t\r\v\f]+$/.test(text)) problems.push("trailing whitespace");
  if (/^\t* +\t/.test(text)) problems.push("space before tab in indent");
  const marker = /^(<{7}|>{7}|\|{7}) |^={7}$/.test(text)
    ? `${path}:${number}: leftover conflict marker\n`
    : "";
  return marker + (problems.length > 0 ? `${path}:${number}: ${problems.join(", ")}.\n+${text}\n` : "");
}

/** New blank lines at the end of the file. */
function blankAtEnd(
  path: string,
  lines: readonly string[],
  last: { b: number; bCount: number } | undefined,
): string {
  if (!last || last.b + last.bCount !== lines.length) return "";
  let first = lines.length;
  while (first > last.b && (lines[first - 1] as string).trim() === "") first--;
  return first < lines.length ? `${path}:${first + 1}: new blank line at EOF.\n` : "";
}
