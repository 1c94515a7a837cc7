/** Results whose standard output is a byte string. */
import type { ExecResult } from "just-git";
import { fromLatin1, fromUtf8, toLatin1, toUtf8Strict } from "../../../../base/bytes.ts";

/** As text where the bytes are UTF-8; else marked as bytes, so that pipes and redirects keep them. */
export function byteOutput(stdout: string, stderr = "", exitCode = 0): ExecResult {
  const text = /^[\0-\x7f]*$/.test(stdout) ? stdout : toUtf8Strict(fromLatin1(stdout));
  if (text !== null) return { stdout: text, stderr, exitCode };
  return { stdout, stderr, exitCode, stdoutKind: "bytes" } as ExecResult;
}

/** Text as a byte string. */
export function asBytes(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : toLatin1(fromUtf8(text));
}
