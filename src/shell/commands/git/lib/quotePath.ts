/** How git writes unusual paths: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath */
import { fromUtf8 } from "../../../../base/bytes.ts";

const NAMED: Readonly<Record<number, string>> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

/** The path in double quotes with C escapes where it holds control characters, quotes, backslashes or bytes above 127. */
export function quotePath(path: string): string {
  if (/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(path)) return path;
  return `"${escaped(path)}"`;
}

/** `quotePath` for `a/` + path: the prefix goes inside the quotes. */
export function quotePrefixed(prefix: string, path: string): string {
  return quotePath(prefix + path);
}

function escaped(path: string): string {
  let out = "";
  for (const byte of fromUtf8(path)) {
    const named = NAMED[byte];
    if (named !== undefined) out += named;
    else if (byte < 32 || byte > 126) out += `\\${byte.toString(8).padStart(3, "0")}`;
    else out += String.fromCharCode(byte);
  }
  return out;
}
