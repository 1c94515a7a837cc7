/** `git pack-refs`: https://git-scm.com/docs/git-pack-refs */
import { output, type GitCommand } from "./call.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { packRefs as pack } from "./lib/refs.ts";
import { openRepository } from "./lib/repository.ts";
import { run } from "./lib/transcript.ts";

const OPTIONS = { all: { names: ["--all"] }, prune: { names: ["--prune"] } } as const;

export const packRefs: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.packRefs });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  if (rest.length > 0) return output("", PLUMBING_USAGE.packRefs, 129);
  return run(async () => pack(await openRepository(call), { all: values.all, prune: counts.prune !== -1 }));
};
