/** What Secretlint prints, format by format. @see https://github.com/secretlint/secretlint#formatters */
import type { SecretLintCoreResult, SecretLintCoreResultMessage } from "@secretlint/types";

/** As into a pipe or a file: without colours. */
type Format = (results: readonly SecretLintCoreResult[]) => string;

export const FORMATS: Readonly<Record<string, Format>> = {
  stylish,
  json: (results) => JSON.stringify(results),
  unix,
  compact,
  github,
  "mask-result": maskResult,
};

/** Formats of the real tool that LeakLab does not have. */
export const OTHER_FORMATS = ["checkstyle", "jslint-xml", "junit", "pretty-error", "tap", "table"];

function ruleName({ ruleId, ruleParentId }: SecretLintCoreResultMessage): string {
  return ruleParentId ? `${ruleParentId} > ${ruleId}` : ruleId;
}

function text({ messageId, message }: SecretLintCoreResultMessage): string {
  return `[${messageId}] ${message}`;
}

/** Secretlint's own "info" has no name in these formats. */
function level({ severity }: SecretLintCoreResultMessage): "error" | "warning" {
  return severity === "error" ? "error" : "warning";
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function stylish(results: readonly SecretLintCoreResult[]): string {
  const withMessages = results.filter(({ messages }) => messages.length > 0);
  const all = withMessages.flatMap(({ messages }) => messages);
  if (all.length === 0) return "";
  const files = withMessages.map(({ filePath, messages }) => `${filePath}\n${table(messages)}\n\n`).join("");
  const errors = all.filter((message) => level(message) === "error").length;
  const parts = [plural(errors, "error"), plural(all.length - errors, "warning"), "0 infos"];
  return `\n${files}\u2716 ${plural(all.length, "problem")} (${parts.join(", ")})\n`;
}

function table(messages: readonly SecretLintCoreResultMessage[]): string {
  const rows = messages.map((message) => [
    String(message.loc.start.line),
    String(message.loc.start.column),
    level(message),
    text(message).replace(/\.$/, ""),
    ruleName(message),
  ]);
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => width(row[i] as string))));
  return rows
    .map(([line = "", column = "", kind = "", said = "", rule = ""]) => {
      const place = `${line.padStart(widths[0] as number)}:${column.padEnd(widths[1] as number)}`;
      return `  ${place}  ${kind.padEnd(widths[2] as number)}  ${said}${" ".repeat((widths[3] as number) - width(said))}  ${rule}`;
    })
    .join("\n");
}

/** Columns on a terminal: ideographs and their like take two. @see https://www.unicode.org/reports/tr11/ */
function width(text: string): number {
  return (
    [...text].length +
    (text.match(
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g,
    )?.length ?? 0)
  );
}

function lines(
  results: readonly SecretLintCoreResult[],
  line: (path: string, message: SecretLintCoreResultMessage) => string,
): string {
  const all = results.flatMap(({ filePath, messages }) =>
    messages.map((message) => line(filePath ?? "", message)),
  );
  return all.length > 0 ? `${all.join("")}\n${plural(all.length, "problem")}\n` : "";
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function unix(results: readonly SecretLintCoreResult[]): string {
  return lines(results, (path, message) => {
    const { line, column } = message.loc.start;
    return `${path}:${line}:${column}: ${text(message)} [${capital(level(message))}/${ruleName(message)}]\n`;
  });
}

function compact(results: readonly SecretLintCoreResult[]): string {
  return lines(results, (path, message) => {
    const { line, column } = message.loc.start;
    return `${path}: line ${line}, col ${column}, ${capital(level(message))} - ${text(message)} (${ruleName(message)})\n`;
  });
}

function github(results: readonly SecretLintCoreResult[]): string {
  const groups = results
    .filter(({ messages }) => messages.length > 0)
    .map(({ filePath, messages }) => {
      const annotations = messages.map((message) => {
        const { start, end } = message.loc;
        const place = `line=${start.line},endLine=${end.line},col=${start.column || 1},endColumn=${end.column}`;
        return `::${level(message)} file=${filePath},${place},title=TextLint [${ruleName(message)}]::${text(message)} | ${start.line}:${start.column || 1}\n`;
      });
      return `::group::${filePath}\n${annotations.join("")}::endgroup::\n`;
    });
  return groups.join("");
}

function maskResult(results: readonly SecretLintCoreResult[]): string {
  return results
    .map(({ sourceContent, messages }) =>
      messages.reduce(
        (content, { range: [from, to] }) =>
          content.slice(0, from) + "*".repeat(to - from) + content.slice(to),
        sourceContent ?? "",
      ),
    )
    .join("");
}
