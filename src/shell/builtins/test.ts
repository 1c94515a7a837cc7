/** What `[` and `test` say of an expression that they cannot read, in bash's words. @see https://www.gnu.org/software/bash/manual/bash.html#index-test */
import type { BuiltinResult } from "./state.ts";

const INTEGER = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];
const BINARY = ["=", "==", "!=", "<", ">", "-a", "-o", "-nt", "-ot", "-ef", ...INTEGER];

export function testResult(name: string, words: readonly string[], result: BuiltinResult): BuiltinResult {
  const problem = problemOf(words, result);
  if (problem !== null) return { stdout: "", stderr: `bash: ${name}: ${problem}\n`, exitCode: 2 };
  return { ...result, stderr: result.stderr.replace(/^test: /gm, `bash: ${name}: `) };
}

function problemOf(words: readonly string[], { stderr }: BuiltinResult): string | null {
  const [first = "", second = "", third = ""] = words;
  if (words.length === 2 && first !== "!" && first !== "(" && !/^-[a-zA-Z]$/.test(first))
    return `${first}: unary operator expected`;
  if (words.length !== 3) return stderr.includes("too many arguments") ? "too many arguments" : null;
  if (INTEGER.includes(second)) {
    const wrong = [first, third].find((word) => !/^\s*[-+]?\d+\s*$/.test(word));
    return wrong === undefined ? null : `${wrong}: integer expression expected`;
  }
  if (first === "!" || (first === "(" && third === ")") || BINARY.includes(second)) return null;
  return `${second}: binary operator expected`;
}
