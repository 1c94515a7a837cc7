import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "../command.ts";
import { ROOT } from "../coreBuild.ts";
import { skeleton } from "../labSkeleton.ts";
import { outcome, UsageError } from "../usage.ts";

export const command: Command = {
  usage: "new LAB",
  about: "makes a small lab that verifies, to start from",
  options: {},
  run: async ([name]) => {
    if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name))
      throw new UsageError(
        `usage: leaklab ${command.usage}; a lab is named with lower-case letters, digits and hyphens`,
      );
    const folder = join(ROOT, "labs", name);
    if (existsSync(folder)) throw new UsageError(`labs/${name} exists already`);
    for (const [path, text] of Object.entries(skeleton(name))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return outcome(`Made labs/${name}. \`npm run -s leaklab -- verify ${name}\` proves it.\n`);
  },
};
