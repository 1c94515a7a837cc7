import { headerOf, playScript, Stage } from "../attemptRun.ts";
import { emptyLab } from "../emptyLab.ts";
import type { Command } from "../command.ts";
import { openLab } from "../openLab.ts";
import { EXIT, json, outcome, seedOf, settingOf, UsageError } from "../usage.ts";
import { readText } from "./run.ts";

export const command: Command = {
  usage: "sh [--lab LAB] [--seed N] [--setting NAME] [--json] FILE",
  about: "plays a script and prints the transcript; without --lab in an empty world",
  options: {
    lab: { type: "string" },
    seed: { type: "string" },
    setting: { type: "string" },
    json: { type: "boolean" },
  },
  run: async ([file], values) => {
    if (file === undefined) throw new UsageError(`usage: leaklab ${command.usage}`);
    const bundle = typeof values["lab"] === "string" ? openLab(values["lab"]).bundle : emptyLab;
    const header = headerOf(bundle, seedOf(values["seed"]), settingOf(values["setting"]));
    const stage = await Stage.open(bundle, header);
    try {
      const { played, digest } = await playScript(stage, readText(file));
      const limit = played.some(({ applied }) => applied.limit !== undefined);
      const exitCode = limit ? EXIT.limit : EXIT.ok;
      if (!values["json"]) {
        const text = played.map(
          ({ entry, stdout, stderr, applied: { refused } }) =>
            `${entry.input.kind === "line" ? `$ ${entry.input.text}\n` : ""}${stdout}${stderr}${refused ? `(refused: ${refused.message})\n` : ""}`,
        );
        return outcome(text.join(""), exitCode);
      }
      const inputs = played.map(({ entry, stdout, stderr, applied }) => ({
        input: entry.input.kind === "line" ? entry.input.text : entry.input,
        stdout,
        stderr,
        exitCode: applied.exitCode,
        clockMs: entry.at,
      }));
      return json({ inputs, digest }, exitCode);
    } finally {
      await stage.end();
    }
  },
};
