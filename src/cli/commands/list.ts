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
    const width = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length)) + 2;
    const [ids, titles] = [width(labs.map(({ id }) => id)), width(labs.map(({ title }) => title))];
    const row = ({ id, title, module, minutes }: (typeof labs)[number]) =>
      `${id.padEnd(ids)}${title.padEnd(titles)}${module}, ${minutes} min\n`;
    return outcome(labs.map(row).join(""));
  },
};
