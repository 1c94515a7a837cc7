/** The report as JSON, for other programs: the table as it is, each refusal with its sentence. */
import type { ClassReport } from "./classReport.ts";
import { refusalSentence } from "./refusal.ts";

export function reportJson(report: ClassReport) {
  return {
    ...report,
    refused: report.refused.map((refused) => ({ ...refused, sentence: refusalSentence(refused) })),
  };
}
