import { labDigest } from "../../lab/bundle.ts";
import { parseAttempt } from "../../attempt/log.ts";
import { replayAttempt } from "../attemptRun.ts";
import { coreName } from "../coreBuild.ts";
import { gradeJson } from "../gradeJson.ts";
import { printGrade } from "../gradeText.ts";
import type { Command } from "../command.ts";
import { openLab } from "../openLab.ts";
import type { Attempt } from "../../attempt/log.ts";
import type { LabBundle } from "../../lab/bundle.ts";
import { EXIT, json, outcome, UsageError } from "../usage.ts";
import { readText } from "./run.ts";

export const command: Command = {
  usage: "grade FILE.attempt [--json]",
  about: "replays and grades a recorded attempt",
  options: { json: { type: "boolean" } },
  run: async ([file], values) => {
    if (file === undefined) throw new UsageError(`usage: leaklab ${command.usage}`);
    const { attempt, bundle } = readAttempt(file);
    const stage = await replayAttempt(bundle, attempt);
    try {
      const grade = await stage.grade();
      const { divergedAt } = stage.opened;
      if (divergedAt !== null)
        process.stderr.write(
          `leaklab: after input ${divergedAt} the state differs from the recorded digest\n`,
        );
      const exitCode = divergedAt !== null ? EXIT.limit : grade.passed ? EXIT.ok : EXIT.notPassed;
      return values["json"] ? json(gradeJson(grade), exitCode) : outcome(printGrade(grade), exitCode);
    } finally {
      await stage.end();
    }
  },
};

/** An attempt file that this build can replay, with its lab. */
export function readAttempt(file: string): { attempt: Attempt; bundle: LabBundle } {
  const parsed = parseAttempt(readText(file));
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.error.line}: ${parsed.error.message}`);
  const attempt = parsed.value;
  const { bundle } = openLab(attempt.header.lab);
  if (attempt.header.core !== coreName()) {
    throw new UsageError(
      `${file} was made by core ${attempt.header.core}, this is core ${coreName()}; grade it with the version of LeakLab that made it`,
    );
  }
  if (attempt.header.labDigest !== labDigest(bundle))
    throw new UsageError(`${file} was made with another version of the lab ${attempt.header.lab}`);
  return { attempt, bundle };
}
