/** A grade as text for a person. */
import type { Grade } from "../worker/protocol.ts";

const WORD = { pass: "passes", fail: "fails", unconfirmed: "unconfirmed" } as const;

export function printGrade(grade: Grade): string {
  const checks = grade.checks.map((check) => {
    const places = check.evidence.map(({ surface, at }) => `\n                ${surface}: ${at}`).join("");
    return `  ${WORD[check.verdict].padEnd(12)}  ${check.title}${check.required ? "" : " (extra)"}${places}\n`;
  });
  const diagnoses = grade.diagnoses.map(({ id, message }) => `  ${id.padEnd(5)} ${message}\n`);
  const head = `${grade.lab} ${grade.labVersion}, seed ${grade.seed}: ${grade.passed ? "passed" : "not passed"}\n`;
  return `${head}${checks.join("")}${diagnoses.join("")}  digest ${grade.digest}\n`;
}
