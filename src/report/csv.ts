/**
 * The report as CSV (RFC 4180): one row for each learner and lab. Names come from strangers, and spreadsheets run what
 * begins like a formula: such a cell gets an apostrophe in front.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
import { cellOf, type Cell, type ClassReport } from "./classReport.ts";

const COLUMNS = [
  "learner",
  "lab",
  "title",
  "status",
  "checks_passed",
  "checks_asked",
  "hints",
  "undos",
  "attempts",
  "met",
  "same_inputs_as",
  "seed",
  "challenge",
  "file",
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number>>;

export function reportCsv(report: ClassReport): string {
  const rows = report.learners.flatMap((learner) =>
    report.labs.map((lab) => {
      const cell = cellOf(learner, lab.id);
      const about = { learner: learner.name, lab: lab.id, title: lab.title, checks_asked: lab.asked };
      return { ...about, ...(cell ? begun(cell) : NOT_BEGUN) };
    }),
  );
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))];
  return lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

function begun(cell: Cell): Omit<Row, "learner" | "lab" | "title" | "checks_asked"> {
  return {
    status: cell.passed ? "passed" : "not passed",
    checks_passed: cell.passing,
    hints: cell.hints,
    undos: cell.undos,
    attempts: cell.attempts,
    met: cell.met.join(" "),
    same_inputs_as: cell.sameAs.join("; "),
    seed: cell.seed,
    challenge: cell.challenge,
    file: cell.path,
  };
}

const NOT_BEGUN: ReturnType<typeof begun> = {
  status: "not begun",
  checks_passed: 0,
  hints: 0,
  undos: 0,
  attempts: 0,
  met: "",
  same_inputs_as: "",
  seed: "",
  challenge: "",
  file: "",
};

export function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
