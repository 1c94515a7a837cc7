/** Commit messages: clean-up, trailers, subjects. https://git-scm.com/docs/git-commit#Documentation/git-commit.txt---cleanupltmodegt */

export type Cleanup = "strip" | "whitespace" | "verbatim" | "scissors" | "default";

const SCISSORS = "------------------------ >8 ------------------------";

/** What separates a message from the diff below it (`commit -v`). */
export const SCISSORS_TEXT = `# ${SCISSORS}\n# Do not modify or remove the line above.\n# Everything below it will be ignored.\n`;

/** `edited`: the message went through an editor, where lines with # are comments. */
export function cleanMessage(text: string, cleanup: Cleanup, edited: boolean): string {
  const mode = cleanup === "default" ? (edited ? "strip" : "whitespace") : cleanup;
  if (mode === "verbatim") return text;
  const kept = mode === "scissors" || edited ? cutAtScissors(text) : text;
  return stripSpace(kept, mode === "strip");
}

function cutAtScissors(text: string): string {
  const at = `\n${text}`.indexOf(`\n# ${SCISSORS}\n`);
  return at < 0 ? text : text.slice(0, at);
}

/** Trims lines, joins runs of empty lines, and drops those at both ends. */
export function stripSpace(text: string, comments: boolean): string {
  const lines: string[] = [];
  let gap = false;
  for (const line of text.split("\n")) {
    if (comments && line.startsWith("#")) continue;
    const trimmed = line.replace(/[ \t\r\f\v]+$/, "");
    if (trimmed === "") gap = lines.length > 0;
    else {
      if (gap) lines.push("");
      gap = false;
      lines.push(trimmed);
    }
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** The first paragraph on one line. */
export function subjectOf(message: string): string {
  const lines: string[] = [];
  for (const line of message.replace(/^\n+/, "").split("\n")) {
    if (line.trim() === "") break;
    lines.push(line);
  }
  return lines.map((line, i) => (i === 0 ? line.trimEnd() : line.trim())).join(" ");
}

/** The first line, for reflogs. */
export function firstLine(message: string): string {
  return message.slice(0, `${message}\n`.indexOf("\n"));
}

const TRAILER = /^(?:[A-Za-z0-9-]+\s*:|\(cherry picked from commit )/;

/** Is the last paragraph a block of trailers? */
function endsInTrailers(message: string): boolean {
  const paragraphs = message.trimEnd().split(/\n\n+/);
  if (paragraphs.length < 2) return false;
  const lines = (paragraphs.at(-1) as string).split("\n").filter((line) => !line.startsWith("#"));
  const trailers = lines.filter((line) => TRAILER.test(line) || /^\s/.test(line)).length;
  const own = lines.some((line) => /^(Signed-off-by: |\(cherry picked from commit )/.test(line));
  return own ? trailers * 3 >= lines.length : trailers === lines.length;
}

/** Adds `Signed-off-by: …` or `(cherry picked from commit …)` as the last trailer; a sign-off that is last already stays alone. */
export function addTrailer(message: string, line: string): string {
  const text = message === "" || message.endsWith("\n") ? message : `${message}\n`;
  if (line.startsWith("Signed-off-by: ") && text.endsWith(`\n${line}\n`)) return text;
  if (text.trim() === "") return `${text === "" ? "\n\n" : text}${line}\n`;
  return `${text}${endsInTrailers(text) ? "" : "\n"}${line}\n`;
}
