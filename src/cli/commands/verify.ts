import type { Command } from "../command.ts";
import { labNames } from "../labFolder.ts";
import { openLabs } from "../openLab.ts";
import { EXIT, json, outcome, settingOf, UsageError } from "../usage.ts";
import { verifyLabs, type LabReport } from "../verification.ts";

export const command: Command = {
  usage: "verify [LAB, path or pack…] [--seeds N] [--setting NAME] [--json]",
  about:
    "proves a lab: untouched start, every case, every check needed, replay, no stray files, no old translation",
  options: { seeds: { type: "string" }, setting: { type: "string" }, json: { type: "boolean" } },
  run: async (asked, values) => {
    const seeds = Number(values["seeds"] ?? 3);
    if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1000)
      throw new UsageError("--seeds wants a whole number from 1 to 1000");
    const labs = (asked.length > 0 ? asked : labNames()).flatMap((name) => openLabs(name));
    const reports = await verifyLabs(labs, seeds, settingOf(values["setting"]));
    const ok = reports.every((report) => report.ok);
    const exitCode = ok ? EXIT.ok : EXIT.notPassed;
    return values["json"]
      ? json({ ok, labs: reports.map(contract) }, exitCode)
      : outcome(reports.map(printReport).join(""), exitCode);
  },
};

/** The contract's fields; a needless check or an old translation makes `ok` false and stands on stderr. */
function contract({ lab, ok, seeds, cases, needless, drift }: LabReport) {
  for (const id of needless)
    process.stderr.write(`leaklab: ${lab}: no case fails when the check "${id}" is inverted\n`);
  for (const message of drift) process.stderr.write(`leaklab: ${message}\n`);
  return { lab, ok, seeds, cases };
}

function printReport(report: LabReport): string {
  const wrong = report.cases
    .filter((item) => !item.ok)
    .map(
      ({ case: name, seed, expected, got }) =>
        `  seed ${seed} ${name}\n      expected ${expected}\n      got      ${got}\n`,
    );
  const drift = report.drift.map((message) => `  ${message}\n`);
  const checks = report.needless.map((id) => `  no case fails when the check "${id}" is inverted\n`);
  return `${report.lab}: ${report.ok ? "ok" : "FAILED"}, ${report.cases.length} cases over ${report.seeds} seeds\n${[...wrong, ...checks, ...drift].join("")}`;
}
