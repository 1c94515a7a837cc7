import { writeFileSync } from "node:fs";
import { classReport, type ClassReport } from "../../report/classReport.ts";
import { reportCsv } from "../../report/csv.ts";
import { regradeAll, TIME_LIMIT } from "../../report/regradeAll.ts";
import { reportJson } from "../../report/reportJson.ts";
import { reportLabOf, type ReportLab } from "../../report/reportLab.ts";
import { coreName } from "../coreBuild.ts";
import type { Command } from "../command.ts";
import { startCoreWorker } from "../coreWorker.ts";
import { labNames } from "../labFolder.ts";
import { openLab } from "../openLab.ts";
import { handedIn } from "../reportFiles.ts";
import { reportHtml } from "../reportHtml.ts";
import { printReport } from "../reportText.ts";
import { EXIT, json, outcome, UsageError } from "../usage.ts";

export const command: Command = {
  usage: "report DIR [--csv FILE] [--html FILE] [--json]",
  about: "re-grades every attempt below a folder: learner × lab, and which wrong ways were met by how many",
  options: { csv: { type: "string" }, html: { type: "string" }, json: { type: "boolean" } },
  run: async ([directory], values) => {
    if (directory === undefined) throw new UsageError(`usage: leaklab ${command.usage}`);
    const report = await reportOf(directory);
    for (const [option, print] of [
      ["csv", reportCsv],
      ["html", reportHtml],
    ] as const) {
      const file = values[option];
      if (typeof file === "string") writeText(file, print(report));
    }
    const exitCode = report.refused.length === 0 ? EXIT.ok : EXIT.notPassed;
    return values["json"] ? json(reportJson(report), exitCode) : outcome(printReport(report), exitCode);
  },
};

async function reportOf(directory: string): Promise<ClassReport> {
  const { submissions, refused } = handedIn(directory);
  if (submissions.length === 0 && refused.length === 0)
    throw new UsageError(`there is no file that ends in .attempt below ${directory}`);
  const core = coreName();
  const own = labNames();
  const asked = new Set(submissions.map(({ attempt }) => attempt.header.lab));
  const labs = new Map<string, ReportLab>();
  for (const id of own.filter((name) => asked.has(name))) labs.set(id, reportLabOf(openLab(id).bundle, core));
  const results = await regradeAll(submissions, {
    lab: async (id) => labs.get(id) ?? null,
    startWorker: async () => (await startCoreWorker()).client,
    workers: 2,
    timeLimit: TIME_LIMIT,
  });
  return classReport(
    results.flatMap((result) => (result.ok ? [result.value] : [])),
    [...refused, ...results.flatMap((result) => (result.ok ? [] : [result.error]))],
    [...labs.values()],
  );
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as Error).message}`);
  }
}
