/** Is a text one whole chunk of shell, as bash's own prompt decides between `$ ` and `> `? */
import { Bash } from "just-bash/browser";
import { SHELL_LIMITS } from "./limits.ts";

export type ChunkState = "complete" | "incomplete" | "invalid";

/** How just-bash words the end of input in the middle of something. */
const UNFINISHED = /unexpected EOF|got EOF|unterminated here-document/;

/** A pipe or list that names no next command. */
const DANGLING = /(?:&&|\|\|?)\s*$/;

/** A parser of chunks; it runs nothing. */
export function chunkParser(): (text: string) => ChunkState {
  const bash = new Bash({ executionLimits: SHELL_LIMITS, defenseInDepth: false, commands: [] });
  return (text) => {
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return "incomplete";
    if (openHeredoc(text)) return "incomplete";
    try {
      bash.transform(text);
      return DANGLING.test(withoutQuotes(text)) ? "incomplete" : "complete";
    } catch (error) {
      const message = String((error as Error).message);
      return UNFINISHED.test(message) || lacksBody(message, text) ? "incomplete" : "invalid";
    }
  };
}

/**
 * Where a body is still to come (`then`, `do`, `else` at the end), the parser complains of the `fi` or `done` that it
 * put there itself.
 */
function lacksBody(message: string, text: string): boolean {
  const [, line, column, token] =
    /Parse error at (\d+):(\d+): .*unexpected token `(fi|done|esac)'/.exec(message) ?? [];
  if (token === undefined) return false;
  const rest = text
    .split("\n")
    .slice(Number(line) - 1)
    .join("\n")
    .slice(Number(column) - 1);
  return !rest.includes(token);
}

/** A here-document whose delimiter has not come yet. The parser takes its end of input for the end of the text. */
function openHeredoc(text: string): boolean {
  const lines = text.split("\n");
  const waiting: { delimiter: string; tabs: boolean }[] = [];
  for (const line of lines) {
    const [first] = waiting;
    if (first) {
      if ((first.tabs ? line.replace(/^\t+/, "") : line) === first.delimiter) waiting.shift();
      continue;
    }
    for (const match of withoutQuotes(line).matchAll(
      /(?<!<)<<(-?)\s*(?:\\?([\w.-]+)|\u0001([\w.-]+)\u0001)/g,
    )) {
      waiting.push({ delimiter: (match[2] ?? match[3]) as string, tabs: match[1] === "-" });
    }
  }
  return waiting.length > 0;
}

/** Quoted text blanked, except a quoted delimiter right after `<<`; comments cut off. */
function withoutQuotes(line: string): string {
  return line
    .replace(/(<<-?\s*)(['"])([\w.-]+)\2/g, "$1\u0001$3\u0001")
    .replace(/\\./g, "  ")
    .replace(/'[^']*'|"[^"]*"/g, (quoted) => " ".repeat(quoted.length))
    .replace(/(^|\s)#.*$/, "$1");
}
