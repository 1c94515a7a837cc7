import { readFileSync, writeFileSync } from "node:fs";
import { attemptText, headerOf, playScript, Stage } from "../attemptRun.ts";
import { gradeJson } from "../gradeJson.ts";
import { printGrade } from "../gradeText.ts";
import type { Command } from "../command.ts";
import { openLab } from "../openLab.ts";
import { EXIT, json, outcome, seedOf, settingOf, UsageError } from "../usage.ts";

export const command: Command = {
  usage: "run LAB --script FILE [--seed N] [--setting NAME] [--json] [--save FILE.attempt]",
  about: "plays a bash script as the learner, one chunk per input, in a fresh attempt, and grades it",
  options: {
    script: { type: "string" },
    seed: { type: "string" },
    setting: { type: "string" },
    json: { type: "boolean" },
    save: { type: "string" },
  },
  run: async ([name], values) => {
    const file = values["script"];
    if (name === undefined || typeof file !== "string")
      throw new UsageError(`usage: leaklab ${command.usage}`);
    const { bundle } = openLab(name);
    const header = headerOf(bundle, seedOf(values["seed"]), settingOf(values["setting"]));
    const stage = await Stage.open(bundle, header);
    try {
      const performance = await playScript(stage, readText(file));
      if (typeof values["save"] === "string") writeFileSync(values["save"], attemptText(performance));
      const grade = await stage.grade();
      const limit = performance.played.some(({ applied }) => applied.limit !== undefined);
      const exitCode = limit ? EXIT.limit : grade.passed ? EXIT.ok : EXIT.notPassed;
      return values["json"] ? json(gradeJson(grade), exitCode) : outcome(printGrade(grade), exitCode);
    } finally {
      await stage.end();
    }
  },
};

export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}
