/** How the line that is being typed looks: which prompt stands before it, in which style. */
import type { Line, Span } from "./layout.ts";
import type { LineEditor } from "./lineEditor.ts";

/** Stands before each further row of a command: PS2. */
const CONTINUATION = "> ";
const BOLD = "1";
const PLAIN = "0";
/** Bold in the colour of the learner's own acts. */
const PLACE = "1;34";

/** The place in blue, the sign in ink. */
function promptSpans(prompt: string): Span[] {
  const sign = /[$#] $/.exec(prompt)?.[0] ?? "";
  const place = prompt.slice(0, prompt.length - sign.length);
  return [
    { text: place, style: PLACE },
    { text: sign, style: BOLD },
  ];
}

/** A command behind its prompt, or behind that of a search in progress. */
export function commandLine(
  prompt: string,
  { text, cursor, search }: Pick<LineEditor, "text" | "cursor" | "search">,
): Line {
  const line = { text, cursor, style: BOLD, continuation: CONTINUATION };
  if (search === null) return { prompt: promptSpans(prompt), ...line };
  const name = search.failed ? "failed reverse-i-search" : "reverse-i-search";
  return { prompt: [{ text: `(${name})\`${search.query}': `, style: PLAIN }], ...line };
}

/** A reply to `read`; a silent one shows nothing of what is typed. */
export function replyLine(
  prompt: string,
  silent: boolean,
  { text, cursor }: Pick<LineEditor, "text" | "cursor">,
): Line {
  const shown = silent ? { text: "", cursor: 0 } : { text, cursor };
  return { prompt: [{ text: prompt, style: PLAIN }], style: PLAIN, continuation: "", ...shown };
}
