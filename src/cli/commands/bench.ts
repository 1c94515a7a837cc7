import { cpus, totalmem } from "node:os";
import { browserFigures } from "../bench/browser.ts";
import { commandFigures } from "../bench/commands.ts";
import { gradingFigures, replayFigures } from "../bench/grading.ts";
import { pipelineFigures } from "../bench/pipeline.ts";
import { worldFigures } from "../bench/world.ts";
import type { Figure } from "../bench/figure.ts";
import type { Command } from "../command.ts";
import { json, outcome, UsageError } from "../usage.ts";

const GROUPS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  commands: commandFigures,
  grading: gradingFigures,
  replay: replayFigures,
  pipeline: pipelineFigures,
  world: worldFigures,
  browser: browserFigures,
};

export const command: Command = {
  usage: "bench [GROUP…] [--json]",
  about: `measures: ${Object.keys(GROUPS).join(", ")}`,
  options: { json: { type: "boolean" } },
  run: async (asked, values) => {
    const unknown = asked.find((name) => !Object.hasOwn(GROUPS, name));
    if (unknown !== undefined)
      throw new UsageError(`there is no group "${unknown}"; groups are ${Object.keys(GROUPS).join(", ")}`);
    const figures: Figure[] = [];
    for (const [name, measure] of Object.entries(GROUPS))
      if (asked.length === 0 || asked.includes(name)) figures.push(...(await measure()));
    const machine = {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    };
    return values["json"] ? json({ machine, figures }) : outcome(figures.map(print).join(""));
  },
};

function print({ id, value, unit, goal, ok }: Figure): string {
  const aim =
    goal === null ? "" : `  goal ${unit === "per second" ? "≥" : "≤"} ${goal}${ok ? "" : "  MISSED"}`;
  return `${id.padEnd(48)}${String(value).padStart(10)} ${unit}${aim}\n`;
}
