import type { Command } from "../command.ts";
import { labNames } from "../labFolder.ts";
import { openLab } from "../openLab.ts";
import { json, outcome } from "../usage.ts";

export const command: Command = {
  usage: "list [--json]",
  about: "lists labs",
  options: { json: { type: "boolean" } },
  run: async (_args, values) => {
    const labs = labNames().map((name) => {
      const { id, title, module, minutes, difficulty, version } = openLab(name).bundle.manifest;
      return { id, title, module, minutes, difficulty, version };
    });
    if (values["json"]) return json({ labs });
    return outcome(
      labs
        .map(
          ({ id, title, module, minutes }) =>
            `${id.padEnd(24)}${title.padEnd(36)}${module}, ${minutes} min\n`,
        )
        .join(""),
    );
  },
};
