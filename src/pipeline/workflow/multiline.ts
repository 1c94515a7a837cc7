/** Texts over several lines that hold expressions: their values, by the place where they begin. */
import { LineCounter, parseDocument, visit } from "yaml";

/** "line:column" → value. */
export type MultilineTexts = ReadonlyMap<string, string>;

export function multilineTexts(source: string): MultilineTexts {
  const lines = new LineCounter();
  const texts = new Map<string, string>();
  visit(parseDocument(source, { lineCounter: lines, uniqueKeys: false }), {
    Scalar: (_key, { value, range }) => {
      if (typeof value !== "string" || !value.includes("${{") || !range) return;
      const [start, end] = [lines.linePos(range[0]), lines.linePos(range[1])];
      if (start.line !== end.line) texts.set(`${start.line}:${start.col}`, value);
    },
  });
  return texts;
}
