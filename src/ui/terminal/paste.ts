/** What a pasted text becomes before it is inserted. A paste never runs anything and never carries control characters. */

// Everything that would be interpreted instead of shown: C0 without tab and newline, DEL, C1, and the marks that
// reorder text (https://www.unicode.org/reports/tr9/), with which a line can look different from what would run.
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** `multiline` keeps inner line ends; otherwise they become spaces. Line ends at the end are dropped. */
export function cleanPaste(text: string, multiline: boolean): string {
  const lines = text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(HARMFUL, "")
    .replace(/\n+$/, "");
  return multiline ? lines : lines.replace(/\n/g, " ");
}
