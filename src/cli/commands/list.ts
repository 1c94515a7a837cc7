import type { Command } from "../command.ts";
import { labNames } from "../labFolder.ts";
import { openLabs } from "../openLab.ts";
import { json, outcome } from "../usage.ts";

export const command: Command = {
  usage: "list [pack…] [--json]",
  about: "lists labs",
  options: { json: { type: "boolean" } },
  run: async (asked, values) => {
    const found = (asked.length > 0 ? asked : labNames()).flatMap((name) => openLabs(name));
    const labs = found.map(({ bundle }) => {
      const { id, title, module, minutes, difficulty, version } = bundle.manifest;
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
