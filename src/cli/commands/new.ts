import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "../command.ts";
import { ROOT } from "../coreBuild.ts";
import { skeleton } from "../labSkeleton.ts";
import { outcome, UsageError } from "../usage.ts";

export const command: Command = {
  usage: "new LAB or path",
  about: "makes a small lab that verifies, to start from; a path puts it into a pack elsewhere",
  options: {},
  run: async ([asked = ""]) => {
    const name = basename(asked);
    if (!/^[a-z][a-z0-9-]*$/.test(name))
      throw new UsageError(
        `usage: leaklab ${command.usage}; a lab is named with lower-case letters, digits and hyphens`,
      );
    const own = asked === name;
    const folder = own ? join(ROOT, "labs", name) : resolve(asked);
    const shown = own ? `labs/${name}` : asked;
    if (existsSync(folder)) throw new UsageError(`${shown} exists already`);
    for (const [path, text] of Object.entries(skeleton(name))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return outcome(`Made ${shown}. \`npm run -s leaklab -- verify ${asked}\` proves it.\n`);
  },
};
