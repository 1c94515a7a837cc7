import type { Command } from "../command.ts";
import { json, outcome, UsageError } from "../usage.ts";
import { scanPath, type FileFindings } from "../scanPath.ts";

const FORMATS = ["stylish", "json", "sarif"];

export const command: Command = {
  usage: "scan [PATH] [--history] [--format stylish|json|sarif] [--config FILE]",
  about: "runs the engine on a real directory or repository; exit 0 clean, 1 findings, 2 error",
  options: {
    history: { type: "boolean" },
    format: { type: "string" },
    config: { type: "string" },
    json: { type: "boolean" },
  },
  run: async ([path = "."], values) => {
    const format = values["json"] ? "json" : ((values["format"] as string | undefined) ?? "stylish");
    if (!FORMATS.includes(format)) throw new UsageError(`--format wants one of ${FORMATS.join(", ")}`);
    const files = await scanPath(path, {
      history: values["history"] === true,
      config: values["config"] as string | undefined,
    });
    const exitCode = files.length > 0 ? 1 : 0;
    if (format === "json") return json(files, exitCode);
    if (format === "sarif") return json(sarif(files), exitCode);
    return outcome(stylish(files), exitCode);
  },
};

function stylish(files: readonly FileFindings[]): string {
  const blocks = files.map(({ path, findings }) => {
    const lines = findings.map(
      ({ line, column, message, ruleId }) => `  ${line}:${column}  error  ${message}  ${ruleId}`,
    );
    return `\n${path}\n${lines.join("\n")}\n`;
  });
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  return count === 0 ? "" : `${blocks.join("")}\n✖ ${count} ${count === 1 ? "problem" : "problems"}\n`;
}

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(files: readonly FileFindings[]) {
  const results = files.flatMap(({ path, findings }) =>
    findings.map((finding) => ({
      ruleId: finding.ruleId,
      level: "error",
      message: { text: finding.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: path },
            region: {
              startLine: finding.line,
              startColumn: finding.column + 1,
              endLine: finding.endLine,
              endColumn: finding.endColumn + 1,
            },
          },
        },
      ],
    })),
  );
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort().map((id) => ({ id }));
  const driver = { name: "LeakLab", informationUri: "https://github.com/secretlint/secretlint", rules };
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results }],
  };
}
