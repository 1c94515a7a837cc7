/** The report as text for a person. */
import { cellOf, type Cell, type ClassReport, type LabColumn } from "../report/classReport.ts";
import { refusalSentence } from "../report/refusal.ts";

export function printReport(report: ClassReport): string {
  const parts = [matrix(report), ...report.labs.map(wrongWays), sameInputs(report), notGraded(report)];
  return parts.filter((part) => part !== "").join("\n");
}

function matrix({ labs, learners }: ClassReport): string {
  if (learners.length === 0) return "No attempt could be graded.\n";
  const head = ["learner", ...labs.map(({ id }) => id)];
  const rows = learners.map((learner) => [
    learner.named ? learner.name : `${learner.name} (no name)`,
    ...labs.map(({ id }) => cellText(cellOf(learner, id))),
  ]);
  const foot = ["passed", ...labs.map(({ passed, begun }) => `${passed} of ${begun}`)];
  return table([head, ...rows, foot]);
}

export function cellText(cell: Cell | undefined): string {
  if (!cell) return "not begun";
  return [cell.passed ? "passed" : `${cell.passing} of ${cell.asked} checks`, ...besides(cell)].join(", ");
}

/** What the cell says beside its result. */
export function besides({ hints, undos, attempts }: Cell): readonly string[] {
  return [
    ...(hints > 0 ? [counted(hints, "hint")] : []),
    ...(undos > 0 ? [counted(undos, "undo")] : []),
    ...(attempts > 1 ? [`best of ${attempts} attempts`] : []),
  ];
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function wrongWays({ id, title, met }: LabColumn): string {
  if (met.length === 0) return "";
  const lines = met.map(
    ({ id: way, sentence, learners }) =>
      `  ${String(learners.length).padStart(3)}  ${way.padEnd(5)} ${sentence}\n             ${learners.join(", ")}\n`,
  );
  return `Met in ${id}, ${title}:\n${lines.join("")}`;
}

function sameInputs({ learners }: ClassReport): string {
  const lines = learners.flatMap(({ name, cells }) =>
    cells
      .filter(({ sameAs }) => sameAs.length > 0)
      .map(({ lab, sameAs }) => `  ${name}, ${lab}: same seed and same inputs as ${sameAs.join(", ")}\n`),
  );
  return lines.length === 0 ? "" : `Handed in more than once:\n${lines.join("")}`;
}

function notGraded({ refused }: ClassReport): string {
  if (refused.length === 0) return "";
  const lines = refused.map((it) => `  ${it.path}\n    ${refusalSentence(it)}\n`);
  return `Could not be graded:\n${lines.join("")}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => [...(row[i] ?? "")].length))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((text, i) => pad(text, widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}
