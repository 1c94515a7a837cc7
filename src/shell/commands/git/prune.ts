/** `git prune`: https://git-scm.com/docs/git-prune */
import type { GitCommand } from "./call.ts";
import { expiryDate } from "./lib/dates.ts";
import { keptObjects, pruneLoose } from "./lib/housekeeping.ts";
import { readObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  dryRun: { names: ["-n", "--dry-run"] },
  verbose: { names: ["-v", "--verbose"] },
  progress: { names: ["--progress"] },
  expire: { names: ["--expire"], value: "required" },
  excludePromisor: { names: ["--exclude-promisor-objects"] },
} as const;

export const prune: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.prune });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    const expire = expiryDate(values.expire ?? "now", repo.now);
    if (expire === null) die(`malformed expiration date '${values.expire}'`);
    const heads: string[] = [];
    for (const name of rest)
      heads.push((await resolveRevision(repo, name))?.id ?? die(`unrecognized argument: ${name}`));
    const kept = await keptObjects(repo, heads);
    const types = new Map<string, string>();
    if (values.dryRun || values.verbose) {
      for (const id of await pruneLoose(repo, { expire, kept, dryRun: true }))
        types.set(id, (await readObject(repo, id))?.type ?? "unknown");
    }
    if (!values.dryRun) await pruneLoose(repo, { expire, kept, dryRun: false });
    for (const [id, type] of types) t.out(`${id} ${type}\n`);
  });
};
